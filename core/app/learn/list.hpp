// `mlpath list curricula|projects|datasets|topics|goals`: what there is, in the order in which a learner meets it.
#pragma once

#include <string>
#include <vector>

#include "library/index.hpp"

namespace mlpath::app {

// The ids of the curricula that count before all others: those that the learner follows.
using First = std::vector<std::string>;

// Where the first curriculum that has it puts a project or topic; empty where none does.
struct Placed {
    std::string curriculum{};
    std::string stage{};
    std::string stage_title{};  // "Level 1: Your first ML project"
    std::string heading{};      // what the curriculum itself calls it; may be empty
};

struct ListedProject {
    const library::IndexProject* project = nullptr;
    Placed placed{};
};
struct ListedTopic {
    const library::IndexTopic* topic = nullptr;
    Placed placed{};
};
struct ListedDataset {
    const library::IndexDataset* dataset = nullptr;
    std::vector<std::string> projects{};  // that use it
};
struct ListedGoal {
    const library::Goal* goal = nullptr;
    Placed placed{};
};
struct ListedCurriculum {
    const library::Curriculum* curriculum = nullptr;
    std::size_t stages = 0;  // of the first level
    std::size_t topics = 0;  // different ones
    std::size_t projects = 0;
    std::size_t ready = 0;  // of the projects
};

// What they return points into the index.
[[nodiscard]] std::vector<ListedCurriculum> list_curricula(const library::Index& index);
[[nodiscard]] std::vector<ListedProject> list_projects(const library::Index& index, const First& first);
[[nodiscard]] std::vector<ListedTopic> list_topics(const library::Index& index, const First& first);
[[nodiscard]] std::vector<ListedGoal> list_goals(const library::Index& index, const First& first);
[[nodiscard]] std::vector<ListedDataset> list_datasets(const library::Index& index);

// "Level 1: Your first ML project".
[[nodiscard]] std::string heading_of(const library::Stage& stage);

}  // namespace mlpath::app
