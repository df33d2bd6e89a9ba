// `mlpath skills`: each skill with what shows it. What passes is in the journal; whose work it is, the files show.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/judge/judging.hpp"
#include "app/project/here.hpp"
#include "progress/skills.hpp"

namespace mlpath::app {

struct SkillsView {
    std::vector<progress::SkillProgress> skills{};
    std::string unknown_because{};        // why nobody could look whose work finished projects are; usually empty
    std::vector<progress::Note> notes{};  // of the journal
};

// not_found outside of a workspace, as `next`. A finished project without a folder, or one that cannot be compared with
// our solution, is nobody's: it proves nothing.
[[nodiscard]] Result<SkillsView> skills(const Context& context, system::Processes& processes, std::stop_token stop);

}  // namespace mlpath::app
