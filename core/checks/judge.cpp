#include "checks/judge.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "base/time.hpp"
#include "checks/isolated.hpp"
#include "checks/judge_caller.hpp"
#include "checks/judge_lines.hpp"
#include "checks/judge_requests.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

Finding unclear(std::string message) { return {.verdict = Verdict::error, .message = std::move(message)}; }

// What the learner's program has put in the way is its own fault.
std::string lay(const std::string& line, run::Workplace& place) {
    const auto file = read_lay(line);
    if (!file) {
        return untried("the request to lay a file cannot be read");
    }
    const auto laid = place.lay(*file);
    if (laid) {
        return R"({"ok":true})";
    }
    return laid.error().kind == ErrorKind::malformed ? refusal("in_the_way", laid.error().message)
                                                     : untried("a file could not be laid: " + laid.error().message);
}

// What stands between a request and its answer. Only a stop is an Error.
Result<Caller::Answer> answer_to(const std::string& line, const std::string& function, Caller::Patience patience,
                                 Caller& caller, run::Workplace& place) {
    if (!function.empty()) {
        return caller.ask(line, function, patience);
    }
    return Caller::Answer{.line = word_of(line) == "lay" ? lay(line, place)
                                                         : untried("the host does not know this request")};
}

// What may come to something that hung is waited for shortly.
Caller::Patience patience_with(const std::string& function, std::chrono::milliseconds limit, const Hangs& hangs) {
    Caller::Patience patience;
    if (hangs.doubt(function)) {
        patience.call = short_wait(limit);
    }
    if (hangs.doubt(function.substr(0, function.find('.')))) {
        patience.import = short_wait(limit);
    }
    return patience;
}

}  // namespace

Finding judge(const JudgeRequest& request, const run::StepRunner& runner, run::Workplace& place,
              const run::Interpreter& isolated, system::Processes& processes, Hangs& hangs, std::stop_token stop) {
    for (const auto* file : {"judge.py", "caller.py"}) {
        std::error_code error;
        if (!fs::is_regular_file(request.harness / file, error)) {
            return unclear("mlpath's own " + std::string(file) + " is missing from " +
                           printable(request.harness.string()));
        }
    }
    const auto limit = std::chrono::milliseconds(std::llround(std::clamp(request.seconds, 0.0, 1e6) * 1000));
    auto spec = isolated_program(isolated, request.harness, "judge.py",
                                 {request.script.string(), request.function, request.template_root.string()});
    // Behind the limits of each line, the end of a script that never stops asking. Steps take their own time.
    spec.wall_limit = limit + request.grace + std::chrono::minutes(request.requests == nullptr ? 5 : 60);
    const auto conversation = processes.converse(spec, stop);
    if (!conversation) {
        return unclear("the check could not be started: " + conversation.error().message);
    }
    auto& script = **conversation;
    Caller caller(request.harness, runner, place, limit, stop);
    bool in_time = true;
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(caller.deadline() - std::chrono::steady_clock::now());
        const auto line = script.receive_line(std::max(std::chrono::milliseconds(0), left) + request.grace, 128u << 20);
        if (!line) {
            switch (line.error().kind) {
                case ErrorKind::interrupted: return unclear("interrupted");
                case ErrorKind::busy:
                    return unclear("the check script did not end within " + human_duration(limit) + " and " +
                                   human_duration(request.grace));
                default: return unclear("the check script could not be followed: " + line.error().message);
            }
        }
        if (!*line) {
            return unclear("the check script gave no verdict: it " + run::describe(script.finish()));
        }
        if (is_refusal(**line) && request.requests != nullptr && request.requests->refused()) {
            auto finding = *request.requests->refused();
            if (finding.output.empty() && finding.code.empty()) {
                request.requests->show_driven(finding);
            }
            finding.warning = request.requests->warning();
            return finding;
        }
        if (word_of(**line) == "verdict") {
            auto finding = read_verdict(**line, request.scene);
            finding.lasting = finding.lasting && in_time;
            if (finding.verdict == Verdict::fail) {
                finding.output = caller.printed();
            }
            if (request.requests != nullptr) {
                if (finding.verdict == Verdict::fail && finding.output.empty()) {
                    request.requests->show_driven(finding);
                }
                finding.warning = request.requests->warning();
                if (const auto shown = request.requests->run_shown_by(**line)) {
                    show(finding, shown->outcome.process);
                }
            }
            return finding;
        }
        if (request.requests != nullptr) {
            const auto begun = std::chrono::steady_clock::now();
            const auto told = request.requests->answer(word_of(**line), **line);
            if (!told) {
                return unclear(told.error().message);
            }
            if (*told) {
                caller.give_back(std::chrono::steady_clock::now() - begun);
                static_cast<void>(script.send_line(**told));
                continue;
            }
        }
        const auto function = word_of(**line) == "call" ? std::string(name_of(**line)) : std::string();
        if (const auto met = hangs.of(function)) {
            return not_tried_again(*met);
        }
        if (const auto file = function.substr(0, function.find('.')) + ".py";
            std::ranges::find(place.folders(), file) != place.folders().end()) {
            return {.verdict = Verdict::fail,
                    .message = file + " is a folder, where a file belongs",
                    .look = run::folder_advice(file)};
        }
        const auto answer = answer_to(**line, function, patience_with(function, limit, hangs), caller, place);
        if (!answer) {
            return unclear("interrupted");
        }
        in_time = in_time && answer->in_time;
        if (const auto doubt = hangs.doubt(answer->hung)) {
            hangs.note_again(answer->hung, *doubt);
            return not_waited_for_again(*doubt);
        }
        hangs.note(answer->hung, Hangs::in_check(request.check));
        // Where it no longer reads it has ended, which the next line tells.
        static_cast<void>(script.send_line(answer->line));
    }
}

}  // namespace mlpath::checks
