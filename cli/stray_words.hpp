// Words that an option did not take, or took though they were meant for the command: an error that comes of one says
// so.
#pragma once

#include <string>
#include <vector>

#include "options.hpp"

namespace mlpath::cli {

// `error` is what `words` came to. Where it names a word that follows the value of an option to be repeated, it says
// what that word was taken for, and how to write it. Where an option of several values took what the command lacks, it
// says where to put that.
[[nodiscard]] Error with_stray_words_explained(Error error, const Options& options,
                                               const std::vector<std::string>& words);

}  // namespace mlpath::cli
