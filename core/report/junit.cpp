// JUnit XML in the form that Jenkins, GitLab and GitHub's reporters read: one suite a project, one case a check.
// Nothing in it that the schema of Jenkins' xunit plugin does not know (junit-10.xsd): no `file` and `line` of a case,
// which others read; the place begins the body of a failure instead, as in a stack trace, where they look as well.
#include <fmt/format.h>

#include "base/text.hpp"
#include "report/details.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// Element text of XML 1.0, of several lines. `printable_block` has taken the control characters that XML forbids. Line
// ends are written as references: in a log no line is then one that the learner has written.
std::string xml_block(std::string_view text) {
    auto safe = printable_block(text);
    safe = replace_all(std::move(safe), "&", "&amp;");
    safe = replace_all(std::move(safe), "<", "&lt;");
    safe = replace_all(std::move(safe), ">", "&gt;");
    safe = replace_all(std::move(safe), "\"", "&quot;");
    // U+FFFE and U+FFFF are valid UTF-8 and no XML.
    safe = replace_all(std::move(safe), "\xEF\xBF\xBE", "?");
    safe = replace_all(std::move(safe), "\xEF\xBF\xBF", "?");
    return replace_all(std::move(safe), "\n", "&#10;");
}

// An attribute's text, in one line.
std::string xml(std::string_view text) { return xml_block(printable(text)); }

using Time = std::optional<std::chrono::milliseconds>;

std::string time_of(const Time& time) {
    return time ? fmt::format(" time=\"{:.3f}\"", std::chrono::duration<double>(*time).count()) : std::string();
}

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    Time time{};

    void add(checks::Verdict verdict) {
        ++tests;
        failures += verdict == checks::Verdict::fail ? 1 : 0;
        errors += verdict == checks::Verdict::error ? 1 : 0;
        skipped += verdict == checks::Verdict::skipped ? 1 : 0;
    }
    void add(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
        if (other.time) {
            time = time.value_or(std::chrono::milliseconds(0)) + *other.time;
        }
    }
    // Of all suites together the schema knows no `skipped`.
    [[nodiscard]] std::string attributes() const {
        return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
               std::to_string(errors) + "\"" + time_of(time);
    }
};

std::string suite(const Report& report, const std::string& name, const Counts& counts, const std::string& inside) {
    // 2026-11-20T06:27:11, in UTC: the form of JUnit has no zone.
    constexpr std::size_t without_zone = 19;
    const auto begun = report.begun == TimePoint()
                           ? std::string()
                           : " timestamp=\"" + format_time(report.begun).substr(0, without_zone) + '"';
    return "  <testsuite name=\"" + xml(name) + "\"" + counts.attributes() + " skipped=\"" +
           std::to_string(counts.skipped) + '"' + begun + ">\n" + inside + "  </testsuite>\n";
}

struct TestCase {
    std::string class_name{};
    std::string name{};
    checks::Verdict verdict{};
    std::string type{};  // what kind of failure
    std::string message{};
    std::string body{};
    std::string aside{};  // what else its output holds
    Time took{};
};

std::string written(const TestCase& one) {
    const auto text =
        "    <testcase classname=\"" + xml(one.class_name) + "\" name=\"" + xml(one.name) + '"' + time_of(one.took);
    const auto* element = one.verdict == checks::Verdict::fail
                              ? "failure"
                              : (one.verdict == checks::Verdict::error ? "error" : "skipped");
    const auto said = one.aside.empty() ? "" : "\n      <system-out>" + xml_block(one.aside) + "</system-out>";
    if (one.verdict == checks::Verdict::pass) {
        return text + (said.empty() ? "/>\n" : ">" + said + "\n    </testcase>\n");
    }
    const auto type = one.type.empty() ? "" : " type=\"" + xml(one.type) + '"';
    return text + ">\n      <" + element + type + " message=\"" + xml(one.message) + "\">" + xml_block(one.body) +
           "</" + element + ">" + said + "\n    </testcase>\n";
}

std::string body_of(const checks::CheckResult& check, const std::string& where) {
    auto body = (where.empty() ? "" : where + '\n') + check.says + "\n" + printable(check.finding.message) + '\n';
    for (const auto& detail : details_of(check.finding)) {
        body += detail.aside ? "" : std::string(detail.label) + ": " + detail.text + '\n';
    }
    return body;
}

// What is told whatever the verdict.
std::string aside_of(const checks::Finding& finding) {
    std::string aside;
    for (const auto& detail : details_of(finding)) {
        aside += detail.aside ? std::string(detail.label) + ": " + detail.text + '\n' : "";
    }
    return aside;
}

