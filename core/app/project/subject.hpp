// Answers of ours as files: the skeleton of a project, its solution, or one of its flawed answers.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/context.hpp"
#include "base/files.hpp"
#include "library/project.hpp"

namespace mlpath::app {

struct Subject {
    enum class Kind { skeleton, solution, flaw };
    Kind kind = Kind::skeleton;
    library::Flaw flaw{};                    // of that kind
    [[nodiscard]] std::string name() const;  // "skeleton", "solution", "flawed/lookup"
};

using SubjectFiles = std::map<std::string, std::string>;  // the bytes of each, by its path in the project folder

// The files of a project's template below one of its folders ("skeleton/"), or all ("").
[[nodiscard]] Result<std::map<std::string, std::string>> template_files(const library::Content& content,
                                                                        const std::string& project,
                                                                        std::string_view below);
// The solution is laid over the skeleton, and what a flaw changes over both. malformed: an edit cannot be made.
[[nodiscard]] Result<SubjectFiles> files_of(const library::Content& content, const std::string& project,
                                            const Subject& subject);
// In a folder of their own, as a learner has them.
[[nodiscard]] Result<TemporaryFolder> lay(const SubjectFiles& files);

}  // namespace mlpath::app
