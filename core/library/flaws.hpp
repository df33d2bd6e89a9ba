// A flawed answer as files: the solution with its edits, and with the whole files of flawed/<name>/ laid over it.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "library/content.hpp"
#include "library/project.hpp"

namespace mlpath::library {

// What keeps an edit from being made.
struct EditFault {
    std::size_t edit = 0;     // of the flaw's edits
    std::string_view part{};  // of the edit: "file", "find", "replace"; empty: all of it
    std::string message{};
    std::string suggestion{};
};

struct EditedText {
    std::string text{};
    std::vector<EditFault> faults{};
};

// The text of the file `file` with those edits made that are the file's. Each text is sought in `text` as it is, so the
// order of edits says nothing; it stands there exactly once, and no two edits overlap.
[[nodiscard]] EditedText edited(std::string_view text, std::string_view file, const std::vector<FlawEdit>& edits);

struct FlawedFiles {
    std::map<std::string, std::string> files{};  // the text of each file that differs from the solution
    std::vector<EditFault> faults{};             // in the order of edits
};

// An Error only where the content cannot be read.
[[nodiscard]] Result<FlawedFiles> flawed_files(const Content& content, std::string_view project, const Flaw& flaw);

// The milestone that has the check; empty where none does.
[[nodiscard]] std::string milestone_with(const Project& project, std::string_view check);
// Of each flaw's edits, "templates/iris/flaws.json".
[[nodiscard]] std::string flaws_path(std::string_view project);
// The names of the folders below flawed/, each with the first path in it.
[[nodiscard]] Result<std::map<std::string, std::string>> flaw_folders(const Content& content, std::string_view project);
// How flaws were written before: each in its folder, "templates/iris/flawed/lookup/flaw.json".
[[nodiscard]] bool is_old_flaw(std::string_view path);
// What to do with one, as an Error with its place.
[[nodiscard]] Error old_flaw(std::string_view project, const std::string& path);

}  // namespace mlpath::library
