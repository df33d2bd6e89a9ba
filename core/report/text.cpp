// The report for a terminal or a log: the overview, then what does not pass in detail, and what passes in a line each.
#include <algorithm>

#include "base/text.hpp"
#include "report/details.hpp"
#include "report/overview.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

using checks::Verdict;

std::string padded(std::string text, std::size_t width) {
    text.append(width > text.size() ? width - text.size() : 0, ' ');
    return text;
}

// Of several portfolios; one alone is told by its own first line.
void write_text_overview(std::string& text, const Report& report) {
    const auto all = portfolios_in_words(report);
    if (all.empty()) {
        return;
    }
    constexpr std::size_t verdict_width = 7;
    constexpr std::size_t most = 30;  // a path that is longer only moves its own line
    const auto rows = overview(report);
    std::size_t path_width = 0;
    std::size_t projects_width = 0;
    for (const auto& row : rows) {
        const auto path = printable(row.portfolio->path).size();
        path_width = path > most ? path_width : std::max(path_width, path);
        projects_width = std::max(projects_width, row.projects.size());
    }
    text += all + "\n";
    for (const auto& row : rows) {
        auto line = "  " + padded(std::string(to_string(row.portfolio->verdict)), verdict_width) + "  " +
                    padded(printable(row.portfolio->path), path_width) + "  " + padded(row.projects, projects_width) +
                    (row.first.empty() ? "" : "  first: " + printable(row.first));
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    text += '\n';
}

void write_check(std::string& text, const checks::CheckResult& check, bool told_above) {
    text += "      " + std::string(to_string(check.finding.verdict)) + "  " + printable(check.id) + ": " +
            (told_above ? "the same as above" : printable(check.finding.message)) + '\n';
    for (const auto& detail : details_of(check.finding)) {
        if (detail.aside || !told_above) {
            text += "        " + std::string(detail.label) + ": " +
                    replace_all(printable_block(trim(detail.text)), "\n", "\n          | ") + '\n';
        }
    }
}

void write_milestone(std::string& text, const checks::MilestoneResult& milestone) {
    text += "    " + std::string(to_string(milestone.verdict)) + "  " + printable(milestone.title) + '\n';
    const auto failed = std::ranges::any_of(milestone.checks, [](const checks::CheckResult& check) {
        return check.finding.verdict == Verdict::fail || check.finding.verdict == Verdict::error;
    });
    std::vector<std::string> waiting;
    const checks::CheckResult* before = nullptr;
    for (const auto& check : milestone.checks) {
        if (failed && check.finding.verdict == Verdict::skipped) {
            waiting.push_back(printable(check.id));
        } else if (is_told(check.finding)) {
            write_check(text, check, before != nullptr && is_same(before->finding, check.finding));
            before = &check;
        }
    }
    if (!waiting.empty()) {
        text += "      skipped  " + join(waiting, ", ") + '\n';
    }
}

void write_text_project(std::string& text, const PortfolioReport& portfolio, const ProjectReport& project) {
    const auto before = as_before(project);
    text += "  " + printable(headline_of(portfolio, project)) + (before.empty() ? "" : " (" + before + ")") + '\n';
    text += project.message.empty() ? "" : "    " + printable(project.message) + '\n';
    for (const auto& milestone : project.milestones) {
        const bool told =
            project.verdict != Verdict::pass ||
            std::ranges::any_of(milestone.checks, [](const auto& check) { return is_told(check.finding); });
        if (told) {
            write_milestone(text, milestone);
        }
    }
}

std::string splits_of(const PortfolioReport& portfolio) {
    std::vector<std::string> splits;
    for (const auto& project : portfolio.projects) {
        for (const auto& [id, seed] : project.seeds) {
            splits.push_back(printable(id) + " " + std::to_string(seed));
        }
    }
    return splits.empty() ? "" : "; seeds of the splits: " + join(splits, ", ");
}

void write_portfolio(std::string& text, const Report& report, const PortfolioReport& portfolio) {
    const auto row = overview_of(portfolio);
    const auto alone = std::ranges::count(portfolio.projects, Standing::demanded, &ProjectReport::standing) < 2;
    text += printable(portfolio.path) + " " + outcome_of(portfolio) + (alone ? "" : ": " + row.projects) + "\n";
    text += portfolio.message.empty() ? "" : "  " + printable(portfolio.message) + "\n";
    if (!portfolio.projects.empty()) {
        text += "  " + provenance(portfolio) + splits_of(portfolio) + "\n";
    }
    for (const auto& requirement : portfolio.requirements) {
        text += "  required " + printable(name_of(report, portfolio, requirement)) + ": " +
                std::string(to_string(requirement.verdict)) + ", " + printable(requirement.message) + '\n';
    }
    for (const auto& project : portfolio.projects) {
        write_text_project(text, portfolio, project);
    }
    if (const auto links = links_told(portfolio); !links.empty()) {
        text += "  " + links + '\n';
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

// What made the results, each thing once, with the projects that it served.
void write_means(std::string& text, const Report& report) {
    std::vector<std::pair<std::string, std::vector<std::string>>> means;
    const auto add = [&](const std::string& what, const std::string& project) {
        auto found = std::ranges::find(means, what, &std::pair<std::string, std::vector<std::string>>::first);
        if (found == means.end()) {
            found = means.insert(means.end(), {what, {}});
        }
        if (std::ranges::find(found->second, project) == found->second.end()) {
            found->second.push_back(project);
        }
    };
    for (const auto& portfolio : report.portfolios) {
        for (const auto& project : portfolio.projects) {
            if (project.python) {
                add(words(*project.python), printable(project.id));
            }
            for (const auto& [id, hash] : project.data_hashes) {
                add(data_in_words(project) + " " + printable(id) + ", SHA-256 " + hash, printable(project.id));
            }
        }
    }
    for (const auto& [what, projects] : means) {
        text += "with " + what + " for " + join(projects, ", ") + '\n';
    }
}

}  // namespace

std::string to_text(const Report& report) {
    std::string text;
    write_text_overview(text, report);
    for (const auto& portfolio : report.portfolios) {
        write_portfolio(text, report, portfolio);
    }
    text += "judged by " + judged_by(report) + '\n';
    write_means(text, report);
    text += "again: " + command_line(report) + '\n';
    text += "verdict: " + verdict_of(report) + '\n';
    return text;
}

}  // namespace mlpath::report
