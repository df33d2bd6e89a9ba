// Words that the forms of a report for people share.
#pragma once

#include <string>

#include "report/report.hpp"

namespace mlpath::report {

// "passes", "fails", "could not be judged", "was skipped".
[[nodiscard]] std::string_view verb(checks::Verdict verdict);
// "iris", "iris in spring/iris" where the folder has another name; its folder where its marker names no project.
[[nodiscard]] std::string name_of(const PortfolioReport& portfolio, const ProjectReport& project);
// A file of the project as a reader of the repository names it: "spring/iris/flowers.py".
[[nodiscard]] std::string path_of(const PortfolioReport& portfolio, const ProjectReport& project,
                                  const std::string& file);
// "fail", and "pass (demanded: project:iris, own)" where --require said what; "(demanded of each: …)" of several
// portfolios.
[[nodiscard]] std::string verdict_of(const Report& report);
// "passes", "fails, as far as it is demanded", "fails: it holds nothing that is demanded".
[[nodiscard]] std::string outcome_of(const PortfolioReport& portfolio);
// Whose a requirement is, where there is more than one portfolio: "project:iris of anna"; else "project:iris".
[[nodiscard]] std::string name_of(const Report& report, const PortfolioReport& portfolio,
                                  const RequirementReport& requirement);
// Each requirement once, with the worst of what the portfolios came to, and a message that names them.
[[nodiscard]] std::vector<RequirementReport> over_all_portfolios(const Report& report);
// "passes", "fails, and is not needed", "is also here, not demanded".
[[nodiscard]] std::string outcome_of(const ProjectReport& project);
// "own work", "the published solution", "authorship unknown".
[[nodiscard]] std::string_view words(Authorship authorship);
// " on synthetic data", behind what was proved on them; else empty.
[[nodiscard]] std::string_view on_data(library::DataKind data);
// "3 of 4 milestones", "3 of 4 milestones on synthetic data".
[[nodiscard]] std::string milestones_in_words(const ProjectReport& project);
// "iris passes: 3 of 3 milestones, own work"; "old/ is also here, not demanded".
[[nodiscard]] std::string headline_of(const PortfolioReport& portfolio, const ProjectReport& project);
// "course/iris/split.py:9", as compilers and stack traces write it; without the line where none is known.
[[nodiscard]] std::string where(const PortfolioReport& portfolio, const ProjectReport& project,
                                const SourcePlace& place);
// One line with what a person needs of a check that does not pass: message, expected, actual.
[[nodiscard]] std::string in_one_line(const checks::CheckResult& check);
// "mlpath verify . --seed 7", quoted as a shell needs it.
[[nodiscard]] std::string command_line(const Report& report);
// "seed 123 (from the commit), commit 1a2b3c4d5e6f, with changes that are not committed".
[[nodiscard]] std::string provenance(const PortfolioReport& portfolio);
// "Python 3.11.2 (numpy 1.24.2, pandas 1.5.3)".
[[nodiscard]] std::string words(const run::Interpreter& python);
// "`textstats.py` is a link, and no link is followed: put the file or folder itself into its place"; empty where there
// are none.
[[nodiscard]] std::string links_told(const PortfolioReport& portfolio);
// "Python 3.11.2 (numpy 1.24.2, pandas 1.5.3); data passengers: SHA-256 5d8f…, seed 1912"; empty where it was not
// judged.
[[nodiscard]] std::string made_with(const ProjectReport& project);
// "data", "synthetic data".
[[nodiscard]] std::string data_in_words(const ProjectReport& project);
// "3 of 12 checks as before, from the cache"; empty where everything was found out now.
[[nodiscard]] std::string as_before(const ProjectReport& project);
// What judged: "mlpath 0.1.0, SHA-256 …; library built in, SHA-256 …; isolation: …".
[[nodiscard]] std::string judged_by(const Report& report);

}  // namespace mlpath::report
