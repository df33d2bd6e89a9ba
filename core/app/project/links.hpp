// What is said of links that stand where something of the learner's is looked for and that are not followed.
#pragma once

#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/project/portfolio.hpp"
#include "library/project.hpp"

namespace mlpath::app {

// "text-analyzer is a link to ../elsewhere, which is not there", of each link in the workspace that bears the name of a
// project and is not followed; none outside of a workspace.
[[nodiscard]] std::vector<std::string> link_notes(const Context& context);

// What to do about the links of a project folder that stand in the place of its sources: "textstats.py is a link,
// and …"; none where the folder has none.
[[nodiscard]] std::vector<std::string> source_link_notes(const Context& context, std::string_view project,
                                                         const fs::path& folder);

// The links in the portfolio, relative to it, that stand where a project folder could and lead to none of `projects`.
// Told by their text alone: what they lead to is not looked at.
[[nodiscard]] std::vector<std::string> links_in(const fs::path& portfolio,
                                                const std::vector<PortfolioProject>& projects);

// The same of a portfolio without any project, in a sentence that says what to do; empty where there are none.
[[nodiscard]] std::string links_in_words(const fs::path& portfolio);

}  // namespace mlpath::app
