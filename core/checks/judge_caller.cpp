#include "checks/judge_caller.hpp"

#include <algorithm>
#include <array>

#include "base/files.hpp"
#include "base/text.hpp"
#include "checks/judge.hpp"
#include "json/json.hpp"
#include "run/by_shell.hpp"
#include "run/causes.hpp"
#include "run/keyboard.hpp"
#include "run/scheduled.hpp"

namespace mlpath::checks {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t max_answer = 33u << 20;  // caller.py itself stops at 32 MiB
constexpr char untried_mark = '!';
// A cold disk and a large library may need that long; more than a slow check may take, an import may too.
constexpr std::chrono::seconds least_for_import{30};

Json refused(std::string_view problem, std::string_view message) {
    return Json{{"ok", false}, {"problem", problem}, {"message", printable(message)}};
}

// Of an answer that tells of a failure: whether this machine had no more to give. Another time it may. What a function
// returns is not looked through.
bool names_a_lack(std::string_view answer) {
    if (!answer.starts_with(R"({"ok":false)")) {
        return false;
    }
    constexpr std::array words{"MemoryError",
                               "Cannot allocate memory",
                               "can't start new thread",
                               "Resource temporarily unavailable",
                               "No space left on device",
                               "Disk quota exceeded"};
    return std::ranges::any_of(words, [&](const char* each) { return answer.find(each) != std::string_view::npos; });
}

// Of an answer that tells of an exception: whether a limit of the shell raised it.
std::optional<std::string> raised_by_shell(std::string_view answer) {
    if (!answer.starts_with(R"({"ok":false,"problem":"raised")")) {
        return std::nullopt;
    }
    const auto shell = run::by_shell(answer);
    return shell ? std::optional("the call failed, which may be by a limit of the shell: " + shell->why + "; " +
                                 shell->remedy)
                 : std::nullopt;
}

double in_seconds(Caller::Time time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

std::string refusal(std::string_view problem, std::string_view message) { return refused(problem, message).dump(); }

std::string untried(std::string_view message) { return untried_mark + printable(message); }

Caller::Time Caller::left() const { return std::max(Time(0), std::chrono::ceil<Time>(m_deadline - Clock::now())); }

std::vector<std::filesystem::path> caller_files(const std::filesystem::path& harness) {
    return {harness / "caller.py", harness / "dying.py"};
}

Status Caller::start() {
    m_imported.clear();
    m_called = false;
    const auto limit = left() + std::max<Time>(least_for_import, m_calls) * 2;
    MLPATH_TRY(auto prepared,
               m_runner.prepare(m_place, {.seconds = in_seconds(limit), .files = caller_files(m_harness)}));
    MLPATH_TRY(m_conversation, m_runner.processes().converse(
                                   {.argv = {m_runner.python().path.string(), (m_harness / "caller.py").string()},
                                    .environment = std::move(prepared.environment),
                                    .folder = m_place.folder(),
                                    .input = {},
                                    .wall_limit = limit,
                                    .output_limit = run::StepRunner::output_limit,
                                    .confinement = std::move(prepared.confinement),
                                    .concurrency = m_concurrency},
                                   m_stop));
    m_place.show_to(m_conversation->folder());
    return {};
}

system::ProcessOutcome Caller::finish() {
    auto outcome = m_conversation->finish();
    m_conversation.reset();
    m_place.show_to(nullptr);
    m_printed = run::shown_of(outcome).output;
    return outcome;
}

std::string Caller::printed() {
    if (m_conversation) {
        finish();
    }
    return m_printed;
}

Caller::Answer Caller::give_up(std::string_view problem) {
    const auto outcome = finish();
    if (const auto shell = run::by_shell(outcome)) {
        return Answer{.line = untried("the call was cut off, which may be by a limit of the shell: " + shell->why +
                                      "; " + shell->remedy),
                      .in_time = false};
    }
    std::string ending;
    std::string because;
    SourcePlace place;
    if (outcome.ending == system::Ending::signalled) {
        ending = "killed by signal " + std::to_string(outcome.signal);
        because = run::cause_of_signal(outcome.signal);
        if (const auto where = run::raised_at(outcome.err.text()); !where.empty()) {
            ending += ", " + where;
            place = run::place_raised(outcome.err.text());
        }
    } else if (outcome.ending == system::Ending::exited) {
        ending = "exit code " + std::to_string(outcome.exit_code);
    } else {
        ending = "it " + run::describe(outcome);
        because = run::cause_of(outcome, {});
    }
    auto told = refused(problem, ending);
    told["because"] = because;
    if (!place.file.empty()) {
        told["file"] = printable(place.file);
        told["line"] = place.line;
    }
    const bool lacking =
        !m_called && outcome.concurrency == system::Concurrency::shared && run::lacked_resources(outcome);
    return Answer{.line = told.dump(), .in_time = !run::ran_short(outcome), .lacking = lacking};
}

std::string Caller::timed_out(const Wait& wait) {
    if (m_conversation) {
        finish();
    }
    auto told = refused("timeout", {});
    told["during"] = wait.during;
    told["seconds"] = in_seconds(wait.limit);
    told["used"] = in_seconds(wait.used);
    constexpr std::uintmax_t most_bytes = 1u << 20;
    const auto source = read_file(m_place.folder() / (wait.what.substr(0, wait.what.find('.')) + ".py"), most_bytes);
    told["because"] =
        run::cause_of_endless(source && run::asks_keyboard(*source) ? run::Asks::keyboard : run::Asks::nothing);
    return told.dump();
}

Result<Caller::Answer> Caller::exchange(std::string_view request, const Wait& wait) {
    auto sent = m_conversation->send_line(request);
    if (!sent && sent.error().kind == ErrorKind::interrupted) {
        return fail(sent.error());
    }
    // Also where it no longer reads it may have answered, such as that the request is more than it takes.
    auto line = m_conversation->receive_line(std::min(wait.limit - wait.used, wait.patience), max_answer);
    if (line && *line) {
        if (const auto why = raised_by_shell(**line)) {
            return Answer{.line = untried(*why), .in_time = false};
        }
        const bool ours = (*line)->starts_with(untried_mark);
        const bool enough = !names_a_lack(**line);
        return Answer{.line = ours ? refusal("unreadable", {}) : std::move(**line), .in_time = enough};
    }
    if (line) {
        return give_up("crashed");
    }
    switch (line.error().kind) {
        case ErrorKind::interrupted: return fail(line.error());
        case ErrorKind::busy:
            // Where the calls before took their part, nobody knows whether it would have come back.
            return Answer{
                .line = timed_out(wait),
                .in_time = false,
                .hung = wait.used > wait.limit / 2 && wait.patience == Time::max() ? std::string() : wait.what};
        case ErrorKind::malformed: return give_up("too_large");
        default: return Answer{.line = untried("the call could not be followed: " + line.error().message)};
    }
}

// As a step that lacked something: once more, by itself. A process that has called something is not tried again, since
// another one would not know what the calls before left in it.
Result<Caller::Answer> Caller::ask(std::string_view request, const std::string& function, Patience patience) {
    auto answer = try_once(request, function, patience);
    if (answer && answer->lacking) {
        m_concurrency = system::Concurrency::exclusive;
        answer = try_once(request, function, patience);
        m_concurrency = system::Concurrency::shared;
    }
    return answer;
}

Result<Caller::Answer> Caller::try_once(std::string_view request, const std::string& function, Patience patience) {
    if (left() == Time(0)) {
        return Answer{.line = timed_out({.during = "before", .limit = m_calls, .used = m_calls}), .in_time = false};
    }
    const auto begun = Clock::now();
    if (!m_conversation) {
        if (const auto started = start(); !started) {
            return Answer{.line = untried("the call could not be tried: " + started.error().message)};
        }
    }
    const auto module = function.substr(0, function.find('.'));
    if (!m_imported.contains(module)) {
        MLPATH_TRY(auto imported, exchange(Json{{"do", "import"}, {"name", module}}.dump(),
                                           {.during = "import",
                                            .what = module,
                                            .limit = std::max<Time>(least_for_import, m_calls),
                                            .patience = patience.import}));
        m_deadline += Clock::now() - begun;
        if (imported.line != R"({"ok":true})") {
            return imported;
        }
        m_imported.insert(module);
    }
    MLPATH_TRY(auto answer, exchange(request, {.during = "call",
                                               .what = function,
                                               .limit = m_calls,
                                               .used = m_calls - left(),
                                               .patience = patience.call}));
    m_called = true;
    return answer;
}

}  // namespace mlpath::checks
