// `mlpath show ID [MILESTONE]`: everything about one thing. An id may name several (the project `titanic` and the
// dataset `titanic`): all of them are found.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/learn/goal.hpp"
#include "app/learn/list.hpp"
#include "library/content.hpp"
#include "library/library.hpp"
#include "library/told.hpp"

namespace mlpath::app {

struct ShownProject {
    ListedProject listed{};
    library::Project project{};            // the whole manifest
    std::vector<std::string> needed_by{};  // projects that ask for it first
    std::vector<std::string> skills{};     // by their titles
};
struct ShownTopic {
    ListedTopic listed{};
    library::Topic topic{};     // with all resources
    std::size_t questions = 0;  // of its quiz
    std::size_t katas = 0;
};
struct ShownDataset {
    ListedDataset listed{};
    library::Dataset dataset{};
};
struct ShownStage {
    const library::Curriculum* curriculum = nullptr;
    const library::Stage* stage = nullptr;
    std::map<std::string, std::string> titles{};  // of its topics and projects, for those without a heading
};
struct ShownGoal {
    FoundGoal found{};
    GoalStanding standing = GoalStanding::open;
};

struct Shown {
    std::optional<library::ToldMilestone> milestone{};
    std::optional<ShownProject> project{};
    std::optional<ShownTopic> topic{};
    std::optional<ShownDataset> dataset{};
    std::optional<ListedCurriculum> curriculum{};
    std::vector<ShownStage> stages{};
    std::optional<ShownGoal> goal{};
    progress::State state{};  // of the learner: how far the goals of a stage are
};

// not_found, with a "did you mean" among all ids. What it returns points into the index.
[[nodiscard]] Result<Shown> show(const library::Content& content, const library::Index& index, std::string_view id,
                                 const First& first, progress::State state = {});

struct ShowRequest {
    std::string id{};         // empty: the project that the user stands in
    std::string milestone{};  // of that project; empty: what the id names
};
// The same for what a user typed: in a project folder the id may also be a milestone of that project.
[[nodiscard]] Result<Shown> show(const Context& context, const ShowRequest& request);

}  // namespace mlpath::app
