#include "app/verify/verify.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "app/project/environments.hpp"
#include "app/project/links.hpp"
#include "app/project/python_search.hpp"
#include "app/verify/verify_many.hpp"
#include "app/verify/verify_open.hpp"
#include "app/verify/verify_recall.hpp"
#include "base/hash.hpp"
#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "run/trial.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view built_in = "built in";  // the origin of the library that needs no option to be used again

// Without a requirement everything that is there is demanded; `own` alone adds to that. One that brings nothing has
// proved nothing.
checks::Verdict verdict_on_projects(const report::PortfolioReport& portfolio) {
    auto verdict = checks::Verdict::pass;
    bool any = false;
    for (const auto& project : portfolio.projects) {
        if (project.standing == report::Standing::demanded) {
            verdict = checks::worst(verdict, project.verdict);
            any = true;
        }
    }
    return any ? verdict : checks::Verdict::error;
}

// Settles how far each project counts, which no project can tell before all of its portfolio were judged; then the
// verdicts. Each portfolio stands alone, and the worst is the report's.
void judge_demands(const library::Index& index, const std::vector<Requirement>& requirements, report::Report& report) {
    for (auto& portfolio : report.portfolios) {
        for (auto& project : portfolio.projects) {
            if (project.standing == report::Standing::demanded) {
                project.standing = standing_of(index, requirements, project, portfolio);
            }
        }
        portfolio.verdict = demands_projects(requirements) ? checks::Verdict::pass : verdict_on_projects(portfolio);
        for (const auto& requirement : requirements) {
            const auto& judged = portfolio.requirements.emplace_back(judge_requirement(index, requirement, portfolio));
            portfolio.verdict = checks::worst(portfolio.verdict, judged.verdict);
        }
        report.verdict = checks::worst(report.verdict, portfolio.verdict);
    }
}

fs::path folder_of(const Context& context, const fs::path& path) {
    return path.is_absolute() ? path : context.folder / path;
}

// The paths, each folder once however often and under whatever name it was given: to judge it twice proves no more.
std::vector<fs::path> different_folders(const Context& context, const std::vector<fs::path>& paths,
                                        std::vector<std::string>& remarks) {
    std::vector<fs::path> kept;
    std::map<fs::path, fs::path> seen;  // by the folder itself: as it was given first
    for (const auto& path : paths) {
        std::error_code error;
        const auto real = fs::canonical(folder_of(context, path), error);
        const auto [first, fresh] = seen.emplace(error ? folder_of(context, path) : real, path);
        if (fresh) {
            kept.push_back(path);
            continue;
        }
        const auto name = "`" + printable(path.string()) + "`";
        remarks.push_back(path == first->second ? name + " was given more than once, and is judged once"
                                                : name + " is the folder `" + printable(first->second.string()) +
                                                      "` under another name, and is judged once");
    }
    return kept;
}

// Two projects of one workspace, each given by its own folder, are two portfolios. Who meant one is told so where it
// matters.
void explain_lone_projects(const Context& context, const std::vector<Requirement>& requirements,
                           const std::vector<fs::path>& paths, report::Report& report) {
    if (report.verdict == checks::Verdict::pass || !demands_projects(requirements)) {
        return;
    }
    std::map<fs::path, std::size_t> alone;  // project folders that were given, by the folder that holds them
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto& projects = report.portfolios[i].projects;
        if (projects.size() == 1 && projects.front().folder.empty()) {
            std::error_code ignored;
            ++alone[fs::canonical(folder_of(context, paths[i]), ignored).parent_path()];
        }
    }
    for (const auto& [folder, count] : alone) {
        if (count > 1) {
            const auto seen = folder.lexically_relative(context.folder);
            const auto name = seen.empty() || *seen.begin() == ".." ? folder : seen;
            report.remarks.push_back("each path is a portfolio by itself, and has to hold all that is required; to " +
                                     std::string("judge the projects in `") + printable(name.string()) +
                                     "` as one portfolio, give that folder instead");
        }
    }
}

std::vector<std::string> reproducing_command(const Context& context, const VerifyRequest& request,
                                             const report::Report& report) {
    std::vector<std::string> command{"mlpath", "verify"};
    for (const auto& path : request.paths) {
        command.push_back(path.string());
    }
    for (const auto& asked : request.require) {
        command.insert(command.end(), {"--require", asked});
    }
    if (request.on_synthetic == OnSynthetic::counts) {
        command.emplace_back("--allow-synthetic");
    }
    if (context.content.origin() != built_in) {
        command.insert(command.end(), {"--library", context.content.origin()});
    }
    for (const auto& library : context.joined) {
        command.insert(command.end(), {"--library", library.folder.string()});
    }
    if (request.seed_from != SeedFrom::portfolio && !report.portfolios.empty()) {
        command.insert(command.end(), {"--seed", std::to_string(report.portfolios.front().seed)});
    }
    return command;
}

