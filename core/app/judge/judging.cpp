#include "app/judge/judging.hpp"

#include <unistd.h>

#include <algorithm>
#include <future>
#include <iterator>

#include "app/data/readable.hpp"
#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/isolated.hpp"
#include "checks/judge.hpp"
#include "library/kind.hpp"
#include "library/library.hpp"
#include "run/trial.hpp"

namespace mlpath::app {

namespace {

// Writes every file of the content below `prefix` to `folder`, under its path without the prefix.
Status unpack_content(const library::Content& content, const std::string& prefix, const fs::path& folder,
                      unsigned mode) {
    MLPATH_TRY(const auto paths, content.list(prefix));
    for (const auto& path : paths) {
        MLPATH_TRY(const auto bytes, content.read(path));
        MLPATH_CHECK(write_readable(folder, path.substr(prefix.size()), bytes, mode));
    }
    return {};
}

// The files of the template that stand in the folder of a learner who is done: their programs may be run there.
Result<std::vector<std::string>> passed_files(const library::Content& content, const library::Project& project) {
    std::vector<std::string> files;
    for (const auto* part : {"skeleton/", "solution/"}) {
        MLPATH_TRY(const auto paths, content.list(library::template_path(project.id, part)));
        files.insert(files.end(), paths.begin(), paths.end());
    }
    for (const auto& entry : project.data) {
        if (!entry.bundled.empty()) {
            files.push_back(library::template_path(project.id, entry.bundled));
        }
    }
    return files;
}

// The modules that they import from the project's packages: what a warm interpreter has ready.
Result<std::vector<std::string>> imports_of(const library::Content& content, const library::Project& project) {
    MLPATH_TRY(const auto pattern, Pattern::compile(R"(^\s*(?:from|import)\s+([A-Za-z_][A-Za-z0-9_.]*))"));
    MLPATH_TRY(const auto paths, passed_files(content, project));
    std::vector<std::string> imports;
    for (const auto& path : paths) {
        if (!path.ends_with(".py")) {
            continue;
        }
        MLPATH_TRY(const auto text, content.read(path));
        for (const auto& name : pattern.all_in(text)) {
            const auto top = name.substr(0, name.find('.'));
            // What one milestone needs, it imports itself: the others do not wait for it.
            const bool is_for_all = std::ranges::any_of(project.python.packages, [&](const auto& package) {
                return package.import_name == top && package.milestones.empty();
            });
            if (is_for_all && std::ranges::find(imports, name) == imports.end()) {
                imports.push_back(name);
            }
        }
    }
    return imports;
}

// The milestones that need a package which this Python lacks.
std::map<std::string, checks::Untried> untried_with(const run::Interpreter& python) {
    std::map<std::string, checks::Untried> untried;
    for (const auto& package : python.without) {
        for (const auto& milestone : package.milestones) {
            auto& told = untried[milestone];
            told.why += (told.why.empty() ? "needs `" : ", `") + package.name() + "`";
            told.look = python.advice;
        }
    }
    for (auto& [milestone, told] : untried) {
        told.why += ", which Python " + python.version + " (" + printable(python.path.string()) + ") lacks";
    }
    return untried;
}

// Of the files that the solution changes, those that the learner has not. One that cannot be read now is told of where
// it is judged.
Result<checks::Untouched> untouched_of(const library::Content& content, const library::Project& project,
                                       const run::Sources& sources) {
    checks::Untouched untouched;
    const auto prefix = library::template_path(project.id, "solution/");
    MLPATH_TRY(const auto solved, content.list(prefix));
    MLPATH_TRY(const auto given, content.list(library::template_path(project.id, "skeleton/")));
    for (const auto& path : solved) {
        const auto name = path.substr(prefix.size());
        const auto skeleton = library::template_path(project.id, "skeleton/" + name);
        if (std::ranges::find(sources.files, name) == sources.files.end() ||
            std::ranges::find(given, skeleton) == given.end()) {
            continue;
        }
        MLPATH_TRY(const auto answer, content.read(path));
        MLPATH_TRY(const auto bytes, content.read(skeleton));
        if (answer == bytes) {
            continue;
        }
        if (const auto now = read_file(sources.folder / fs::path(name)); now && *now == bytes) {
            untouched.insert(name);
        }
    }
    return untouched;
}

}  // namespace

std::unique_ptr<run::Schedule> schedule_for(const system::Machine& machine, const Asked& asked) {
    constexpr std::uint64_t reserve = 10;  // one part in so many, for what else runs here
    const auto jobs = std::max(1U, asked.jobs == 0 ? machine.cores : asked.jobs);
    const auto free = machine.free_memory - machine.free_memory / reserve;
    const auto memory = asked.memory_bytes == 0 ? free : asked.memory_bytes;
    return std::make_unique<run::Schedule>(run::Budget{.jobs = jobs, .memory_bytes = memory},
                                           std::max(1U, machine.cores / jobs));
}

void sweep_killed_runs() {
    sweep_temporary_folders("mlpath-");
    if (::geteuid() == 0) {  // whose programs may have had their folders elsewhere
        for (const auto& place : run::places_for_another()) {
            sweep_temporary_folders("mlpath-", place);
        }
    }
}

Isolation isolation_of(const run::Sandbox& sandbox) {
    const auto landlock =
        sandbox.landlock() == 0 ? std::string("no Landlock") : "Landlock version " + std::to_string(sandbox.landlock());
    const auto* memory = sandbox.counting() == confine::Counting::group ? "memory held by a control group"
                                                                        : "memory summed while it runs";
    const auto why = sandbox.why_not().empty() ? std::string() : " (" + sandbox.why_not() + ")";
    std::string besides;
    for (const auto& given_way : sandbox.compromises()) {
        besides += "; " + given_way;
    }
    const auto* network = sandbox.holds_to_ports()
                              ? ""
                              : "; a program that has a loopback, as servers, sites, notebooks and windows do, could "
                                "reach the network too, since only Landlock version 4 (Linux 6.7) or later holds it to "
                                "its ports";
    switch (sandbox.walls()) {
        case confine::Walls::name_spaces:
            return {.truth_protected = true,
                    .detail =
                        "each program ran in a world of its own (namespaces for user, mounts, processes, "
                        "network and IPC; " +
                        landlock + "; filtered system calls; " + memory +
                        "), without the truth, your files and the network" + besides};
        case confine::Walls::rules:
            return {.truth_protected = false,
                    .detail = "no namespaces can be had here" + why + "; " + landlock +
                              " and a filter of system calls held what they can (" + memory +
                              "), which is not a promise that the truth was out of reach" + network + besides};
        case confine::Walls::none: break;
    }
    return {
        .truth_protected = false,
        .detail = (sandbox.was_wanted() ? "no sandbox can be had here" + why : std::string("no sandbox, as asked")) +
                  ": each program ran in a private copy of the sources with a clean environment, but as your own "
                  "user, so code that sets out to find the truth could"};
}

Result<fs::path> Harness::folder() {
    const std::scoped_lock lock(m_mutex);
    if (!m_folder) {
        MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-harness-", m_where));
        std::error_code error;  // without it a program that runs as another user does not find caller.py, and says so
        fs::permissions(folder.path(), fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add, error);
        // The user whose programs are judged must be able to read caller.py.
        MLPATH_CHECK(unpack_content(m_content, "harness/", folder.path(), 0644));
        // What a driver loads into programs that it starts; not every system has them.
        for (const auto* name : {"hurry.so", "keymap.so"}) {
            if (const auto library = m_content.read(std::string("warm/") + name)) {
                MLPATH_CHECK(write_readable(folder.path(), name, *library, 0644));
            }
        }
        for (const auto& entry : library::all_kinds()) {
            for (const auto& script : entry.scripts) {
                const auto own = fs::path("kinds") / entry.kind->name / script.name;
                MLPATH_CHECK(write_readable(folder.path(), own, script.text, 0644));
            }
        }
        m_folder.emplace(std::move(folder));
    }
    return m_folder->path();
}

system::Processes& WarmRoom::processes(const run::WarmUp& warm_up) {
    const std::scoped_lock lock(m_mutex);
    if (const auto written = m_pool ? Status() : write(); !written) {
        m_log.warning("programs start cold", [&] { return LogFields{{"why", written.error().message}}; });
        return m_cold;
    }
    return m_pool->processes(warm_up);
}

Status WarmRoom::write() {
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-warm-"));
    MLPATH_CHECK(unpack_content(m_content, "warm/", folder.path(), 0700));
    m_pool.emplace(m_cold, folder.path(), m_log);
    m_folder.emplace(std::move(folder));
    return {};
}

Result<CheckFiles> CheckFiles::open(const library::Content& content, std::string_view project) {
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-judge-"));
    CheckFiles check_files(std::move(folder));
    MLPATH_CHECK(unpack_content(content, library::template_path(project, "checks/"),
                                check_files.template_root() / "checks", 0600));
    const auto manifest = library::template_path(project, "project.json");
    MLPATH_TRY(const auto bytes, content.read(manifest));  // the harness names functions by their signatures
    MLPATH_CHECK(write_file(check_files.template_root() / "project.json", bytes, Durability::cached, 0600));
    return check_files;
}

Result<CheckFiles> CheckFiles::write(const std::vector<Text>& texts) {
    MLPATH_TRY(auto folder, TemporaryFolder::make("mlpath-judge-"));
    CheckFiles check_files(std::move(folder));
    for (const auto& [path, text] : texts) {
        MLPATH_CHECK(write_file(check_files.template_root() / path, text, Durability::cached, 0600));
    }
    return check_files;
}

system::Processes& isolated_processes(const JudgingTools& tools, const fs::path& harness,
                                      const run::Interpreter& judge_python) {
    return tools.warm == nullptr ? tools.processes
                                 : tools.warm->processes({.python = judge_python.path,
                                                          .options = checks::isolated_options(),
                                                          .folder = harness,
                                                          .imports = {"judge", "fingerprint"}});
}

DataChoice data_choice(const JudgingTools& tools, library::DataKind kind, std::optional<std::string> secret) {
    return {.kind = kind, .making = Making{tools.processes, tools.sandbox, tools.trials}, .secret = std::move(secret)};
}

Result<JudgedProject> judge_folder(const Context& context, const JudgingTools& tools, const JudgingRequest& request,
                                   checks::Observer& observer, std::stop_token stop) {
    const auto& project = request.project;
    JudgedProject judged;
    if (request.python != nullptr) {
        judged.python = *request.python;
    } else {
        MLPATH_TRY(judged.python, run::find_interpreter(project.python, request.interpreters, context.environment,
                                                        tools.processes, stop));
    }
    MLPATH_TRY(auto sources, run::collect_sources(project, request.folder));
    MLPATH_TRY(auto untouched, untouched_of(context.content, project, sources));
    // A portfolio's judge divides anew: what lies on disk could have been written by the code that is judged.
    const bool own_work = request.interpreters.trust == run::Trust::workspace;
    MLPATH_TRY(judged.data, kind_in_use(context.content, project, request.data));
    ProjectData data(context, project, request.network, tools.progress, stop,
                     own_work ? std::optional(data::SplitCache::of(context.environment)) : std::nullopt,
                     data_choice(tools, judged.data, request.secret));
    MLPATH_TRY(const auto harness, tools.harness.folder());
    MLPATH_TRY(auto imports, imports_of(context.content, project));
    imports.emplace_back("caller");
    auto& processes =
        tools.warm == nullptr
            ? tools.processes
            : tools.warm->processes({.python = judged.python.path, .folder = harness, .imports = imports});
    run::ScheduledProcesses scheduled(processes, tools.schedule);
    const auto threads = tools.schedule.threads;
    auto shown = request.beside.shown;
    std::ranges::copy(checks::caller_files(harness), std::back_inserter(shown));
    const auto trial = tools.trials == nullptr ? nullptr : tools.trials->of(tools.sandbox, judged.python, shown);
    const run::StepRunner runner(scheduled, judged.python, tools.sandbox, threads, trial);
    std::unique_ptr<ProjectMemory> memory;
    if (request.remembered != nullptr) {
        memory = ProjectMemory::of({.judge = request.judge_python,
                                    .python = judged.python,
                                    .sandbox = tools.sandbox,
                                    .threads = threads,
                                    .sources = sources,
                                    .trial = trial.get()},
                                   data, *request.remembered);
        if (!memory) {
            context.log.info("nothing recalled", [&] {
                return LogFields{{"project", project.id}, {"why", "it cannot be told what its checks see"}};
            });
        }
    }

    // Where nothing is remembered something will be run: the trial goes on while what that needs is gathered.
    const auto ahead = trial && !memory ? std::async(std::launch::async, [&] { static_cast<void>(trial->sandbox()); })
                                        : std::future<void>();
    checks::Evaluation evaluation(
        {.project = project,
         .sources = std::move(sources),
         .runner = runner,
         .judge_python = request.judge_python,
         .processes = isolated_processes(tools, harness, request.judge_python),
         .data = data,
         .origin = request.origin,
         .where = request.where,
         .beside = request.beside,
         .template_root = request.check_files.template_root(),
         .harness = harness,
         .untouched = std::move(untouched),
         .seed = request.seed,
         .jobs = request.checks_at_a_time == 0 ? tools.schedule.slots.budget().jobs : request.checks_at_a_time,
         .memory = memory.get(),
         .stop = stop,
         .log = context.log});
    auto plan = request.plan;
    plan.untried = untried_with(judged.python);
    MLPATH_TRY(judged.milestones, checks::judge_project(evaluation, plan, observer));
    for (const auto& milestone : judged.milestones) {
        judged.verdict = checks::worst(judged.verdict, milestone.verdict);
    }
    for (const auto& entry : project.data) {
        if (entry.split) {
            judged.seeds[entry.id] = evaluation.seed_of(entry);
        }
    }
    judged.data_hashes = data.hashes();
    judged.steps_run = evaluation.steps_run();
    judged.quickest_run = evaluation.quickest_run();
    judged.sandbox = tools.sandbox;
    if (trial && !trial->as_planned()) {
        judged.as_planned = false;
        judged.sandbox = trial->sandbox().value_or(tools.sandbox);
    }
    return judged;
}

}  // namespace mlpath::app
