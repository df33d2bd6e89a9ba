// The report for a terminal or a log.
#include "base/text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

void write_check(std::string& text, const checks::CheckResult& check) {
    const auto line = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            text += "        " + std::string(name) + ": " +
                    replace_all(printable_block(trim(value)), "\n", "\n          | ") + '\n';
        }
    };
    text += "      " + std::string(to_string(check.finding.verdict)) + "  " + printable(check.id) + ": " +
            printable(check.finding.message) + '\n';
    if (check.finding.verdict == checks::Verdict::fail || check.finding.verdict == checks::Verdict::error) {
        line("expected", check.finding.expected);
        line("found", check.finding.actual);
        line("likely cause", check.finding.because);
        line("to look further", check.finding.look);
    }
    line("warning", check.finding.warning);
    line("spread", check.finding.drawing);
}

void write_project(std::string& text, const PortfolioReport& portfolio, const ProjectReport& project) {
    text += "  " + printable(name_of(portfolio, project)) + " " + outcome_of(project);
    if (!project.milestones.empty()) {
        text += ": " + milestones_in_words(project) + ", " + std::string(words(project.authorship));
    }
    text += '\n';
    if (!project.message.empty()) {
        text += "    " + printable(project.message) + '\n';
    }
    if (const auto with = made_with(project); !with.empty()) {
        text += "    " + with + '\n';
    }
    for (const auto& milestone : project.milestones) {
        text += "    " + std::string(to_string(milestone.verdict)) + "  " + printable(milestone.title) + '\n';
        for (const auto& check : milestone.checks) {
            if (check.finding.verdict != checks::Verdict::pass || worth_a_look(check.finding)) {
                write_check(text, check);
            }
        }
    }
}

}  // namespace

std::string to_text(const Report& report) {
    std::string text;
    for (const auto& portfolio : report.portfolios) {
        text += printable(portfolio.path) + " " + outcome_of(portfolio) + "\n";
        text += portfolio.message.empty() ? "" : "  " + printable(portfolio.message) + "\n";
        text += "  " + provenance(portfolio) + "\n";
        for (const auto& requirement : portfolio.requirements) {
            text += "  required " + printable(name_of(report, portfolio, requirement)) + ": " +
                    std::string(to_string(requirement.verdict)) + ", " + printable(requirement.message) + '\n';
        }
        for (const auto& project : portfolio.projects) {
            write_project(text, portfolio, project);
        }
        if (!portfolio.left_out.empty()) {
            constexpr std::size_t shown = 8;
            text += "  not taken: ";
            for (std::size_t i = 0; i < portfolio.left_out.size() && i < shown; ++i) {
                text += (i == 0 ? "" : ", ") + printable(portfolio.left_out[i]);
            }
            text += portfolio.left_out.size() > shown
                        ? " and " + std::to_string(portfolio.left_out.size() - shown) + " more\n"
                        : "\n";
        }
    }
    text += "judged by " + judged_by(report) + '\n';
    text += "again: " + command_line(report) + '\n';
    text += "verdict: " + verdict_of(report) + '\n';
    return text;
}

}  // namespace mlpath::report
