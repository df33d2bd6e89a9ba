// `mlpath skills`: each skill with what shows it.
#pragma once

#include <vector>

#include "app/here.hpp"
#include "progress/skills.hpp"

namespace mlpath::app {

struct SkillsView {
    std::vector<progress::SkillProgress> skills{};
    std::vector<progress::Note> notes{};  // of the journal
};

// not_found outside of a workspace, as `next`.
[[nodiscard]] Result<SkillsView> skills(const Context& context);

}  // namespace mlpath::app
