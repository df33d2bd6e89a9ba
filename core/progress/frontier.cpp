#include "progress/next.hpp"

#include <algorithm>
#include <functional>

#include "base/text.hpp"
#include "progress/course.hpp"

namespace mlpath::progress {

namespace {

using library::IndexMilestone;
using library::IndexProject;
using library::ProjectStatus;

// Finds everything that could be done now, in the order of preference; each thing once.
class Finder {
public:
    Finder(const Followed& followed, const State& state, const Course& course)
        : m_followed(followed), m_index(followed.index), m_state(state), m_course(course) {}

    std::vector<NextThing> find() {
        open_again();
        review();
        started();
        first_win();
        const auto before = m_found.size();
        entries(Reach::reachable);
        if (m_found.size() == before) {
            // Stages that wait for each other: better out of order than nothing.
            entries(Reach::any);
        }
        leftovers();
        return std::move(m_found);
    }

private:
    // What comes first.
    enum class Rank { core, more, optional };
    enum class Reach { reachable, any };

    // The stage where the curricula first name the project; nullptr: none does.
    [[nodiscard]] const CourseStage* place_of(std::string_view project) const {
        for (const auto& place : m_course.stages()) {
            for (const auto& entry : place.stage->projects) {
                if (entry.project == project ||
                    std::ranges::find(entry.from, project, &library::ProjectRef::project) != entry.from.end()) {
                    return &place;
                }
            }
        }
        return nullptr;
    }

    static Rank rank_of(const CourseStage& place, const library::ProjectRef& entry) {
        return entry.optional || place.optional ? Rank::optional
               : place.stage->is_core(entry)    ? Rank::core
                                                : Rank::more;
    }

    // The best that it has anywhere; what no curriculum names is nobody's practice.
    [[nodiscard]] Rank rank_of(std::string_view project) const {
        std::optional<Rank> best;
        for (const auto& place : m_course.stages()) {
            for (const auto& entry : place.stage->projects) {
                const bool here =
                    entry.project == project ||
                    std::ranges::find(entry.from, project, &library::ProjectRef::project) != entry.from.end();
                if (here) {
                    best = std::min(best.value_or(Rank::optional), rank_of(place, entry));
                }
            }
        }
        return best.value_or(Rank::core);
    }

    static void set_rank(NextThing& thing, Rank rank) {
        thing.core = rank != Rank::more;
        thing.optional = rank == Rank::optional;
    }

    static void set_stage(NextThing& thing, const CourseStage* place) {
        if (place != nullptr) {
            thing.curriculum = place->curriculum->id;
            thing.stage = place->stage->id;
            thing.stage_title = title_of(*place->stage);
        }
    }

    [[nodiscard]] NextThing about(const IndexProject& project, const IndexMilestone* milestone) const {
        NextThing thing;
        set_stage(thing, place_of(project.id));
        thing.project = project.id;
        thing.title = project.title;
        thing.says = project.summary;
        thing.hours = project.hours;
        thing.done = passed_of(project, m_state).done;
        thing.total = project.milestones.size();
        if (milestone != nullptr) {
            thing.milestone = milestone->id;
            thing.milestone_title = milestone->title;
            thing.says = milestone->goal;
        } else if (!project.milestones.empty()) {
            thing.milestone_title = project.milestones.front().title;
        }
        return thing;
    }

    [[nodiscard]] std::string day_words(const Moment& moment) const {
        return format_day(m_followed.clock != nullptr ? m_followed.clock->day_of(moment.at) : day_at(moment.at, {}));
    }

    bool add(NextThing thing) {
        const auto same = [&](const NextThing& other) {
            return other.project == thing.project && other.topic == thing.topic && other.goal == thing.goal &&
                   (other.milestone == thing.milestone || other.kind != thing.kind);
        };
        if (std::ranges::any_of(m_found, same)) {
            return false;
        }
        m_found.push_back(std::move(thing));
        return true;
    }

    // The projects that something was recorded about, and the one stood in; that one first, then the latest.
    [[nodiscard]] std::vector<const IndexProject*> begun() const {
        std::vector<std::pair<TimePoint, const IndexProject*>> dated;
        for (const auto& [id, known] : m_state.projects) {
            const auto* const project = m_index.projects.find(id);
            if (project != nullptr && project->status == ProjectStatus::ready) {
                dated.emplace_back(id == m_followed.here ? TimePoint::max() : known.last.order, project);
            }
        }
        if (const auto* const here = m_index.projects.find(m_followed.here);
            here != nullptr && here->status == ProjectStatus::ready && m_state.project(here->id) == nullptr) {
            dated.emplace_back(TimePoint::max(), here);
        }
        std::ranges::stable_sort(dated, std::greater<>(), &std::pair<TimePoint, const IndexProject*>::first);
        std::vector<const IndexProject*> projects;
        for (const auto& [at, project] : dated) {
            projects.push_back(project);
        }
        return projects;
    }

