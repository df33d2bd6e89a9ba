#include "table/blocks.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>

#include "base/files.hpp"
#include "base/text.hpp"
#include "table/delimiter.hpp"
#include "table/encoding.hpp"
#include "table/gzip.hpp"

namespace mlpath::table {

namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20U;   // fits the second cache beside what is made of it
constexpr std::size_t longest_row = std::size_t{64} << 20U;  // more is a quote that is never closed
constexpr std::size_t packed_bytes = std::size_t{256} << 10U;
constexpr std::size_t looked_at = std::size_t{64} << 10U;  // for what separates the cells

}  // namespace

std::size_t end_of_row(std::string_view text, std::size_t at, char separator) {
    bool cell_begins = true;
    while (at < text.size()) {
        const char c = text[at++];
        if (c == '\n') {
            return at;
        }
        if (cell_begins && c == '"') {
            while (true) {
                at = text.find('"', at);
                if (at == std::string_view::npos) {
                    return at;
                }
                ++at;
                if (at == text.size() || text[at] != '"') {
                    break;
                }
                ++at;
            }
        }
        cell_begins = c == separator;
    }
    return std::string_view::npos;
}

std::string shown_name(const std::filesystem::path& path) {
    return path == "-" ? std::string("standard input") : path.string();
}

struct BlockReader::State {
    std::mutex mutex;
    std::filesystem::path path;  // as shown
    Descriptor file;
    char separator = ',';
    std::vector<char> rest;  // the beginning of a row whose end is not yet read
    std::optional<Gunzip> unpacker;
    std::vector<char> packed;
    std::size_t packed_at = 0;
    std::size_t packed_end = 0;
    std::size_t skipped_lines = 0;
    std::size_t blocks = 0;
    bool at_end = false;

    // Reads up to `size` bytes of the file as it lies on the disk; 0 at its end.
    Result<std::size_t> read_raw(char* to, std::size_t size) const {
        while (true) {
            const ssize_t got = ::read(file.get(), to, size);
            if (got >= 0) {
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) {
                return fail(system_error("cannot read", path, errno));
            }
        }
    }

    Result<std::size_t> read_packed(char* to, std::size_t size) {
        while (true) {
            if (packed_at == packed_end) {
                MLPATH_TRY(packed_end, read_raw(packed.data(), packed.size()));
                packed_at = 0;
            }
            MLPATH_TRY(const auto step,
                       unpacker->unpack({packed.data() + packed_at, packed_end - packed_at}, {to, size}));
            packed_at += step.consumed;
            if (step.produced > 0) {
                return step.produced;
            }
            if (packed_end == 0) {
                MLPATH_CHECK(unpacker->finish());
                return std::size_t{0};
            }
        }
    }

    // Fills as much of the space as the file has left.
    Result<std::size_t> read_text(char* to, std::size_t size) {
        std::size_t filled = 0;
        while (filled < size) {
            MLPATH_TRY(const auto got,
                       unpacker ? read_packed(to + filled, size - filled) : read_raw(to + filled, size - filled));
            if (got == 0) {
                at_end = true;
                break;
            }
            filled += got;
        }
        return filled;
    }

