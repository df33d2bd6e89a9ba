// Reads a table of any size as blocks of whole rows, for several threads that parse them side by side.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::table {

// Where the row that starts at `at` ends: the position behind its line end, or npos where text ends before. Quotes are
// those of RFC 4180: only a cell that begins with one is quoted.
[[nodiscard]] std::size_t end_of_row(std::string_view text, std::size_t at, char separator);

// What the file is called in messages: `standard input` for `-`.
[[nodiscard]] std::string shown_name(const std::filesystem::path& path);

// The buffer of one thread, used again for each of its blocks.
struct Block {
    std::size_t index = 0;    // blocks count from 0 in the order of the file
    std::string_view rows{};  // whole rows; the last ends with a line end, also where the file's does not
    std::vector<char> storage{};
};

class BlockReader {
public:
    // A regular file or a pipe, gzip or plain; `-` is standard input. What separates cells, and so where quotes begin,
    // is as asked, or as find_separation finds it.
    [[nodiscard]] static Result<BlockReader> open(const std::filesystem::path& path,
                                                  std::optional<char> separator = {});
    BlockReader(BlockReader&&) noexcept;
    BlockReader& operator=(BlockReader&&) noexcept;
    ~BlockReader();

    [[nodiscard]] char separator() const;
    [[nodiscard]] std::size_t skipped_lines() const;  // before the first row of the first block: Excel's `sep=;`

    // Fills `block` with the next rows; false at the end. May be called by several threads. Encodings that are no text
    // are refused with the first block, from which a BOM is removed; fails with interrupted when a stop is requested.
    [[nodiscard]] Result<bool> next(Block& block, const std::stop_token& stop = {});

private:
    struct State;
    explicit BlockReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace mlpath::table
