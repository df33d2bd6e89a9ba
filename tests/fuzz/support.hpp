// What fuzz targets have in common: how they insist on a promise, and files for readers that want them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/fault.hpp"
#include "base/files.hpp"

namespace mlpath::fuzz {

// A promise of the code that is looked at. Where it is broken, says which and ends the run, so that the input is kept.
void insist(bool holds, std::string_view promise);

// One line that a terminal may be given as it is.
void insist_on_line(std::string_view text, std::string_view what);
// Said in one line, and no defect of ours.
void insist_on(const Error& error);
// Each with its file, and a line of the text where it names one.
void insist_on(const Faults& faults, std::string_view text);

// A folder in memory, gone when the run ends.
[[nodiscard]] const fs::path& scratch();
// Puts the bytes into a file of it, and returns its path.
fs::path put(std::string_view name, std::string_view bytes);
// Removes what is below the folder, which stays.
void clear(const fs::path& folder);

// The input as it came.
[[nodiscard]] inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace mlpath::fuzz

// FUZZ(input) { … }: called with each input.
#define FUZZ(input)                                                                      \
    static void look_at(std::string_view input);                                         \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) { \
        look_at(mlpath::fuzz::text_of(bytes, size));                                     \
        return 0;                                                                        \
    }                                                                                    \
    static void look_at(std::string_view input)
