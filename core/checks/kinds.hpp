// The kinds of checks, one function a kind. Each takes the check as the manifest says it and the evaluation with its
// evidence, and returns what it found; an Error means that mlpath itself could not go on (interrupted, disk, a dataset
// that cannot be had).
#pragma once

#include "checks/evaluation.hpp"
#include "checks/verdict.hpp"
#include "markdown/document.hpp"

namespace mlpath::checks {

[[nodiscard]] Result<Finding> check_file(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_command(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_table(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_score(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_behaves(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_reproducible(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_leakage(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_generalises(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_budget(const library::Check& check, Evaluation& evaluation);
[[nodiscard]] Result<Finding> check_python(const library::Check& check, Evaluation& evaluation);

// Findings of other checks by id, for the numbers that a README claims.
using Findings = std::map<std::string, Finding>;
[[nodiscard]] Result<Finding> check_document(const library::Check& check, Evaluation& evaluation,
                                             const Findings& verified);
// The ids of the checks whose figures a document check compares with.
[[nodiscard]] std::vector<std::string> claimed_checks(const library::Check& check);
// The links of a document to files: as they are written, and without "#part", "?plain=1" and "%20".
struct LocalLink {
    std::string written{};
    std::string path{};
    std::size_t line = 0;
};
[[nodiscard]] std::vector<LocalLink> local_links(const markdown::Document& document);
// Whether it leads to something in the folder, from the document that lies at this path there.
[[nodiscard]] bool leads_into(const LocalLink& link, const std::filesystem::path& folder,
                              const std::filesystem::path& document);

// ---- shared by the kinds ----

[[nodiscard]] Finding passed(std::string message);
[[nodiscard]] Finding failed(std::string message, std::string because = {}, std::string look = {});
// The same where something before the claim failed, so that the author's cause would mislead.
[[nodiscard]] Finding undecided(std::string message, std::string because = {}, std::string look = {});
// Where the check would wait once more for what never came back.
[[nodiscard]] Finding not_tried_again(const Hangs::Met& met);
// Where what it asks for may have come to that, and did not come back in a short time.
[[nodiscard]] Finding not_waited_for_again(const Hangs::Met& met);
// The beginning of a long text, cut between characters.
[[nodiscard]] std::string shortened(const std::string& text);
// Puts what the learner's program printed, and the lines that it stopped at, into the finding.
void show(Finding& finding, const system::ProcessOutcome& outcome);
// The failure of a step that did not end well, in the learner's words.
[[nodiscard]] Finding step_failed(const run::StepOutcome& outcome, std::string_view when = {});
// The same of evidence: a step that was not run, since it would not come to an end, says that.
[[nodiscard]] Finding step_failed(const Evidence& evidence, std::string_view when = {});
// The bytes of the check's `path`: of the learner's sources, or of the artifact of its `step`. A Finding says what is
// wrong instead.
[[nodiscard]] Result<tl::expected<std::string, Finding>> subject_of(const library::Check& check,
                                                                    Evaluation& evaluation);
[[nodiscard]] tl::expected<std::string, Finding> artifact_of(const Evidence& evidence, std::string_view path);
// The learner's program that a command runs, or its first word.
[[nodiscard]] std::string program_of(const std::vector<std::string>& argv);
// A file below the template that only judges read ("checks/expected.csv").
[[nodiscard]] Result<std::string> template_file(Evaluation& evaluation, const std::string& path);

}  // namespace mlpath::checks
