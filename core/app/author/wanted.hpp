// Which projects and quizzes a request of selftest is about.
#pragma once

#include <string>
#include <vector>

#include "app/author/selftest.hpp"

namespace mlpath::app {

struct Wanted {
    std::vector<std::string> projects{};
    std::vector<std::string> quizzes{};
};

// Those of its shard. usage: there is nothing at all to test.
[[nodiscard]] Result<Wanted> wanted_by(const Context& context, const SelftestRequest& request);

}  // namespace mlpath::app
