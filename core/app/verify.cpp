#include "app/verify.hpp"

#include <algorithm>

#include "app/verify_many.hpp"
#include "app/verify_open.hpp"
#include "app/verify_recall.hpp"
#include "base/hash.hpp"
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
            if (project.standing != report::Standing::not_demanded) {
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

std::vector<std::string> reproducing_command(const VerifyRequest& request, const report::Report& report) {
    std::vector<std::string> command{"mlpath", "verify"};
    for (const auto& path : request.paths) {
        command.push_back(path.string());
    }
    for (const auto& asked : request.require) {
        command.insert(command.end(), {"--require", asked});
    }
    if (report.library_origin != built_in) {
        command.insert(command.end(), {"--library", report.library_origin});
    }
    if (request.seed_from != SeedFrom::portfolio && !report.portfolios.empty()) {
        command.insert(command.end(), {"--seed", std::to_string(report.portfolios.front().seed)});
    }
    return command;
}

}  // namespace

Result<report::Report> verify(const Context& context, const JudgingTools& tools, const VerifyRequest& request,
                              VerifyObserver& observer, std::stop_token stop) {
    std::vector<Requirement> requirements;
    for (const auto& text : request.require) {
        MLPATH_TRY(auto requirement, parse_requirement(context.index, text));
        requirements.push_back(std::move(requirement));
    }
    std::vector<std::vector<PortfolioProject>> claims;
    std::size_t count = 0;
    for (const auto& path : request.paths) {
        const auto folder = path.is_absolute() ? path : context.folder / path;
        auto found = projects_in(folder);
        if (!found && (found.error().kind == ErrorKind::usage || request.paths.size() == 1)) {
            return fail(found.error());
        }
        // One that cannot be looked into could be any project: nobody can tell, as with a broken marker.
        claims.push_back(found ? std::move(*found) : std::vector<PortfolioProject>{{.path = folder}});
        count += claims.back().size();
    }
    if (count == 0) {
        return fail(ErrorKind::usage,
                    "there is nothing to verify: no project folder in " +
                        (request.paths.size() == 1 ? "`" + printable(request.paths.front().string()) + "`"
                                                   : std::string("any of the paths")),
                    "a project folder is made by `mlpath new`, and holds `.mlpath-project.json`, which has to be "
                    "committed with it");
    }

    const auto isolation = isolation_of(tools.sandbox);
    report::Report report{.tool_version = MLPATH_VERSION,
                          .library_origin = context.content.origin(),
                          .truth_protected = isolation.truth_protected,
                          .isolation = isolation.detail};
    MLPATH_TRY(const auto remembered, open_cache(context, tools, request, report));
    MLPATH_TRY(report.tool_sha256,
               remembered && request.binary.empty()
                   ? remembered->program_hash()
                   : sha256_of_file(request.binary.empty() ? fs::path("/proc/self/exe") : request.binary));
    MLPATH_TRY(report.library_sha256, remembered ? remembered->library_hash() : library_hash(context.content));
    // One fresh seed for all, so that one number reproduces everything.
    auto settled = request;
    if (settled.seed_from == SeedFrom::fresh) {
        settled.seed = context.random.next() % typeable_seeds;
    }

    std::optional<ProjectRecall> recall;
    if (remembered) {
        recall.emplace(context, tools, request.network, *remembered, stop);
    }

    sweep_killed_runs();
    // All is taken before anything runs: what one portfolio's code does cannot change what is judged of another.
    Opening opening{.context = context,
                    .settled = settled,
                    .requirements = requirements,
                    .recall = recall ? &*recall : nullptr,
                    .repositories = {context.environment, tools.processes}};
    std::vector<Opened> opened;
    for (std::size_t i = 0; i < request.paths.size(); ++i) {
        opened.push_back(open_portfolio(opening, request.paths[i], std::move(claims[i])));
    }
    MLPATH_CHECK(judge_all(context, tools, request.network, remembered.get(), opened, observer, stop));
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
    report.command = reproducing_command(request, report);
    return report;
}

}  // namespace mlpath::app
