#include "app/verify.hpp"

#include <algorithm>
#include <future>
#include <thread>

#include "app/verify_many.hpp"
#include "app/verify_open.hpp"
#include "app/verify_recall.hpp"
#include "base/hash.hpp"
#include "base/side_by_side.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view built_in = "built in";  // the origin of the library that needs no option to be used again

// A portfolio's verdict is that of what is demanded of it. One that brings nothing has proved nothing.
void judge_portfolio(report::PortfolioReport& portfolio, const std::vector<Requirement>& requirements) {
    const auto is_demanded = [](const report::ProjectReport& project) {
        return project.standing == report::Standing::demanded;
    };
    if (std::ranges::none_of(portfolio.projects, is_demanded)) {
        portfolio.verdict = demands_projects(requirements) ? checks::Verdict::skipped : checks::Verdict::error;
        return;
    }
    for (const auto& project : portfolio.projects) {
        portfolio.verdict =
            is_demanded(project) ? checks::worst(portfolio.verdict, project.verdict) : portfolio.verdict;
    }
}

// Settles how far each project counts, which no project can tell before all were judged; then the verdicts.
void judge_demands(const library::Index& index, const std::vector<Requirement>& requirements, report::Report& report) {
    for (auto& portfolio : report.portfolios) {
        for (auto& project : portfolio.projects) {
            if (project.standing == report::Standing::demanded) {
                project.standing = standing_of(index, requirements, project, report.portfolios);
            }
        }
        judge_portfolio(portfolio, requirements);
    }
    for (const auto& requirement : requirements) {
        report.requirements.push_back(judge_requirement(index, requirement, report.portfolios));
    }
}

// Without a requirement everything that is there is demanded; `own` alone adds to that.
checks::Verdict overall(const report::Report& report, const std::vector<Requirement>& requirements) {
    auto verdict = checks::Verdict::pass;
    if (!demands_projects(requirements)) {
        for (const auto& portfolio : report.portfolios) {
            verdict = checks::worst(verdict, portfolio.verdict);
        }
    }
    for (const auto& requirement : report.requirements) {
        verdict = checks::worst(verdict, requirement.verdict);
    }
    return verdict;
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

// The projects that each path holds. One that cannot be looked into could be any project: nobody can tell, as with a
// broken marker.
Result<std::vector<std::vector<PortfolioProject>>> claims_of(const Context& context, const VerifyRequest& request) {
    std::vector<std::vector<PortfolioProject>> claims(request.paths.size());
    MLPATH_CHECK(side_by_side(claims.size(), threads_for(claims.size()), [&](std::size_t i) -> Status {
        const auto& path = request.paths[i];
        const auto folder = path.is_absolute() ? path : context.folder / path;
        auto found = projects_in(folder);
        if (!found && (found.error().kind == ErrorKind::usage || request.paths.size() == 1)) {
            return fail(found.error());
        }
        claims[i] = found ? std::move(*found) : std::vector<PortfolioProject>{{.path = folder}};
        return {};
    }));
    if (std::ranges::all_of(claims, [](const auto& found) { return found.empty(); })) {
        return fail(ErrorKind::usage,
                    "there is nothing to verify: no project folder in " +
                        (request.paths.size() == 1 ? "`" + printable(request.paths.front().string()) + "`"
                                                   : std::string("any of the paths")),
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
    MLPATH_TRY(const auto claims, claims_of(context, request));
    MLPATH_TRY(auto remembered, open_cache(context, request));
    // One fresh seed for all, so that one number reproduces everything.
    auto settled = request;
    if (settled.seed_from == SeedFrom::fresh) {
        settled.seed = context.random.next() % typeable_seeds;
    }
    const auto projects = load_projects(context, requirements, claims);
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
            opened.push_back(open_portfolio(opening, request.paths[i], claims[i]));
        }
        return opened;
    };

    const auto ready_tools = [&]() -> Result<Ready> {
        auto trying = std::async(std::launch::async, [&] { return tools(); });
        auto recall = remembered
                          ? std::make_unique<ProjectRecall>(context, processes, request.network, *remembered, stop)
                          : nullptr;
        std::vector<const library::Project*> judged;
        for (const auto& [id, project] : projects) {
            if (recall && project && project->status != library::ProjectStatus::planned) {
                judged.push_back(&*project);
                recall->look_ahead(*project);
            }
        }
        MLPATH_TRY(auto there, trying.get());
        if (recall && may_use_cache(there.sandbox)) {
            for (const auto* project : judged) {
                recall->complete(*project, there);
            }
            return Ready{.tools = there, .recall = std::move(recall)};
        }
        return Ready{.tools = there};
    };
    auto readying = std::async(std::launch::async, ready_tools);
    sweep_killed_runs();
    report::Report report{
        .begun = context.clock.now(), .tool_version = MLPATH_VERSION, .library_origin = context.content.origin()};
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
    report.verdict = overall(report, requirements);
    report.command = reproducing_command(context, request, report);
    return report;
}

Result<report::Report> verify(const Context& context, const JudgingTools& tools, const VerifyRequest& request,
                              VerifyObserver& observer, std::stop_token stop) {
    return verify(
        context, tools.processes, [&]() -> Result<JudgingTools> { return tools; }, request, observer, std::move(stop));
}

}  // namespace mlpath::app
