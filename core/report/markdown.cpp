// A summary in Markdown, for a job's summary page or a mail.
#include <algorithm>

#include "base/text.hpp"
#include "report/details.hpp"
#include "report/markdown_text.hpp"
#include "report/overview.hpp"
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

bool is_worth_telling(const ProjectReport& project) {
    return project.verdict != checks::Verdict::pass ||
           std::ranges::any_of(project.milestones, [](const checks::MilestoneResult& milestone) {
               return std::ranges::any_of(milestone.checks,
                                          [](const checks::CheckResult& check) { return is_told(check.finding); });
           });
}

// What may not be wrapped stands as code: in the line, or as a block where it has several.
std::string value_of(const Detail& detail) {
    if (detail.form == DetailForm::prose) {
        return markdown_text(detail.text);
    }
    const auto block = printable_block(trim(detail.text));
    if (block.find('\n') == std::string::npos) {
        return code(block);
    }
    std::string fence = "```";
    while (block.find(fence) != std::string::npos) {
        fence += '`';
    }
    return "\n\n    " + fence + "text\n    " + replace_all(block, "\n", "\n    ") + "\n    " + fence;
}

// What does not pass, and what is to be looked at though it does. `before`: what was told of the check above.
void write_check(std::string& text, const std::string& place, const checks::MilestoneResult& milestone,
                 const checks::CheckResult& check, const checks::CheckResult* before) {
    const bool same = before != nullptr && is_same(before->finding, check.finding);
    const bool waits = check.finding.verdict == checks::Verdict::skipped;
    text += "- **" + markdown_text(milestone.title) + "**, " + markdown_text(check.says) + ": " +
            std::string(to_string(check.finding.verdict)) + ". " +
            (same ? "The same as above." : markdown_text(check.finding.message)) +
            (same || waits || place.empty() ? "" : " (" + code(place) + ")") + "\n";
    for (const auto& detail : details_of(check.finding)) {
        text += same && !detail.aside ? "" : "  - " + std::string(detail.label) + ": " + value_of(detail) + '\n';
    }
}

void write_checks(std::string& text, const PortfolioReport& portfolio, const ProjectReport& project) {
    for (const auto& milestone : project.milestones) {
        const checks::CheckResult* before = nullptr;
        for (const auto& check : milestone.checks) {
            if (is_told(check.finding)) {
                write_check(text, where(portfolio, project, checks::place_of(check)), milestone, check, before);
                before = &check;
            }
        }
    }
}

void write_markdown_overview(std::string& text, const Report& report) {
    if (report.portfolios.size() < 2) {
        return;  // its own table is short enough
    }
    text += "\n" + portfolios_in_words(report) +
            ".\n\n| portfolio | verdict | projects | first failure |\n|---|---|---|---|\n";
    for (const auto& row : overview(report)) {
        text += "| " + markdown_text(row.portfolio->path) + " | " + std::string(to_string(row.portfolio->verdict)) +
                " | " + row.projects + " | " + markdown_text(row.first) + " |\n";
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
    write_markdown_overview(text, report);
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
            if (is_worth_telling(project) && !(project.message.empty() && project.milestones.empty())) {
                text += "\n### " + markdown_text(name_of(portfolio, project)) + "\n\n" +
                        (project.message.empty() ? "" : markdown_text(project.message) + "\n");
                write_checks(text, portfolio, project);
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
        if (const auto links = links_told(portfolio); !links.empty()) {
            text += '\n' + markdown_text(links) + '\n';
        }
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
