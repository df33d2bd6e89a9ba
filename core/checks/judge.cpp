#include "checks/judge.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.hpp"
#include "base/time.hpp"
#include "checks/judge_caller.hpp"
#include "checks/kinds.hpp"
#include "json/document.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t max_text = 20'000;

Finding unclear(std::string message) { return {.verdict = Verdict::error, .message = std::move(message)}; }

// The text behind `key`, read without parsing what may be megabytes: judge.py writes "do" first, and then the "name" of
// what is called.
std::string_view early_text(std::string_view line, std::string_view key) {
    line = line.substr(0, 300);
    const auto found = line.find("\"" + std::string(key) + "\":");
    if (found == std::string_view::npos) {
        return {};
    }
    line = trim(line.substr(found + key.size() + 3));
    const auto end = line.find('"', 1);
    return line.starts_with('"') && end != std::string_view::npos ? line.substr(1, end - 1) : std::string_view();
}

std::string_view word_of(std::string_view line) { return early_text(line, "do"); }

std::optional<Json> read_line(const std::string& line) {
    auto parsed = json::parse(line, "a line of the judge", {.bytes = 128u << 20});
    if (!parsed.ok() || !parsed.document.value.is_object()) {
        return std::nullopt;
    }
    return std::move(parsed.document.value);
}

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) {
        return {};
    }
    auto text = found->get<std::string>();
    if (text.size() > max_text) {
        text.resize(max_text);
        text = printable_block(text) + "…";  // also where the cut went through a character
    }
    return text;
}

Finding read_verdict(const std::string& line, const run::Scene& scene) {
    const auto told = read_line(line);
    const auto verdict = told ? text_of(*told, "verdict") : std::string();
    if (verdict != "pass" && verdict != "fail" && verdict != "error") {
        return unclear("the check script's verdict cannot be read");
    }
    Finding finding{.verdict = verdict == "pass"   ? Verdict::pass
                               : verdict == "fail" ? Verdict::fail
                                                   : Verdict::error,
                    .message = text_of(*told, "message"),
                    .expected = text_of(*told, "expected"),
                    .actual = text_of(*told, "actual"),
                    .because = text_of(*told, "because"),
                    .look = text_of(*told, "look")};
    if (const auto raised = text_of(*told, "raised"); finding.because.empty() && !raised.empty()) {
        finding.because = run::cause_of_exception(raised, scene);
    }
    if (const auto facts = told->find("facts"); facts != told->end() && facts->is_object()) {
        for (const auto& [name, value] : facts->items()) {
            if (value.is_number()) {
                finding.facts[name] = value.get<double>();
            }
        }
    }
    return finding;
}

// What the learner's program has put in the way is its own fault.
std::string lay(const std::string& line, run::Workplace& place) {
    const auto told = read_line(line);
    if (!told || !told->contains("path") || !told->at("path").is_string() || !told->contains("text") ||
        !told->at("text").is_string() || !stays_inside(told->at("path").get<std::string>())) {
        return untried("the request to lay a file cannot be read");
    }
    const auto laid = place.lay({told->at("path").get<std::string>(), told->at("text").get<std::string>(), {}});
    if (laid) {
        return R"({"ok":true})";
    }
    return laid.error().kind == ErrorKind::malformed ? refusal("in_the_way", laid.error().message)
                                                     : untried("a file could not be laid: " + laid.error().message);
}

// What stands between a request and its answer. Only a stop is an Error.
Result<Caller::Answer> answer_to(const std::string& line, const std::string& function, Caller& caller,
                                 run::Workplace& place) {
    if (!function.empty()) {
        return caller.ask(line, function);
    }
    return Caller::Answer{.line = word_of(line) == "lay" ? lay(line, place)
                                                         : untried("the host does not know this request")};
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
    // -S as well: what is installed on this machine has no say in a verdict.
    const auto conversation =
        processes.converse({.argv = {isolated.path.string(), "-I", "-S", "-B", (request.harness / "judge.py").string(),
                                     request.script.string(), request.function, request.template_root.string()},
                            .environment = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}, {"TZ", "UTC"}},
                            .folder = request.harness,
                            .input = {},
                            .wall_limit = limit + request.grace + std::chrono::minutes(5)},
                           stop);
    if (!conversation) {
        return unclear("the check could not be started: " + conversation.error().message);
    }
    auto& script = **conversation;
    Caller caller(request.harness, runner, place, limit, stop);
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
        if (word_of(**line) == "verdict") {
            return read_verdict(**line, request.scene);
        }
        const auto function = word_of(**line) == "call" ? std::string(early_text(**line, "name")) : std::string();
        if (const auto met = hangs.of(function)) {
            return not_tried_again(*met);
        }
        if (const auto file = function.substr(0, function.find('.')) + ".py";
            std::ranges::find(place.folders(), file) != place.folders().end()) {
            return {.verdict = Verdict::fail,
                    .message = file + " is a folder, where a file belongs",
                    .look = run::folder_advice(file)};
        }
        const auto answer = answer_to(**line, function, caller, place);
        if (!answer) {
            return unclear("interrupted");
        }
        hangs.note(answer->hung, request.check);
        // Where it no longer reads it has ended, which the next line tells.
        static_cast<void>(script.send_line(answer->line));
    }
}

}  // namespace mlpath::checks
