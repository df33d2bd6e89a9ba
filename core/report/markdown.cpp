// A summary in Markdown, for a job's summary page or a mail.
#include <algorithm>

#include "base/text.hpp"
#include "report/markdown_text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// Text to be copied as it is: a fence longer than any in it.
std::string code(std::string_view text) {
    std::string fence = "`";
    while (text.find(fence) != std::string_view::npos) {
        fence += '`';
    }
    const auto* gap = fence.size() > 1 ? " " : "";
    return fence + gap + std::string(text) + gap + fence;
}

std::string row_of(const PortfolioReport& portfolio, const ProjectReport& project) {
    const auto begins = "| " + markdown_text(name_of(portfolio, project)) + " | ";
    if (project.standing == Standing::not_demanded) {
        return begins + "not demanded | not judged | |\n";
    }
    if (project.standing == Standing::not_named) {
        return begins + "not proved | not judged | |\n";
    }
    return begins + std::string(to_string(project.verdict)) +
           (project.standing == Standing::not_needed ? ", not needed | " : " | ") + milestones_in_words(project) +
           " | " + std::string(words(project.authorship)) + " |\n";
}

bool has_asides(const ProjectReport& project) {
    return std::ranges::any_of(project.milestones, [](const checks::MilestoneResult& milestone) {
        return std::ranges::any_of(milestone.checks,
                                   [](const checks::CheckResult& check) { return worth_a_look(check.finding); });
    });
}

// What does not pass, and what is to be looked at though it does.
void write_checks(std::string& text, const ProjectReport& project) {
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            if (check.finding.verdict == checks::Verdict::pass && !worth_a_look(check.finding)) {
                continue;
            }
            text += "- **" + markdown_text(milestone.title) + "**, " + markdown_text(check.says) + ": " +
                    std::string(to_string(check.finding.verdict)) + ". " + markdown_text(in_one_line(check)) + "\n";
            if (!check.finding.because.empty()) {
                text += "  Likely cause: " + markdown_text(check.finding.because) + "\n";
            }
            text +=
                check.finding.warning.empty() ? "" : "  **Warning:** " + markdown_text(check.finding.warning) + "\n";
            text += check.finding.drawing.empty() ? "" : "  Spread: " + markdown_text(check.finding.drawing) + "\n";
        }
    }
}

void write_requirements(std::string& text, const Report& report, const PortfolioReport& portfolio) {
    text += portfolio.requirements.empty() ? "" : "\n| required | verdict | |\n|---|---|---|\n";
    for (const auto& requirement : portfolio.requirements) {
        text += "| " + markdown_text(name_of(report, portfolio, requirement)) + " | " +
                std::string(to_string(requirement.verdict)) + " | " + markdown_text(requirement.message) + " |\n";
    }
}

}  // namespace

std::string to_markdown(const Report& report) {
    std::string text = "# Portfolio report: " + markdown_text(verdict_of(report)) + "\n";
    for (const auto& portfolio : report.portfolios) {
        text += "\n## " + markdown_text(portfolio.path) + "\n\n" +
                (portfolio.message.empty() ? "" : markdown_text(portfolio.message) + "\n\n") +
                markdown_text(provenance(portfolio)) + '\n';
        write_requirements(text, report, portfolio);
        text +=
            portfolio.projects.empty() ? "" : "\n| project | verdict | milestones | authorship |\n|---|---|---|---|\n";
        for (const auto& project : portfolio.projects) {
            text += row_of(portfolio, project);
        }
        for (const auto& project : portfolio.projects) {
            const bool is_told = project.verdict != checks::Verdict::pass || has_asides(project);
            if (is_told && !(project.message.empty() && project.milestones.empty())) {
                text += "\n### " + markdown_text(name_of(portfolio, project)) + "\n\n" +
                        (project.message.empty() ? "" : markdown_text(project.message) + "\n");
                write_checks(text, project);
            }
        }
        std::string with;
        for (const auto& project : portfolio.projects) {
            const auto made = made_with(project);
            with += made.empty()
                        ? ""
                        : "- " + markdown_text(name_of(portfolio, project)) + ": " + markdown_text(made) + '\n';
        }
        text += with.empty() ? "" : "\nMade with:\n\n" + with;
        if (!portfolio.left_out.empty()) {
            constexpr std::size_t shown = 50;
            text += "\nNot taken from the portfolio: ";
            for (std::size_t i = 0; i < portfolio.left_out.size() && i < shown; ++i) {
                text += (i == 0 ? "" : ", ") + markdown_text(portfolio.left_out[i]);
            }
            text += portfolio.left_out.size() > shown
                        ? " and " + std::to_string(portfolio.left_out.size() - shown) + " more\n"
                        : "\n";
        }
    }
    text += "\n## How it was judged\n\n";
    text += "- isolation: " + markdown_text(report.isolation) + "\n- mlpath " + report.tool_version + ", SHA-256 `" +
            report.tool_sha256 + "`\n- library " + markdown_text(report.library_origin) + ", SHA-256 `" +
            report.library_sha256 + "`\n- again: " + code(command_line(report)) + "\n";
    return text;
}

}  // namespace mlpath::report
