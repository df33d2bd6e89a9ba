// The name of a project in the texts of its template: where it names the project or the learner's module, and where it
// is only the same word, as of a dataset.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace mlpath::app {

// What the learner's module is called, where it has the project's name.
struct ModuleNames {
    std::string before{};
    std::string now{};
    std::set<std::string, std::less<>> holds{};  // functions and classes
};

// Nothing where no module has the project's name, or none can have the new one.
[[nodiscard]] std::optional<ModuleNames> module_names(const std::map<std::string, std::string>& files,
                                                      std::string_view like, std::string_view id);
// `import titanic`, `titanic.py` and `titanic.features` are of the new module then.
[[nodiscard]] std::string with_module(std::string_view text, const ModuleNames& names);
// Of a file of the template: "skeleton/titanic.py".
[[nodiscard]] std::string path_of_module(std::string_view path, const ModuleNames& names);
// `mlpath check titanic` is of the new project then.
[[nodiscard]] std::string with_command_of(std::string_view text, std::string_view like, std::string_view id);

}  // namespace mlpath::app
