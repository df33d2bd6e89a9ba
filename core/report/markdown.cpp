// A summary in Markdown, for a job's summary page or a mail.
#include "base/text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// Text that stays text: nothing that Markdown or HTML acts upon.
std::string md(std::string_view text) {
    std::string safe;
    for (const char c : printable(text)) {
        if (c == '<') {
            safe += "&lt;";
        } else if (c == '&') {
            safe += "&amp;";
        } else {
            if (std::string_view("\\`*_{}[]()#|>~!").find(c) != std::string_view::npos) {
                safe += '\\';
            }
            safe += c;
        }
    }
    return safe;
}

void write_failures(std::string& text, const ProjectReport& project) {
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            if (check.finding.verdict == checks::Verdict::pass) {
                continue;
            }
            text += "- **" + md(milestone.title) + "**, " + md(check.says) + ": " +
                    std::string(to_string(check.finding.verdict)) + ". " + md(in_one_line(check)) + "\n";
            if (!check.finding.because.empty()) {
                text += "  Likely cause: " + md(check.finding.because) + "\n";
            }
        }
    }
}

}  // namespace

std::string to_markdown(const Report& report) {
    std::string text = "# Portfolio report: " + std::string(to_string(report.verdict)) + "\n";
    for (const auto& portfolio : report.portfolios) {
        text += "\n## " + md(portfolio.path) + "\n\n" + md(provenance(portfolio)) +
                "\n\n| project | verdict | milestones | authorship |\n|---|---|---|---|\n";
        for (const auto& project : portfolio.projects) {
            text += "| " + md(project.id) + " | " + std::string(to_string(project.verdict)) + " | " +
                    milestones_in_words(project) + " | " + std::string(words(project.authorship)) + " |\n";
        }
        for (const auto& project : portfolio.projects) {
            if (project.verdict != checks::Verdict::pass) {
                text +=
                    "\n### " + md(project.id) + "\n\n" + (project.message.empty() ? "" : md(project.message) + "\n");
                write_failures(text, project);
            }
        }
        if (!portfolio.left_out.empty()) {
            text += "\nNot taken from the portfolio: ";
            for (std::size_t i = 0; i < portfolio.left_out.size(); ++i) {
                text += (i == 0 ? "" : ", ") + md(portfolio.left_out[i]);
            }
            text += "\n";
        }
    }
    if (!report.requirements.empty()) {
        text += "\n## Required\n\n| what | verdict | |\n|---|---|---|\n";
        for (const auto& requirement : report.requirements) {
            text += "| " + md(requirement.asked) + " | " + std::string(to_string(requirement.verdict)) + " | " +
                    md(requirement.message) + " |\n";
        }
    }
    text += "\n## How it was judged\n\n";
    text += "- isolation: " + md(report.isolation) + "\n- mlpath " + report.tool_version + ", SHA-256 `" +
            report.tool_sha256 + "`\n- library " + md(report.library_origin) + ", SHA-256 `" + report.library_sha256 +
            "`\n- again: `" + replace_all(command_line(report), "`", "'") + "`\n";
    return text;
}

}  // namespace mlpath::report
