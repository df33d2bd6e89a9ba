#include "confine/supervisor.hpp"

#include <sys/resource.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>

#include "confine/telling.hpp"
#include "confine/tree.hpp"

namespace mlpath::confine {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(4);  // with descendants that do not die (another user's, or in the disk)
constexpr auto between_looks = std::chrono::milliseconds(50);  // at what the tree uses

using Group = std::optional<MemoryGroup>;

// What is known of the program and of everything that was reaped on its behalf.
struct Watch {
    pid_t first = -1;  // the program, or the first process of its world
    int end_pipe = -1;
    std::optional<int> status{};
    std::uint64_t peak_memory_bytes = 0;
    Clock::time_point started{};
    Clock::time_point ended{};
};

std::uint64_t peak_of(const rusage& usage) { return static_cast<std::uint64_t>(std::max(0L, usage.ru_maxrss)) * 1024; }

void on_child(int) {}  // its only purpose is to interrupt pselect

enum class Left { some, none };

Left reap(Watch& watch) {
    while (true) {
        int status = 0;
        rusage usage{};
        const pid_t child = ::wait4(-1, &status, WNOHANG, &usage);
        if (child == 0) {
            return Left::some;
        }
        if (child < 0) {
            return errno == ECHILD ? Left::none : Left::some;
        }
        // In a world of its own the first process tells it, and what it used itself, a large one once, does not count.
        End end{.status = status, .peak_memory_bytes = peak_of(usage)};
        if (child == watch.first) {
            static_cast<void>(take(watch.end_pipe, end));
            watch.status = end.status;
            watch.ended = Clock::now();
        }
        watch.peak_memory_bytes = std::max(watch.peak_memory_bytes, end.peak_memory_bytes);
    }
}

// Waits for a child to end or for the control socket. True: the order to end came.
bool wait_for_order(int control, std::optional<std::chrono::milliseconds> at_most) {
    sigset_t none;
    sigemptyset(&none);  // only inside pselect can SIGCHLD arrive, so that none is missed
    fd_set readable;
    FD_ZERO(&readable);
    if (control >= 0) {
        FD_SET(control, &readable);
    }
    timespec time{};
    if (at_most) {
        time.tv_nsec = at_most->count() * 1'000'000;
    }
    return ::pselect(control + 1, &readable, nullptr, nullptr, at_most ? &time : nullptr, &none) > 0;
}

// Of everything below ourselves: what has lost its parents is ours.
Report::Exceeded look_at_usage(const Supervised& limits, const Group& group) {
    if (group && group->overran()) {
        return Report::Exceeded::memory;
    }
    const pid_t top = ::getpid();
    const auto usage = usage_of_tree(top);
    if (!group && limits.memory_bytes != 0 && usage.memory_bytes > limits.memory_bytes &&
        exact_memory_of_tree(top) > limits.memory_bytes) {
        return Report::Exceeded::memory;
    }
    if (limits.cpu_seconds != 0 && usage.cpu_seconds > static_cast<double>(limits.cpu_seconds)) {
        return Report::Exceeded::cpu;
    }
    return Report::Exceeded::nothing;
}

void end_all(Watch& watch, Report& end, Left left) {
    const auto deadline = Clock::now() + patience;
    while (left == Left::some && Clock::now() < deadline) {
        kill_children();
        left = reap(watch);
        if (left == Left::some) {
            static_cast<void>(wait_for_order(-1, std::chrono::milliseconds(5)));
            left = reap(watch);
        }
    }
    end.survivors = left == Left::some ? 1 : 0;
}

Report watch_over(const Supervised& limits, Watch& watch, const Group& group) {
    Report end{.what = Report::What::ended};
    const auto look = limits.memory_bytes != 0 || limits.cpu_seconds != 0 ? std::optional(between_looks) : std::nullopt;
    auto left = Left::some;
    while ((left = reap(watch)) == Left::some && !watch.status) {
        if (wait_for_order(limits.control, look)) {
            left = reap(watch);
            end.ordered = watch.status ? 0 : 1;
            break;
        }
        if (look && !watch.status) {
            end.exceeded = look_at_usage(limits, group);
            if (end.exceeded != Report::Exceeded::nothing) {
                break;
            }
        }
    }
    end_all(watch, end, left);
    if (group && end.exceeded == Report::Exceeded::nothing && group->overran()) {
        end.exceeded = Report::Exceeded::memory;
    }
    end.number = watch.status.value_or(SIGKILL);
    end.peak_memory_bytes = watch.peak_memory_bytes;
    const auto until = watch.status ? watch.ended : Clock::now();
    end.wall_us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(until - watch.started).count());
    return end;
}

}  // namespace

void prepare_supervisor() {
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &children, nullptr);
    set_signals(SIG_IGN, on_child);
    adopt_orphans();
    wake_when_parent_ends();
}

void be_first(std::int32_t program, int end) {
    hide_from_program();
    std::uint64_t peak = 0;
    while (true) {
        int status = 0;
        rusage usage{};
        const pid_t child = ::wait4(-1, &status, 0, &usage);
        peak = std::max(peak, peak_of(usage));
        if (child == program) {
            put(end, End{.status = status, .peak_memory_bytes = peak});
            ::_exit(0);
        }
        if (child < 0 && errno != EINTR) {
            ::_exit(1);
        }
    }
}

void supervise(const Supervised& all, std::optional<MemoryGroup> group) {
    Watch watch{.first = all.first, .end_pipe = all.end};
    const auto remove_group = [&group] {
        if (group) {
            group->remove();
        }
    };
    put(all.control, Report{.what = Report::What::forked, .number = all.first, .supervisor = ::getpid()});
    hide_from_program();
    let_go_of_pipes(all.first_closed);
    watch.started = Clock::now();
    static_cast<void>(!::write(all.go, "g", 1));
    Trouble why;
    const auto told = take(all.failure, why);
    ::close(all.failure);
    ::close(all.go);
    if (told != 0) {
        Report end;
        end_all(watch, end, Left::some);
        why.error = told == sizeof why ? why.error : EIO;
        put(all.control, Report{.what = Report::What::failed, .trouble = why});
        remove_group();
        ::_exit(1);
    }
    put(all.control, Report{.what = Report::What::started});
    const auto end = watch_over(all, watch, group);
    remove_group();  // before mlpath hears of the end: nothing is left then
    put(all.control, end);
    ::_exit(0);
}

}  // namespace mlpath::confine
