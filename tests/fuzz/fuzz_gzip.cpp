// gzip: packed tables. Whole and in pieces, it unpacks to the same.
#include <array>

#include "fuzz/support.hpp"
#include "table/gzip.hpp"

using namespace mlpath;

namespace {

constexpr std::size_t most = 1u << 20;

Result<std::string> in_pieces(std::string_view bytes) {
    table::Gunzip unpacker("data.csv.gz");
    std::string text;
    std::array<char, 97> piece{};
    while (text.size() <= most) {
        MLPATH_TRY(const auto step, unpacker.unpack(bytes.substr(0, 7), piece));
        bytes.remove_prefix(step.consumed);
        text.append(piece.data(), step.produced);
        if (bytes.empty() && step.produced == 0) {
            MLPATH_CHECK(unpacker.finish());
            return text;
        }
        fuzz::insist(step.consumed + step.produced > 0, "each step does something");
    }
    return fail(ErrorKind::malformed, "too much");
}

}  // namespace

FUZZ(input) {
    const auto whole = table::gunzip(input, most, "data.csv.gz");
    const auto pieces = in_pieces(input);
    if (whole) {
        fuzz::insist(whole->size() <= most, "the size is bounded");
    } else {
        fuzz::insist_on(whole.error());
    }
    fuzz::insist(whole.has_value() == pieces.has_value() && (!whole || *whole == *pieces), "pieces make the whole");
}
