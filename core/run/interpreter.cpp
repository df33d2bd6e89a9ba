#include "run/interpreter.hpp"

#include <unistd.h>

#include <algorithm>
#include <optional>

#include "base/files.hpp"
#include "base/text.hpp"
#include "run/advice.hpp"
#include "run/package_environment.hpp"
#include "run/probe.hpp"
#include "system/machine_program.hpp"

namespace mlpath::run {

namespace {

const fs::path system_python = "/usr/bin/python3";
constexpr std::string_view judge_version = "3.9";

bool is_program(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

// The same file named through links of folders (/bin and /usr/bin) counts once; a link of the file itself does not,
// because it may be an environment's.
fs::path with_real_folder(const fs::path& path) {
    std::error_code error;
    const auto folder = fs::weakly_canonical(path.parent_path(), error);
    return error ? path : folder / path.filename();
}

bool really_lies_below(const fs::path& path, const fs::path& folder) {
    std::error_code error;
    const auto relative = with_real_folder(path).lexically_relative(fs::weakly_canonical(folder, error));
    return !relative.empty() && *relative.begin() != "..";
}

// A link whose Python was removed or replaced, as an upgrade of the system leaves them behind in a virtual environment.
bool is_gone(const fs::path& path) {
    std::error_code error;
    return fs::is_symlink(path, error) && !fs::exists(path, error);
}

enum class Origin { named, configured, made, workspace, active, path, system };

struct Named {
    fs::path path{};
    std::string from{};
    Origin origin = Origin::path;
};

std::string path_list(const system::Environment& environment) {
    return environment.get("PATH").value_or(std::string(system::usual_path));
}

// A path, or a name that is sought on PATH.
fs::path resolve(const std::string& text, const system::Environment& environment) {
    if (text.find('/') != std::string::npos) {
        return text;
    }
    return system::find_program(text, path_list(environment)).value_or(text);
}

// The environments that `mlpath env` made, as far as they may be used; first the one that is asked for.
std::vector<MadeEnvironment> made_for(const library::PythonNeeds& needs, const InterpreterSearch& search) {
    std::vector<MadeEnvironment> found;
    for (const auto& places : search.environments) {
        for (auto& made : made_environments(places)) {
            // A learner's other groups may have all of it too; what is proved is proved with what was pinned for it.
            const bool wanted = search.trust == Trust::workspace || needs.environment.empty() ||
                                (needs.environment == made.group && needs.pins == made.pins);
            if (wanted) {
                found.push_back(std::move(made));
            }
        }
    }
    std::ranges::stable_partition(found, [&](const MadeEnvironment& made) { return made.group == needs.environment; });
    return found;
}

std::vector<Named> candidates(const library::PythonNeeds& needs, const InterpreterSearch& search,
                              const system::Environment& environment) {
    std::vector<Named> found;
    const auto add = [&](const fs::path& path, std::string from, Origin origin) {
        const bool handed_in = search.trust == Trust::portfolio && origin != Origin::named &&
                               !search.workspace.empty() && really_lies_below(path, search.workspace);
        const auto same = [real = with_real_folder(path)](const Named& other) {
            return with_real_folder(other.path) == real;
        };
        // What was named by a person is listed also where it does not exist, so that they are told.
        const bool asked_for = origin == Origin::named || origin == Origin::configured;
        const bool is_environment = origin == Origin::workspace || origin == Origin::active;
        const bool listed = asked_for || is_program(path) || (is_environment && is_gone(path));
        if (!handed_in && listed && std::ranges::none_of(found, same)) {
            found.push_back({path, std::move(from), origin});
        }
    };
    if (const auto chosen = environment.get("MLPATH_PYTHON")) {
        add(resolve(*chosen, environment), "MLPATH_PYTHON", Origin::named);
    }
    if (!search.configured.empty()) {
        add(resolve(search.configured.string(), environment), "the configuration", Origin::configured);
    }
    for (const auto& made : made_for(needs, search)) {
        add(made.program(), "the environment `" + made.group + "`", Origin::made);
    }
    if (!search.workspace.empty()) {
        add(search.workspace / ".venv/bin/python", "the workspace's .venv", Origin::workspace);
    }
    if (const auto active = environment.get("VIRTUAL_ENV")) {
        add(fs::path(*active) / "bin/python", "the active virtual environment", Origin::active);
    }
    if (const auto active = environment.get("CONDA_PREFIX")) {
        add(fs::path(*active) / "bin/python", "the active conda environment", Origin::active);
    }
    if (const auto path = system::find_program("python3", path_list(environment))) {
        add(*path, "python3 on PATH", Origin::path);
    }
    add(system_python, "the system's", Origin::system);
    return found;
}

// What one candidate said, and what it lacks, in words and as packages.
struct Answer {
    Named named{};
    Probe probe{};
    std::vector<std::string> lacks{};
    Base base{};
    bool may_do = false;  // it lacks only what some milestones need
};

Interpreter interpreter_of(Answer answer) {
    return {std::move(answer.probe.executable), std::move(answer.probe.version), std::move(answer.probe.packages),
            std::move(answer.probe.folders), std::move(answer.probe.module_folders)};
}

Result<Answer> ask(const Named& named, const library::PythonNeeds& needs, const InterpreterSearch& search,
                   const system::Environment& environment, system::Processes& processes, const std::stop_token& stop) {
    Answer answer{.named = named, .probe = {}, .lacks = {}, .base = {.path = named.path}};
    if (!is_program(named.path)) {
        std::error_code ignored;
        answer.lacks.push_back(is_gone(named.path) ? "is a link to " + fs::read_symlink(named.path, ignored).string() +
                                                         ", which is gone"
                                                   : "does not exist");
        return answer;
    }
    std::error_code error;
    const bool in_workspace = search.trust == Trust::workspace && fs::is_directory(search.workspace, error);
    auto asked = probe({.python = named.path,
                        .folder = in_workspace ? search.workspace : fs::path("/"),
                        .cache = search.cache,
                        .needs = needs,
                        .log = search.log},
                       environment, processes, stop);
    if (!asked) {
        if (asked.error().kind == ErrorKind::interrupted) {
            return fail(asked.error());
        }
        answer.lacks.push_back("cannot be used: it " + asked.error().message);
        return answer;
    }
    answer.probe = std::move(*asked);
    auto& base = answer.base;
    base.can_make_environments = answer.probe.can_make_environments;
    base.has_pip = answer.probe.has_pip;
    base.new_enough = at_least(answer.probe.version, needs.version);
    if (!base.new_enough) {
        answer.lacks.push_back("is Python " + answer.probe.version + " (needed: " + needs.version + ")");
    }
    answer.may_do = base.new_enough;
    for (const auto& package : needs.packages) {
        const auto found = answer.probe.packages.find(package.import_name);
        const auto& name = package.name();
        if (found == answer.probe.packages.end()) {
            answer.lacks.push_back("lacks `" + name + "`");
        } else if (!at_least(found->second, package.version)) {
            answer.lacks.push_back("has `" + name + "` " + found->second + " (needed: " + package.version + ")");
            base.too_old_package = true;
        } else {
            continue;
        }
        base.to_install.push_back(package);
        answer.may_do = answer.may_do && !package.milestones.empty();
    }
    return answer;
}

LogFields told(const Answer& answer) {
    LogFields fields{{"path", answer.named.path.string()}, {"from", answer.named.from}};
    if (!answer.probe.version.empty()) {
        fields.push_back({"version", answer.probe.version});
    }
    if (!answer.lacks.empty()) {
        fields.push_back({"why", join(answer.lacks, ", ")});
    }
    std::string packages;
    for (const auto& [package, version] : answer.probe.packages) {
        packages += (packages.empty() ? "" : ", ") + package + ' ' + version;
    }
    fields.push_back({"packages", std::move(packages)});
    return fields;
}

Error nobody_satisfies(const std::vector<Answer>& answers, const library::PythonNeeds& needs,
                       const InterpreterSearch& search, const system::Environment& environment) {
    AdviceRequest request{.has_apt = system::find_program("apt-get", path_list(environment)).has_value(),
                          .is_root = ::geteuid() == 0,
                          .needs = needs};
    std::string message;
    for (const auto& answer : answers) {
        message += (message.empty() ? "" : "; ") + answer.named.from + " (" + printable(answer.named.path.string()) +
                   ") " + printable(join(answer.lacks, ", "));
        if (answer.probe.version.empty()) {
            request.environment_is_broken = request.environment_is_broken ||
                                            (answer.named.origin == Origin::workspace && is_gone(answer.named.path));
            continue;
        }
        const bool own = answer.named.origin == Origin::workspace || answer.named.origin == Origin::active;
        if (own && !request.own) {
            request.own = answer.base;
        }
        if (with_real_folder(answer.named.path) == system_python) {
            request.system = answer.base;
        }
        if (answer.base.new_enough && !request.any) {
            request.any = answer.base;
        }
    }
    if (!needs.environment.empty() && !message.empty()) {
        return {ErrorKind::missing,
                "no Python here has what this project needs: " + message,
                {},
                search.made_by == MadeBy::verify
                    ? "run it again with `--make-environments`, which makes `" + needs.environment + "` in the cache"
                    : "run `mlpath env " + needs.environment +
                          "`, which makes an environment with all of it and shows first what it downloads"};
    }
    if (search.trust == Trust::workspace && !search.workspace.empty()) {
        request.environment = search.workspace / ".venv";
        request.shown = environment.get("PWD") == search.workspace.string() ? ".venv" : request.environment.string();
    }
    return {ErrorKind::missing,
            message.empty() ? "there is no Python on this machine"
                            : "no Python here has what this project needs: " + message,
            {},
            advice(request)};
}

// Whether its own pip refuses to install anything (PEP 668).
bool is_managed(const Probe& probe) {
    std::error_code error;
    return std::ranges::any_of(
        probe.module_folders, [&](const fs::path& folder) { return fs::exists(folder / "EXTERNALLY-MANAGED", error); });
}

// The environment that an interpreter is of: what `sys.prefix` is.
fs::path environment_of(const std::vector<fs::path>& folders) {
    std::error_code error;
    return folders.empty() ? fs::path() : fs::weakly_canonical(folders.front(), error);
}

// How a learner comes to run what the judge runs.
std::string same_python_advice(const Answer& shell, const Interpreter& judge, const library::PythonNeeds& needs,
                               const InterpreterSearch& search, const system::Environment& environment) {
    const auto with_judge = "run your programs with it, such as `" + shell_word(judge.path.string()) + " FILE.py`";
    const auto prefix = environment_of(judge.folders);
    std::error_code error;
    if (fs::exists(prefix / "bin/activate", error)) {
        return "run `source " + shell_word((prefix / "bin/activate").string()) + "` in your shell, or " + with_judge;
    }
    if (shell.lacks.empty()) {
        return with_judge + "; or `export MLPATH_PYTHON=" + shell_word(shell.probe.executable.string()) +
               "` lets the checks use your shell's";
    }
    AdviceRequest request{.is_root = ::geteuid() == 0, .any = std::nullopt, .needs = needs};
    if (shell.base.new_enough && !is_managed(shell.probe)) {
        request.own = shell.base;
        request.own->path = shell.probe.executable;
    }
    if (shell.base.new_enough) {
        request.any = shell.base;
        request.any->path = shell.probe.executable;
    }
    if (with_real_folder(shell.named.path) == system_python) {
        request.has_apt = system::find_program("apt-get", path_list(environment)).has_value();
        request.system = shell.base;
    }
    request.environment = search.workspace.empty() ? fs::path() : search.workspace / ".venv";
    request.shown = environment.get("PWD") == search.workspace.string() ? ".venv" : request.environment.string();
    return with_judge + (shell.base.new_enough ? "; or give your shell's what it lacks: " + advice(request) : "");
}

}  // namespace

std::optional<fs::path> python_of_shell(const system::Environment& environment) {
    for (const auto* name : {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
        const auto active = environment.get(name);
        if (active && is_program(fs::path(*active) / "bin/python")) {
            return fs::path(*active) / "bin/python";
        }
    }
    auto found = system::find_program("python3", path_list(environment));
    return found ? found : system::find_program("python", path_list(environment));
}

std::optional<ShellPython> other_python(const fs::path& shell, const Interpreter& judge,
                                        const library::PythonNeeds& needs, const InterpreterSearch& search,
                                        const system::Environment& environment, system::Processes& processes) {
    const auto answer =
        ask({.path = shell, .from = "your shell", .origin = Origin::path}, needs, search, environment, processes, {});
    if (!answer || environment_of(answer->probe.folders) == environment_of(judge.folders)) {
        return std::nullopt;
    }
    return ShellPython{shell, answer->probe.version, answer->lacks,
                       same_python_advice(*answer, judge, needs, search, environment)};
}

Result<Interpreter> find_interpreter(const library::PythonNeeds& needs, const InterpreterSearch& search,
                                     const system::Environment& environment, system::Processes& processes,
                                     std::stop_token stop) {
    std::vector<Answer> answers;
    for (const auto& named : candidates(needs, search, environment)) {
        if (named.origin == Origin::named && !is_program(named.path)) {
            return fail(ErrorKind::missing,
                        "MLPATH_PYTHON names " + printable(named.path.string()) + ", which is not a program",
                        "unset MLPATH_PYTHON, or set it to the path of a Python");
        }
        MLPATH_TRY(auto answer, ask(named, needs, search, environment, processes, stop));
        if (answer.lacks.empty()) {
            search.log.info("interpreter chosen", [&] { return told(answer); });
            return interpreter_of(std::move(answer));
        }
        search.log.info("interpreter rejected", [&] { return told(answer); });
        answers.push_back(std::move(answer));
    }
    auto nobody = nobody_satisfies(answers, needs, search, environment);
    const auto next_best = std::ranges::find(answers, true, &Answer::may_do);
    if (next_best == answers.end()) {
        return fail(std::move(nobody));
    }
    search.log.info("interpreter chosen", [&] { return told(*next_best); });
    auto without = next_best->base.to_install;
    auto interpreter = interpreter_of(std::move(*next_best));
    interpreter.without = std::move(without);
    interpreter.advice = std::move(nobody.hint);
    return interpreter;
}

Result<std::optional<PythonToMakeFrom>> python_to_make_from(const std::function<bool(std::string_view)>& fits,
                                                            const InterpreterSearch& search,
                                                            const system::Environment& environment,
                                                            system::Processes& processes, std::stop_token stop) {
    auto without = search;
    without.environments.clear();
    std::optional<PythonToMakeFrom> found;
    for (const auto& named : candidates({}, without, environment)) {
        MLPATH_TRY(const auto answer, ask(named, {}, without, environment, processes, stop));
        if (answer.probe.version.empty() || !fits(answer.probe.version)) {
            continue;
        }
        PythonToMakeFrom python{answer.probe.executable, answer.probe.version, answer.probe.can_make_environments};
        if (python.can_make_environments) {
            return python;
        }
        found = found ? found : std::optional(std::move(python));  // uv does without
    }
    return found;
}

Result<Interpreter> judge_interpreter(const system::Environment& environment, system::Processes& processes,
                                      const Log& log) {
    const library::PythonNeeds nothing;
    std::vector<fs::path> paths{system_python};
    if (const auto path = system::find_program("python3", path_list(environment))) {
        paths.push_back(*path);
    }
    for (const auto& path : paths) {
        if (!is_program(path)) {
            continue;
        }
        std::error_code error;
        const auto name = fs::canonical(path, error).filename().string();
        if (!error && name.starts_with("python3.") && at_least(name.substr(6), judge_version)) {
            return Interpreter{path, name.substr(6), {}};
        }
        const auto asked = probe({.python = path, .needs = nothing, .log = log}, environment, processes);
        if (asked && at_least(asked->version, judge_version)) {
            return Interpreter{asked->executable, asked->version, {}};
        }
        log.info("interpreter rejected", [&] {
            return LogFields{
                {"path", path.string()},
                {"from", "the judge's own"},
                {"why", asked ? "is Python " + asked->version + " (needed: " + std::string(judge_version) + ")"
                              : "it " + asked.error().message}};
        });
    }
    return fail(ErrorKind::missing, "checking needs a Python of its own, " + std::string(judge_version) + " or newer",
                system::find_program("apt-get", path_list(environment))
                    ? std::string("run `") + (::geteuid() == 0 ? "" : "sudo ") + "apt install python3`"
                    : std::string("install Python 3 so that `python3` is on PATH"));
}

std::vector<Candidate> survey(const library::PythonNeeds& needs, const InterpreterSearch& search,
                              const system::Environment& environment, system::Processes& processes) {
    std::vector<Candidate> found;
    for (const auto& named : candidates(needs, search, environment)) {
        auto answer = ask(named, needs, search, environment, processes, {});
        if (answer) {
            found.push_back({named.path, named.from, std::move(answer->probe.version), std::move(answer->lacks)});
        }
    }
    return found;
}

}  // namespace mlpath::run
