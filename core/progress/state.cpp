#include "progress/state.hpp"

#include <algorithm>
#include <bit>
#include <deque>

namespace mlpath::progress {

namespace {

// Ids seen, by open addressing: they are random already, so their bits are their hash. A stranger may have written
// equal bits on purpose; that only makes it slower.
class SeenIds {
public:
    explicit SeenIds(std::size_t count) : m_slots(std::bit_ceil(count * 2 + 1)), m_mask(m_slots.size() - 1) {}

    // False where it was there already.
    bool insert(const Id& id) {
        for (std::size_t slot = static_cast<std::size_t>(id[0] ^ id[1]);; ++slot) {
            auto& place = m_slots[slot & m_mask];
            if (!place.used) {
                place = {id, true};
                return true;
            }
            if (place.id == id) {
                return false;
            }
        }
    }

private:
    struct Slot {
        Id id{};
        bool used = false;
    };
    std::vector<Slot> m_slots;
    std::size_t m_mask;
};

// The entry of a map, copying the key only where it is new.
template <typename Map>
typename Map::mapped_type& entry(Map& map, std::string_view key) {
    const auto found = map.find(key);
    return found != map.end() ? found->second
                              : map.emplace(std::string(key), typename Map::mapped_type{}).first->second;
}

void fold_checked(ProjectState& project, const Record& record, Moment at) {
    auto& milestone = entry(project.milestones, record.milestone);
    if (record.passed) {
        const bool synthetic = record.data == library::DataKind::synthetic;
        milestone.synthetic = synthetic && (milestone.synthetic || !milestone.done);
        if (!milestone.done) {
            milestone.done = at;
        }
        milestone.open_again.reset();
    } else if (milestone.done) {
        milestone.done.reset();
        milestone.synthetic = false;
        milestone.open_again = at;
    }
    milestone.version = record.version;
}

template <typename Map>
void remove(Map& map, std::string_view key) {
    if (const auto found = map.find(key); found != map.end()) {
        map.erase(found);
    }
}

void fold_said(State& state, const Record& record, Moment at) {
    const bool topic = !record.topic.empty();
    auto& said = topic ? state.topics : state.goals;
    const auto id = topic ? record.topic : record.goal;
    if (record.type == EventType::said) {
        said.try_emplace(std::string(id), at);
        return;
    }
    // Who takes it back takes back what was proved too: the proof may be had again at any time.
    remove(said, id);
    remove(topic ? state.quizzes : state.proved_goals, id);
}

void fold_answered(State& state, const Record& record, Moment at) {
    auto& memory = entry(state.memories, std::string(record.quiz).append("/").append(record.question));
    memory = after_answer(memory, record.passed ? Recall::good : Recall::again,
                          {at.order, day_at(at.at, std::chrono::minutes(record.zone))});
}

void fold_planned(Plan& plan, const Record& record, Moment at) {
    const bool first = plan.minutes == 0;
    plan = {.start = parse_date(record.start).value_or(Day{}),
            .minutes = record.minutes,
            .made = at,
            .id = first ? record.id : plan.id,
            .revision = first ? 0 : plan.revision + 1};
}

// What is about no project. False where it is about one.
bool fold_learned(State& state, const Record& record, Moment at) {
    switch (record.type) {
        case EventType::said:
        case EventType::unsaid: fold_said(state, record, at); return true;
        case EventType::goal_checked:
            if (record.passed) {
                state.proved_goals.try_emplace(std::string(record.goal), at);
            } else {
                remove(state.proved_goals, record.goal);
            }
            return true;
        case EventType::answered: fold_answered(state, record, at); return true;
        case EventType::quizzed:
            if (record.passed) {
                state.quizzes.try_emplace(std::string(record.quiz), at);
            }
            return true;
        case EventType::planned: fold_planned(entry(state.plans, record.curriculum), record, at); return true;
        default: return false;
    }
}

void name_as_today(Record& record, const library::Renamed& renamed) {
    using library::IdKind;
    const auto name = [&](IdKind kind, std::string_view& id, std::string_view within = {}) {
        if (!id.empty()) {
            id = renamed.now(kind, id, within);
        }
    };
    name(IdKind::project, record.project);
    name(IdKind::milestone, record.milestone, record.project);
    name(IdKind::topic, record.topic);
    name(IdKind::goal, record.goal);
    name(IdKind::quiz, record.quiz);
    name(IdKind::question, record.question, record.quiz);
    name(IdKind::curriculum, record.curriculum);
}

void fold(State& state, const Record& record) {
    const Moment at{TimePoint(std::chrono::microseconds(record.at)),
                    TimePoint(std::chrono::microseconds(record.order))};
    if (fold_learned(state, record, at)) {
        return;
    }
    auto& project = entry(state.projects, record.project);
    project.last = at;
    if (!project.started) {
        project.started = at;  // a check or a hint proves it as well
    }
    switch (record.type) {
        case EventType::started: project.version = record.version; break;
        case EventType::checked: fold_checked(project, record, at); break;
        case EventType::hinted: {
            auto& milestone = entry(project.milestones, record.milestone);
            milestone.hints = std::max(milestone.hints, record.step);
            milestone.hint_position = record.step;
            break;
        }
        case EventType::solution_shown: project.solution_shown = project.solution_shown.value_or(at); break;
        case EventType::solution_applied: project.solution_applied = project.solution_applied.value_or(at); break;
        default: break;
    }
}

}  // namespace

bool State::has_learned(std::string_view topic) const { return quizzes.contains(topic) || topics.contains(topic); }

TimePoint State::asked(std::string_view question) const {
    const auto found = memories.find(question);
    return found == memories.end() ? TimePoint::min() : found->second.asked;
}

bool State::has_reached(std::string_view goal) const { return proved_goals.contains(goal) || goals.contains(goal); }

const MilestoneState* ProjectState::milestone(std::string_view id) const {
    const auto found = milestones.find(id);
    return found == milestones.end() ? nullptr : &found->second;
}

bool ProjectState::passes(std::string_view id) const {
    const auto* const found = milestone(id);
    return found != nullptr && found->done.has_value();
}

bool ProjectState::synthetic() const {
    return std::ranges::any_of(milestones, [](const auto& entry) { return entry.second.synthetic; });
}

const ProjectState* State::project(std::string_view id) const {
    const auto found = projects.find(id);
    return found == projects.end() ? nullptr : &found->second;
}

bool State::passes(std::string_view project_id, std::string_view milestone) const {
    const auto* const found = project(project_id);
    return found != nullptr && found->passes(milestone);
}

TimePoint State::after(std::string_view project_id) const {
    const auto* const found = project(project_id);
    return found == nullptr ? TimePoint{} : found->last.next();
}

State replay(std::vector<Record>& records, const library::Renamed& renamed) {
    // By their place in the order, then id: the same from whatever files and in whatever order the lines came.
    const auto earlier = [](const Record& a, const Record& b) {
        return a.order != b.order ? a.order < b.order : a.id < b.id;
    };
    if (!std::ranges::is_sorted(records, earlier)) {
        std::ranges::stable_sort(records, earlier);
    }
    SeenIds seen(records.size());
    std::erase_if(records, [&](const Record& record) { return !seen.insert(record.id); });
    State state;
    for (auto& record : records) {
        if (!renamed.empty()) {
            name_as_today(record, renamed);
        }
        fold(state, record);
    }
    return state;
}

State replay(std::span<const Event> events) {
    std::deque<std::string> storage;
    std::vector<Record> records;
    for (const auto& event : events) {
        storage.push_back(to_line(event));
        storage.back().pop_back();
        if (const auto line = read_line(storage.back(), storage); line.kind == LineKind::event) {
            records.push_back(line.record);
        }
    }
    return replay(records);
}

std::vector<Event> events_for(const State& state, std::string_view project, int version,
                              std::span<const Outcome> outcomes) {
    std::vector<Event> events;
    const auto* const known = state.project(project);
    const auto after = state.after(project);
    if (known == nullptr || !known->started) {
        events.push_back(
            {.order = after, .type = EventType::started, .project = std::string(project), .version = version});
    }
    for (const auto& outcome : outcomes) {
        const auto* const before = known == nullptr ? nullptr : known->milestone(outcome.milestone);
        const bool passed = before != nullptr && before->done.has_value();
        const bool other_version = passed && before->version != version;
        const bool now_real = passed && before->synthetic && outcome.data == library::DataKind::real;
        if (outcome.passed != passed || (outcome.passed && (other_version || now_real))) {
            events.push_back({.order = after,
                              .type = EventType::checked,
                              .project = std::string(project),
                              .milestone = outcome.milestone,
                              .version = version,
                              .passed = outcome.passed,
                              .data = outcome.data});
        }
    }
    return events;
}

}  // namespace mlpath::progress
