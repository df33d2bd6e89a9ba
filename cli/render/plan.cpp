#include "render/plan.hpp"

#include <cmath>

#include "base/text.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

using progress::Pace;

std::string last_day_of(const progress::Span& span) { return format_day(span.end - std::chrono::days(1)); }

// "2.5", "128": hours as a person would say them.
std::string hours_words(double hours) {
    const double shown = hours < 10 ? std::round(hours * 10) / 10 : std::round(hours);
    return words_for(library::Hours{.min = shown, .max = shown});
}

progress::Count more_of(const progress::StagePlan& stage) {
    return {stage.works.done - stage.core.done, stage.works.total - stage.core.total};
}

// "2 of 5 done", or "1 of 2 of the core done, 0 of 7 more".
std::string counted_words(const progress::StagePlan& stage) {
    const auto more = more_of(stage);
    if (more.total == 0) {
        return words_for(stage.works) + " done";
    }
    return joined({stage.core.total > 0 ? words_for(stage.core) + " of the core done" : "", words_for(more) + " more"});
}

// Of what is more practice and has an end.
progress::Count more_left(const progress::Schedule& schedule) {
    progress::Count sum;
    for (const auto& stage : schedule.stages) {
        const auto more = stage.ongoing ? progress::Count{} : more_of(stage);
        sum.done += more.done;
        sum.total += more.total;
    }
    return sum.done == sum.total ? progress::Count{} : sum;
}

std::string where(const progress::Schedule& schedule) {
    const auto* const at = schedule.stage(schedule.standing.stage);
    return at == nullptr ? std::string()
                         : "you are at " + at->label + (at->works.total > 0 ? ", " + counted_words(*at) : "");
}

// What would be done by now: a stage by its name, an entry by the id that one types, one of a choice by its title.
std::string due_words(const progress::Schedule& schedule) {
    const auto& standing = schedule.standing;
    if (standing.due.empty()) {
        return {};
    }
    const bool entry = !standing.due_id.empty() && schedule.stage(standing.due_id) == nullptr;
    return "by now " + (entry ? "`" + standing.due_id + "`" : standing.due) + " would be done; ";
}

// The words of a stage in the list of stages.
std::string days_of(const progress::StagePlan& stage, const system::Clock& clock) {
    if (stage.ongoing) {
        return "goes on";
    }
    if (stage.optional) {
        return "optional";
    }
    if (!stage.whole) {
        const bool core_only = stage.core.done == stage.core.total && stage.works.done < stage.works.total;
        return core_only               ? (stage.core.total > 0 ? "core done" : "more practice")
               : stage.done_at         ? "done " + format_day(clock.day_of(*stage.done_at))
               : stage.repeated        ? "counted above"
               : stage.works.total > 0 ? "done"
                                       : "";
    }
    return format_day(stage.whole->begin) + " to " + last_day_of(*stage.whole);
}

std::string what_of(const progress::StagePlan& stage) {
    std::vector<std::string> parts;
    if (more_of(stage).total == 0 && stage.hours > 0) {
        parts.push_back("about " + hours_words(stage.hours));
    } else if (stage.core_hours > 0) {
        parts.push_back("about " + hours_words(stage.core_hours) + " for the core");
    }
    if (stage.works.total > 0) {
        parts.push_back(counted_words(stage));
    }
    return joined(parts);
}

}  // namespace

std::string standing_words(const progress::Schedule& schedule) {
    const auto& standing = schedule.standing;
    const auto days = count_of(static_cast<std::size_t>(standing.days), "day");
    switch (standing.pace) {
        case Pace::finished: {
            const auto more = more_left(schedule);
            const std::string core = more.total > 0 ? "the core of " : "";
            if (const auto* const on = schedule.stage(standing.goes_on)) {
                return core + "all that has an end is done; " + on->label + " goes on, " + words_for(on->works) +
                       " done.";
            }
            return core + "all of it is done" + (more.total > 0 ? ", and " + words_for(more) + " more." : ".");
        }
        case Pace::not_begun:
            return "it begins on " + format_day(schedule.plan.start) + ", in " + days + "; " + where(schedule) + ".";
        case Pace::behind: return days + " behind: " + due_words(schedule) + where(schedule) + ".";
        case Pace::on_time: return "on time: " + where(schedule) + ".";
        case Pace::ahead: {
            const auto* const today = schedule.stage(standing.today_stage);
            const bool same = today == nullptr || today->id == standing.stage;
            return days + " ahead: " + (same ? "" : "by now you would be at " + today->label + "; ") + where(schedule) +
                   ".";
        }
    }
    return {};
}