// What a reader needs to believe the verdict, and to come to it again.
std::string properties_of(const Report& report, const PortfolioReport& portfolio, const ProjectReport& project) {
    const auto one = [](std::string_view name, const std::string& value) {
        return "      <property name=\"" + std::string(name) + "\" value=\"" + xml(value) + "\"/>\n";
    };
    auto text = "    <properties>\n" + one("judged_by", judged_by(report)) + one("again", command_line(report)) +
                one("portfolio", provenance(portfolio)) +
                one("truth_protected", report.truth_protected ? "true" : "false") +
                one("authorship", std::string(to_string(project.authorship)));
    if (project.data != library::DataKind::real) {
        text += one("data", std::string(to_string(project.data)));
    }
    if (const auto with = made_with(project); !with.empty()) {
        text += one("made_with", with);
    }
    return text + "    </properties>\n";
}

// What does not count is no failure of the suite: it is skipped, and the message says what it was.
struct Counted {
    checks::Verdict verdict{};
    std::string message{};
};
Counted counted(Standing standing, checks::Verdict verdict, const std::string& message) {
    if (standing == Standing::demanded || verdict == checks::Verdict::pass) {
        return {verdict, message};
    }
    const auto why = standing == Standing::not_needed
                         ? "not needed, as what is demanded holds without it: " + std::string(to_string(verdict))
                         : std::string(standing == Standing::not_named ? "not proved" : "not demanded, so not judged");
    return {checks::Verdict::skipped, why + (message.empty() ? "" : ": " + message)};
}

// `type` of a failure: "KeyError", or the kind of the check.
std::string type_of(const checks::CheckResult& check) {
    const auto& raised = check.finding.raised;
    return raised.empty() ? check.kind : raised.substr(0, raised.find(':'));
}

std::string suite_of(const Report& report, const PortfolioReport& portfolio, const ProjectReport& project,
                     Counts& total) {
    Counts counts{.time = project.took};
    auto inside = properties_of(report, portfolio, project);
    const auto name = name_of(portfolio, project);
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            const auto told = counted(project.standing, check.finding.verdict, check.finding.message);
            counts.add(told.verdict);
            inside += written({.class_name = name + '.' + milestone.id,
                               .name = check.id,
                               .verdict = told.verdict,
                               .type = told.verdict == checks::Verdict::skipped ? std::string() : type_of(check),
                               .message = told.message,
                               .body = body_of(check, where(portfolio, project, checks::place_of(check))),
                               .aside = aside_of(check.finding),
                               .took = check.took});
        }
    }
    if (project.milestones.empty()) {
        const auto told = counted(project.standing, project.verdict, project.message);
        counts.add(told.verdict);
        inside += written({.class_name = name,
                           .name = "judged",
                           .verdict = told.verdict,
                           .message = told.message,
                           .body = path_of(portfolio, project, ".mlpath-project.json") + '\n' + told.message});
    }
    total.add(counts);
    return suite(report, portfolio.path + ": " + name, counts, inside);
}

// A suite of one case that is about no check: a portfolio, or a requirement.
std::string case_about(const std::string& class_name, const std::string& name, checks::Verdict verdict,
                       const std::string& message) {
    return written({.class_name = class_name, .name = name, .verdict = verdict, .message = message, .body = message});
}

// Readers merge cases of one class and name: of several portfolios the class says whose it is.
std::string required_suite_of(const Report& report, const PortfolioReport& portfolio, Counts& total) {
    if (portfolio.requirements.empty()) {
        return {};
    }
    Counts counts;
    std::string cases;
    const auto name = portfolio.path + ": requirements";
    for (const auto& requirement : portfolio.requirements) {
        counts.add(requirement.verdict);
        cases += case_about(report.portfolios.size() > 1 ? name : "requirements", requirement.asked,
                            requirement.verdict, requirement.message);
    }
    total.add(counts);
    return suite(report, name, counts, cases);
}

}  // namespace

std::string to_junit(const Report& report) {
    Counts total;
    std::string suites;
    for (const auto& portfolio : report.portfolios) {
        if (!portfolio.message.empty()) {
            Counts counts;
            counts.add(portfolio.verdict);
            total.add(counts);
            suites += suite(report, portfolio.path, counts,
                            case_about(portfolio.path, "judged", portfolio.verdict, portfolio.message));
        }
        for (const auto& project : portfolio.projects) {
            suites += suite_of(report, portfolio, project, total);
        }
        suites += required_suite_of(report, portfolio, total);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mlpath verify\"" + total.attributes() +
           ">\n" + suites + "</testsuites>\n";
}

}  // namespace mlpath::report