// Looking at a handful of folders takes less than a thread to begin.
std::size_t threads_for(std::size_t portfolios) {
    constexpr std::size_t worth_a_thread = 8;
    return std::clamp<std::size_t>(portfolios / worth_a_thread, 1, std::max(1U, std::thread::hardware_concurrency()));
}

// The projects that each path holds, or why one that may not be looked into does not tell.
Result<std::vector<Claims>> claims_of(const Context& context, const VerifyRequest& request) {
    std::vector<Claims> claims(request.paths.size());
    std::vector<PortfolioProject> none;
    MLPATH_CHECK(side_by_side(claims.size(), threads_for(claims.size()), [&](std::size_t i) -> Status {
        claims[i] = projects_in(folder_of(context, request.paths[i]));
        for (auto& claim : claims[i] ? *claims[i] : none) {
            claim.id = std::string(context.index.renamed.now(library::IdKind::project, claim.id));
        }
        if (!claims[i] && (claims[i].error().kind == ErrorKind::usage || request.paths.size() == 1)) {
            auto error = claims[i].error();
            if (const auto word = request.paths[i].string(); error.kind == ErrorKind::usage && looks_required(word)) {
                error.hint = "to require it of each portfolio, write `--require " + printable(word) + "`";
            }
            return fail(std::move(error));
        }
        return {};
    }));
    if (std::ranges::all_of(claims, [](const auto& found) { return found && found->empty(); })) {
        std::string links;
        for (const auto& path : request.paths) {
            links += links.empty() ? links_in_words(folder_of(context, path)) : std::string();
        }
        return fail(ErrorKind::usage,
                    "there is nothing to verify: no project folder in " +
                        (request.paths.size() == 1 ? "`" + printable(request.paths.front().string()) + "`"
                                                   : std::string("any of the paths")) +
                        (links.empty() ? "" : "; " + printable(links)),
                    "a project folder is made by `mlpath new`, and holds `.mlpath-project.json`, which has to be "
                    "committed with it");
    }
    return claims;
}

Result<std::string> program_hash(const VerifyRequest& request, Remembered* remembered) {
    return remembered != nullptr && request.binary.empty()
               ? remembered->program_hash()
               : sha256_of_file(request.binary.empty() ? fs::path("/proc/self/exe") : request.binary);
}

// Makes in the cache what projects ask for and no Python here has. What cannot be made is said; the projects that need
// it could not be told then.
Status make_environments(const Context& context, system::Processes& processes, const Projects& projects,
                         VerifyObserver& observer, std::vector<std::string>& remarks, const std::stop_token& stop) {
    std::set<std::string> tried;
    for (const auto& [id, project] : projects) {
        if (!project || project->python.environment.empty() || !tried.insert(project->python.environment).second) {
            continue;
        }
        const auto& group = project->python.environment;
        const auto found = run::find_interpreter(project->python, portfolio_search(context, run::MadeBy::verify),
                                                 context.environment, processes, stop);
        if (found ? found->without.empty() : found.error().kind != ErrorKind::missing) {
            continue;
        }
        const auto made = [&]() -> Result<run::MadeEnvironment> {
            MLPATH_TRY(const auto plan, plan_in_cache(context, group, processes, stop));
            observer.environment(group, "at most " + human_bytes(plan.bytes) + " to download");
            return run::make_environment(
                plan.making, context.environment, processes,
                [&](std::string_view says) { observer.environment(group, says); }, stop);
        }();
        if (!made && made.error().kind == ErrorKind::interrupted) {
            return fail(made.error());
        }
        if (!made) {
            remarks.push_back("the environment `" + group + "` could not be made: " + made.error().message);
        }
    }
    return {};
}

// A project with what it is judged on, once however many bring it.
using Ahead = std::pair<const library::Project*, library::DataKind>;
std::vector<Ahead> ahead(const Context& context, const VerifyRequest& request, const Projects& projects,
                         const std::vector<Claims>& claims) {
    std::set<std::pair<std::string, library::DataKind>> seen;
    std::vector<Ahead> all;
    for (const auto& portfolio : claims) {
        for (const auto& claim : portfolio.value_or(std::vector<PortfolioProject>())) {
            const auto known = projects.find(claim.id);
            if (known == projects.end() || !known->second || known->second->status == library::ProjectStatus::planned ||
                !seen.emplace(claim.id, claim.data).second) {
                continue;
            }
            const auto& project = *known->second;
            const auto kind = kind_in_use(context.content, project, claim.data).value_or(claim.data);
            const Ahead one{&project, kind};
            if ((kind == library::DataKind::real || request.on_synthetic == OnSynthetic::counts) &&
                std::ranges::find(all, one) == all.end()) {
                all.push_back(one);
            }
        }
    }
    return all;
}

// What takes long and can be found out while the portfolios are looked at.
struct Ready {
    JudgingTools tools;
    std::unique_ptr<ProjectRecall> recall{};  // null where there is no cache that may be used
};

}  // namespace

