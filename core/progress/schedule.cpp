#include "progress/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <queue>
#include <unordered_map>

#include "progress/work.hpp"

namespace mlpath::progress {

namespace {

constexpr double days_a_week = 7;
constexpr double days_a_month = 365.25 / 12;
// Beyond it a day has no ten letters any more.
constexpr Day last_day = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

// What the journal knew before that moment.
State before(State state, const Moment& moment) {
    const auto forget = [&](auto& known) {
        std::erase_if(known, [&](const auto& entry) { return entry.second.order >= moment.order; });
    };
    forget(state.topics);
    forget(state.goals);
    forget(state.quizzes);
    forget(state.proved_goals);
    for (auto& [id, project] : state.projects) {
        for (auto& [milestone, was] : project.milestones) {
            if (was.done && was.done->order >= moment.order) {
                was.done.reset();
            }
        }
    }
    return state;
}

// A stage on its way into the calendar.
struct Row {
    const StageWork* now = nullptr;
    const StageWork* before = nullptr;
    std::size_t pool = no_pool;  // the stage whose length it shares in
    double weight = 0;           // of all its works
    double left = 0;             // of that, what was not done when the plan was made
    static constexpr std::size_t no_pool = static_cast<std::size_t>(-1);
};

// The length of a stage, shared by all that is in it and has no length of its own.
struct Pool {
    double days = 0;
    double weight = 0;
    std::size_t around = Row::no_pool;
};

double hours_counted(const Row& row, const Work& work) {
    return row.pool == Row::no_pool && work.repeated ? 0 : work.hours;
}

// Without any hours, all entries weigh the same. Beside others that have hours, what has none (a goal) takes no time
// worth naming, but the stage is not over before it is done.
double weight_of(const Row& row, const Work& work, double hours) {
    constexpr double hardly_any = 0.01;
    const bool counts = work.core && (row.pool != Row::no_pool || !work.repeated);
    return !counts ? 0.0 : hours > 0 ? std::max(hours_counted(row, work), hardly_any) : 1.0;
}

class Layout {
public:
    Layout(const std::vector<StageWork>& now, const std::vector<StageWork>& before, const Plan& plan)
        : m_now(now), m_before(before), m_minutes(std::max(plan.minutes, 1)) {
        make_rows();
        order();
    }

    // In the order in which they are laid.
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }

    // What the left of the row takes, in days.
    [[nodiscard]] double days(const Row& row) const {
        if (row.weight <= 0) {
            return 0;
        }
        const double share = row.left / row.weight;
        if (row.pool == Row::no_pool) {
            return days_for(core_hours(row)) * share;
        }
        const auto& pool = m_pools.at(row.pool);
        return pool.weight > 0 ? std::max(0.0, pool.days) * (row.weight / pool.weight) * share : 0;
    }

    [[nodiscard]] static double core_hours(const Row& row) {
        double hours = 0;
        for (const auto& work : row.now->works) {
            hours += work.core ? hours_counted(row, work) : 0;
        }
        return hours;
    }

private:
    [[nodiscard]] double days_for(double hours) const { return hours * 60 / m_minutes * days_a_week; }

    [[nodiscard]] double days_of(const library::Length& length) const {
        const double middle = std::max(0.0, (length.min + std::max(length.min, length.max)) / 2);
        switch (length.unit) {
            case library::LengthUnit::hours: return days_for(middle);
            case library::LengthUnit::days: return middle;
            case library::LengthUnit::weeks: return middle * days_a_week;
            case library::LengthUnit::months: return middle * days_a_month;
        }
        return 0;
    }

    void make_rows() {
        std::vector<std::size_t> pool_at;  // by depth: of the stage that was the latest there
        for (std::size_t i = 0; i < m_now.size(); ++i) {
            Row row{&m_now[i], &m_before[i]};
            const auto& place = row.now->place;
            row.pool = place.depth > 0 ? pool_at.at(place.depth - 1) : Row::no_pool;
            if (place.stage->length && !row.now->ongoing && !place.optional) {
                const double days = days_of(*place.stage->length);
                if (row.pool != Row::no_pool) {
                    m_pools[row.pool].days -= days;
                }
                m_pools.push_back({.days = days});
                row.pool = m_pools.size() - 1;
            }
            pool_at.resize(place.depth + 1);
            pool_at[place.depth] = row.pool;
            weigh(row);
            m_rows.push_back(row);
        }
    }

    void weigh(Row& row) {
        if (row.now->ongoing) {
            return;
        }
        const double hours = core_hours(row);
        for (std::size_t i = 0; i < row.now->works.size(); ++i) {
            const double weight = weight_of(row, row.now->works[i], hours);
            row.weight += weight;
            row.left += weight * (1 - row.before->works[i].done);
        }
        if (row.pool != Row::no_pool) {
            m_pools[row.pool].weight += row.weight;
        }
    }

