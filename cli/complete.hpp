// Completion in a shell: the scripts are a few lines that ask `mlpath __complete WORD…`, so that what they offer is
// always what this binary knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::cli {

class Host;

struct Candidate {
    std::string word{};
    std::string says{};
};

// What may stand for the last of `words` (the words after `mlpath`; the last one is being typed and may be empty).
// Nothing where file names are wanted: the shell knows those better.
[[nodiscard]] std::vector<Candidate> complete(Host& host, const std::vector<std::string>& words);

// The script of bash, zsh or fish.
[[nodiscard]] std::string_view completion_script(std::string_view shell);

}  // namespace mlpath::cli
