// Unpacking gzip: whole (for tables of a reasonable size) or in chunks (for files of any size).
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::table {

// Whether the bytes begin as gzip does (RFC 1952, 2.3.1).
[[nodiscard]] bool is_gzip(std::string_view bytes);

// Unpacks a stream of one or more gzip members, piece by piece.
class Gunzip {
public:
    explicit Gunzip(std::string_view file_name);
    Gunzip(Gunzip&&) noexcept;
    Gunzip& operator=(Gunzip&&) noexcept;
    ~Gunzip();

    struct Step {
        std::size_t consumed = 0;  // bytes taken from the input
        std::size_t produced = 0;  // bytes written to the output
    };
    // Takes from `input` and writes to `output` as much as can be. Output may still be pending when all input is taken:
    // call again, with no input if need be, until nothing is produced.
    [[nodiscard]] Result<Step> unpack(std::string_view input, std::span<char> output);
    // To be called when the input has ended: fails if it ended in the middle of a member.
    [[nodiscard]] Status finish() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// The whole content; malformed beyond `max_bytes`, so that a small file cannot fill the memory.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes,
                                         std::string_view file_name = {});

}  // namespace mlpath::table
