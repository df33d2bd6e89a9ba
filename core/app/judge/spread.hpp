// Luck made visible: how much the improvement over the baseline varies across splits of the data, of the learner's
// program and of the solution, on the same splits. Of the solution nothing is told but these numbers.
#pragma once

#include <string>
#include <vector>

#include "app/judge/judging.hpp"
#include "checks/variation.hpp"

namespace mlpath::app {

struct ImprovementSpread {
    std::string milestone{};
    std::string check{};
    std::string metric{};
    double required = 0;
    std::vector<double> yours{};     // the improvement in each split; empty: the program failed in one …
    std::string trouble{};           // … and this was found
    std::vector<double> solution{};  // in the same splits; empty: it could not be run here
    // Splits in which yours is better than the solution's, and worse.
    [[nodiscard]] std::size_t better() const;
    [[nodiscard]] std::size_t worse() const;
};

struct Spread {
    std::size_t splits = 0;
    std::vector<ImprovementSpread> improvements{};
    bool is_measured = false;  // the project has checks that measure an improvement
};

inline constexpr std::size_t usual_spread = 20;
inline constexpr std::size_t most_spread = 200;

struct SpreadRequest {
    const JudgingRequest& judging;                       // by which the learner's work was judged …
    const std::vector<checks::MilestoneResult>& judged;  // … and what was found
    std::size_t splits = usual_spread;
};

// Of each check that measured an improvement. `observer` is told of the checks that begin, and of nothing else. An
// Error: interrupted, or no data.
[[nodiscard]] Result<Spread> spread(const Context& context, const JudgingTools& tools, const SpreadRequest& request,
                                    checks::Observer& observer, std::stop_token stop = {});

}  // namespace mlpath::app
