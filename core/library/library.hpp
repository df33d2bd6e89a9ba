// The whole library as values, and the one place where it is loaded and found sound. A library from a folder is
// validated by schema and by meaning; what the build embedded was validated when it was embedded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "library/catalogue.hpp"
#include "library/content.hpp"
#include "library/curriculum.hpp"
#include "library/dataset.hpp"
#include "library/project.hpp"
#include "library/quiz.hpp"
#include "library/renamed.hpp"

namespace mlpath::library {

struct Library {
    Catalogue<Curriculum> curricula{};
    Catalogue<Topic> topics{};
    Catalogue<Skill> skills{};  // empty where the library has no curricula/skills.json: then any skill goes
    Catalogue<Dataset> datasets{};
    Catalogue<Project> projects{};
    Catalogue<Quiz> quizzes{};
};

struct LoadResult {
    Library library{};  // what could be read; sound only if `faults` has no errors
    Faults faults{};    // in the order of files and lines
    [[nodiscard]] bool ok() const { return !has_errors(faults); }
};

// Reads and validates everything, and finds all faults in one pass. An Error only where the content itself cannot be
// listed or is no library.
[[nodiscard]] Result<LoadResult> load(const Content& content);

// One part alone, for commands that need no more. Unknown ids are not_found with a "did you mean"; faults are one
// malformed Error. References to other parts of the library are not followed.
[[nodiscard]] Result<Project> load_project(const Content& content, std::string_view id);
// The same by an id of today or of before; what it names it names by the ids of today.
[[nodiscard]] Result<Project> load_project(const Content& content, const Renamed& renamed, std::string_view id);
[[nodiscard]] Result<std::vector<Flaw>> load_flaws(const Content& content, const Project& project);
[[nodiscard]] Result<Curriculum> load_curriculum(const Content& content, std::string_view id);
[[nodiscard]] Result<Quiz> load_quiz(const Content& content, std::string_view id);
[[nodiscard]] Result<Quiz> load_quiz(const Content& content, const Renamed& renamed, std::string_view id);
[[nodiscard]] Result<Catalogue<Topic>> load_topics(const Content& content);
[[nodiscard]] Result<Catalogue<Dataset>> load_datasets(const Content& content);

// The paths of the library's files.
[[nodiscard]] std::string template_path(std::string_view project, std::string_view path);  // "templates/iris/brief.md"

// not_found: "no project `titanci`", "did you mean `titanic`? `mlpath list projects` shows what there is".
// `what` is the singular: project, curriculum, topic, dataset, quiz.
[[nodiscard]] Error no_such(std::string_view what, std::string_view id, const std::vector<std::string>& ids);

}  // namespace mlpath::library
