// Progress over the curricula, counted: what `mlpath status` shows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "progress/next.hpp"

namespace mlpath::progress {

struct Count {
    std::size_t done = 0;
    std::size_t total = 0;
    friend bool operator==(const Count&, const Count&) = default;
};

enum class ProjectStanding { open, started, done, satisfied, planned };  // satisfied: done by way of another
[[nodiscard]] std::string_view to_string(ProjectStanding standing);

struct ProjectProgress {
    std::string id{};
    std::string title{};  // the project's; the curriculum's heading where the library has no such project
    ProjectStanding standing = ProjectStanding::open;
    Count milestones{};
    std::size_t passed_before =
        0;  // of the milestones, behind one that is open again: not looked at since, not counted
    bool optional = false;
    bool core = true;               // false: more practice, and not optional
    bool solution_applied = false;  // the learner took ours; said beside what the checks prove
    bool synthetic = false;         // some of its milestones pass on synthetic data alone
};

struct TopicProgress {
    std::string id{};
    std::string title{};
    std::optional<TimePoint> said{};    // said, not proved
    std::optional<TimePoint> passed{};  // its quiz
    std::string project{};              // that requires it and passes; empty: none
    std::optional<TimePoint> proved{};  // by that project
    bool done = false;
    bool optional = false;
};

struct GoalProgress {
    std::string id{};
    std::string text{};
    bool has_checks = false;            // a machine decides it; else the learner says so
    std::optional<TimePoint> said{};    // said, not proved
    std::optional<TimePoint> proved{};  // its checks pass
};

struct StageProgress {
    std::string id{};
    std::string label{};  // "Level 1"; may be empty
    std::string title{};
    std::size_t depth = 0;  // nested stages follow their parent
    bool optional = false;
    bool current = false;   // what comes next is here
    bool done = false;      // all that is required of it and of the stages inside of it; false where nothing is
    bool has_more = false;  // its core is less than its projects
    Count projects{};       // required ones that are there; of a choice, as many as are to be chosen
    Count core{};           // of these, those of the core
    Count milestones{};
    Count topics{};
    std::size_t passed_topics = 0;                // of the done ones: by their quiz
    std::size_t proved_topics = 0;                // of the others: by a project
    Count goals{};                                // none where the stage is optional
    std::size_t proved_goals = 0;                 // of those that are reached
    std::size_t planned = 0;                      // announced, not counted above
    std::vector<ProjectProgress> project_list{};  // the core first, then more practice, then what is optional
    std::vector<TopicProgress> topic_list{};
    std::vector<GoalProgress> goal_list{};
};

struct CurriculumProgress {
    std::string id{};
    std::string title{};
    std::vector<StageProgress> stages{};
    bool has_more = false;  // of some stage
    Count projects{};
    Count core{};
    Count milestones{};
    Count topics{};
    Count goals{};
    std::size_t passed_topics = 0;
    std::size_t proved_topics = 0;
    std::size_t planned = 0;
};

struct OpenAgain {
    std::string project{};
    std::string milestone{};
    std::string title{};  // of the milestone
    TimePoint since{};
};

struct Overview {
    std::vector<CurriculumProgress> curricula{};
    std::vector<ProjectProgress> others{};  // begun, in no followed curriculum
    std::vector<OpenAgain> open_again{};
    NextThing next{};
};

[[nodiscard]] Overview overview(const Followed& followed, const State& state);

}  // namespace mlpath::progress
