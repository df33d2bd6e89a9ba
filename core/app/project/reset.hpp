// `mlpath reset [PROJECT] [FILE]`: the skeleton's files again, as they were given. What is overwritten is kept.
#pragma once

#include <string>

#include "app/project/diff.hpp"

namespace mlpath::app {

struct Reset {
    std::string project{};
    fs::path folder{};
    workspace::LaidOver laid{};
};

// Takes what `diff` takes.
[[nodiscard]] Result<Reset> reset(const Context& context, const DiffRequest& request);

}  // namespace mlpath::app
