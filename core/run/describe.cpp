#include <fmt/format.h>

#include <array>
#include <csignal>

#include "base/text.hpp"
#include "base/time.hpp"
#include "run/scheduled.hpp"
#include "run/step.hpp"
#include "run/traceback.hpp"

namespace mlpath::run {

namespace {

struct SignalName {
    int number;
    std::string_view name;
    std::string_view meaning;
};
constexpr std::array signal_names{
    SignalName{SIGSEGV, "SIGSEGV", ""},
    SignalName{SIGABRT, "SIGABRT", ""},
    SignalName{SIGFPE, "SIGFPE", ""},
    SignalName{SIGILL, "SIGILL", ""},
    SignalName{SIGBUS, "SIGBUS", ""},
    SignalName{SIGTERM, "SIGTERM", ""},
    SignalName{SIGINT, "SIGINT", ""},
    SignalName{SIGPIPE, "SIGPIPE", ""},
    SignalName{SIGKILL, "SIGKILL", ", as the system does when memory runs out"},
    SignalName{SIGXFSZ, "SIGXFSZ", ", because it wrote a larger file than is allowed"},
    SignalName{SIGXCPU, "SIGXCPU", ""},
};

std::string said_on_stderr(const system::ProcessOutcome& outcome) {
    const auto text = outcome.err.text();
    if (auto where = raised_at(text); !where.empty()) {
        return where;
    }
    std::string_view last;
    for (const auto line : lines(text)) {
        if (!trim(line).empty()) {
            last = trim(line);
        }
    }
    return shown_line(last);
}

std::string flood(const system::CapturedOutput& output, std::string_view stream) {
    if (output.complete()) {
        return {};
    }
    return "; it printed " + human_bytes(output.total) + " to " + std::string(stream) +
           ", of which only the first and last " + human_bytes(output.tail.size()) + " were kept";
}

}  // namespace

std::string describe(const system::ProcessOutcome& outcome) {
    std::string text;
    const auto after = " after " + human_duration(outcome.wall);
    switch (outcome.ending) {
        case system::Ending::timed_out:
            // As the manifest says it: "60 s", not "1 min 0 s".
            text = fmt::format("did not end within {:g} s and was stopped",
                               std::chrono::duration<double>(outcome.limit).count());
            break;
        case system::Ending::interrupted: text = "was interrupted" + after; break;
        case system::Ending::out_of_memory:
            text = "used more than the " + human_bytes(outcome.limits.memory_bytes) +
                   " of memory that it may use, and was stopped" + after;
            break;
        case system::Ending::out_of_cpu_time:
            text = fmt::format("used more than the {} s of processor time that it may use, and was stopped",
                               outcome.limits.cpu_seconds) +
                   after;
            break;
        case system::Ending::too_much_output:
            return "printed more than the " + human_bytes(outcome.output_limit) +
                   " that it may print, and was stopped" + after;
        case system::Ending::exited: text = "ended with exit code " + std::to_string(outcome.exit_code) + after; break;
        case system::Ending::signalled: {
            const auto* known = signal_names.begin();
            while (known != signal_names.end() && known->number != outcome.signal) {
                ++known;
            }
            text = "was ended by signal " + std::to_string(outcome.signal);
            if (known != signal_names.end()) {
                text += " (" + std::string(known->name) + ")" + after + std::string(known->meaning);
            } else {
                text += after;
            }
        }
    }
    if (outcome.ending == system::Ending::exited && outcome.exit_code != 0) {
        if (const auto said = said_on_stderr(outcome); !said.empty()) {
            text += ": " + said;
        }
    }
    return text + flood(outcome.out, "stdout") + flood(outcome.err, "stderr");
}

namespace {

// Scratch folders of ours are sized, others as full as the machine has them.
bool met_a_full_disk(const system::ProcessOutcome& outcome) {
    const auto said = outcome.err.text();
    return outcome.exit_code != 0 && (said.find("No space left on device") != std::string::npos ||
                                      said.find("Disk quota exceeded") != std::string::npos);
}

}  // namespace

bool ran_short(const system::ProcessOutcome& outcome) {
    switch (outcome.ending) {
        case system::Ending::exited: return lacked_resources(outcome) || met_a_full_disk(outcome);
        case system::Ending::too_much_output:
        case system::Ending::signalled: return lacked_resources(outcome);
        case system::Ending::timed_out:
        case system::Ending::interrupted:
        case system::Ending::out_of_memory:
        case system::Ending::out_of_cpu_time: return true;
    }
    return true;
}

}  // namespace mlpath::run