    // A few are not worth the interruption; a handful takes minutes and saves learning it anew.
    void review() {
        constexpr std::size_t handful = 5;
        if (m_followed.clock == nullptr) {
            return;
        }
        const auto today = m_followed.clock->today();
        std::size_t due_now = 0;
        for (const auto& [id, memory] : m_state.memories) {
            due_now += is_due(memory, today) && library::has_question(m_index, id) ? 1 : 0;
        }
        if (due_now < handful) {
            return;
        }
        NextThing thing;
        thing.kind = NextKind::review;
        thing.title = count_of(due_now, "question") + " to answer again";
        thing.due = due_now;
        thing.why = "you knew them, and about now they begin to fade; it takes some minutes";
        add(std::move(thing));
    }

    void open_again() {
        for (const auto* const project : begun()) {
            const auto* const known = m_state.project(project->id);
            for (const auto& milestone : project->milestones) {
                const auto* const was = known == nullptr ? nullptr : known->milestone(milestone.id);
                if (was != nullptr && was->open_again) {
                    auto thing = about(*project, &milestone);
                    thing.kind = NextKind::open_again;
                    thing.why = "it was done, and fails since " + day_words(*was->open_again);
                    add(std::move(thing));
                }
            }
        }
    }

    void started() {
        for (const auto* const project : begun()) {
            if (m_course.is_done(project->id)) {
                continue;
            }
            const auto* const milestone = current_milestone(*project, m_state);
            if (milestone == nullptr) {
                continue;
            }
            auto thing = about(*project, milestone);
            thing.kind = NextKind::milestone;
            set_rank(thing, rank_of(project->id));
            thing.why = thing.done == 0
                            ? "you have begun it"
                            : "you have begun it, and " + std::to_string(thing.done) + " of " +
                                  count_of(thing.total, "milestone") + (thing.done == 1 ? " passes" : " pass");
            add(std::move(thing));
        }
    }

    // All projects in the order of the curricula.
    [[nodiscard]] std::vector<const IndexProject*> in_order() const {
        std::vector<const IndexProject*> projects;
        const auto take = [&](const library::ProjectRef& entry) {
            if (const auto* const project = m_index.projects.find(entry.project)) {
                projects.push_back(project);
            }
        };
        for (const auto& place : m_course.stages()) {
            for (const auto& entry : place.stage->projects) {
                take(entry);
                std::ranges::for_each(entry.from, take);
            }
        }
        return projects;
    }

    void first_win() {
        if (!begun().empty()) {
            return;
        }
        const auto projects = in_order();
        const auto first = [&](auto&& fits) {
            const auto found = std::ranges::find_if(projects, [&](const IndexProject* project) {
                return project->status == ProjectStatus::ready && project->requires_projects.empty() && fits(*project);
            });
            return found == projects.end() ? nullptr : *found;
        };
        const auto in_core = [&](const IndexProject& p) { return rank_of(p.id) == Rank::core; };
        const auto* project = first([&](const IndexProject& p) { return p.requires_topics.empty() && in_core(p); });
        if (project == nullptr) {
            project = first(in_core);
        }
        if (project == nullptr) {
            project = first([](const IndexProject&) { return true; });
        }
        if (project != nullptr) {
            auto thing = about(*project, nullptr);
            thing.kind = NextKind::project;
            set_rank(thing, rank_of(project->id));
            thing.why = project->milestones.empty()
                            ? std::string("a first win: it needs nothing before it")
                            : "a first win: it needs nothing before it, and its first milestone, \"" +
                                  project->milestones.front().title + "\", is a matter of minutes";
            add(std::move(thing));
        }
    }

    void entries(Reach reach) {
        for (const auto wanted : {Rank::core, Rank::more, Rank::optional}) {
            for (const auto& place : m_course.stages()) {
                if (reach == Reach::any || m_course.is_reachable(place)) {
                    entries(place, wanted);
                }
            }
        }
    }

    void entries(const CourseStage& place, Rank wanted) {
        for (const auto& entry : place.stage->projects) {
            if (rank_of(place, entry) == wanted && m_course.missing(entry) > 0) {
                offer(place, entry, wanted);
            }
        }
        if (wanted == Rank::more) {
            return;
        }
        if (!m_course.has_core_to_build(*place.stage)) {
            topics(place, wanted == Rank::optional);
        }
        goals(place, wanted == Rank::optional);
    }

    static std::vector<const library::ProjectRef*> choices(const library::ProjectRef& entry) {
        std::vector<const library::ProjectRef*> found;
        if (entry.from.empty()) {
            found.push_back(&entry);
        }
        for (const auto& choice : entry.from) {
            found.push_back(&choice);
        }
        return found;
    }

