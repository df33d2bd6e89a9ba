// What the kinds of checks share: findings, and what they are about.
#pragma once

#include <string>
#include <vector>

#include "checks/evaluation.hpp"
#include "checks/verdict.hpp"

namespace mlpath::checks {

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
