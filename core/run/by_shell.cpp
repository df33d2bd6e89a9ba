#include "run/by_shell.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <functional>

#include "system/shell_limits.hpp"

namespace mlpath::run {

namespace {

using system::Limited;

// What Python and numeric libraries say where a limit stopped them.
struct Words {
    Limited what;
    std::string_view said;
};
constexpr std::array words{
    Words{Limited::open_files, "Too many open files"},
    Words{Limited::file_size, "File too large"},
    Words{Limited::address_space, "MemoryError"},
    Words{Limited::address_space, "Cannot allocate memory"},
    Words{Limited::address_space, "Unable to allocate"},
    Words{Limited::address_space, "failed to map segment"},
    Words{Limited::address_space, "can't start new thread"},
    Words{Limited::address_space, "pthread_create failed"},
    Words{Limited::processes, "can't start new thread"},
    Words{Limited::processes, "pthread_create failed"},
    Words{Limited::processes, "Resource temporarily unavailable"},
};

bool tells_of(std::string_view said, Limited what) {
    return std::ranges::any_of(
        words, [&](const Words& each) { return each.what == what && said.find(each.said) != std::string_view::npos; });
}

template <typename Told>
std::optional<ShellsDoing> first_that(const Told& told) {
    for (const auto& limit : system::tight_limits()) {
        if (told(limit)) {
            return ShellsDoing{system::in_words(limit), system::remedy_of(limit)};
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<ShellsDoing> by_shell(const system::ProcessOutcome& outcome) {
    if (outcome.succeeded()) {
        return std::nullopt;
    }
    const auto said = outcome.err.text();
    const bool signalled = outcome.ending == system::Ending::signalled;
    return first_that([&](const system::ShellLimit& limit) {
        if (limit.what == Limited::file_size && signalled && outcome.signal == SIGXFSZ) {
            return true;
        }
        if (limit.what == Limited::processor_time) {
            // The kernel ends it with one of the two; several threads use up their time sooner than a clock tells.
            return signalled && (outcome.signal == SIGXCPU || outcome.signal == SIGKILL) &&
                   (outcome.limits.cpu_seconds == 0 || limit.value < outcome.limits.cpu_seconds);
        }
        return tells_of(said, limit.what);
    });
}

std::optional<ShellsDoing> by_shell(std::string_view raised) {
    return first_that([&](const system::ShellLimit& limit) { return tells_of(raised, limit.what); });
}

}  // namespace mlpath::run
