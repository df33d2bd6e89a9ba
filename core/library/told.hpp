// What is told of a milestone when it comes up: its goal, what it asks in full, what is checked, how to look by hand.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "library/content.hpp"
#include "library/project.hpp"

namespace mlpath::library {

struct ToldCheck {
    std::string id{};
    std::string says{};
    std::vector<std::string> details{};  // of its kind; sentences without a capital and a full stop
};

struct ToldMilestone {
    std::string project{};
    ProjectStatus status = ProjectStatus::ready;  // of the project
    std::size_t number = 0;                       // from 1 …
    std::size_t of = 0;                           // … of so many
    std::string id{};
    std::string title{};
    std::string goal{};
    std::string task{};                // the author's part of brief.md for it, Markdown; may be empty
    std::vector<LearnerCall> calls{};  // the functions that it is the first to name, or that no milestone names
    std::vector<ToldCheck> checks{};
    std::vector<std::string> looks{};  // how to look by hand, each once
    std::size_t hints = 0;
};

// `index` of the project's milestones, from 0.
[[nodiscard]] Result<ToldMilestone> tell_milestone(const Content& content, const Project& project, std::size_t index);

}  // namespace mlpath::library
