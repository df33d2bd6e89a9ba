#include <algorithm>
#include <cmath>

#include "base/figures.hpp"
#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"
#include "json/document.hpp"
#include "library/brief_words.hpp"
#include "run/causes.hpp"

namespace mlpath::checks {

namespace {

// Numbers may differ by the tolerance; everything else, and the shape, must be equal.
bool same_json(const Json& a, const Json& b, double tolerance) {
    if (a.is_number() && b.is_number()) {
        return std::abs(a.get<double>() - b.get<double>()) <= tolerance;
    }
    if (a.is_array() && b.is_array()) {
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const Json& x, const Json& y) {
                   return same_json(x, y, tolerance);
               });
    }
    if (a.is_object() && b.is_object()) {
        if (a.size() != b.size()) {
            return false;
        }
        for (const auto& [key, value] : a.items()) {
            if (!b.contains(key) || !same_json(value, b.at(key), tolerance)) {
                return false;
            }
        }
        return true;
    }
    return a.type() == b.type() && a == b;
}

// With the numbers in it as short as people read them.
Json with_figures(const Json& value, int digits) {
    if (value.is_number_float()) {
        return Json::parse(figure(value.get<double>(), digits), nullptr, false);
    }
    auto shown = value;
    if (value.is_structured()) {
        for (auto& part : shown) {
            part = with_figures(part, digits);
        }
    }
    return shown;
}

// Both as a person reads them: with as few digits as tell them apart.
std::pair<std::string, std::string> told_apart(const Json& wanted, const Json& got) {
    std::pair<std::string, std::string> told;
    for (const int digits : {3, 6, 9, 12, 15, all_digits}) {
        told = {with_figures(wanted, digits).dump(), with_figures(got, digits).dump()};
        if (told.first != told.second) {
            break;
        }
    }
    return told;
}

Result<std::optional<Finding>> meets_pointer(const Json& expectation, const std::string& text,
                                             const std::string& stream, const std::string& command) {
    const auto pointer = expectation.at("pointer").get<std::string>();
    auto parsed = json::parse(text, stream);
    if (!parsed.ok()) {
        auto finding = failed("`" + command + "` did not print JSON",
                              "Something else is printed beside it, or it is printed as Python writes it; "
                              "`print(json.dumps(…))` writes JSON (" +
                                  parsed.faults.front().message + ").");
        return std::optional(finding);
    }
    const Json::json_pointer where(pointer);
    const auto& value = parsed.document.value;
    const auto& wanted = expectation.at("equals");
    if (!value.contains(where) || !same_json(value.at(where), wanted, expectation.value("tolerance", 0.0))) {
        auto finding = failed("`" + command + "` printed JSON in which " + library::place_in_words(pointer) +
                              " is not what it should be");
        const auto [expected, actual] = told_apart(wanted, value.contains(where) ? value.at(where) : Json());
        finding.expected = expected;
        finding.actual = value.contains(where) ? shortened(actual) : "nothing there";
        return std::optional(finding);
    }
    return std::optional<Finding>();
}

Result<std::optional<Finding>> meets(const Json& expectation, const std::string& text, const std::string& stream,
                                     const std::string& command) {
    std::optional<Finding> finding;
    if (expectation.contains("pointer")) {
        MLPATH_TRY(finding, meets_pointer(expectation, text, stream, command));
    } else {
        const bool wanted = expectation.contains("matches");
        const auto expression = expectation.at(wanted ? "matches" : "lacks").get<std::string>();
        MLPATH_TRY(const auto pattern, Pattern::compile(expression));
        if (pattern.found_in(text) != wanted) {
            // The pattern is how the author asks; what the learner has to know stands in `says`.
            finding = failed("`" + command + "` printed " +
                             (wanted ? "something different on " : "what it should not on ") + stream);
            finding->actual = trim(text).empty() ? "nothing" : "";
        }
    }
    if (finding) {
        finding->message +=
            expectation.contains("says") ? ": " + expectation.at("says").get<std::string>() : std::string();
        finding->because = expectation.value("because", finding->because);
    }
    return finding;
}

// Where a command was to fail in its own words, an exception about the very argument that it was given ("No such file
// or directory: 'absent.txt'") is what the author foresaw, and no mishap.
bool is_about_an_argument(std::string_view raised, const std::vector<std::string>& argv) {
    return std::ranges::any_of(argv, [&](const std::string& word) { return raised.ends_with(": '" + word + "'"); });
}

}  // namespace

Result<Finding> judge_command(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const auto& fields = check.fields;
    const auto argv = fields.at("run").get<std::vector<std::string>>();
    const auto command = library::as_typed(argv);
    const auto program = program_of(argv);
    if (const auto met = evaluation.hangs().of(program)) {
        return not_tried_again(*met);
    }
    const auto doubt = evaluation.hangs().doubt(program);
    const auto limit = fields.value("seconds", 10.0);
    MLPATH_TRY(auto place, evaluation.workplace());
    for (const auto& [name, from] : fields.value("files", std::map<std::string, std::string>())) {
        MLPATH_TRY(auto bytes, template_file(evaluation, from));
        MLPATH_CHECK(place.lay({name, std::move(bytes), {}}));
    }
    auto input = fields.value("stdin", std::string());
    if (fields.contains("stdin_file")) {
        MLPATH_TRY(input, template_file(evaluation, fields.at("stdin_file").get<std::string>()));
    }
    auto beside = evaluation.input().beside;
    for (auto& [name, value] : fields.value("env", std::map<std::string, std::string>())) {
        beside.environment[name] = std::move(value);
    }
    MLPATH_TRY(const auto outcome,
               evaluation.input().runner.run_command(argv, std::move(input), beside, doubt ? short_wait(limit) : limit,
                                                     place, evaluation.input().stop));
    evaluation.hear(outcome.err.text());
    if (outcome.ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (ran_out_of_time(outcome)) {
        if (doubt) {
            evaluation.hangs().note_again(program, *doubt);
            return not_waited_for_again(*doubt);
        }
        evaluation.hangs().note(program, Hangs::in_check(check.id));
    }
    const auto wanted_exit = fields.value("exit", 0);
    if (outcome.ending != system::Ending::exited || outcome.exit_code != wanted_exit) {
        auto finding = step_failed({.command = command,
                                    .process = outcome,
                                    .cause = run::cause_of(outcome, run::scene_of(evaluation.project(), place))});
        if (finding.verdict == Verdict::error) {
            return finding;
        }
        finding.message = "`" + command + "` " + run::describe(outcome);
        finding.expected = "exit code " + std::to_string(wanted_exit);
        // Another exit code is what the check asked about, unless the program was to end well, or never came so far.
        const auto raised = run::raised(outcome.err.text());
        finding.decided = outcome.ending == system::Ending::exited && wanted_exit != 0 &&
                          (raised.empty() || is_about_an_argument(raised, argv));
        if (finding.decided) {
            finding.because.clear();
        }
        return finding;
    }
    for (const auto& [stream, output] : {std::pair{"stdout", &outcome.out}, std::pair{"stderr", &outcome.err}}) {
        for (const auto& expectation : fields.value(stream, Json::array())) {
            MLPATH_TRY(auto finding, meets(expectation, output->text(), stream, command));
            if (finding) {
                show(*finding, outcome);
                return *finding;
            }
        }
    }
    return passed("`" + command + "` did what it should");
}

}  // namespace mlpath::checks
