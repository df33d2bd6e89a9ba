#include "report/words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::report {

std::string_view verb(checks::Verdict verdict) {
    switch (verdict) {
        case checks::Verdict::pass: return "passes";
        case checks::Verdict::fail: return "fails";
        case checks::Verdict::error: return "could not be judged";
        case checks::Verdict::skipped: return "was skipped";
    }
    return "could not be judged";
}

std::string name_of(const PortfolioReport& portfolio, const ProjectReport& project) {
    if (project.id.empty()) {
        const auto& folder = project.folder.empty() ? portfolio.path : project.folder;
        return folder + (folder.ends_with('/') ? "" : "/");
    }
    const bool usual = project.folder.empty() || project.folder == project.id;
    return usual ? project.id : project.id + " in " + project.folder;
}

std::string path_of(const PortfolioReport& portfolio, const ProjectReport& project, const std::string& file) {
    std::string path;
    for (const auto* part : {&portfolio.from_root, &project.folder, &file}) {
        path += part->empty() ? "" : (path.empty() || path.ends_with('/') ? "" : "/") + *part;
    }
    return path;
}

std::string verdict_of(const Report& report) {
    std::string demanded;
    if (!report.portfolios.empty()) {
        for (const auto& requirement : report.portfolios.front().requirements) {
            demanded += (demanded.empty() ? "" : ", ") + printable(requirement.asked);
        }
    }
    const auto* whose = report.portfolios.size() > 1 ? " (demanded of each: " : " (demanded: ";
    return std::string(to_string(report.verdict)) + (demanded.empty() ? "" : whose + demanded + ")");
}

std::string outcome_of(const PortfolioReport& portfolio) {
    const auto outcome = std::string(verb(portfolio.verdict));
    const auto demanded = std::ranges::count(portfolio.projects, Standing::demanded, &ProjectReport::standing);
    if (demanded == std::ssize(portfolio.projects)) {
        return outcome;
    }
    return outcome + (demanded == 0 ? ": it holds nothing that is demanded" : ", as far as it is demanded");
}

std::string name_of(const Report& report, const PortfolioReport& portfolio, const RequirementReport& requirement) {
    return requirement.asked + (report.portfolios.size() > 1 ? " of " + portfolio.path : "");
}

std::vector<RequirementReport> over_all_portfolios(const Report& report) {
    if (report.portfolios.size() == 1) {
        return report.portfolios.front().requirements;
    }
    std::vector<RequirementReport> all;
    for (const auto& portfolio : report.portfolios) {
        all.resize(portfolio.requirements.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& one = portfolio.requirements[i];
            all[i].asked = one.asked;
            all[i].verdict = checks::worst(all[i].verdict, one.verdict);
            if (one.verdict != checks::Verdict::pass) {
                all[i].message += (all[i].message.empty() ? "" : "; ") + portfolio.path + ": " + one.message;
            }
        }
    }
    for (auto& requirement : all) {
        if (requirement.message.empty()) {
            requirement.message = "it holds for each of the " + count_of(report.portfolios.size(), "portfolio");
        }
    }
    return all;
}

std::string outcome_of(const ProjectReport& project) {
    switch (project.standing) {
        case Standing::demanded: break;
        case Standing::not_needed: return std::string(verb(project.verdict)) + ", and is not needed";
        case Standing::not_demanded: return "is also here, not demanded";
        case Standing::not_named: return "is also here, not proved";
    }
    return std::string(verb(project.verdict));
}

std::string_view words(Authorship authorship) {
    switch (authorship) {
        case Authorship::own: return "own work";
        case Authorship::published: return "the published solution";
        case Authorship::unknown: return "authorship unknown";
    }
    return "authorship unknown";
}

std::string_view on_data(library::DataKind data) {
    return data == library::DataKind::synthetic ? " on synthetic data" : "";
}

std::string milestones_in_words(const ProjectReport& project) {
    const auto passed =
        std::ranges::count(project.milestones, checks::Verdict::pass, &checks::MilestoneResult::verdict);
    return std::to_string(passed) + " of " + count_of(project.milestones.size(), "milestone") +
           std::string(on_data(project.data));
}

