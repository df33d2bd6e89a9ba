// How `verify` takes portfolios: what of their projects is demanded, our copies of those, and the seed. Inside of
// core/app.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/git/repositories.hpp"
#include "app/project/portfolio.hpp"
#include "app/verify/requirement.hpp"
#include "app/verify/verify.hpp"

namespace mlpath::app {

// One project of a portfolio on its way through: what it claims to be, which of its files are its sources, and our copy
// of them. Without a copy it is not judged: the report says why, or has the result of before.
struct Case {
    PortfolioProject claim{};
    const library::Project* project = nullptr;         // one of `Projects`
    library::DataKind data = library::DataKind::real;  // to judge it on
    std::optional<FileHashes> sources{};               // by path; none: nothing was taken
    FileHashes git_blobs{};            // likewise the names that git gives to their contents, where they are known
    std::vector<std::string> links{};  // in the place of sources
    std::optional<PrivateCopy> copy{};
    std::optional<std::string> key{};  // under which the result is to be remembered
    report::ProjectReport report{};
};

// A portfolio whose sources were taken, before anything of any portfolio has run.
struct Opened {
    fs::path path{};
    std::vector<Case> cases{};
    report::PortfolioReport report{};
};

class ProjectRecall;

// What a path claims to hold; an error where it may not be looked into.
using Claims = Result<std::vector<PortfolioProject>>;

using Projects = std::map<std::string, Result<library::Project>>;
// Those that are claimed and demanded, each read once.
[[nodiscard]] Projects load_projects(const Context& context, const std::vector<Requirement>& requirements,
                                     const std::vector<Claims>& claims);

// What all portfolios of a run are opened with.
struct Opening {
    const Context& context;
    const VerifyRequest& settled;  // with the one seed of the run, where it is not the portfolio's own
    const std::vector<Requirement>& requirements;
    Remembered* remembered = nullptr;  // null: nothing is known of before
    Repositories repositories;
    const Projects& projects;  // all that are claimed and demanded
};

// Looks at all of a portfolio and settles its seed; nothing of it is copied where the results of before may hold it.
// `given`: the path as it was asked for.
[[nodiscard]] Opened open_portfolio(Opening& opening, const fs::path& given, const Claims& claims);

// The results of before, or the copies that the portfolio's projects are judged by.
void settle(ProjectRecall& recall, Opened& portfolio);

// The same project, which could not be judged for this reason.
[[nodiscard]] report::ProjectReport not_judged(report::ProjectReport report, const Error& error);

// Seeds stay below, so that a person can type one again.
inline constexpr std::uint64_t typeable_seeds = 1'000'000'000;

}  // namespace mlpath::app
