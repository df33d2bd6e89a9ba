// The files that a brief names are files of the project.
#pragma once

#include <string>

#include "library/draft.hpp"

namespace mlpath::library {

// Faults where `story` (brief.md), or a goal or claim of a milestone, names a file in `code` marks that the project
// does not have: one that is neither in the skeleton nor laid, written or judged; or one that the learner has to make
// and that nothing asks for.
void lint_brief_files(Draft& draft, const Project& project, const ProjectDraft& files, const std::string& story);

}  // namespace mlpath::library
