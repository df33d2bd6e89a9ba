// What the learner can do, skill by skill, and what shows it: computed from what the journal proves and the skills that
// projects and topics carry.
//
// A skill is carried by a whole project, not by one of its milestones: so it is proved where all milestones of a
// project pass and the learner did not have our solution meanwhile, or where the quiz of a topic was passed. All else
// is shown for what it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/index.hpp"
#include "progress/overview.hpp"

namespace mlpath::progress {

enum class EvidenceKind {
    project,        // own work: all milestones pass
    quiz,           // passed
    read_solution,  // all milestones pass, the last of them after our solution was read
    our_solution,   // all milestones pass, the last of them after our solution was applied
    begun,          // some milestones pass
    said,           // the learner says so
};
[[nodiscard]] std::string_view to_string(EvidenceKind kind);  // "project", "quiz", "read-solution", …
[[nodiscard]] bool proves(EvidenceKind kind);

struct EvidenceMilestone {
    std::string id{};
    std::string title{};
    TimePoint when{};
};

struct Evidence {
    EvidenceKind kind = EvidenceKind::said;
    std::string id{};  // of the project or the topic
    std::string title{};
    TimePoint when{};                         // of a project: the last milestone
    Count milestones{};                       // of a project
    std::vector<EvidenceMilestone> passed{};  // of a project, in order
};

enum class SkillStanding {
    proved,
    assisted,
    begun,
    said,
    open
};  // the best that there is; assisted: with our solution
[[nodiscard]] std::string_view to_string(SkillStanding standing);

struct SkillProgress {
    std::string id{};
    std::string title{};
    SkillStanding standing = SkillStanding::open;
    std::vector<Evidence> evidence{};     // the best first, then the earliest
    std::vector<std::string> projects{};  // that carry it, also those that are only planned
    std::vector<std::string> topics{};    // that carry it
};

// All skills of the library, in the order of its table, then those that are in none, by id.
[[nodiscard]] std::vector<SkillProgress> skills(const library::Index& index, const State& state);

}  // namespace mlpath::progress
