// What an interpreter is and what is installed for it, as one hash: of every file that a learner's program can import,
// without reading them.
#pragma once

#include <optional>
#include <string>

#include "run/interpreter.hpp"

namespace mlpath::run {

// By what files are told apart.
enum class Told {
    by_identity,  // place, size and times: certain, and of this machine alone
    by_size,      // path and size: the same on every machine that has the same packages
};

// Of the interpreter's own file, its version, and the files below the folders where it looks for modules; compiled
// files are left out, since they come and go. Nothing where there are too many to look at, or a folder cannot be read.
[[nodiscard]] std::optional<std::string> installed_hash(const Interpreter& python, Told told);

// Something that is another once a package came, went or was replaced: the times of the folders that hold them. Told at
// once, and enough for who asks often whether to look closer.
[[nodiscard]] std::string folder_times(const Interpreter& python);

}  // namespace mlpath::run
