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

std::string_view level_of(Standing standing, checks::Verdict verdict) {
    return standing != Standing::demanded ? "notice" : verdict == checks::Verdict::skipped ? "warning" : "error";
}

std::string annotations_of(const PortfolioReport& portfolio, const ProjectReport& project) {
    std::string text;
    const auto name = name_of(portfolio, project);
    const auto marker = path_of(portfolio, project, ".mlpath-project.json");
    if (project.milestones.empty() && !project.message.empty()) {
        text += annotation(level_of(project.standing, project.verdict), marker, name + " " + outcome_of(project),
                           project.message);
    }
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            const auto verdict = check.finding.verdict;
            const auto file = check.file.empty() ? marker : path_of(portfolio, project, check.file);
            if (!check.finding.warning.empty()) {
                text += annotation(project.standing == Standing::demanded ? "warning" : "notice", file,
                                   name + ": " + milestone.title, check.finding.warning);
            }
            if (verdict == checks::Verdict::pass) {
                continue;
            }
            auto message = in_one_line(check);
            message += check.finding.because.empty() ? "" : "\nlikely cause: " + check.finding.because;
            message += check.finding.drawing.empty() ? "" : "\nspread: " + check.finding.drawing;
            message +=
                project.standing == Standing::not_needed ? "\nnot needed: what is demanded holds without it" : "";
            text += annotation(level_of(project.standing, verdict), file, name + ": " + milestone.title, message);
        }
    }
    return text;
}

// One line of the summary.
std::string summary_of(const PortfolioReport& portfolio, const ProjectReport& project) {
    const auto with = made_with(project);
    if (with.empty() && project.standing == Standing::demanded) {
        return {};
    }
    const auto name = '\n' + printable(name_of(portfolio, project));
    return with.empty() ? name + " " + outcome_of(project) : name + ": " + with;
}

}  // namespace

std::string to_github(const Report& report) {
    std::string text;
    for (const auto& portfolio : report.portfolios) {
        if (!portfolio.message.empty()) {
            text += annotation(portfolio.verdict == checks::Verdict::skipped ? "notice" : "error", "",
                               portfolio.path + " " + outcome_of(portfolio), portfolio.message);
        }
        for (const auto& project : portfolio.projects) {
            text += annotations_of(portfolio, project);
        }
    }
    for (const auto& requirement : report.requirements) {
        if (requirement.verdict != checks::Verdict::pass) {
            text += annotation("error", "", "required " + requirement.asked, requirement.message);
        }
    }
    auto summary = "verdict: " + verdict_of(report);
    for (const auto& portfolio : report.portfolios) {
        summary += '\n' + printable(portfolio.path) + ": " + provenance(portfolio);
        for (const auto& project : portfolio.projects) {
            summary += summary_of(portfolio, project);
        }
    }
    summary += '\n' + judged_by(report) + "\nagain: " + command_line(report);
    return text + annotation("notice", "", "mlpath verify", summary);
}

}  // namespace mlpath::report
