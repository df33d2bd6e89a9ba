// One row a project, for a spreadsheet: RFC 4180, with the mark by which spreadsheets know UTF-8.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "report/overview.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// What a row is about; a portfolio without projects has one without.
struct Line {
    const PortfolioReport& portfolio;
    const ProjectReport* project = nullptr;
    FirstFailure first{};

    [[nodiscard]] bool is_judged() const {
        return project != nullptr &&
               (project->standing == Standing::demanded || project->standing == Standing::not_needed);
    }
    [[nodiscard]] SourcePlace place() const { return first.check == nullptr ? SourcePlace{} : place_of(*first.check); }
};

std::string yes_or_no(std::optional<bool> value) { return !value ? "" : *value ? "yes" : "no"; }

std::string counts(const Line& line) {
    if (line.project == nullptr) {
        return {};
    }
    switch (line.project->standing) {
        case Standing::demanded: return "yes";
        case Standing::not_needed: return "no, not needed";
        case Standing::not_demanded: return "no, not demanded";
        case Standing::not_named: return "no, its library was not named";
    }
    return {};
}

std::string verdict(const Line& line) {
    return line.project == nullptr ? ""
           : line.is_judged()      ? std::string(to_string(line.project->verdict))
                                   : "not judged";
}

std::string passed(const Line& line) {
    return line.project == nullptr || line.project->milestones.empty()
               ? ""
               : std::to_string(std::ranges::count(line.project->milestones, checks::Verdict::pass,
                                                   &checks::MilestoneResult::verdict));
}

std::string milestones(const Line& line) {
    return line.project == nullptr || line.project->milestones.empty()
               ? ""
               : std::to_string(line.project->milestones.size());
}

std::string found(const Line& line) {
    if (line.first.check != nullptr) {
        return in_one_line(*line.first.check);
    }
    return line.project == nullptr ? line.portfolio.message : line.project->message;
}

std::string file(const Line& line) {
    const auto file = line.place().file;
    return file.empty() ? "" : path_of(line.portfolio, *line.project, file);
}

// "project:iris: fail, `iris` is not there; own: pass".
std::string required(const Line& line) {
    std::string text;
    for (const auto& requirement : line.portfolio.requirements) {
        text += (text.empty() ? "" : "; ") + requirement.asked + ": " + std::string(to_string(requirement.verdict));
        text += requirement.verdict == checks::Verdict::pass ? "" : ", " + requirement.message;
    }
    return text;
}

struct Column {
    std::string_view heading;
    std::string (*value)(const Line&);
};
constexpr std::array columns{
    Column{"portfolio", [](const Line& line) { return line.portfolio.path; }},
    Column{"portfolio verdict", [](const Line& line) { return std::string(to_string(line.portfolio.verdict)); }},
    Column{"project",
           [](const Line& line) { return line.project == nullptr ? "" : name_of(line.portfolio, *line.project); }},
    Column{"project verdict", verdict},
    Column{"counts", counts},
    Column{"milestones passed", passed},
    Column{"milestones", milestones},
    Column{"first failure",
           [](const Line& line) { return line.first.milestone == nullptr ? "" : line.first.milestone->title; }},
    Column{"found", found},
    Column{"likely cause",
           [](const Line& line) { return line.first.check == nullptr ? "" : line.first.check->finding.because; }},
    Column{"file", file},
    Column{"line", [](const Line& line) { return line.place().line == 0 ? "" : std::to_string(line.place().line); }},
    Column{"authorship",
           [](const Line& line) { return line.is_judged() ? std::string(words(line.project->authorship)) : ""; }},
    Column{"required", required},
    Column{"commit", [](const Line& line) { return line.portfolio.commit.value_or(""); }},
    Column{"changes not committed", [](const Line& line) { return yes_or_no(line.portfolio.dirty); }},
    Column{"seed", [](const Line& line) { return std::to_string(line.portfolio.seed); }},
    Column{"data", [](const Line& line) { return line.is_judged() ? std::string(to_string(line.project->data)) : ""; }},
};

// A spreadsheet takes a cell for a formula that begins so, also behind blanks; some take the wide forms too.
bool begins_a_formula(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(begin);
    constexpr std::array<std::string_view, 8> signs{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    return std::ranges::any_of(signs, [&](std::string_view sign) { return text.starts_with(sign); });
}

std::string cell(std::string_view text) {
    auto shown = printable(text);
    if (begins_a_formula(shown)) {
        shown.insert(0, "'");
    }
    const bool plain = shown.find_first_of(",;\"") == std::string::npos && trim(shown).size() == shown.size();
    return plain ? shown : '"' + replace_all(shown, "\"", "\"\"") + '"';
}

void write(std::string& text, const Line* line) {
    for (const auto& column : columns) {
        text += &column == columns.data() ? "" : ",";
        text += cell(line == nullptr ? std::string(column.heading) : column.value(*line));
    }
    text += "\r\n";
}

}  // namespace

std::string to_csv(const Report& report) {
    std::string text = "\xEF\xBB\xBF";
    write(text, nullptr);
    for (const auto& portfolio : report.portfolios) {
        for (const auto& project : portfolio.projects) {
            const Line line{portfolio, &project, first_failure(project)};
            write(text, &line);
        }
        if (portfolio.projects.empty()) {
            const Line line{portfolio};
            write(text, &line);
        }
    }
    return text;
}

}  // namespace mlpath::report
