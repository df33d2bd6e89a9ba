// What the stages of a curriculum hold as work: how many hours each entry takes and how much of it is done. The inside
// of `schedule`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "progress/course.hpp"

namespace mlpath::progress {

// A topic, a project, a goal, or one of the projects that a choice asks for. Only what is required and there: what is
// optional or planned is no work.
struct Work {
    std::string id{};  // empty for one of a choice
    std::string title{};
    double hours = 0;                 // the middle; 0 where the library names none
    bool core = true;                 // else more practice, which takes no time in a plan
    double done = 0;                  // the share, 0 to 1
    bool repeated = false;            // an earlier stage has it too, so that its hours are counted there
    std::optional<TimePoint> when{};  // it was done, where that is known
};

struct StageWork {
    CourseStage place{};
    bool ongoing = false;       // itself, or a stage around it
    std::vector<Work> works{};  // of the stage itself; none where it is optional
};

// Of one curriculum, stages in the order of the curriculum.
[[nodiscard]] std::vector<StageWork> work_of(const library::Index& index, std::string_view curriculum,
                                             const State& state);

}  // namespace mlpath::progress
