// `mlpath plan`: a curriculum laid over the calendar. What is recorded is the wish (from when, how many hours a week);
// the days follow from it, the curriculum and what is done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/project/here.hpp"
#include "progress/schedule.hpp"

namespace mlpath::app {

struct PlanRequest {
    std::string curriculum{};  // one that is followed; empty: the main one, or where none is made all that are planned
    std::optional<std::string> start{};    // 2026-11-30; absent: today, or as before where that is still to come
    std::optional<double> hours_a_week{};  // absent: as before
};

enum class Planned { shown, made, again };

struct PlanView {
    std::vector<progress::Schedule> plans{};
    Planned planned = Planned::shown;
    std::vector<progress::Note> notes{};  // of the journal
};

// not_found outside of a workspace, for an unknown curriculum, and where there is no plan to show; usage for a start
// before today, for hours that no week has, and for a plan that would end after the year 9999. Nothing is recorded
// then.
[[nodiscard]] Result<PlanView> plan(const Context& context, const PlanRequest& request);

// Of the followed curricula, those that have a plan.
[[nodiscard]] std::vector<progress::Schedule> schedules(const Context& context, const Here& here,
                                                        const std::vector<std::string>& curricula,
                                                        const progress::State& state);

}  // namespace mlpath::app
