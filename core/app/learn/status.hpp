// `mlpath status`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/learn/achieved.hpp"
#include "app/project/here.hpp"
#include "progress/overview.hpp"
#include "progress/schedule.hpp"

namespace mlpath::app {

struct StatusView {
    fs::path workspace{};
    std::string project{};  // that the user stands in; may be empty
    progress::Overview overview{};
    std::vector<progress::Schedule> plans{};  // of the followed curricula, those that have one
    std::string command{};                    // of what is next, as in `next`
    std::optional<Achieved> achieved{};       // where nothing is left
    std::vector<progress::Note> notes{};      // of the journal
};

// not_found outside of a workspace, as `next`.
[[nodiscard]] Result<StatusView> status(const Context& context);

}  // namespace mlpath::app
