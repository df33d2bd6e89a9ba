// Where we stand: the workspace around a folder, the project folder around it, and where a workspace keeps a project.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "library/data_kind.hpp"
#include "library/renamed.hpp"

namespace mlpath::workspace {

// What `.mlpath/workspace.json` says.
struct Settings {
    std::vector<std::string> curricula{};  // at least one, the main one first
    std::string python{};                  // may be empty
};
struct Workspace {
    fs::path folder{};
    Settings settings{};
    std::string note{};  // what was passed over in the settings, and why; usually empty
};

// The nearest folder, upwards from `from`, that holds `.mlpath/workspace.json`; nullopt: there is none. A settings file
// that is broken is malformed, with its line: never "no workspace". One that belongs to another user (think of /tmp)
// does not choose the interpreter that we run: its `python` is dropped, with a note.
[[nodiscard]] Result<std::optional<Workspace>> find_workspace(const fs::path& from);
[[nodiscard]] Result<Settings> read_settings(const fs::path& file);
// Whether what `read_settings` says is that a later mlpath wrote the file: then it is not damaged.
[[nodiscard]] bool is_newer_format(const Error& error);
[[nodiscard]] std::string settings_text(const Settings& settings);

// The nearest folder, upwards from `from`, that holds a project's marker. Ends where a workspace's folder is passed.
[[nodiscard]] std::optional<fs::path> find_project_folder(const fs::path& from);

struct PlacedProject {
    std::string project{};
    fs::path folder{};
    library::DataKind data = library::DataKind::real;  // as its marker claims
};
// The project folders of a workspace, at most three levels deep, sorted by path; a link counts where it leads to one of
// the same owner. Hidden folders and environments are not entered, nor project folders themselves. Broken: a marker
// that names no project is passed over, or listed with an empty id.
enum class Broken { passed_over, listed };
[[nodiscard]] std::vector<PlacedProject> projects_below(const fs::path& workspace, Broken broken = Broken::passed_over);
// The folder of one project, by its id of today: `workspace/<id>` is looked at first, and its marker may have an id of
// before. nullopt: there is none.
[[nodiscard]] std::optional<fs::path> locate_project(const fs::path& workspace, std::string_view project,
                                                     const library::Renamed& renamed);

}  // namespace mlpath::workspace
