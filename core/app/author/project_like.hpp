// A new project as a copy of another: what must be its own (id, title, the name of its module, the commands that name
// it) is, what its author has to write says TODO(author), and all else is as it was, so that it is sound from the start
// and a `diff` of the two folders shows what changed.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace mlpath::app {

inline constexpr std::string_view author_mark = "TODO(author)";

using TemplateFiles = std::map<std::string, std::string>;  // the bytes of each, by its path from the template's root

struct ProjectCopy {
    TemplateFiles files{};
    std::string module_before{};  // "titanic.py", where the module had the project's name; else empty
    std::string module_now{};
    std::size_t marks = 0;  // how many times `author_mark` stands in them
};

// `files` are those of the sound project `like`. `planned` is the manifest of the project as it was announced, or
// empty: what that says (title, summary, hours, skills, what it requires) counts, and its milestones go into the brief,
// as notes. malformed: `planned` is no JSON.
[[nodiscard]] Result<ProjectCopy> project_like(const TemplateFiles& files, std::string_view like, std::string_view id,
                                               std::string_view planned = {});

}  // namespace mlpath::app
