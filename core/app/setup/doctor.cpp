#include "app/setup/doctor.hpp"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "app/judge/judging.hpp"
#include "app/project/here.hpp"
#include "app/setup/doctor_machine.hpp"
#include "app/setup/doctor_programs.hpp"
#include "base/text.hpp"
#include "library/library.hpp"
#include "run/interpreter.hpp"
#include "run/trial.hpp"
#include "system/shared_library.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

using Symptoms = std::vector<Symptom>;

void add(Symptoms& found, std::string area, Health health, std::string message, std::string remedy = {}) {
    found.push_back({std::move(area), health, std::move(message), std::move(remedy)});
}

void look_at_error(Symptoms& found, std::string area, Health health, const Error& error) {
    const auto& place = error.place;
    const auto where = place.file.empty() || error.message.find(place.file) != std::string::npos
                           ? std::string()
                           : printable(place.file) + (place.line > 0 ? ":" + std::to_string(place.line) : "") + ": ";
    add(found, std::move(area), health, where + printable(error.message), error.hint);
}

// Each Python with the packages that projects want of it.
using Pythons = std::map<fs::path, run::Interpreter>;

// Which Python each project that is ready would run with, and what the others lack. Returns those that are used.
Result<Pythons> look_at_pythons(const Context& context, system::Processes& processes,
                                const run::InterpreterSearch& search, Symptoms& found, const std::stop_token& stop) {
    Pythons used;
    if (const auto judge = run::judge_interpreter(context.environment, processes, context.log)) {
        add(found, "python", Health::good,
            "check scripts run with " + printable(judge->path.string()) + " (" + printable(judge->version) + ")");
    } else {
        look_at_error(found, "python", Health::bad, judge.error());
    }
    for (const auto& candidate : run::survey({}, search, context.environment, processes)) {
        const auto usable = candidate.lacks.empty();
        add(found, "python", usable ? Health::good : Health::poor,
            candidate.from + ": " + printable(candidate.path.string()) +
                (usable ? " (" + printable(candidate.version) + ")" : ", " + printable(join(candidate.lacks, ", "))));
    }
    for (const auto& entry : context.index.projects) {
        if (stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        if (entry.status != library::ProjectStatus::ready) {
            continue;
        }
        const auto project = library::load_project(context.content, context.index.renamed, entry.id);
        if (!project) {
            continue;  // the library's own symptom says so
        }
        const auto python = run::find_interpreter(project->python, search, context.environment, processes, stop);
        if (python) {
            add(found, "packages", Health::good, entry.id + " runs with " + printable(python->path.string()));
            for (const auto& package : python->without) {
                add(found, "packages", Health::poor,
                    entry.id + ": its milestone " + list_of(package.milestones) + " needs `" + package.name() +
                        "`, and is skipped without it",
                    python->advice);
            }
            const auto [known, is_new] = used.try_emplace(python->path, *python);
            known->second.packages.insert(python->packages.begin(), python->packages.end());
        } else {
            add(found, "packages", Health::bad, entry.id + ": " + printable(python.error().message),
                python.error().hint);
        }
    }
    return used;
}

void look_at_programs(const Context& context, Symptoms& found) {
    for (const auto& [file, package, what] : {std::tuple{"libcurl.so.4", "libcurl4", "downloads"},
                                              std::tuple{"libarchive.so.13", "libarchive13", "archives"}}) {
        const auto library = system::SharedLibrary::open(file, package);
        if (library) {
            add(found, "downloads", Health::good, std::string(file) + " is there, for " + what);
        } else {
            look_at_error(found, "downloads", Health::poor, library.error());
        }
    }
    if (const auto mirror = context.environment.get("MLPATH_MIRROR")) {
        add(found, "downloads", Health::good,
            "datasets are looked for at " + printable(*mirror) + " first (MLPATH_MIRROR)");
    }
    const auto git = system::find_program("git", context.environment.get("PATH").value_or("/usr/bin:/bin"));
    add(found, "git", git ? Health::good : Health::poor,
        git ? "git is there: " + printable(git->string())
            : "git is not installed: nothing keeps your work, and `verify` cannot tell the commit",
        git ? "" : system::install_command("git"));
}

// The folder, or the nearest above it that exists.
fs::path that_exists(fs::path folder) {
    std::error_code ignored;
    while (!fs::exists(folder, ignored) && folder.has_parent_path() && folder != folder.parent_path()) {
        folder = folder.parent_path();
    }
    return folder;
}

// Hashes every entry again; what is damaged, Cache moves aside.
Status rehash(const data::Cache& cache, Symptoms& found, std::stop_token stop) {
    const auto checked = data::check_cache(cache, data::Depth::deep, std::move(stop));
    if (!checked) {
        if (checked.error().kind == ErrorKind::interrupted) {
            return fail(checked.error());
        }
        look_at_error(found, "cache", Health::bad, checked.error());
        return {};
    }
    for (const auto& hash : checked->damaged) {
        add(found, "cache", Health::bad,
            "the cached file " + hash + " was damaged, and was moved to " +
                printable((cache.root() / "rejected").string()),
            "`mlpath fetch` fetches it anew when it is needed");
    }
    add(found, "cache", Health::good, count_of(checked->entries, "cached file") + " hashed again and found sound");
    return {};
}

Status look_at_cache(const Context& context, data::Depth depth, Symptoms& found, const std::stop_token& stop) {
    constexpr std::uintmax_t little = 1'000'000'000;
    const auto cache = data::Cache::of(context.environment);
    const auto root = printable(cache.root().string());
    const auto there = that_exists(cache.root());
    if (::access(there.c_str(), W_OK | X_OK) != 0) {
        add(found, "cache", Health::bad, "the cache " + root + " cannot be written to",
            "set MLPATH_CACHE_DIR to a folder of yours");
    }
    std::uintmax_t bytes = 0;
    const auto files = files_below(cache.root()).value_or(std::vector<std::string>());
    for (const auto& file : files) {
        std::error_code gone;
        const auto size = fs::file_size(cache.root() / file, gone);
        bytes += gone ? 0 : size;
    }
    std::error_code error;
    const auto space = fs::space(there, error);
    const bool tight = !error && space.available < little;
    add(found, "cache", tight ? Health::poor : Health::good,
        "the cache " + root + " holds " + human_bytes(bytes) + " in " + count_of(files.size(), "file") +
            (error ? "" : "; " + human_bytes(space.available) + " are free"),
        tight ? "make room, or set MLPATH_CACHE_DIR to a folder on another disk" : "");
    std::size_t rejected = 0;
    for (const auto& file : files) {
        rejected += file.starts_with("rejected/") ? 1 : 0;
    }
    if (rejected > 0) {
        add(found, "cache", Health::poor,
            count_of(rejected, "file") + " with wrong bytes kept to be looked at in " + root + "/rejected",
            "rm -r " + shell_word((cache.root() / "rejected").string()));
    }
    return depth == data::Depth::deep ? rehash(cache, found, stop) : Status();
}

void look_at_journal(const Context& context, const fs::path& home, Symptoms& found) {
    constexpr std::size_t shown = 5;
    const auto history = progress::Journal(home, context.log).load(context.index.renamed);
    if (!history) {
        look_at_error(found, "workspace", Health::bad, history.error());
        return;
    }
    for (std::size_t i = 0; i < history->notes.size() && i < shown; ++i) {
        add(found, "workspace", Health::poor, printable(progress::to_line(history->notes[i])));
    }
    if (const auto all = history->notes.size() + history->more_notes; all > shown) {
        add(found, "workspace", Health::poor, "and " + std::to_string(all - shown) + " more such lines");
    }
    add(found, "workspace", Health::good, "the journal holds " + count_of(history->events, "event"));
}

// Returns where a `.venv` and a configured interpreter are to be sought.
run::InterpreterSearch look_at_workspace(const Context& context, Symptoms& found) {
    auto search = own_search(context, {}, nullptr);
    const auto here = find_here(context);
    if (!here) {
        look_at_error(found, "workspace", Health::bad, here.error());
        return search;
    }
    if (here->project_folder) {
        if (const auto marker = workspace::read_marker(*here->project_folder); !marker) {
            look_at_error(found, "workspace", Health::bad, marker.error());
        }
    }
    if (!here->workspace) {
        add(found, "workspace", Health::good, "there is no workspace here", "mlpath init");
        if (here->project_folder) {
            search = own_search(context, *here->project_folder, nullptr);
            look_at_journal(context, *here->project_folder, found);
        }
        return search;
    }
    const auto& workspace = *here->workspace;
    search = own_search(context, workspace.folder, &workspace);
    add(found, "workspace", Health::good, "this is the workspace " + printable(workspace.folder.string()));
    if (!workspace.note.empty()) {
        add(found, "workspace", Health::poor, printable(workspace.note));
    }
    for (const auto& id : workspace.settings.curricula) {
        if (!context.index.curricula.contains(id)) {
            look_at_error(found, "workspace", Health::bad,
                          library::no_such("curriculum", id, context.index.curricula.ids()));
        }
    }
    look_at_journal(context, workspace.folder, found);
    return search;
}

void look_at_library(const Context& context, data::Depth depth, Symptoms& found) {
    const auto origin = "the library (" + printable(context.content.origin()) + ")";
    if (context.content.validated("curricula/topics.json") && depth == data::Depth::quick) {
        add(found, "library", Health::good, origin + " was found sound when it was built in");
        return;
    }
    const auto loaded = library::load(context.content);
    if (!loaded) {
        look_at_error(found, "library", Health::bad, loaded.error());
    } else if (!loaded->ok()) {
        look_at_error(found, "library", Health::bad, to_error(loaded->faults));
        found.back().remedy = "mlpath lint";
    } else {
        add(found, "library", Health::good,
            origin + " is sound: " + count_of(loaded->library.projects.size(), "project") + ", " +
                count_of(loaded->library.datasets.size(), "dataset"));
    }
}

void look_at_guests(const Context& context, const std::vector<Error>& troubles, Symptoms& found) {
    for (const auto& guest : context.joined) {
        add(found, "library", Health::good, "the library `" + guest.name + "` is sound");
    }
    for (const auto& trouble : troubles) {
        look_at_error(found, "library", Health::bad, trouble);
    }
}

void tell_walls(const run::Sandbox& sandbox, Symptoms& found) {
    const auto landlock = sandbox.landlock() == 0 ? std::string("no Landlock in this kernel")
                                                  : "Landlock version " + std::to_string(sandbox.landlock());
    const auto* memory = sandbox.counting() == confine::Counting::group
                             ? ". Memory is held by a control group"
                             : ". No control group can be made here, so memory is summed while they run";
    switch (sandbox.walls()) {
        case confine::Walls::name_spaces:
            add(found, "sandbox", Health::good,
                "the learner's programs run in a world of their own: namespaces, " + landlock +
                    ", filtered system calls" + memory);
            break;
        case confine::Walls::rules:
            add(found, "sandbox", Health::poor,
                "no namespaces (" + sandbox.why_not() + "), so code that sets out to find the truth might; " +
                    landlock +
                    " and a filter of system calls hold what they can. In a container, allow it user namespaces" +
                    memory);
            break;
        case confine::Walls::none:
            add(found, "sandbox", Health::poor,
                "none can be had (" + sandbox.why_not() + "): the learner's programs run as your own user");
            break;
    }
}

constexpr auto help_for_compromises =
    "run mlpath as an ordinary user (in a container: `docker run --user`), with a TMPDIR and a Python that every user "
    "may enter";

// What had to be given way on, beside the walls; nothing that was said before.
void tell_compromises(const run::Sandbox& sandbox, std::set<std::string>& said, Symptoms& found) {
    for (const auto& given_way : sandbox.compromises()) {
        if (said.insert(given_way).second) {
            add(found, "sandbox", Health::poor, printable(given_way), help_for_compromises);
        }
    }
}

void look_at_log(const std::string& place, Symptoms& found) {
    add(found, "log", Health::good,
        place.empty() ? "none is kept; any command tells what it does with `--log-level debug`, and `--log-file FILE` "
                        "keeps that"
                      : "the log of this run goes to " + printable(place));
}

// What can be had, and whether each Python can be reached in it. Only an interrupt ends the examination.
Status look_at_sandbox(const Context& context, system::Processes& processes, const Pythons& pythons, Symptoms& found,
                       const std::stop_token& stop) {
    const auto sandbox = run::Sandbox::open(run::SandboxWish::automatic, processes, stop);
    if (!sandbox) {
        if (sandbox.error().kind == ErrorKind::interrupted) {
            return fail(sandbox.error());
        }
        look_at_error(found, "sandbox", Health::bad, sandbox.error());
        return {};
    }
    run::log_sandbox(context.log, *sandbox);
    tell_walls(*sandbox, found);
    std::set<std::string> said;
    tell_compromises(*sandbox, said, found);
    run::Trials trials(processes, context.log);
    for (const auto& [path, python] : pythons) {
        if (stop.stop_requested()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        const auto trial = trials.of(*sandbox, python, {});
        if (trial == nullptr) {
            break;
        }
        const auto in_force = trial->sandbox();
        if (!in_force) {
            look_at_error(found, "sandbox", Health::bad, in_force.error());
        } else if (trial->as_planned()) {
            add(found, "sandbox", Health::good, printable(path.string()) + " and its packages can be reached inside");
        } else {
            if (in_force->walls() != sandbox->walls()) {
                tell_walls(*in_force, found);
            }
            tell_compromises(*in_force, said, found);
        }
    }
    return {};
}

}  // namespace

Result<std::vector<Symptom>> doctor(const Context& context, system::Processes& processes, const DoctorRequest& request,
                                    std::stop_token stop) {
    Symptoms found;
    look_at_library(context, request.depth, found);
    look_at_guests(context, request.troubles, found);
    const auto search = look_at_workspace(context, found);
    MLPATH_TRY(const auto pythons, look_at_pythons(context, processes, search, found, stop));
    look_at_programs(context, found);
    look_at_machine(context, found);
    look_at_log(request.log_place, found);
    MLPATH_CHECK(look_at_cache(context, request.depth, found, stop));
    MLPATH_CHECK(look_at_sandbox(context, processes, pythons, found, stop));
    look_at_check_programs(context, request.path, found);
    return found;
}

}  // namespace mlpath::app
