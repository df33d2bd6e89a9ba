// What has been achieved once nothing is left to do, and what else there is: the end of `next` and `status`.
#pragma once

#include <string>
#include <vector>

#include "app/project/here.hpp"
#include "progress/overview.hpp"

namespace mlpath::app {

struct Offer {
    std::string command{};
    std::string says{};
};

struct Achieved {
    std::vector<std::string> roadmaps{};  // the titles of what is followed
    std::size_t projects = 0;             // done, each counted once
    std::size_t milestones = 0;           // of these
    std::size_t topics = 0;               // learned
    std::size_t goals = 0;                // reached
    std::size_t planned = 0;              // projects to come
    std::vector<Offer> offers{};          // other roadmaps with something open first
};

[[nodiscard]] Achieved achieved(const Context& context, const progress::Overview& overview,
                                const progress::State& state);

}  // namespace mlpath::app
