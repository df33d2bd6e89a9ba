// The beginning of a report for people: one line a portfolio, before all details.
#pragma once

#include <string>
#include <vector>

#include "report/report.hpp"

namespace mlpath::report {

// Texts of outside in it are as they came: whoever writes them makes them fit for its form.
struct OverviewRow {
    const PortfolioReport* portfolio = nullptr;
    std::string projects{};  // "3 of 4 projects pass"; empty where none is demanded
    std::string first{};     // what failed first: "iris, Split fairly"; or why nothing could be judged; empty: nothing
};
[[nodiscard]] OverviewRow overview_of(const PortfolioReport& portfolio);
[[nodiscard]] std::vector<OverviewRow> overview(const Report& report);

// "2 of 3 portfolios pass"; empty of one alone, which its own line tells.
[[nodiscard]] std::string portfolios_in_words(const Report& report);

// The first check of a project that does not pass, by which a reader begins; nulls where all do.
struct FirstFailure {
    const checks::MilestoneResult* milestone = nullptr;
    const checks::CheckResult* check = nullptr;
};
[[nodiscard]] FirstFailure first_failure(const ProjectReport& project);

}  // namespace mlpath::report
