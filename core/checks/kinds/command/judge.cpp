#include <algorithm>

#include "base/text.hpp"
#include "checks/expectation.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"
#include "library/brief_words.hpp"
#include "run/causes.hpp"

namespace mlpath::checks {

namespace {

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
    const auto limit = fields.at("seconds").get<double>();
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
    const auto wanted_exit = fields.at("exit").get<int>();
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
            MLPATH_TRY(auto finding, meets(expectation, output->text(),
                                           {.lacks_it = "`" + command + "` printed something different on " + stream,
                                            .holds_it = "`" + command + "` printed something on " + stream +
                                                        " that does not belong there",
                                            .no_json = "`" + command + "` did not print JSON",
                                            .why_no_json = "Something else is printed beside it, or it is printed as "
                                                           "Python writes it; `print(json.dumps(…))` writes JSON",
                                            .json = "`" + command + "` printed JSON"}));
            if (finding) {
                show(*finding, outcome);
                return *finding;
            }
        }
    }
    return passed("`" + command + "` did what it should");
}

}  // namespace mlpath::checks
