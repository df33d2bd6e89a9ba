// How `verify` judges many projects at a time, and tells of them as if it were one after the other. Inside of core/app.
#pragma once

#include <vector>

#include "app/verify/verify_judge.hpp"

namespace mlpath::app {

// Judges all cases that have a copy, as many at a time as the schedule has slots; their copies are gone then. An Error
// means that the run was interrupted. Without a case to judge, nothing is done.
[[nodiscard]] Status judge_all(const Context& context, const JudgingTools& tools, data::Network network,
                               Remembered* remembered, std::vector<Opened>& portfolios, VerifyObserver& observer,
                               std::stop_token stop);

}  // namespace mlpath::app
