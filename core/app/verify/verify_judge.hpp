// How `verify` judges one project that it took: whose work it is, and what its checks say. Inside of core/app.
#pragma once

#include "app/verify/verify_open.hpp"

namespace mlpath::app {

// What is the same for every project of a run.
struct VerifyRun {
    const Context& context;
    const JudgingTools& tools;
    run::Interpreter judge_python{};
    data::Network network = data::Network::allowed;
    Remembered* remembered = nullptr;  // what was found before; null: everything is found out now
};

// Fills the report of a case that has a copy. What goes wrong with one project is told in its report; an Error means
// that the run itself was interrupted.
[[nodiscard]] Status judge_case(const VerifyRun& all, std::uint64_t seed, Case& one, checks::Observer& observer,
                                std::stop_token stop);

}  // namespace mlpath::app
