#include <fmt/format.h>

#include <array>
#include <charconv>
#include <csignal>
#include <optional>

#include "base/text.hpp"
#include "base/time.hpp"
#include "run/scheduled.hpp"
#include "run/step.hpp"
#include "run/traceback.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t max_said = 300;

std::string shortened(std::string_view line) {
    auto text = printable(line);
    if (text.size() > max_said) {
        // Not in the middle of a character.
        std::size_t end = max_said;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text.resize(end);
        text += "…";
    }
    return text;
}

// The file's path as the learner knows it, or nothing where it is none of theirs.
std::optional<std::string_view> learners(std::string_view file) {
    if (const auto place = file.find(std::string("/") + std::string(workplace_prefix)); place != std::string::npos) {
        const auto rest = file.find('/', place + 1);
        return rest == std::string::npos ? std::nullopt : std::optional(file.substr(rest + 1));
    }
    const bool named = !file.empty() && file.front() != '/' && file.front() != '<';
    return named ? std::optional(file.starts_with("./") ? file.substr(2) : file) : std::nullopt;
}

// `  File "/tmp/mlpath-work-x/predict.py", line 12, in main`, after a crash without the second comma
std::optional<SourcePlace> frame_of(std::string_view line) {
    constexpr std::string_view start = "  File \"";
    constexpr std::string_view middle = "\", line ";
    const auto end = line.rfind(middle);
    if (!line.starts_with(start) || end == std::string_view::npos || end < start.size()) {
        return std::nullopt;
    }
    const auto file = learners(line.substr(start.size(), end - start.size()));
    std::size_t number = 0;
    const auto digits = line.substr(end + middle.size());
    if (!file || std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc()) {
        return std::nullopt;
    }
    return SourcePlace{.file = shortened(*file), .line = number};
}

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
    return shortened(last);
}

std::string flood(const system::CapturedOutput& output, std::string_view stream) {
    if (output.complete()) {
        return {};
    }
    return "; it printed " + human_bytes(output.total) + " to " + std::string(stream) +
           ", of which only the first and last " + human_bytes(output.tail.size()) + " were kept";
}

}  // namespace

Raised last_raised(std::string_view text) {
    SourcePlace frame;
    Raised raised;
    bool inside = false;
    bool crashed = false;  // of Python itself: the innermost line comes first, and nothing after it counts
    for (const auto line : lines(text)) {
        if (line.starts_with("Fatal Python error: ")) {
            crashed = true;
            raised = {{}, shortened(line)};
        } else if (crashed) {
            if (auto found = frame_of(line); found && raised.place.file.empty()) {
                raised.place = std::move(*found);
            }
        } else if (!inside && line.starts_with("SyntaxError: ")) {
            raised = {{}, shortened(line)};  // a source that is no text has nothing but this line
        } else if (line.starts_with("Traceback (most recent call last):")) {
            inside = true;
            frame = {};
        } else if (line.starts_with("  File \"")) {
            // A syntax error of the first file has no heading.
            if (!inside) {
                frame = {};
            }
            inside = true;
            if (auto found = frame_of(line)) {
                frame = std::move(*found);
            }
        } else if (inside && !line.empty() && !line.starts_with(' ')) {
            inside = false;
            raised = {frame, shortened(line)};
        }
    }
    return raised;
}

std::string raised_at(std::string_view text) {
    const auto raised = last_raised(text);
    return raised.place.file.empty() ? std::string()
                                     : raised.place.file + ":" + std::to_string(raised.place.line) + ": " + raised.line;
}

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