    void offer(const CourseStage& place, const library::ProjectRef& entry, Rank rank) {
        std::vector<const IndexProject*> open;
        bool begun_one = false;
        for (const auto* const choice : choices(entry)) {
            if (m_course.is_open(choice->project)) {
                open.push_back(m_index.projects.find(choice->project));
                begun_one = begun_one || m_state.project(choice->project) != nullptr;
            }
        }
        if (begun_one && m_course.missing(entry) == 1) {
            return;  // what is begun is what is missing
        }
        std::erase_if(open, [&](const IndexProject* project) { return m_state.project(project->id) != nullptr; });
        if (open.empty()) {
            return;
        }
        std::vector<std::string_view> path;
        const auto* const first = ready_first(*open.front(), path);
        if (first == nullptr) {
            return;
        }
        auto thing = about(*first, nullptr);
        thing.kind = NextKind::project;
        set_rank(thing, rank);
        if (first != open.front()) {
            thing.why = "`" + open.front()->id + "` builds on it";
        } else {
            thing.why = (rank == Rank::optional ? "optional in "
                         : rank == Rank::more   ? "more practice in "
                                                : "it comes next in ") +
                        title_of(*place.stage);
        }
        if (!entry.from.empty()) {
            thing.choose = entry.choose;
            for (const auto* const other : open) {
                if (other != first) {
                    thing.others.push_back(other->id);
                }
            }
            thing.why += "; choose " + std::to_string(entry.choose) + " of " + std::to_string(entry.from.size());
        }
        add(std::move(thing));
    }

    // The project itself, or what it requires and is not done, and what that requires; null where that is begun
    // already.
    const IndexProject* ready_first(const IndexProject& project, std::vector<std::string_view>& path) const {
        path.push_back(project.id);
        bool waits = false;
        for (const auto id : m_course.missing_projects(project)) {
            if (std::ranges::find(path, id) != path.end()) {
                continue;  // projects that require each other
            }
            if (m_state.project(id) == nullptr) {
                return ready_first(*m_index.projects.find(id), path);
            }
            waits = true;
        }
        return waits ? nullptr : &project;
    }

    void topics(const CourseStage& place, bool optional) {
        for (const auto& entry : place.stage->topics) {
            if ((entry.optional || place.optional) != optional) {
                continue;
            }
            std::vector<std::string_view> missing;
            m_course.missing_topics(entry.topic, missing);
            for (const auto id : missing) {
                const auto& topic = *m_index.topics.find(id);
                NextThing thing;
                set_stage(thing, &place);
                thing.kind = NextKind::topic;
                thing.topic = topic.id;
                thing.title = topic.title;
                thing.says = topic.summary;
                thing.hours = topic.hours;
                thing.optional = optional;
                thing.why = id == entry.topic
                                ? (optional ? "optional in " : "it comes next in ") + title_of(*place.stage)
                                : "`" + entry.topic + "` builds on it";
                add(std::move(thing));
            }
        }
    }

    void goals(const CourseStage& place, bool optional) {
        if (place.optional != optional) {
            return;
        }
        for (const auto& goal : place.stage->goals) {
            if (!m_state.has_reached(goal.id)) {
                NextThing thing;
                set_stage(thing, &place);
                thing.kind = NextKind::goal;
                thing.goal = goal.id;
                thing.title = goal.text;
                thing.optional = optional;
                thing.why = "it is a goal of " + title_of(*place.stage) +
                            (goal.checks.empty() ? ", and you say when it is reached" : ", and its checks decide it");
                add(std::move(thing));
            }
        }
    }

    // What is left to learn where everything is built. Where nothing else is required, whatever there is: nothing may
    // be open that nobody speaks of.
    void leftovers() {
        learn([&](const CourseStage& place) {
            return m_course.is_complete(*place.stage) && m_course.is_reachable(place);
        });
        if (std::ranges::all_of(m_found, &NextThing::optional)) {
            learn([](const CourseStage&) { return true; });
        }
    }

    template <typename Fits>
    void learn(Fits&& fits) {
        for (const bool optional : {false, true}) {
            for (const auto& place : m_course.stages()) {
                if (fits(place)) {
                    topics(place, optional);
                    goals(place, optional);
                }
            }
        }
    }

    const Followed& m_followed;
    const library::Index& m_index;
    const State& m_state;
    const Course& m_course;
    std::vector<NextThing> m_found{};
};

}  // namespace

Whereabouts whereabouts(const std::vector<NextThing>& frontier) {
    const auto found = std::ranges::find_if(frontier, [](const NextThing& thing) { return !thing.stage.empty(); });
    return found == frontier.end() ? Whereabouts{} : Whereabouts{found->curriculum, found->stage};
}

std::vector<NextThing> frontier(const Followed& followed, const State& state) {
    const Course course(followed, state);
    return Finder(followed, state, course).find();
}

}  // namespace mlpath::progress