Result<report::Report> verify(const Context& context, system::Processes& processes, const ToolsWhenReady& tools,
                              const VerifyRequest& request, VerifyObserver& observer, std::stop_token stop) {
    std::vector<Requirement> requirements;
    for (const auto& text : request.require) {
        MLPATH_TRY(auto requirement, parse_requirement(context.index, text));
        requirements.push_back(std::move(requirement));
    }
    report::Report report{
        .begun = context.clock.now(), .tool_version = MLPATH_VERSION, .library_origin = context.content.origin()};
    auto settled = request;
    settled.paths = different_folders(context, request.paths, report.remarks);
    MLPATH_TRY(const auto claims, claims_of(context, settled));
    MLPATH_TRY(auto remembered, open_cache(context, request));
    // One fresh seed for all, so that one number reproduces everything.
    if (settled.seed_from == SeedFrom::fresh) {
        settled.seed = context.random.next() % typeable_seeds;
    }
    const auto projects = load_projects(context, requirements, claims);
    if (request.environments == Environments::make) {
        MLPATH_CHECK(make_environments(context, processes, projects, observer, report.remarks, stop));
    }
    const auto open_all = [&](Remembered* known) {
        Opening opening{
            .context = context,
            .settled = settled,
            .requirements = requirements,
            .remembered = known,
            .repositories = {context.environment, processes, known == nullptr ? nullptr : &known->repositories()},
            .projects = projects};
        std::vector<Opened> opened;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            opened.push_back(open_portfolio(opening, settled.paths[i], claims[i]));
        }
        return opened;
    };

    const auto ready_tools = [&]() -> Result<Ready> {
        auto trying = std::async(std::launch::async, [&] { return tools(); });
        auto recall = remembered
                          ? std::make_unique<ProjectRecall>(context, processes, request.network, *remembered, stop)
                          : nullptr;
        const auto judged = recall ? ahead(context, request, projects, claims) : std::vector<Ahead>();
        for (const auto& [project, data] : judged) {
            recall->look_ahead(*project, data);
        }
        MLPATH_TRY(auto there, trying.get());
        if (recall && may_use_cache(there.sandbox)) {
            for (const auto& [project, data] : judged) {
                recall->complete(*project, data, there);
            }
            return Ready{.tools = there, .recall = std::move(recall)};
        }
        return Ready{.tools = there};
    };
    auto readying = std::async(std::launch::async, ready_tools);
    sweep_killed_runs();
    for (const auto& library : context.joined) {
        report.library_origin += ", with `" + library.name + "` of " + library.folder.string();
    }
    MLPATH_TRY(report.tool_sha256, program_hash(request, remembered.get()));
    MLPATH_TRY(report.library_sha256, remembered ? remembered->library_hash() : library_hash(context.content));
    // All is taken before anything runs: what one portfolio's code does cannot change what is judged of another.
    auto opened = open_all(remembered.get());
    MLPATH_TRY(auto ready, readying.get());
    const auto isolation = isolation_of(ready.tools.sandbox);
    report.truth_protected = isolation.truth_protected;
    report.isolation = isolation.detail;
    if (remembered && !ready.recall) {
        report.remarks.emplace_back(
            "the cache was not used: where programs run without a world of their own, one of them could have written "
            "it");
        context.log.warning("cache not used", [] { return LogFields{{"why", "there are no namespaces"}}; });
        remembered.reset();
        opened = open_all(nullptr);  // with nothing of what it said
        MLPATH_TRY(report.tool_sha256, program_hash(request, nullptr));
    }
    if (ready.recall) {
        MLPATH_CHECK(side_by_side(opened.size(), threads_for(opened.size()), [&](std::size_t i) -> Status {
            settle(*ready.recall, opened[i]);
            return {};
        }));
    }
    MLPATH_CHECK(judge_all(context, ready.tools, request.network, remembered.get(), opened, observer, stop));
    if (const auto weakest = ready.tools.trials == nullptr ? std::nullopt : ready.tools.trials->weakest()) {
        const auto in_force = isolation_of(*weakest);
        report.truth_protected = in_force.truth_protected;
        report.isolation = in_force.detail;
    }
    for (auto& portfolio : opened) {
        for (auto& one : portfolio.cases) {
            portfolio.report.projects.push_back(std::move(one.report));
        }
        report.portfolios.push_back(std::move(portfolio.report));
    }
    if (const auto forged = remembered ? remembered->forged() : 0; forged > 0) {
        report.remarks.push_back(count_of(forged, "entry", "entries") + " of the cache did not fit the key and " +
                                 (forged == 1 ? "was" : "were") + " ignored: another key made " +
                                 (forged == 1 ? "it" : "them") + ", or somebody changed " +
                                 (forged == 1 ? "it" : "them"));
    }
    judge_demands(context.index, requirements, report);
    explain_lone_projects(context, requirements, settled.paths, report);
    report.command = reproducing_command(context, settled, report);
    return report;
}

Result<report::Report> verify(const Context& context, const JudgingTools& tools, const VerifyRequest& request,
                              VerifyObserver& observer, std::stop_token stop) {
    return verify(
        context, tools.processes, [&]() -> Result<JudgingTools> { return tools; }, request, observer, std::move(stop));
}

}  // namespace mlpath::app
