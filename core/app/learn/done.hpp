// `mlpath done TOPIC`: the learner's word for it, shown as said and not as proved. A goal that has checks is not a
// matter of words: `done GOAL` runs them, as `check GOAL` does (app/goal.hpp).
#pragma once

#include <string>

#include "app/project/here.hpp"

namespace mlpath::app {

enum class Say { done, not_done };
enum class SaidOf { topic, goal };

struct DoneRequest {
    std::string id{};  // of a topic, or of a goal of a followed curriculum
    Say say = Say::done;
};

struct Done {
    std::string id{};
    std::string title{};
    SaidOf of = SaidOf::topic;
    bool already = false;  // it was so before; nothing was recorded
};

// not_found for an id that is neither (with a "did you mean"), usage for a project's id and for a goal with
// checks (those decide). Unlike
// with hints, a journal that cannot be written is an error: the record is all that was asked for.
[[nodiscard]] Result<Done> done(const Context& context, const DoneRequest& request);

}  // namespace mlpath::app