void write_schedule(Page& page, const progress::Schedule& schedule, const system::Clock& clock) {
    page.line(schedule.title, Tone::strong);
    const double hours = schedule.plan.minutes / 60.0;
    auto words = hours_words(hours) + " a week, from " + format_day(schedule.plan.start);
    if (schedule.end > schedule.plan.start) {
        words += " to " + last_day_of({schedule.plan.start, schedule.end});
    }
    page.line(words + ".");
    page.line("Now: " + standing_words(schedule));
    if (schedule.asked > hours * 1.05) {
        page.line("The roadmap gives these stages their lengths. Its topics and projects fill about " +
                  hours_words(schedule.asked) + " a week then, and you have " + hours_words(hours) + ".");
    }
    if (schedule.beyond) {
        page.line("It would take until after the year 9999; what lies there is left out.");
    }
    if (schedule.planned > 0) {
        page.line(count_of(schedule.planned, "project") +
                      (schedule.planned == 1 ? " is planned and takes no time until it can be built."
                                             : " are planned and take no time until they can be built."),
                  Tone::faint);
    }
    page.line();
    std::vector<std::vector<std::string>> rows;
    for (const auto& stage : schedule.stages) {
        const bool here = stage.id == schedule.standing.stage;
        rows.push_back({std::string(stage.depth * 2, ' ') + days_of(stage, clock),
                        stage.title + (what_of(stage).empty() ? "" : " (" + what_of(stage) + ")") +
                            (here ? "  <- you are here" : "")});
    }
    page.table(rows, 2);
}

Json standing_json(const progress::Schedule& schedule) {
    const auto& standing = schedule.standing;
    Json object{{"curriculum", schedule.curriculum},
                {"pace", progress::to_string(standing.pace)},
                {"days", standing.days},
                {"says", standing_words(schedule)}};
    put(object, "stage", standing.stage);
    put(object, "today_stage", standing.today_stage);
    put(object, "due", standing.due);
    put(object, "due_id", standing.due_id);
    return object;
}

Json json_of(const progress::Schedule& schedule) {
    auto stages = Json::array();
    for (const auto& stage : schedule.stages) {
        Json entry{{"id", stage.id},
                   {"title", stage.title},
                   {"depth", stage.depth},
                   {"core_hours", stage.core_hours},
                   {"hours", stage.hours},
                   {"core", json_of(stage.core)},
                   {"works", json_of(stage.works)}};
        if (stage.optional) {
            entry["optional"] = true;
        }
        if (stage.ongoing) {
            entry["ongoing"] = true;
        }
        if (stage.whole) {
            entry["first_day"] = format_date(stage.whole->begin);
            entry["last_day"] = format_date(stage.whole->end - std::chrono::days(1));
        }
        stages.push_back(std::move(entry));
    }
    Json object{{"curriculum", schedule.curriculum},
                {"title", schedule.title},
                {"start", format_date(schedule.plan.start)},
                {"hours_per_week", schedule.plan.minutes / 60.0}};
    if (schedule.end > schedule.plan.start) {
        object["last_day"] = format_date(schedule.end - std::chrono::days(1));
    }
    if (schedule.asked > 0) {
        object["hours_per_week_of_lengths"] = schedule.asked;
    }
    object["planned"] = schedule.planned;
    object["standing"] = standing_json(schedule);
    object["stages"] = std::move(stages);
    return object;
}

}  // namespace mlpath::cli
