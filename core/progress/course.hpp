// The followed curricula as one flat list in the order to go in, with everything that decides what is done and what is
// next: the inside of `next`, `overview` and `schedule`, which therefore agree.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "progress/next.hpp"

namespace mlpath::progress {

// A stage with what it takes from the stages around it.
struct CourseStage {
    const library::Curriculum* curriculum = nullptr;
    const library::Stage* stage = nullptr;
    std::size_t depth = 0;
    bool optional = false;                            // itself, or a stage around it
    std::vector<std::string_view> requires_stages{};  // its own, and those of the stages around it
};

// "Level 1: Your first ML project".
[[nodiscard]] std::string title_of(const library::Stage& stage);
// Milestones of a project that pass, told apart: those behind one that is open again passed before, and a check that
// stops there does not look at them any more.
struct Passed {
    std::size_t done = 0;
    std::size_t before = 0;
};
[[nodiscard]] Passed passed_of(const library::IndexProject& project, const State& state);

// A project that passes, and so shows that the topics which it requires were learned: who built it has used them.
struct ProvedBy {
    std::string_view project{};
    Moment when{};  // its last milestone
};

// The topics, with what they require, to the end.
[[nodiscard]] std::set<std::string_view> with_what_they_require(const library::Index& index,
                                                                std::vector<std::string_view> topics);

class Course {
public:
    Course(const Followed& followed, const State& state);

    [[nodiscard]] const std::vector<CourseStage>& stages() const { return m_stages; }
    [[nodiscard]] const std::vector<std::string>& unknown_curricula() const { return m_unknown; }

    [[nodiscard]] bool is_done(std::string_view project) const { return m_done.contains(project); }
    // Known to the library, announced only.
    [[nodiscard]] bool is_planned(std::string_view project) const;
    // There to be built, and not done.
    [[nodiscard]] bool is_open(std::string_view project) const;
    // Of a choice: how many are still to be built. 0 or 1 for a single project.
    [[nodiscard]] std::size_t missing(const library::ProjectRef& entry) const;
    // Its quiz was passed, a project that requires it passes, or the learner says so.
    [[nodiscard]] bool is_learned(std::string_view topic) const;
    // The project that shows it: of several the one that was done first. Null: there is none.
    [[nodiscard]] const ProvedBy* proved_by(std::string_view topic) const;
    // All that is required of the stage and the stages inside of it is done: topics, projects and goals. What is
    // planned counts as passed over.
    [[nodiscard]] bool is_done(const library::Stage& stage) const;
    // Enough is done for the stages that build on it: of the projects the core, and where there is something of it to
    // build, reading need not come first.
    [[nodiscard]] bool is_complete(const library::Stage& stage) const;
    // The stages that it requires are complete (one that the curriculum does not have is).
    [[nodiscard]] bool is_reachable(const CourseStage& place) const;
    // Something of the core is there to be built, or was.
    [[nodiscard]] bool has_core_to_build(const library::Stage& stage) const;
    // Where the core is less than the stage's projects: the topics that it asks for, with what these build on. None:
    // all topics are core.
    [[nodiscard]] std::optional<std::set<std::string_view>> core_topics(const library::Stage& stage) const;
    // The projects that it requires, and that are there and not done, in order.
    [[nodiscard]] std::vector<std::string_view> missing_projects(const library::IndexProject& project) const;
    // Of a topic and those that come before it: the ones that are not learned, the deepest first. Left out is what no
    // stage lists and a learned topic builds on: the first pages of what is known.
    void missing_topics(std::string_view topic, std::vector<std::string_view>& found) const;

private:
    enum class Asked { all, core };
    [[nodiscard]] bool holds(const library::Stage& stage, Asked asked) const;
    void follow(const std::vector<std::string>& curricula);
    void pass_over_first_pages();
    void add(const library::Curriculum& curriculum, const library::Stage& stage, const CourseStage* around);
    const library::Index& m_index;
    const State& m_state;
    std::vector<CourseStage> m_stages{};
    std::vector<std::string> m_unknown{};
    std::map<std::string_view, const library::IndexProject*> m_done{};  // by what was built
    std::map<std::string_view, ProvedBy> m_proved{};                    // by topic
    std::set<std::string_view> m_known_by_more{};  // topics that no stage lists, and a learned one builds on
};

// What the learner has been taught: topics that are learned, and those of the stages up to `here`, all of them where
// that is none.
[[nodiscard]] std::set<std::string_view> taught(const library::Index& index, const Course& course,
                                                const Whereabouts& here);

}  // namespace mlpath::progress
