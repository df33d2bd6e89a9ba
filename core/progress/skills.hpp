// What the learner can do, skill by skill, and what shows it: computed from what the journal proves and the skills that
// projects and topics carry.
//
// A skill is carried by a whole project, not by one of its milestones: so it is proved where all milestones of a
// project pass and the work is the learner's own, or where the quiz of a topic was passed. All else is shown for what
// it is. The journal cannot know whose work it was that passed: that is for the files to show.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "library/data_kind.hpp"
#include "library/index.hpp"
#include "progress/overview.hpp"

namespace mlpath::progress {

enum class EvidenceKind {
    project,        // own work: all milestones pass
    quiz,           // passed
    read_solution,  // all milestones pass, the last of them after our solution was read
    our_solution,   // all milestones pass, the last of them after our solution was applied; or the files are ours
    unattributed,   // all milestones pass, and whose work it is could not be told
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
    TimePoint when{};                                  // of a project: the last milestone
    Count milestones{};                                // of a project
    std::vector<EvidenceMilestone> passed{};           // of a project, in order
    library::DataKind data = library::DataKind::real;  // synthetic: some of them pass on synthetic data alone
};

// The best that there is.
enum class SkillStanding {
    proved,
    passed,    // a project, and whose work it is could not be told
    assisted,  // a project, with our solution
    begun,
    said,
    open,
};
[[nodiscard]] std::string_view to_string(SkillStanding standing);

struct SkillProgress {
    std::string id{};
    std::string title{};
    SkillStanding standing = SkillStanding::open;
    std::vector<Evidence> evidence{};     // the best first, then the earliest
    std::vector<std::string> projects{};  // that carry it, also those that are only planned
    std::vector<std::string> topics{};    // that carry it
};

// What the files of a project show of who wrote them.
enum class Author { own, published, unknown };
using Authors = std::map<std::string, Author, std::less<>>;  // by project
// The projects of which all milestones pass: those whose files are worth a look.
[[nodiscard]] std::vector<std::string> finished_projects(const library::Index& index, const State& state);

// All skills of the library, in the order of its table, then those that are in none, by id. A project that is not among
// the `authors` counts as unknown.
[[nodiscard]] std::vector<SkillProgress> skills(const library::Index& index, const State& state,
                                                const Authors& authors);

}  // namespace mlpath::progress
