// JUnit XML in the form that Jenkins, GitLab and GitHub's reporters read: one suite a project, one case a check.
#include "base/text.hpp"
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

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;

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
    }
    [[nodiscard]] std::string attributes() const {
        return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
               std::to_string(errors) + "\" skipped=\"" + std::to_string(skipped) + "\"";
    }
};

// `file`: where a reader of a failure looks; empty where nothing tells. `aside`: what else its output holds.
std::string case_of(const std::string& class_name, const std::string& name, const std::string& file,
                    checks::Verdict verdict, const std::string& message, const std::string& body,
                    const std::string& aside = {}) {
    std::string text = "    <testcase classname=\"" + xml(class_name) + "\" name=\"" + xml(name) + "\"";
    text += file.empty() ? "" : " file=\"" + xml(file) + "\"";
    const auto* element =
        verdict == checks::Verdict::fail ? "failure" : (verdict == checks::Verdict::error ? "error" : "skipped");
    const auto said = aside.empty() ? "" : "\n      <system-out>" + xml_block(aside) + "</system-out>";
    if (verdict == checks::Verdict::pass) {
        return text + (said.empty() ? "/>\n" : ">" + said + "\n    </testcase>\n");
    }
    return text + ">\n      <" + element + " message=\"" + xml(message) + "\">" + xml_block(body) + "</" + element +
           ">" + said + "\n    </testcase>\n";
}

std::string body_of(const checks::CheckResult& check) {
    std::string body = check.says + "\n" + in_one_line(check) + '\n';
    body += check.finding.because.empty() ? "" : "likely cause: " + check.finding.because + '\n';
    body += check.finding.look.empty() ? "" : "to look further: " + check.finding.look + '\n';
    return body;
}

// What is told whatever the verdict.
std::string aside_of(const checks::Finding& finding) {
    std::string aside = finding.warning.empty() ? "" : "warning: " + finding.warning + '\n';
    return aside + (finding.drawing.empty() ? "" : "spread: " + finding.drawing + '\n');
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

std::string suite_of(const Report& report, const PortfolioReport& portfolio, const ProjectReport& project,
                     Counts& total) {
    Counts counts;
    std::string cases;
    const auto name = name_of(portfolio, project);
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            const auto told = counted(project.standing, check.finding.verdict, check.finding.message);
            counts.add(told.verdict);
            cases += case_of(name + '.' + milestone.id, check.id,
                             check.file.empty() ? "" : path_of(portfolio, project, check.file), told.verdict,
                             told.message, body_of(check), aside_of(check.finding));
        }
    }
    if (project.milestones.empty()) {
        const auto told = counted(project.standing, project.verdict, project.message);
        counts.add(told.verdict);
        cases += case_of(name, "judged", path_of(portfolio, project, ".mlpath-project.json"), told.verdict,
                         told.message, told.message);
    }
    total.add(counts);
    return "  <testsuite name=\"" + xml(portfolio.path + ": " + name) + "\"" + counts.attributes() + ">\n" +
           properties_of(report, portfolio, project) + cases + "  </testsuite>\n";
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
            suites += "  <testsuite name=\"" + xml(portfolio.path) + "\"" + counts.attributes() + ">\n" +
                      case_of(portfolio.path, "judged", "", portfolio.verdict, portfolio.message, portfolio.message) +
                      "  </testsuite>\n";
        }
        for (const auto& project : portfolio.projects) {
            suites += suite_of(report, portfolio, project, total);
        }
    }
    if (!report.requirements.empty()) {
        Counts counts;
        std::string cases;
        for (const auto& requirement : report.requirements) {
            counts.add(requirement.verdict);
            cases += case_of("requirements", requirement.asked, "", requirement.verdict, requirement.message,
                             requirement.message);
        }
        total.add(counts);
        suites += "  <testsuite name=\"requirements\"" + counts.attributes() + ">\n" + cases + "  </testsuite>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mlpath verify\"" + total.attributes() +
           ">\n" + suites + "</testsuites>\n";
}

}  // namespace mlpath::report