    Status begin(std::optional<char> asked) {
        MLPATH_CHECK(begin_reading());
        // What is no text at all is named when the first block is made.
        const std::string_view text(rest.data(), rest.size());
        if (const auto plain = plain_beginning(text, path.string()); plain || asked) {
            MLPATH_TRY(const auto found, find_separation(text, path.string(), asked));
            separator = found.separator;
            skipped_lines = found.skipped > 0 ? 1 : 0;
            rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(found.skipped));
        }
        return {};
    }

    Status begin_reading() {
        packed.resize(packed_bytes);
        // A pipe gives a few bytes at a time: the first lines must be there as a whole to be looked at.
        for (std::size_t got = 1; got > 0 && packed_end < looked_at; packed_end += got) {
            MLPATH_TRY(got, read_raw(packed.data() + packed_end, packed.size() - packed_end));
        }
        const std::string_view first(packed.data(), packed_end);
        if (is_gzip(first)) {
            unpacker.emplace(path.string());
            rest.resize(looked_at);
            MLPATH_TRY(const auto got, read_text(rest.data(), rest.size()));
            rest.resize(got);
            return {};
        }
        if (path.extension() == ".gz") {
            return fail(bad_table(path.string(), 0, "the name says gzip and the content is not",
                                  "compress it with gzip, or drop `.gz` from its name"));
        }
        rest.assign(first.begin(), first.end());
        packed = std::vector<char>();
        return {};
    }

    // The end of the last whole row of a text that begins with a row; npos if there is none.
    [[nodiscard]] std::size_t last_row_end(std::string_view text) const {
        if (std::memchr(text.data(), '"', text.size()) == nullptr) {
            const auto newline = text.rfind('\n');
            return newline == std::string_view::npos ? newline : newline + 1;
        }
        auto last = std::string_view::npos;
        for (std::size_t at = 0; (at = end_of_row(text, at, separator)) != std::string_view::npos;) {
            last = at;
        }
        return last;
    }
};

BlockReader::BlockReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
BlockReader::BlockReader(BlockReader&&) noexcept = default;
BlockReader& BlockReader::operator=(BlockReader&&) noexcept = default;
BlockReader::~BlockReader() = default;

char BlockReader::separator() const { return m_state->separator; }
std::size_t BlockReader::skipped_lines() const { return m_state->skipped_lines; }

Result<BlockReader> BlockReader::open(const std::filesystem::path& path, std::optional<char> separator) {
    auto state = std::make_unique<State>();
    state->path = shown_name(path);
    state->file = Descriptor(path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                         : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!state->file.is_open()) {
        return fail(system_error("cannot read", state->path, errno));
    }
    MLPATH_CHECK(state->begin(separator));
    return BlockReader(std::move(state));
}

Result<bool> BlockReader::next(Block& block, const std::stop_token& stop) {
    auto& state = *m_state;
    const std::scoped_lock lock(state.mutex);
    if (stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted while reading " + printable(state.path.string()));
    }
    std::size_t filled = state.rest.size();
    std::size_t end = std::string_view::npos;
    std::size_t added = 0;  // bytes at the end that the file does not have
    auto& storage = block.storage;
    while (true) {
        const auto wanted = std::max(filled, state.rest.size()) + block_bytes;
        if (storage.size() < wanted + 1) {  // one more, for a last line end
            storage.resize(wanted + 1);
        }
        if (!state.rest.empty()) {
            std::ranges::copy(state.rest, storage.begin());
            state.rest.clear();
        }
        if (!state.at_end) {
            MLPATH_TRY(const auto got, state.read_text(storage.data() + filled, block_bytes));
            filled += got;
        }
        if (filled == 0) {
            if (state.blocks == 0) {
                return fail(bad_table(state.path.string(), 0, "the file is empty"));
            }
            return false;
        }
        if (state.at_end) {
            if (storage[filled - 1] != '\n') {
                storage[filled++] = '\n';
                added = 1;
            }
            end = filled;
            break;
        }
        end = state.last_row_end({storage.data(), filled});
        if (end != std::string_view::npos) {
            break;
        }
        if (filled > longest_row) {
            return fail(bad_table(state.path.string(), 0, "a row of more than " + human_bytes(longest_row),
                                  "perhaps a quote is opened and never closed"));
        }
    }
    state.rest.assign(storage.begin() + static_cast<std::ptrdiff_t>(end),
                      storage.begin() + static_cast<std::ptrdiff_t>(filled));
    block.rows = {storage.data(), end};
    if (state.blocks == 0) {
        MLPATH_TRY(const auto plain, plain_beginning(block.rows.substr(0, end - added), state.path.string()));
        block.rows = {plain.data(), plain.size() + added};
    }
    block.index = state.blocks++;
    return true;
}

}  // namespace mlpath::table
