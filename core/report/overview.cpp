#include "report/overview.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// "1 of 4 projects passes", "3 of 4 projects pass", "0 of 1 project passes".
std::string passing_in_words(std::size_t passed, std::size_t all, std::string_view noun) {
    return std::to_string(passed) + " of " + count_of(all, noun) + (passed == 1 || all == 1 ? " passes" : " pass");
}

// What fails comes before what could not be judged, whatever stands first.
const ProjectReport* worst_project(const PortfolioReport& portfolio) {
    for (const auto verdict : {checks::Verdict::fail, checks::Verdict::error, checks::Verdict::skipped}) {
        const auto found = std::ranges::find_if(portfolio.projects, [&](const ProjectReport& project) {
            return project.standing == Standing::demanded && project.verdict == verdict;
        });
        if (found != portfolio.projects.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::string first_of(const PortfolioReport& portfolio) {
    if (!portfolio.message.empty()) {
        return portfolio.message;
    }
    if (const auto* project = worst_project(portfolio)) {
        const auto name = name_of(portfolio, *project);
        const auto* milestone = first_failure(*project).milestone;
        return milestone != nullptr ? name + ", " + milestone->title
                                    : name + (project->message.empty() ? "" : ", " + project->message);
    }
    const auto unmet = std::ranges::find_if(portfolio.requirements, [](const RequirementReport& requirement) {
        return requirement.verdict != checks::Verdict::pass;
    });
    return unmet == portfolio.requirements.end() ? std::string() : unmet->asked + ", " + unmet->message;
}

}  // namespace

FirstFailure first_failure(const ProjectReport& project) {
    for (const auto verdict : {checks::Verdict::fail, checks::Verdict::error, checks::Verdict::skipped}) {
        for (const auto& milestone : project.milestones) {
            const auto found = std::ranges::find_if(
                milestone.checks, [&](const checks::CheckResult& check) { return check.finding.verdict == verdict; });
            if (found != milestone.checks.end()) {
                return {&milestone, &*found};
            }
        }
    }
    return {};
}

OverviewRow overview_of(const PortfolioReport& portfolio) {
    std::size_t demanded = 0;
    std::size_t passed = 0;
    for (const auto& project : portfolio.projects) {
        if (project.standing == Standing::demanded) {
            ++demanded;
            passed += project.verdict == checks::Verdict::pass ? 1 : 0;
        }
    }
    return {.portfolio = &portfolio,
            .projects = demanded == 0 ? "" : passing_in_words(passed, demanded, "project"),
            .first = portfolio.verdict == checks::Verdict::pass ? "" : first_of(portfolio)};
}

std::vector<OverviewRow> overview(const Report& report) {
    std::vector<OverviewRow> rows;
    for (const auto& portfolio : report.portfolios) {
        rows.push_back(overview_of(portfolio));
    }
    return rows;
}

std::string portfolios_in_words(const Report& report) {
    const auto passed = std::ranges::count(report.portfolios, checks::Verdict::pass, &PortfolioReport::verdict);
    return report.portfolios.size() < 2
               ? std::string()
               : passing_in_words(static_cast<std::size_t>(passed), report.portfolios.size(), "portfolio");
}

}  // namespace mlpath::report
