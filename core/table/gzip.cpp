#include "table/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "base/text.hpp"

namespace mlpath::table {

namespace {

constexpr std::size_t largest_piece = std::numeric_limits<uInt>::max() / 2;

Error broken(std::string_view file_name, std::string_view what) {
    return {ErrorKind::malformed,
            (file_name.empty() ? std::string("the gzip data") : printable(file_name)) + " " + std::string(what),
            {std::string(file_name), {}, 0},
            "the file was perhaps cut short when it was written or downloaded: make it again"};
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b\x08"); }

struct Gunzip::State {
    z_stream stream{};
    std::string file_name;
    bool between_members = false;  // the last member is complete
    explicit State(std::string_view name) : file_name(name) {
        constexpr int gzip_only = 16;
        inflateInit2(&stream, MAX_WBITS + gzip_only);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;
    ~State() { inflateEnd(&stream); }
};

Gunzip::Gunzip(std::string_view file_name) : m_state(std::make_unique<State>(file_name)) {}
Gunzip::Gunzip(Gunzip&&) noexcept = default;
Gunzip& Gunzip::operator=(Gunzip&&) noexcept = default;
Gunzip::~Gunzip() = default;

Result<Gunzip::Step> Gunzip::unpack(std::string_view input, std::span<char> output) {
    Step step;
    auto& stream = m_state->stream;
    while (step.produced < output.size()) {
        if (m_state->between_members) {
            while (step.consumed < input.size() && input[step.consumed] == '\0') {
                ++step.consumed;  // padding, as tape tools leave it
            }
            if (step.consumed == input.size()) {
                break;
            }
            inflateReset(&stream);
            m_state->between_members = false;
        }
        const auto in = std::min(input.size() - step.consumed, largest_piece);
        const auto out = std::min(output.size() - step.produced, largest_piece);
        // zlib reads next_in only; its type predates const.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data() + step.consumed));
        stream.avail_in = static_cast<uInt>(in);
        stream.next_out = reinterpret_cast<Bytef*>(output.data() + step.produced);
        stream.avail_out = static_cast<uInt>(out);
        const int code = inflate(&stream, Z_NO_FLUSH);
        step.consumed += in - stream.avail_in;
        step.produced += out - stream.avail_out;
        if (code == Z_STREAM_END) {
            m_state->between_members = true;
        } else if (code == Z_BUF_ERROR) {
            break;  // nothing more can be made of this input
        } else if (code == Z_MEM_ERROR) {
            return mlpath::fail(ErrorKind::io, "not enough memory to unpack gzip");
        } else if (code != Z_OK) {
            return mlpath::fail(broken(m_state->file_name, "is not sound gzip"));
        }
    }
    return step;
}

Status Gunzip::finish() const {
    if (!m_state->between_members) {
        return mlpath::fail(broken(m_state->file_name, "ends in the middle of its gzip data"));
    }
    return {};
}

Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes, std::string_view file_name) {
    constexpr std::size_t first_guess = 4;  // tables pack about so well
    Gunzip unpacker(file_name);
    std::string whole;
    std::size_t filled = 0;
    whole.resize(std::min(max_bytes, bytes.size() * first_guess + 64) + 1);
    while (true) {
        if (filled > max_bytes) {
            return mlpath::fail(broken(file_name, "holds more than " + human_bytes(max_bytes) + " when unpacked"));
        }
        if (filled == whole.size()) {
            whole.resize(std::min(max_bytes + 1, whole.size() * 2));
        }
        MLPATH_TRY(const auto step, unpacker.unpack(bytes, std::span(whole).subspan(filled)));
        if (step.consumed == 0 && step.produced == 0) {
            break;
        }
        bytes.remove_prefix(step.consumed);
        filled += step.produced;
    }
    MLPATH_CHECK(unpacker.finish());
    whole.resize(filled);
    return whole;
}

}  // namespace mlpath::table
