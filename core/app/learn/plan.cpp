#include "app/learn/plan.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

constexpr double hours_of_a_week = 7 * 24;

Result<Day> start_of(const std::string& text, Day today) {
    const auto hint = "`--start " + format_date(today) + "` begins it today";
    const auto day = parse_date(text);
    if (!day) {
        return fail(ErrorKind::usage,
                    "`--start` is a date such as " + format_date(today) + ", not `" + printable(text) + "`", hint);
    }
    if (*day < today) {
        return fail(ErrorKind::usage, "a plan cannot begin on " + text + ": that is before today", hint);
    }
    return *day;
}

Result<int> minutes_of(double hours) {
    // Written so that what is no number falls through as well.
    const double minutes = std::round(hours * 60);
    if (!(minutes >= 1 && hours <= hours_of_a_week)) {
        return fail(ErrorKind::usage, "`--hours-per-week` is from 0.01 to 168, as many as a week has",
                    "`--hours-per-week 5` is an hour on each working day");
    }
    return static_cast<int>(minutes);
}

Error no_plan(std::string_view curriculum) {
    return {ErrorKind::not_found,
            curriculum.empty() ? "there is no plan yet" : "there is no plan for `" + std::string(curriculum) + "` yet",
            {},
            "`mlpath plan --hours-per-week 5" + (curriculum.empty() ? "" : " --curriculum " + std::string(curriculum)) +
                "` makes one that begins today"};
}

// The plan that is asked for, from what was planned before.
Result<progress::Plan> wanted(const PlanRequest& request, const std::string& curriculum, const progress::State& state,
                              Day today) {
    const auto known = state.plans.find(curriculum);
    progress::Plan plan{.start = today};
    if (known != state.plans.end()) {
        plan.minutes = known->second.minutes;
        plan.start = std::max(today, known->second.start);
    }
    if (request.start) {
        MLPATH_TRY(plan.start, start_of(*request.start, today));
    }
    if (request.hours_a_week) {
        MLPATH_TRY(plan.minutes, minutes_of(*request.hours_a_week));
    }
    if (plan.minutes == 0) {
        return fail(ErrorKind::usage, "a plan needs to know how many hours a week you have",
                    "`mlpath plan --start " + format_date(plan.start) + " --hours-per-week 5` makes one");
    }
    return plan;
}

}  // namespace

std::vector<progress::Schedule> schedules(const Context& context, const Here& here,
                                          const std::vector<std::string>& curricula, const progress::State& state) {
    std::vector<progress::Schedule> made;
    for (const auto& id : curricula) {
        const auto known = state.plans.find(id);
        if (known != state.plans.end() && context.index.curricula.contains(id)) {
            made.push_back(
                progress::schedule(context.index, id, known->second, state, context.clock.today(), here.project));
        }
    }
    return made;
}

Result<PlanView> plan(const Context& context, const PlanRequest& given) {
    auto request = given;
    request.curriculum = context.index.renamed.now(library::IdKind::curriculum, given.curriculum);
    MLPATH_TRY(const auto here, in_workspace(context));
    auto followed = here.workspace->settings.curricula;
    const bool asked = request.start || request.hours_a_week;
    if (!request.curriculum.empty()) {
        if (!context.index.curricula.contains(request.curriculum)) {
            return fail(library::no_such("curriculum", request.curriculum, context.index.curricula.ids()));
        }
        if (std::ranges::find(followed, request.curriculum) == followed.end()) {
            return fail(ErrorKind::usage, "this workspace does not follow `" + request.curriculum + "`",
                        "`mlpath init --curriculum " + request.curriculum + "` makes it follow that one too");
        }
        followed = {request.curriculum};
    } else if (asked) {
        const auto main =
            std::ranges::find_if(followed, [&](const auto& id) { return context.index.curricula.contains(id); });
        if (main == followed.end()) {
            return fail(ErrorKind::not_found, "the workspace follows no curriculum of this library",
                        "`mlpath list curricula` shows what there is, `mlpath init --curriculum ID` follows one");
        }
        followed = {*main};
    }

    progress::Journal journal(here.workspace->folder);
    MLPATH_TRY(auto history, journal.load(context.index.renamed));
    PlanView view;
    if (asked) {
        const auto& id = followed.front();
        const auto today = context.clock.today();
        MLPATH_TRY(auto plan, wanted(request, id, history.state, today));
        const auto known = history.state.plans.find(id);
        view.planned = known == history.state.plans.end() ? Planned::made : Planned::again;
        const auto behind = known == history.state.plans.end() ? TimePoint{} : known->second.made.next();
        const auto now = context.clock.now();
        plan.made = {now, std::max(now, behind)};
        if (progress::schedule(context.index, id, plan, history.state, today).beyond) {
            return fail(ErrorKind::usage, "at that pace `" + id + "` would take until after the year 9999",
                        "give it more hours a week, or an earlier start");
        }
        progress::Event event{.order = behind,
                              .type = progress::EventType::planned,
                              .curriculum = id,
                              .start = format_date(plan.start),
                              .minutes = plan.minutes};
        MLPATH_TRY(const auto written, journal.append({std::move(event)}, context.clock, context.random));
        plan.made = {written.front().at, written.front().order};
        if (known == history.state.plans.end()) {
            plan.id = progress::read_id(written.front().id).value_or(progress::Id{});
        } else {
            plan.id = known->second.id;
            plan.revision = known->second.revision + 1;
        }
        history.state.plans[id] = plan;
    }
    view.plans = schedules(context, here, followed, history.state);
    if (view.plans.empty()) {
        return fail(no_plan(request.curriculum));
    }
    view.notes = std::move(history.notes);
    return view;
}

}  // namespace mlpath::app
