// Finding the Python that a project can run with, and saying what mends it where there is none.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "library/project.hpp"
#include "system/environment.hpp"
#include "system/process.hpp"

namespace mlpath::run {

struct Interpreter {
    std::filesystem::path path{};
    std::string version{};                                // "3.11.2"
    std::map<std::string, std::string> packages{};        // import name -> version, of those that were asked for
    std::vector<std::filesystem::path> folders{};         // that it needs to run …
    std::vector<std::filesystem::path> module_folders{};  // … and those of them where it looks for modules
    std::vector<library::PythonPackage> without{};        // what it lacks that only some milestones need …
    std::string advice{};                                 // … and the one command that mends it
};

// How a person lets an environment be made: by `mlpath env`, or by an option of `verify`.
enum class MadeBy { env, verify };

// Which candidates may be considered: verify never takes a .venv that it was handed.
enum class Trust { workspace, portfolio };

struct InterpreterSearch {
    Trust trust = Trust::workspace;
    std::filesystem::path workspace{};   // where a .venv may lie; may be empty
    std::filesystem::path configured{};  // of the workspace file or the user's configuration; may be empty
    std::filesystem::path cache{};  // mlpath's own, where what was learned of an interpreter is kept; empty: nowhere
    Log log{};                      // hears which were rejected, and why
    // Where environments with groups of packages lie (run/package_environment.hpp).
    std::vector<std::filesystem::path> environments{};
    MadeBy made_by = MadeBy::env;
};

// The candidates in the order of the blueprint: MLPATH_PYTHON, the configured one, the environment made for the group
// of `needs`, then others that were made, the workspace's .venv, an active virtual environment or conda, python3 on
// PATH, /usr/bin/python3. The first that satisfies `needs`; where none does, the first that lacks only what some
// milestones need. With Trust::portfolio nothing that lies below `workspace`
// is considered, whatever names it, save MLPATH_PYTHON, nor an environment that was made from other pins. Where
// MLPATH_PYTHON names no program: kind missing. Where none satisfies:
// kind missing, with what each candidate lacks in the message and, as hint, the one command that mends it (`mlpath env`
// where `needs` name a group; else Debian packages where they are enough and apt is there, else a virtual environment;
// works under PEP 668 and without the venv module), with what it downloads.
[[nodiscard]] Result<Interpreter> find_interpreter(const library::PythonNeeds& needs, const InterpreterSearch& search,
                                                   const system::Environment& environment, system::Processes& processes,
                                                   std::stop_token stop = {});

// The isolated interpreter for check scripts of ours: /usr/bin/python3, else python3 on PATH; any Python >= 3.9. Not
// run where its file's name (python3.11) tells its version.
[[nodiscard]] Result<Interpreter> judge_interpreter(const system::Environment& environment,
                                                    system::Processes& processes, const Log& log = {});

// The Python that a learner's own shell runs, where it is another environment than the one that judges.
struct ShellPython {
    std::filesystem::path path{};      // as the shell finds it
    std::string version{};             // empty where it gave no answer
    std::vector<std::string> lacks{};  // "lacks `pandas`"
    std::string advice{};              // how to get both together
};
// `python3` of the shell: of the active environment, else the first on PATH (then `python`); nothing where there is
// none.
[[nodiscard]] std::optional<std::filesystem::path> python_of_shell(const system::Environment& environment);
// Nothing where `shell` is of the same environment as `judge`.
[[nodiscard]] std::optional<ShellPython> other_python(const std::filesystem::path& shell, const Interpreter& judge,
                                                      const library::PythonNeeds& needs,
                                                      const InterpreterSearch& search,
                                                      const system::Environment& environment,
                                                      system::Processes& processes);

// What an environment may be made from: the first candidate, none of them an environment of ours, whose version `fits`.
struct PythonToMakeFrom {
    std::filesystem::path path{};
    std::string version{};
    bool can_make_environments = false;
};
[[nodiscard]] Result<std::optional<PythonToMakeFrom>> python_to_make_from(
    const std::function<bool(std::string_view)>& fits, const InterpreterSearch& search,
    const system::Environment& environment, system::Processes& processes, std::stop_token stop = {});

struct Candidate {
    std::filesystem::path path{};
    std::string from{};  // "MLPATH_PYTHON", "python3 on PATH"
    std::string version{};
    std::vector<std::string> lacks{};  // empty: it satisfies
};
// All candidates with what each lacks, for `doctor`.
[[nodiscard]] std::vector<Candidate> survey(const library::PythonNeeds& needs, const InterpreterSearch& search,
                                            const system::Environment& environment, system::Processes& processes);

}  // namespace mlpath::run