    // The order of the list, but a stage waits for those that it requires. Only whole outermost stages are moved.
    void order() {
        std::vector<std::size_t> begins;                           // of the outermost stages
        std::unordered_map<std::string_view, std::size_t> places;  // by id: the outermost stage around
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i].now->place.depth == 0) {
                begins.push_back(i);
            }
            places.emplace(m_rows[i].now->place.stage->id, begins.size() - 1);
        }
        std::vector<std::vector<std::size_t>> waiting(begins.size());
        std::vector<std::size_t> missing(begins.size());
        for (std::size_t b = 0; b < begins.size(); ++b) {
            for (const auto required : m_rows[begins[b]].now->place.requires_stages) {
                if (const auto found = places.find(required); found != places.end() && found->second != b) {
                    waiting[found->second].push_back(b);
                    missing[b] += 1;
                }
            }
        }
        std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
        for (std::size_t b = 0; b < begins.size(); ++b) {
            if (missing[b] == 0) {
                ready.push(b);
            }
        }
        std::vector<Row> ordered;
        ordered.reserve(m_rows.size());
        begins.push_back(m_rows.size());
        while (!ready.empty()) {
            const auto b = ready.top();
            ready.pop();
            ordered.insert(ordered.end(), m_rows.begin() + static_cast<std::ptrdiff_t>(begins[b]),
                           m_rows.begin() + static_cast<std::ptrdiff_t>(begins[b + 1]));
            for (const auto other : waiting[b]) {
                if (--missing[other] == 0) {
                    ready.push(other);
                }
            }
        }
        if (ordered.size() == m_rows.size()) {  // else stages wait for each other: better the order of the list
            m_rows = std::move(ordered);
        }
    }

    const std::vector<StageWork>& m_now;
    const std::vector<StageWork>& m_before;
    int m_minutes;
    std::vector<Row> m_rows{};
    std::vector<Pool> m_pools{};
};

StagePlan about(const Row& row) {
    const auto& place = row.now->place;
    StagePlan stage{.id = place.stage->id,
                    .title = title_of(*place.stage),
                    .label = place.stage->label.empty() ? place.stage->title : place.stage->label,
                    .depth = place.depth,
                    .optional = place.optional,
                    .ongoing = row.now->ongoing,
                    .core_hours = row.now->ongoing ? 0 : Layout::core_hours(row)};
    std::optional<TimePoint> latest;
    bool new_here = false;
    for (std::size_t i = 0; i < row.now->works.size(); ++i) {
        const auto& work = row.now->works[i];
        stage.works.total += 1;
        stage.works.done += work.done >= 1 ? 1 : 0;
        stage.hours += row.now->ongoing ? 0 : hours_counted(row, work);
        new_here = new_here || row.pool != Row::no_pool || !work.repeated;
        if (work.core) {
            stage.core.total += 1;
            stage.core.done += work.done >= 1 ? 1 : 0;
            if (row.before->works[i].done < 1) {
                stage.titles.push_back(work.title);
            }
        }
        if (work.when) {
            latest = std::max(latest.value_or(*work.when), *work.when);
        }
    }
    stage.repeated = !stage.ongoing && stage.works.total > 0 && !new_here;
    if (stage.works.total > 0 && stage.works.done == stage.works.total) {
        stage.done_at = latest;
    }
    return stage;
}

// Of the days of a row, how many are worked off: what was done since the plan was made.
double earned(const Row& row, double days) {
    const double hours = Layout::core_hours(row);
    double done = 0;
    for (std::size_t i = 0; i < row.now->works.size(); ++i) {
        const auto& work = row.now->works[i];
        done += weight_of(row, work, hours) * std::max(0.0, work.done - row.before->works[i].done);
    }
    return row.left > 0 ? days * std::min(1.0, done / row.left) : 0;
}

// The first entry of the row that would be done when `days` of its `whole` days are over, and is not.
const Work* due_in(const Row& row, double whole, double days) {
    const double hours = Layout::core_hours(row);
    double passed = 0;
    for (std::size_t i = 0; i < row.now->works.size() && row.left > 0; ++i) {
        const auto& work = row.now->works[i];
        const double part = weight_of(row, work, hours) * (1 - row.before->works[i].done);
        passed += part / row.left * whole;
        if (part > 0 && passed <= days + 1e-6 && work.done < 1) {
            return &work;
        }
    }
    return nullptr;
}

