// Judging a project: its milestones in order, each by its checks.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/evaluation.hpp"
#include "checks/verdict.hpp"

namespace mlpath::checks {

enum class Order {
    first_failure,  // stop after the first milestone that does not pass: what helps at the desk
    everything,     // judge every milestone by itself: what a report or a proof needs
};

// Told while the work goes on, by one thread at a time: of milestones by the calling one, of checks by any.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void milestone_begins(const library::Milestone& /*milestone*/, std::size_t /*number*/, std::size_t /*of*/) {
    }
    virtual void check_begins(const library::Check& /*check*/) {}
    virtual void milestone_ended(const MilestoneResult& /*result*/) {}
};

// A milestone that cannot be tried here, and what makes it possible.
struct Untried {
    std::string why{};
    std::string look{};
};

struct Plan {
    Order order = Order::first_failure;
    std::vector<std::string> milestones{};  // only these; empty: all
    std::vector<std::string> kinds{};       // only checks of these kinds; empty: all
    std::string check{};                    // only this one; empty: all
    // By the ids of milestones: each is `skipped` with a note, whatever the order, and those behind it are judged.
    std::map<std::string, Untried> untried{};
};

// Whether another time would find the same: not where a time is measured.
[[nodiscard]] bool may_be_kept(const library::Check& check);
// With what the manifest says of the check.
[[nodiscard]] CheckResult result_of(const library::Check& check, const library::Project& project, Finding finding);

// One result a milestone that the plan names, in order; those behind a failure are `skipped` under first_failure.
// Within a milestone all checks are tried, side by side within the evaluation's jobs, but those that rerun the
// learner's program many times come last, wherever they stand, and only while all before them pass. An Error means that
// the evaluation itself was interrupted.
[[nodiscard]] Result<std::vector<MilestoneResult>> judge_project(Evaluation& evaluation, const Plan& plan,
                                                                 Observer& observer);

}  // namespace mlpath::checks
