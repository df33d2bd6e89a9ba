// What `verify` found, as a value. The forms it is written in (text, JSON, JUnit, GitHub, Markdown) are beside.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "checks/verdict.hpp"
#include "library/data_kind.hpp"
#include "run/interpreter.hpp"

namespace mlpath::report {

enum class Authorship { own, published, unknown };
[[nodiscard]] std::string_view to_string(Authorship authorship);
[[nodiscard]] std::optional<Authorship> authorship_from(std::string_view text);

// How far the verdict of a project counts.
enum class Standing {
    demanded,      // it decides
    not_needed,    // judged, but what is demanded holds without it
    not_demanded,  // found and named, neither taken nor judged
    not_named,     // likewise: of a library that the command line does not name
};
[[nodiscard]] std::string_view to_string(Standing standing);

struct ProjectReport {
    std::string id{};
    std::string title{};
    std::string folder{};  // relative to the portfolio
    int version = 1;
    Authorship authorship = Authorship::unknown;
    Standing standing = Standing::demanded;
    checks::Verdict verdict = checks::Verdict::error;
    std::string message{};  // where the project could not be judged at all: why, and what to do
    std::optional<run::Interpreter> python{};
    std::map<std::string, std::uint64_t> seeds{};
    std::map<std::string, std::string> data_hashes{};  // SHA-256 by data id
    library::DataKind data = library::DataKind::real;  // that it was made and judged on
    std::vector<checks::MilestoneResult> milestones{};
    std::optional<std::chrono::milliseconds> took{};  // to judge it; none where that was not done now
};

// What one portfolio was asked for with --require, and whether it holds for it.
struct RequirementReport {
    std::string asked{};  // "own", "stage:level-1", "project:iris", "all"
    checks::Verdict verdict = checks::Verdict::pass;
    std::string message{};
};

// Whether one could look into a portfolio's folder: where not, what it holds is unknown, and `message` says why.
enum class Reach { looked_into, out_of_reach };

struct PortfolioReport {
    std::string path{};                   // as it was given
    std::string from_root{};              // its folder, seen from the root of its repository (or from where we stood)
    std::optional<std::string> commit{};  // of its repository
    std::optional<bool> dirty{};          // whether files differ from that commit; none: it could not be told
    std::string commit_note{};            // why they do, or why it could not be told; else what is not checked out
    std::uint64_t seed = 0;               // of all its splits
    std::string seed_from{};              // "the commit", "the content", "--seed"
    checks::Verdict verdict = checks::Verdict::pass;  // of all that is demanded of it
    Reach reach = Reach::looked_into;
    std::string message{};
    std::vector<std::string> left_out{};  // what was found and not taken, relative; a folder ends in '/'
    std::vector<std::string> links{};     // of these the links in the place of a source or of a project folder
    std::vector<ProjectReport> projects{};
    std::vector<RequirementReport> requirements{};  // the same for each portfolio, in the order asked
};

struct Report {
    TimePoint begun{};  // when it was judged
    std::string tool_version{};
    std::string tool_sha256{};
    std::string library_sha256{};
    std::string library_origin{};
    std::vector<std::string> command{};  // what reproduces it
    bool truth_protected = false;
    std::string isolation{};
    checks::Verdict verdict = checks::Verdict::pass;  // the worst of the portfolios
    std::string message{};
    std::vector<std::string> remarks{};  // of what judged, not of what was judged
    std::vector<PortfolioReport> portfolios{};
};

// Each is complete by itself, and safe: texts from outside are made printable, and escaped as the form asks.
[[nodiscard]] std::string to_json(const Report& report);      // the format of curricula/schemas/report.schema.json
[[nodiscard]] std::string to_junit(const Report& report);     // JUnit XML as Jenkins, GitLab and GitHub actions accept
[[nodiscard]] std::string to_github(const Report& report);    // workflow commands: ::error file=…::
[[nodiscard]] std::string to_markdown(const Report& report);  // a summary for GITHUB_STEP_SUMMARY, a README, a mail
[[nodiscard]] std::string to_csv(const Report& report);       // a row a project, for a spreadsheet
[[nodiscard]] std::string to_html(const Report& report);      // one page, without script or anything from elsewhere
[[nodiscard]] std::string to_text(const Report& report);      // for a terminal of 80 columns, without color

}  // namespace mlpath::report