Standing standing_of(const Schedule& made, const std::vector<Row>& rows, Day today) {
    constexpr double rounding = 1e-6;
    const auto length = [](const Span& span) { return static_cast<double>((span.end - span.begin).count()); };
    Standing standing;
    double worked = 0;
    const Row* at = nullptr;
    const StagePlan* at_stage = nullptr;
    const StagePlan* over = nullptr;  // the last one whose days are over
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& stage = made.stages[i];
        if (!stage.own) {
            continue;
        }
        const double here = earned(rows[i], length(*stage.own));
        worked += here;
        if (at == nullptr && here < length(*stage.own) - rounding) {
            at = &rows[i];
            at_stage = &stage;
        }
        over = stage.own->end <= today ? &stage : over;
        if (stage.own->begin <= today) {
            standing.today_stage = stage.id;
        }
    }
    if (at == nullptr) {
        const auto open = std::ranges::find_if(made.stages, [](const StagePlan& stage) {
            return stage.ongoing && !stage.optional && stage.works.done < stage.works.total;
        });
        standing.goes_on = open == made.stages.end() ? std::string() : open->id;
        return standing;
    }
    standing.stage = at_stage->id;
    const auto gone = (today - made.plan.start).count();
    if (gone < 0 && worked <= rounding) {
        standing.pace = Pace::not_begun;
        standing.days = static_cast<int>(-gone);
        return standing;
    }
    const double ahead = worked - std::max(0.0, static_cast<double>(gone));
    standing.days = static_cast<int>(std::abs(ahead) + rounding);
    standing.pace = standing.days == 0 ? Pace::on_time : ahead > 0 ? Pace::ahead : Pace::behind;
    if (at_stage->own->end <= today) {
        standing.due = over->label;
        standing.due_id = over->id;
    } else if (const auto* const due =
                   due_in(*at, length(*at_stage->own), static_cast<double>((today - at_stage->own->begin).count()))) {
        standing.due = due->title;
        standing.due_id = due->id;
    }
    return standing;
}

std::size_t planned_in(const library::Index& index, const std::vector<StageWork>& stages) {
    std::map<std::string_view, bool> found;
    for (const auto& stage : stages) {
        const auto look = [&](const library::ProjectRef& entry) {
            const auto* const project = index.projects.find(entry.project);
            if (project != nullptr && project->status == library::ProjectStatus::planned) {
                found.emplace(project->id, true);
            }
        };
        for (const auto& entry : stage.place.stage->projects) {
            look(entry);
            std::ranges::for_each(entry.from, look);
        }
    }
    return found.size();
}

}  // namespace

std::string_view to_string(Pace pace) {
    switch (pace) {
        case Pace::not_begun: return "not-begun";
        case Pace::behind: return "behind";
        case Pace::on_time: return "on-time";
        case Pace::ahead: return "ahead";
        case Pace::finished: return "finished";
    }
    return "";
}

const StagePlan* Schedule::stage(std::string_view id) const {
    const auto found = std::ranges::find(stages, id, &StagePlan::id);
    return found == stages.end() ? nullptr : &*found;
}

Schedule schedule(const library::Index& index, std::string_view curriculum, const Plan& plan, const State& state,
                  Day today, std::string_view here) {
    Schedule made{.curriculum = std::string(curriculum), .plan = plan, .end = plan.start};
    if (const auto* const known = index.curricula.find(curriculum)) {
        made.title = known->title;
    }
    made.first_id = index.renamed.before(library::IdKind::curriculum, curriculum);
    const auto now = work_of(index, curriculum, state);
    const auto then = work_of(index, curriculum, before(state, plan.made));
    const Layout layout(now, then, plan);
    made.planned = planned_in(index, now);

    double days = 0;  // laid so far, before they become whole ones
    double asked_hours = 0;
    double asked_days = 0;
    std::vector<std::size_t> around;  // by depth: the stage that was the latest there
    for (const auto& row : layout.rows()) {
        auto stage = about(row);
        stage.first_id = index.renamed.before(library::IdKind::stage, stage.id, curriculum);
        around.resize(stage.depth + 1);
        around[stage.depth] = made.stages.size();
        if (row.left > 0) {
            const double takes = layout.days(row);
            days += takes;
            if (row.pool != Row::no_pool) {
                asked_hours += stage.core_hours * row.left / row.weight;
                asked_days += takes;
            }
            const double room = static_cast<double>((last_day - plan.start).count());
            const auto least = made.end + std::chrono::days(1);
            const auto end =
                std::max(least, plan.start + std::chrono::days(static_cast<int>(std::lround(std::min(days, room)))));
            if (least <= last_day && days <= room) {
                stage.own = Span{made.end, end};
                made.end = end;
            } else {
                made.beyond = true;
            }
        }
        made.stages.push_back(std::move(stage));
        if (const auto own = made.stages.back().own) {
            for (const auto place : around) {
                auto& whole = made.stages[place].whole;
                whole = Span{whole ? whole->begin : own->begin, own->end};
            }
        }
    }
    made.asked = asked_days > 0 ? asked_hours / asked_days * days_a_week : 0;
    made.standing = standing_of(made, layout.rows(), today);
    if (made.standing.pace != Pace::finished) {
        const auto at = whereabouts(frontier({index, {std::string(curriculum)}, std::string(here)}, state));
        made.standing.stage = at.stage.empty() ? made.standing.stage : at.stage;
    }
    return made;
}

}  // namespace mlpath::progress
