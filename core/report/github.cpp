// Annotations of GitHub Actions: one workflow command a line. What the learner wrote can begin no command of its own.
#include <map>
#include <tuple>

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

struct Annotation {
    std::string_view level{};
    SourcePlace place{};  // no file: of no file; no line: of all of it
    std::string title{};
    std::string message{};
    std::size_t others = 0;  // checks that the same error fails
};

std::string written(const Annotation& annotation) {
    const auto& [level, place, title, message, others] = annotation;
    std::string line = "::" + std::string(level) + " ";
    line += place.file.empty() ? "" : "file=" + property(place.file) + ",";
    line += place.line == 0 ? "" : "line=" + std::to_string(place.line) + ",";
    line += place.line == 0 || place.column == 0 ? "" : "col=" + std::to_string(place.column) + ",";
    const auto also =
        others == 0 ? "" : "\nThe same error fails " + count_of(others, "other check") + " of this project.";
    return line + "title=" + property(title) + "::" + message_text(message + also) + '\n';
}

// The annotations of one project. GitHub shows ten errors of a step, and one mistake often fails many checks: an error
// is told once.
class Annotations {
public:
    void add(const std::string& error, Annotation annotation) {
        const auto [known, is_new] =
            m_known.try_emplace({annotation.place.file, annotation.place.line, error}, m_all.size());
        if (is_new) {
            m_all.push_back(std::move(annotation));
        } else {
            ++m_all[known->second].others;
        }
    }
    [[nodiscard]] bool empty() const { return m_all.empty(); }
    [[nodiscard]] std::string text() const {
        std::string text;
        for (const auto& annotation : m_all) {
            text += written(annotation);
        }
        return text;
    }

private:
    std::vector<Annotation> m_all{};
    std::map<std::tuple<std::string, std::size_t, std::string>, std::size_t> m_known{};
};

std::string_view level_of(Standing standing, checks::Verdict verdict) {
    return standing != Standing::demanded ? "notice" : verdict == checks::Verdict::skipped ? "warning" : "error";
}

std::string message_of(const ProjectReport& project, const checks::CheckResult& check) {
    auto message = in_one_line(check);
    message += check.finding.because.empty() ? "" : "\nlikely cause: " + check.finding.because;
    return message +
           (project.standing == Standing::not_needed ? "\nnot needed: what is demanded holds without it" : "");
}

std::string annotations_of(const PortfolioReport& portfolio, const ProjectReport& project) {
    const auto name = name_of(portfolio, project);
    const SourcePlace marker{.file = path_of(portfolio, project, ".mlpath-project.json")};
    Annotations warnings;
    Annotations errors;
    const checks::CheckResult* waiting = nullptr;
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            const auto& finding = check.finding;
            auto place = checks::place_of(check);
            place.file = place.file.empty() ? marker.file : path_of(portfolio, project, place.file);
            const auto title = name + ": " + milestone.title;
            if (!finding.warning.empty()) {
                warnings.add(finding.warning, {.level = project.standing == Standing::demanded ? "warning" : "notice",
                                               .place = place,
                                               .title = title,
                                               .message = finding.warning});
            }
            if (finding.verdict == checks::Verdict::skipped) {
                waiting = waiting == nullptr ? &check : waiting;  // what it waits for is told
            } else if (finding.verdict != checks::Verdict::pass) {
                errors.add(finding.raised.empty() ? finding.message : finding.raised,
                           {.level = level_of(project.standing, finding.verdict),
                            .place = place,
                            .title = title,
                            .message = message_of(project, check)});
            }
        }
    }
    const auto why = !project.milestones.empty() && waiting != nullptr ? in_one_line(*waiting) : project.message;
    if (errors.empty() && project.verdict != checks::Verdict::pass && !why.empty()) {
        errors.add({}, {.level = level_of(project.standing, project.verdict),
                        .place = marker,
                        .title = name + " " + outcome_of(project),
                        .message = why});
    }
    return warnings.text() + errors.text();
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
            text += written({.level = "error",
                             .title = portfolio.path + " " + outcome_of(portfolio),
                             .message = portfolio.message});
        }
        for (const auto& project : portfolio.projects) {
            text += annotations_of(portfolio, project);
        }
        for (const auto& requirement : portfolio.requirements) {
            if (requirement.verdict != checks::Verdict::pass) {
                text += written({.level = "error",
                                 .title = "required " + name_of(report, portfolio, requirement),
                                 .message = requirement.message});
            }
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
    return text + written({.level = "notice", .title = "mlpath verify", .message = summary});
}

}  // namespace mlpath::report
