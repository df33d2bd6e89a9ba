// Curricula and topics as values (see curricula/FORMAT.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "library/project.hpp"

namespace mlpath::library {

enum class LengthUnit { hours, days, weeks, months };

struct Length {
    bool ongoing = false;
    LengthUnit unit = LengthUnit::weeks;
    double min = 0;
    double max = 0;
};

struct TopicRef {
    std::string topic{};
    std::string heading{};  // the source's own title; may be empty
    bool optional = false;
};

// Either one project, or `choose` of `from` (then `project` is empty).
struct ProjectRef {
    std::string project{};
    std::string heading{};
    bool optional = false;
    int choose = 0;
    std::vector<ProjectRef> from{};
};

struct Goal {
    std::string id{};
    std::string text{};
    std::vector<Check> checks{};
    std::vector<std::string> aliases{};  // ids that it had before
};

struct Stage {
    std::string id{};
    std::string kind{};   // level, phase, month, week, area, band, step or stage
    std::string label{};  // the source's own name of the part, shown before the title; may be empty
    std::string title{};
    std::string goal{};
    std::optional<Length> length{};
    bool optional = false;
    std::vector<std::string> requires_stages{};
    std::vector<TopicRef> topics{};
    std::vector<ProjectRef> projects{};
    // Of the projects, those that whoever goes on needs; the others are more practice. Empty: all of them.
    std::vector<std::string> core{};
    std::vector<Goal> goals{};
    std::vector<Stage> stages{};
    std::vector<std::string> aliases{};  // ids that it had before
    // Whether the entry of `projects` is in the core: it is named, or all are. A choice always is.
    [[nodiscard]] bool is_core(const ProjectRef& entry) const;
    // The core is less than all that is required.
    [[nodiscard]] bool has_more() const;
};

struct Curriculum {
    std::string id{};
    std::string title{};
    std::string summary{};
    std::optional<Length> length{};
    std::vector<Stage> stages{};
    std::vector<std::string> aliases{};  // ids that it had before
};

struct Resource {
    std::string title{};
    std::string url{};
    std::string kind{};
    std::string origin{};
    std::string replaces{};
};

struct Topic {
    std::string id{};
    std::string title{};
    std::string summary{};
    std::optional<Hours> hours{};
    std::vector<std::string> skills{};
    std::vector<std::string> requires_topics{};
    std::vector<std::string> subtopics{};
    std::vector<Resource> resources{};
    std::vector<std::string> aliases{};  // ids that it had before
};

// What topics and projects teach; they name it by its id.
struct Skill {
    std::string id{};
    std::string title{};
    std::vector<std::string> aliases{};  // ids that it had before
};

}  // namespace mlpath::library
