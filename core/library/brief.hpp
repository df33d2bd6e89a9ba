// The brief that the learner reads: the author's story, and the part that is generated from the manifest, so that
// nothing which a check needs (file names, columns, signatures, metric, baseline, margin) can be missing from it.
#pragma once

#include <string>

#include "base/error.hpp"
#include "library/content.hpp"
#include "library/project.hpp"

namespace mlpath::library {

// "What is checked" as Markdown, with headings of the second level and below.
[[nodiscard]] std::string checked_part(const Project& project);
// brief.md with `{{checked}}` replaced: the text of BRIEF.md.
[[nodiscard]] Result<std::string> make_brief(const Content& content, const Project& project);

}  // namespace mlpath::library
