#include "progress/skills.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace mlpath::progress {

namespace {

std::optional<Evidence> evidence_of(const library::IndexProject& project, const State& state, const Authors& authors) {
    const auto* const known = state.project(project.id);
    if (known == nullptr || project.status != library::ProjectStatus::ready) {
        return std::nullopt;
    }
    Evidence evidence{.kind = EvidenceKind::begun,
                      .id = project.id,
                      .title = project.title,
                      .milestones = {.total = project.milestones.size()}};
    TimePoint order{};  // of the last milestone
    for (const auto& milestone : project.milestones) {
        const auto* const was = known->milestone(milestone.id);
        if (was != nullptr && was->done) {
            evidence.passed.push_back({milestone.id, milestone.title, was->done->at});
            evidence.when = std::max(evidence.when, was->done->at);
            order = std::max(order, was->done->order);
            evidence.data = was->synthetic ? library::DataKind::synthetic : evidence.data;
        }
    }
    evidence.milestones.done = evidence.passed.size();
    if (evidence.passed.empty()) {
        return std::nullopt;
    }
    if (evidence.milestones.done == evidence.milestones.total) {
        // What was proved before our solution was seen owes nothing to it.
        const auto before = [&](const std::optional<Moment>& seen) { return !seen || order < seen->order; };
        const auto found = authors.find(project.id);
        const auto author = found == authors.end() ? Author::unknown : found->second;
        evidence.kind = author == Author::published || !before(known->solution_applied) ? EvidenceKind::our_solution
                        : author == Author::own                                         ? EvidenceKind::project
                        : !before(known->solution_shown)                                ? EvidenceKind::read_solution
                                                                                        : EvidenceKind::unattributed;
    }
    return evidence;
}

std::vector<Evidence> evidence_of(const library::IndexTopic& topic, const State& state) {
    std::vector<Evidence> found;
    if (const auto passed = state.quizzes.find(topic.id); passed != state.quizzes.end()) {
        found.push_back({.kind = EvidenceKind::quiz, .id = topic.id, .title = topic.title, .when = passed->second.at});
    }
    if (const auto said = state.topics.find(topic.id); said != state.topics.end()) {
        found.push_back({.kind = EvidenceKind::said, .id = topic.id, .title = topic.title, .when = said->second.at});
    }
    return found;
}

SkillStanding standing_of(EvidenceKind kind) {
    switch (kind) {
        case EvidenceKind::project:
        case EvidenceKind::quiz: return SkillStanding::proved;
        case EvidenceKind::read_solution:
        case EvidenceKind::our_solution: return SkillStanding::assisted;
        case EvidenceKind::unattributed: return SkillStanding::passed;
        case EvidenceKind::begun: return SkillStanding::begun;
        case EvidenceKind::said: return SkillStanding::said;
    }
    return SkillStanding::open;
}

class SkillGatherer {
public:
    explicit SkillGatherer(const library::Index& index) {
        for (const auto& skill : index.skills) {
            at(skill.id).title = skill.title;
        }
    }

    void add(const std::vector<std::string>& skills, const std::vector<Evidence>& evidence,
             std::vector<std::string> SkillProgress::* carriers, const std::string& carrier) {
        for (const auto& id : skills) {
            auto& skill = at(id);
            (skill.*carriers).push_back(carrier);
            skill.evidence.insert(skill.evidence.end(), evidence.begin(), evidence.end());
        }
    }

    [[nodiscard]] std::vector<SkillProgress> take(std::size_t titled) {
        std::sort(m_skills.begin() + static_cast<std::ptrdiff_t>(titled), m_skills.end(),
                  [](const SkillProgress& a, const SkillProgress& b) { return a.id < b.id; });
        for (auto& skill : m_skills) {
            std::ranges::stable_sort(skill.evidence, [](const Evidence& a, const Evidence& b) {
                return std::tuple(standing_of(a.kind), a.when) < std::tuple(standing_of(b.kind), b.when);
            });
            if (!skill.evidence.empty()) {
                skill.standing = standing_of(skill.evidence.front().kind);
            }
        }
        return std::move(m_skills);
    }

private:
    SkillProgress& at(const std::string& id) {
        const auto [place, fresh] = m_places.try_emplace(id, m_skills.size());
        if (fresh) {
            m_skills.push_back({.id = id, .title = id});
        }
        return m_skills[place->second];
    }
    std::vector<SkillProgress> m_skills{};
    std::unordered_map<std::string, std::size_t> m_places{};
};

}  // namespace

std::string_view to_string(EvidenceKind kind) {
    switch (kind) {
        case EvidenceKind::project: return "project";
        case EvidenceKind::quiz: return "quiz";
        case EvidenceKind::read_solution: return "read-solution";
        case EvidenceKind::our_solution: return "our-solution";
        case EvidenceKind::unattributed: return "unattributed";
        case EvidenceKind::begun: return "begun";
        case EvidenceKind::said: return "said";
    }
    return "";
}

bool proves(EvidenceKind kind) { return standing_of(kind) == SkillStanding::proved; }

std::string_view to_string(SkillStanding standing) {
    switch (standing) {
        case SkillStanding::proved: return "proved";
        case SkillStanding::passed: return "passed";
        case SkillStanding::assisted: return "assisted";
        case SkillStanding::begun: return "begun";
        case SkillStanding::said: return "said";
        case SkillStanding::open: return "open";
    }
    return "";
}

std::vector<std::string> finished_projects(const library::Index& index, const State& state) {
    std::vector<std::string> ids;
    for (const auto& project : index.projects) {
        const auto found = evidence_of(project, state, {});
        if (found && found->milestones.done == found->milestones.total) {
            ids.push_back(project.id);
        }
    }
    return ids;
}

std::vector<SkillProgress> skills(const library::Index& index, const State& state, const Authors& authors) {
    SkillGatherer gatherer(index);
    for (const auto& project : index.projects) {
        const auto found = evidence_of(project, state, authors);
        gatherer.add(project.skills, found ? std::vector{*found} : std::vector<Evidence>{}, &SkillProgress::projects,
                     project.id);
    }
    for (const auto& topic : index.topics) {
        gatherer.add(topic.skills, evidence_of(topic, state), &SkillProgress::topics, topic.id);
    }
    return gatherer.take(index.skills.size());
}

}  // namespace mlpath::progress
