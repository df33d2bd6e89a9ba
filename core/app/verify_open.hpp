// How `verify` takes portfolios: what of their projects is demanded, our copies of those, and the seed. Inside of
// core/app.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/portfolio.hpp"
#include "app/requirement.hpp"
#include "app/verify.hpp"

namespace mlpath::app {

// One project of a portfolio on its way through: what it claims to be, and our copy of its sources. Without a copy it
// is not judged, and the report says why.
struct Case {
    PortfolioProject claim{};
    std::optional<library::Project> project{};
    std::optional<PrivateCopy> copy{};
    report::ProjectReport report{};
};

// A portfolio whose sources were taken, before anything of any portfolio has run.
struct Opened {
    fs::path path{};
    std::vector<Case> cases{};
    report::PortfolioReport report{};
};

// `settled`: with the one seed of the run, where it is not the portfolio's own. `given`: the path as it was asked for.
[[nodiscard]] Opened open_portfolio(const Context& context, const JudgingTools& tools, const VerifyRequest& settled,
                                    const std::vector<Requirement>& requirements, const fs::path& given,
                                    std::vector<PortfolioProject> claims);

// The same project, which could not be judged for this reason.
[[nodiscard]] report::ProjectReport not_judged(report::ProjectReport report, const Error& error);

// Seeds stay below, so that a person can type one again.
inline constexpr std::uint64_t typeable_seeds = 1'000'000'000;

}  // namespace mlpath::app
