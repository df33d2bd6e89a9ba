// What a CI job demands of the portfolios that it verifies: `--require own|all|stage:ID|project:ID`.
#pragma once

#include <string>
#include <vector>

#include "app/context.hpp"
#include "report/report.hpp"

namespace mlpath::app {

enum class RequirementKind { own, all, stage, project };

// One group of projects of which at least `needed` have to pass.
struct Demand {
    std::vector<std::string> projects{};
    std::size_t needed = 0;
};

struct Requirement {
    std::string asked{};
    RequirementKind kind = RequirementKind::all;
    std::vector<Demand> demands{};
};

// Fails with usage: not understood, or an id that does not exist (with the nearest). Planned and optional projects are
// not demanded by a stage.
[[nodiscard]] Result<Requirement> parse_requirement(const library::Index& index, const std::string& text);

// Whether it has the form of a requirement, whatever the library holds.
[[nodiscard]] bool looks_required(std::string_view text);

// Whether a project of this id is to be judged: always, where no requirement names projects (`own` names none). One
// that `satisfies` a demanded project is demanded too.
[[nodiscard]] bool demands(const library::Index& index, const std::vector<Requirement>& requirements,
                           const std::string& id);
[[nodiscard]] bool demands_projects(const std::vector<Requirement>& requirements);

// How far the verdict of a project that was judged counts: a failed one is not needed where every demand that it could
// meet is met by others of its portfolio.
[[nodiscard]] report::Standing standing_of(const library::Index& index, const std::vector<Requirement>& requirements,
                                           const report::ProjectReport& project,
                                           const report::PortfolioReport& portfolio);

// Judges the requirement against what was verified in this portfolio: what another one holds counts for nothing here. A
// project also counts where one that `satisfies` it passes. `own` speaks of the projects that are demanded. A folder
// that does not tell which project it is could be one that is missing: then nobody can tell.
[[nodiscard]] report::RequirementReport judge_requirement(const library::Index& index, const Requirement& requirement,
                                                          const report::PortfolioReport& portfolio);

}  // namespace mlpath::app
