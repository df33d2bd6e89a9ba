// `mlpath new PROJECT [DIR]`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/project/here.hpp"
#include "app/project/which_python.hpp"
#include "library/project.hpp"
#include "workspace/scaffold.hpp"

namespace mlpath::app {

struct NewRequest {
    std::string project{};
    // Empty: a folder with the project's name where the user stands; inside of another project's folder, beside that.
    fs::path folder{};
    library::DataKind data = library::DataKind::real;  // that the project is to be made on
};

struct NewProject {
    std::string project{};
    std::string title{};
    int version = 1;
    workspace::Scaffolded made{};
    library::DataKind data = library::DataKind::real;  // that it was made on: what it brings along is no other
    std::vector<std::string> differs{};                // what the real data have and synthetic ones do not
    std::string milestone_title{};                     // the first milestone …
    std::string milestone_goal{};                      // … and what it asks
    Recorded recorded{};
    std::string next{};                         // "cd iris && mlpath check"
    std::optional<OtherPython> other_python{};  // where the learner's shell runs another one than will judge
    std::optional<Error> no_python{};           // where none has what the project needs
};

// Fetches or makes, and splits, what the project's `data` asks for. Called before anything is written; its error is the
// result.
using LayData = std::function<Result<std::vector<run::LaidFile>>(const library::Project&, library::DataKind)>;

// usage: a planned project; a folder that is not empty; a folder inside of another project's. not_found: no such
// project.
[[nodiscard]] Result<NewProject> new_project(const Context& context, const NewRequest& request,
                                             const LayData& lay_data);

// Looks which Python will judge the project, and whether it is the one in the learner's shell.
void look_at_python(const Context& context, system::Processes& processes, Telling telling, NewProject& made,
                    std::stop_token stop = {});

}  // namespace mlpath::app
