// The brief: what the author tells in brief.md, and what is generated from the manifest, so that nothing which a check
// needs (file names, columns, signatures, metric, baseline, margin) can be missing. BRIEF.md holds the story and the
// way; what one milestone asks is told with it (library/told.hpp).
#pragma once

#include <map>
#include <string>

#include "base/error.hpp"
#include "library/content.hpp"
#include "library/project.hpp"

namespace mlpath::library {

// For the standard of a project: of BRIEF.md, by blanks between them.
inline constexpr std::size_t most_brief_words = 1000;

// brief.md taken apart: below a heading `### {{words}}`, up to the next heading of its level or above, stands what is
// told at the milestone `words`, and not in BRIEF.md.
struct BriefParts {
    std::string story{};                         // Markdown, with `{{checked}}` in it
    std::map<std::string, std::string> tasks{};  // Markdown, by the milestone's id
};
// malformed: a part for a milestone that is none, or for one twice.
[[nodiscard]] Result<BriefParts> read_brief(const Content& content, const Project& project);

// What BRIEF.md has at `{{checked}}`: the milestones in a line each, the data, how it is run. Markdown, with headings
// of the second level and below.
[[nodiscard]] std::string overview_part(const Project& project);
// All that is generated and told anywhere, to hold a check against: the overview, the calls, each check in full.
[[nodiscard]] std::string checked_part(const Project& project);
// The text of BRIEF.md: the story with `{{checked}}` replaced.
[[nodiscard]] Result<std::string> make_brief(const Content& content, const Project& project);

}  // namespace mlpath::library
