#include "checks/judge_caller.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "json/json.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t max_answer = 33u << 20;  // caller.py itself stops at 32 MiB
constexpr std::size_t shown_output = 2000;

std::chrono::milliseconds until(Caller::Moment deadline) {
    const auto left = deadline - std::chrono::steady_clock::now();
    return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

std::string last_of(const std::string& text) {
    return text.size() <= shown_output ? text : text.substr(text.size() - shown_output);
}

}  // namespace

std::string refusal(std::string_view problem, std::string_view message, std::string_view output) {
    return Json{
        {"ok", false}, {"problem", problem}, {"message", printable(message)}, {"output", printable_block(output)}}
        .dump();
}

Status Caller::start(Moment deadline) {
    const auto left = until(deadline);
    MLPATH_TRY(auto confinement, m_runner.confinement_for(m_place, std::chrono::duration<double>(left).count(),
                                                          {m_harness / "caller.py"}));
    MLPATH_TRY(m_conversation,
               m_processes.converse({.argv = {m_runner.python().path.string(), (m_harness / "caller.py").string()},
                                     .environment = m_runner.environment_for(m_place),
                                     .folder = m_place.folder(),
                                     .input = {},
                                     .wall_limit = left + std::chrono::seconds(60),
                                     .confinement = std::move(confinement)},
                                    m_stop));
    m_place.show_to(m_conversation->folder());
    return {};
}

std::string Caller::give_up(std::string_view problem) {
    const auto outcome = m_conversation->finish();
    m_conversation.reset();
    m_place.show_to(nullptr);
    std::string ending;
    if (outcome.ending == system::Ending::signalled) {
        ending = "killed by signal " + std::to_string(outcome.signal);
    } else if (outcome.ending == system::Ending::exited) {
        ending = "exit code " + std::to_string(outcome.exit_code);
    }
    return refusal(problem, ending, last_of(outcome.out.text()) + last_of(outcome.err.text()));
}

Result<std::string> Caller::ask(std::string_view request, Moment deadline) {
    if (until(deadline) == std::chrono::milliseconds(0)) {
        return refusal("timeout", "the time was used up before");
    }
    if (!m_conversation) {
        if (const auto started = start(deadline); !started) {
            return refusal("unavailable", started.error().message);
        }
    }
    auto sent = m_conversation->send_line(request);
    if (!sent && sent.error().kind == ErrorKind::interrupted) {
        return fail(sent.error());
    }
    // Also where it no longer reads it may have answered, such as that the request is more than it takes.
    auto answer = m_conversation->receive_line(until(deadline), max_answer);
    if (answer && *answer) {
        return std::move(**answer);
    }
    if (answer) {
        return give_up("crashed");
    }
    switch (answer.error().kind) {
        case ErrorKind::interrupted: return fail(answer.error());
        case ErrorKind::busy: return give_up("timeout");
        case ErrorKind::malformed: return give_up("too_large");
        default: return give_up("unavailable");
    }
}

}  // namespace mlpath::checks
