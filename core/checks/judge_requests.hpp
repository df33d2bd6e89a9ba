// What a script of ours may ask of an evaluation besides calls of the learner's functions: the fields of its check, a
// source, a file of the data, a run of a step and what it left, a reader's facts, a driver, connections. Inside of
// core/checks; others use judge.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/door.hpp"
#include "checks/evaluation.hpp"
#include "checks/judge_driver.hpp"

namespace mlpath::checks {

class JudgeRequests {
public:
    // `scripts`: the folder that readers and drivers are in; empty: there are none.
    JudgeRequests(const library::Check& check, Evaluation& evaluation, std::filesystem::path scripts)
        : m_check(check), m_evaluation(evaluation), m_scripts(std::move(scripts)) {}

    // The line that answers this one; none where `word` is no request of these. An Error means that mlpath itself could
    // not go on; what is wrong with the learner's work is an answer.
    [[nodiscard]] Result<std::optional<std::string>> answer(std::string_view word, std::string_view line);

    // Why the last request could not be met, where that is the learner's failure. A script that gives up for it says no
    // more than that: this is then what was found.
    [[nodiscard]] const std::optional<Finding>& refused() const { return m_refused; }

    // Shows what a driver printed, with all that it started, which then ends; of several drivers, the last.
    void show_driven(Finding& finding);

    // What has to be said of the verdict, whatever it is; empty: nothing.
    [[nodiscard]] const std::string& warning() const { return m_warning; }

    // The run that a verdict shows, where it names one.
    [[nodiscard]] EvidencePtr run_shown_by(std::string_view verdict) const;

private:
    [[nodiscard]] Result<std::string> source(const Json& asked);
    [[nodiscard]] Result<std::string> data(const Json& asked);
    [[nodiscard]] Result<std::string> step(const Json& asked);
    [[nodiscard]] Result<std::string> trials(const Json& asked);
    [[nodiscard]] Result<std::string> artifact(const Json& asked);
    [[nodiscard]] Result<std::string> read(const Json& asked);
    [[nodiscard]] Result<std::string> drive(const Json& asked);
    [[nodiscard]] Result<std::optional<Finding>> lay_needs(const library::Step& step, run::Workplace& place);
    [[nodiscard]] Result<std::string> once(const Json& asked);
    [[nodiscard]] Result<Evaluation::Told> told_once(const Json& asked, const std::filesystem::path& driver);
    [[nodiscard]] Result<std::string> ask(const Json& asked);
    [[nodiscard]] Result<std::string> connect(const Json& asked);
    [[nodiscard]] Result<std::string> listen(const Json& asked);
    [[nodiscard]] Result<std::string> leave(const Json& asked);
    [[nodiscard]] std::string fields() const;
    [[nodiscard]] Result<tl::expected<std::string, Finding>> bytes_of(const Json& asked);
    [[nodiscard]] Result<std::filesystem::path> script(const Json& asked, const char* role) const;
    [[nodiscard]] Result<std::string> ran(EvidencePtr evidence);
    // The step that is asked for, which the project has.
    [[nodiscard]] Result<std::string> step_in(const Json& asked) const;
    // A copy that only we can change, where the script may read it.
    [[nodiscard]] Result<std::string> shown(const std::string& path, std::string_view bytes);
    [[nodiscard]] std::string refuse(Finding finding);

    const library::Check& m_check;
    Evaluation& m_evaluation;
    std::filesystem::path m_scripts;
    std::unique_ptr<Driver> m_driver{};
    std::optional<system::ProcessOutcome> m_driven{};
    std::unique_ptr<Door> m_door{};
    std::string m_warning{};
    std::vector<EvidencePtr> m_runs{};
    std::optional<TemporaryFolder> m_folder{};
    std::size_t m_copies = 0;
    std::optional<Finding> m_refused{};
};

}  // namespace mlpath::checks
