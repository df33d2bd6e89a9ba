// What git would record for files as they lie in a work tree: attributes have it change line ends, `$Id$` and encodings
// on the way in, and programs ("filters") whatever they like. Git answers from an empty repository of our own that
// holds copies of the files and of their attributes, so that no setting of a portfolio reaches it and no filter runs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/git/git.hpp"
#include "base/files.hpp"

namespace mlpath::app {

// A file of a work tree.
struct WorkFile {
    std::string path{};  // from the root of the repository
    std::string bytes{};
    std::string blob{};  // the name of what the commit has there
};

// For each file whether recording it would make that blob.
struct RecordedFile {
    enum class Outcome { same, other, untold };
    Outcome outcome = Outcome::other;
    std::string filter{};  // untold: the program that would have to run; empty: git did not answer
};

// `root`: of the repository, with its `.git` in it. Line ends are never a difference where the attributes leave them
// to git: whoever was handed a folder from another system cannot be asked what `core.autocrlf` was there. A file that
// is kept by Git LFS is told by the hash in its pointer.
[[nodiscard]] std::vector<RecordedFile> recorded(const Git& git, const fs::path& root,
                                                 const std::vector<WorkFile>& files);

// The pointer by which Git LFS stands for a content.
[[nodiscard]] std::string lfs_pointer(std::string_view bytes);

}  // namespace mlpath::app
