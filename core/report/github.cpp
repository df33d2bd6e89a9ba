// Annotations of GitHub Actions: one workflow command a line. What the learner wrote can begin no command of its own.
#include "base/text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// The escapes of workflow commands: of the message, and further ones of a property.
std::string message_text(std::string_view text) {
    auto safe = replace_all(printable_block(text), "%", "%25");
    return replace_all(replace_all(std::move(safe), "\r", "%0D"), "\n", "%0A");
}

std::string property(std::string_view text) {
    auto safe = message_text(text);
    return replace_all(replace_all(std::move(safe), ":", "%3A"), ",", "%2C");
}

std::string annotation(std::string_view level, const std::string& file, const std::string& title,
                       const std::string& message) {
    std::string line = "::" + std::string(level) + " ";
    line += file.empty() ? "" : "file=" + property(file) + ",";
    return line + "title=" + property(title) + "::" + message_text(message) + '\n';
}

}  // namespace

std::string to_github(const Report& report) {
    std::string text;
    for (const auto& portfolio : report.portfolios) {
        for (const auto& project : portfolio.projects) {
            const auto marker = (portfolio.path == "." ? "" : portfolio.path + '/') +
                                (project.folder.empty() ? "" : project.folder + '/') + ".mlpath-project.json";
            if (project.milestones.empty() && project.verdict != checks::Verdict::pass) {
                text +=
                    annotation("error", marker, project.id + " " + std::string(verb(project.verdict)), project.message);
            }
            for (const auto& milestone : project.milestones) {
                for (const auto& check : milestone.checks) {
                    const auto verdict = check.finding.verdict;
                    if (verdict == checks::Verdict::pass) {
                        continue;
                    }
                    auto message = in_one_line(check);
                    message += check.finding.because.empty() ? "" : "\nlikely cause: " + check.finding.because;
                    text += annotation(verdict == checks::Verdict::skipped ? "warning" : "error", marker,
                                       project.id + ": " + milestone.title, message);
                }
            }
        }
    }
    for (const auto& requirement : report.requirements) {
        if (requirement.verdict != checks::Verdict::pass) {
            text += annotation("error", "", "required " + requirement.asked, requirement.message);
        }
    }
    auto summary = "verdict: " + std::string(to_string(report.verdict));
    for (const auto& portfolio : report.portfolios) {
        summary += '\n' + printable(portfolio.path) + ": " + provenance(portfolio);
        for (const auto& project : portfolio.projects) {
            const auto with = made_with(project);
            summary += with.empty() ? "" : '\n' + printable(project.id) + ": " + with;
        }
    }
    summary += '\n' + judged_by(report) + "\nagain: " + command_line(report);
    return text + annotation("notice", "", "mlpath verify", summary);
}

}  // namespace mlpath::report
