// A place in a file of source text.
#pragma once

#include <cstddef>
#include <string>

namespace mlpath {

// Lines and columns count from 1; 0: not known. No file: there is no place.
struct SourcePlace {
    std::string file{};
    std::size_t line = 0;
    std::size_t column = 0;  // in characters
};

}  // namespace mlpath