std::string headline_of(const PortfolioReport& portfolio, const ProjectReport& project) {
    const auto line = name_of(portfolio, project) + " " + outcome_of(project);
    return project.milestones.empty()
               ? line
               : line + ": " + milestones_in_words(project) + ", " + std::string(words(project.authorship));
}

std::string where(const PortfolioReport& portfolio, const ProjectReport& project, const SourcePlace& place) {
    const auto file = place.file.empty() ? std::string() : printable(path_of(portfolio, project, place.file));
    return file.empty() || place.line == 0 ? file : file + ':' + std::to_string(place.line);
}

std::string in_one_line(const checks::CheckResult& check) {
    std::string line = printable(check.finding.message);
    if (!check.finding.expected.empty()) {
        line += "; expected " + printable(check.finding.expected);
    }
    if (!check.finding.actual.empty()) {
        line += "; found " + printable(check.finding.actual);
    }
    return line;
}

std::string command_line(const Report& report) { return printable(shell_line(report.command)); }

std::string provenance(const PortfolioReport& portfolio) {
    constexpr std::size_t short_id = 12;
    std::string text = "seed " + std::to_string(portfolio.seed) + " (from " + portfolio.seed_from + ")";
    if (portfolio.commit) {
        text += ", commit " + portfolio.commit->substr(0, short_id);
        text += !portfolio.dirty   ? ", perhaps with changes that are not committed"
                : *portfolio.dirty ? ", with changes that are not committed"
                                   : "";
        text += portfolio.commit_note.empty() ? "" : " (" + printable(portfolio.commit_note) + ")";
    }
    return text;
}

std::string links_told(const PortfolioReport& portfolio) {
    constexpr std::size_t shown = 8;
    const auto& links = portfolio.links;
    if (links.empty()) {
        return {};
    }
    const auto named = std::min(links.size(), shown);
    auto text = list_of(std::span(links).first(named));
    text += named < links.size() ? " and " + std::to_string(links.size() - named) + " more" : "";
    return printable(text) +
           (links.size() == 1
                ? " is a link, and no link is followed: put the file or folder itself into its place"
                : " are links, and no link is followed: put the files or folders themselves into their places");
}

std::string as_before(const ProjectReport& project) {
    std::size_t remembered = 0;
    std::size_t all = 0;
    for (const auto& milestone : project.milestones) {
        all += milestone.checks.size();
        remembered += static_cast<std::size_t>(std::ranges::count_if(
            milestone.checks, [](const checks::CheckResult& check) { return check.finding.remembered; }));
    }
    return remembered == 0
               ? std::string()
               : std::to_string(remembered) + " of " + count_of(all, "check") + " as before, from the cache";
}

std::string words(const run::Interpreter& python) {
    std::string packages;
    for (const auto& [name, version] : python.packages) {
        packages += (packages.empty() ? " (" : ", ") + printable(name) + ' ' + printable(version);
    }
    return "Python " + printable(python.version) + (packages.empty() ? "" : packages + ")");
}

std::string data_in_words(const ProjectReport& project) {
    return project.data == library::DataKind::synthetic ? "synthetic data" : "data";
}

std::string made_with(const ProjectReport& project) {
    std::string text;
    if (project.python) {
        text = words(*project.python);
    }
    for (const auto& [id, hash] : project.data_hashes) {
        text += (text.empty() ? "" : "; ") + data_in_words(project) + " " + printable(id) + ": SHA-256 " + hash;
        if (const auto seed = project.seeds.find(id); seed != project.seeds.end()) {
            text += ", seed " + std::to_string(seed->second);
        }
    }
    if (const auto before = as_before(project); !before.empty()) {
        text += (text.empty() ? "" : "; ") + before;
    }
    return text;
}

std::string judged_by(const Report& report) {
    return "mlpath " + report.tool_version + ", SHA-256 " + report.tool_sha256 + "; library " +
           printable(report.library_origin) + ", SHA-256 " + report.library_sha256 +
           "; isolation: " + printable(report.isolation);
}

}  // namespace mlpath::report
