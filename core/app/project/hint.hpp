// `mlpath hint [PROJECT]`: one step more each time, for the first milestone that does not pass.
#pragma once

#include <string>
#include <vector>

#include "app/project/here.hpp"

namespace mlpath::app {

enum class HintFrom { where_it_was, start };

struct HintRequest {
    std::string project{};    // empty: where the user stands
    std::string milestone{};  // empty: the first that does not pass
    HintFrom from = HintFrom::where_it_was;
};

struct Hint {
    bool finished = false;  // every milestone passes: there is nothing to hint at, and the rest is empty
    std::string project{};
    std::string milestone{};
    std::string milestone_title{};
    int step = 0;  // from 1
    int of = 0;
    std::string text{};
    bool last = false;           // there is no further one
    bool repeated = false;       // the last one was shown before and is shown again
    bool solution_open = false;  // `mlpath solution` may be read from here on
    Recorded recorded{};         // not ok: the next call shows the same step again
    std::vector<progress::Note> notes{};
};

[[nodiscard]] Result<Hint> hint(const Context& context, const HintRequest& request);

}  // namespace mlpath::app
