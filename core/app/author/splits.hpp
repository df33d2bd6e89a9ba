// The use case behind `mlpath author splits`: whether luck decides a verdict. The solution and the flawed answers are
// judged over many splits of the data, by selftest, and what it found is put side by side: how near each check came to
// ending the other way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/author/selftest.hpp"
#include "checks/variation.hpp"

namespace mlpath::app {

struct SplitsRequest {
    std::string project{};
    std::optional<std::size_t> splits{};  // none: many where a run of the solution is quick, else few
    library::DataKind data = library::DataKind::real;
    Freshness freshness = Freshness::cached;
};

inline constexpr std::size_t many_splits = 200;
inline constexpr std::size_t few_splits = 20;
// 200 where the quickest run of the solution took less than a second.
[[nodiscard]] std::size_t splits_for(double run_seconds);

// What one number was held against over the splits.
struct JudgedOverSplits {
    std::string what{};  // "improvement over the baseline"
    checks::Judged::Side side = checks::Judged::Side::at_least;
    checks::Variation value{};
    checks::Variation required{};    // of a claim, which may be off by the noise, it varies too
    checks::Judged nearest{};        // to ending the other way
    std::uint64_t nearest_seed = 0;  // in that split; 0: the project's own
};

// A check of the solution's whose verdict hangs on the draw.
struct CheckOverSplits {
    std::string milestone{};
    std::string check{};
    std::string kind{};
    std::size_t splits = 0;
    std::size_t passed = 0;
    std::optional<JudgedOverSplits> judged{};  // where one number decides
};

// A flaw that such a check is to catch.
struct FlawOverSplits {
    std::string flaw{};
    std::string milestone{};
    std::string check{};
    std::size_t splits = 0;
    std::size_t failed = 0;  // as it should
    std::optional<JudgedOverSplits> judged{};
};

struct SplitsReport {
    std::string project{};
    ProofData data = ProofData::none;
    std::size_t splits = 0;
    double run_seconds = 0;  // the quickest run of the solution's program
    std::vector<CheckOverSplits> checks{};
    std::vector<FlawOverSplits> flaws{};
    std::size_t judged_once = 0;          // flaws that another split could not change
    std::vector<SelftestFault> faults{};  // all that went wrong, in any split
    [[nodiscard]] std::size_t wrong_splits() const;
};

// What selftest found, put side by side. The checks come in the order of the project.
[[nodiscard]] SplitsReport over_splits(const library::Project& project, const std::vector<library::Flaw>& flaws,
                                       const SelftestProject& found);

// Over one split alone where no run of the solution succeeds. usage: the project has no data that are split.
[[nodiscard]] Result<SplitsReport> splits(const Context& context, const JudgingTools& tools,
                                          const SplitsRequest& request, SelftestObserver& observer,
                                          std::stop_token stop = {});

}  // namespace mlpath::app
