#include "confine/supervisor.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>

#include "base/descriptor.hpp"
#include "confine/landlock.hpp"
#include "confine/memory_group.hpp"
#include "confine/name_spaces.hpp"
#include "confine/passing.hpp"
#include "confine/privileges.hpp"
#include "confine/tree.hpp"

namespace mlpath::confine {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(4);  // with descendants that do not die (another user's, or in the disk)
constexpr auto between_looks = std::chrono::milliseconds(50);  // at what the tree uses

using Group = std::optional<MemoryGroup>;

Group group_for(const Limits& limits) {
    return limits.counting == Counting::group && limits.memory_bytes != 0 ? MemoryGroup::make(limits.memory_bytes)
                                                                          : std::nullopt;
}

// How the program ended, as the first process of its world tells its supervisor.
struct End {
    std::int32_t status = 0;
};

// The pipes of a beginning, in the supervisor's hands.
struct Pipes {
    std::array<int, 2> go{-1, -1};
    std::array<int, 2> failure{-1, -1};
    std::array<int, 2> end{-1, -1};
};

// What is known of the program and of everything that was reaped on its behalf.
struct Watch {
    pid_t first = -1;  // the program, or the first process of its world
    int end_pipe = -1;
    std::optional<int> status{};
    std::uint64_t peak_memory_bytes = 0;
    Clock::time_point started{};
    Clock::time_point ended{};
};

template <typename Value>
void put(int descriptor, const Value& value) {
    // So small a message fits into the buffer; where the reader is gone there is nobody to tell.
    while (::write(descriptor, &value, sizeof value) < 0 && errno == EINTR) {
    }
}

// As many bytes as came before the end.
template <typename Value>
std::size_t take(int descriptor, Value& value) {
    ssize_t got = 0;
    while ((got = ::read(descriptor, &value, sizeof value)) < 0 && errno == EINTR) {
    }
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

constexpr std::array ignored_signals{SIGHUP,  SIGINT,  SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2,
                                     SIGPIPE, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU};

void on_child(int) {}  // its only purpose is to interrupt pselect

// Only the control socket ends us: a program may send its parent any signal it likes.
void set_signals(void (*handler)(int), void (*child_handler)(int)) {
    struct sigaction action{};
    action.sa_handler = handler;
    for (const int signal : ignored_signals) {
        ::sigaction(signal, &action, nullptr);
    }
    action.sa_handler = child_handler;
    ::sigaction(SIGCHLD, &action, nullptr);
}

void open_signals() {
    set_signals(SIG_DFL, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Ours must not keep the program's pipes open: their ends are how the program tells that it is done with them.
void let_go_of_pipes(int first_closed) {
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (nothing >= 0) {
            ::dup2(nothing, descriptor);
        } else {
            ::close(descriptor);
        }
    }
    for (int descriptor = 3; descriptor < first_closed; ++descriptor) {
        ::close(descriptor);
    }
}

[[noreturn]] void tell_failure(int pipe, const Trouble& why) {
    put(pipe, why);
    ::_exit(127);
}

// In the program's process, after the fork: the last of what happens before it becomes the program.
void become_confined(const Confinement& confinement, const Pipes& pipes) {
    // When memory runs out the kernel shall take the program, not mlpath or the user's session.
    if (const Descriptor score(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)); score.is_open()) {
        static_cast<void>(!::write(score.get(), "500", 3));
    }
    limit_resources(confinement.limits);
    ::umask(022);
    open_signals();
    if (confinement.walls == Walls::none) {
        return;
    }
    const auto insist = [&](const Trouble& why) {
        if (why) {
            tell_failure(pipes.failure[1], why);
        }
    };
    insist(become_user(confinement));
    limit_processes(confinement.limits);
    insist(give_up_capabilities());
    insist(lay_down_rules(confinement.rules, confinement.network));
    static_cast<void>(end_with_parent(0));  // another user's process has forgotten it
    insist(load_filter(confinement));
}

// As the first process of the world: waits for the program, reaps whatever is left to it, and ends, which ends all.
[[noreturn]] void be_first(pid_t program, const Pipes& pipes) {
    hide_from_program();
    ::close(pipes.failure[1]);
    while (true) {
        int status = 0;
        const pid_t child = ::waitpid(-1, &status, 0);
        if (child == program) {
            put(pipes.end[1], End{.status = status});
            ::_exit(0);
        }
        if (child < 0 && errno != EINTR) {
            ::_exit(1);
        }
    }
}

// In the first process of the new world. Returns in the program's, its child.
void make_world(const Job& job, const Pipes& pipes) {
    ::setsid();
    Descriptor folder;
    if (const auto failed = build_new_world(*job.confinement, folder)) {
        tell_failure(pipes.failure[1], failed);
    }
    if (job.gift >= 0 && folder.is_open()) {
        static_cast<void>(pass(job.gift, "f", {folder.get()}));
    }
    if (!job.confinement->folder.empty() && ::fchdir(folder.get()) != 0) {
        tell_failure(pipes.failure[1], trouble("enter", job.confinement->folder));
    }
    folder.close();
    const pid_t program = ::fork();
    if (program < 0) {
        tell_failure(pipes.failure[1], trouble("start a process"));
    }
    if (program > 0) {
        let_go_of_pipes(job.first_closed);
        ::close(job.control);
        be_first(program, pipes);
    }
    ::close(pipes.end[1]);
    ::setsid();
}

// In the child of the supervisor. Returns in the program's process.
void go_ahead(const Job& job, const Pipes& pipes, pid_t supervisor) {
    ::close(pipes.go[1]);
    ::close(pipes.failure[0]);
    ::close(pipes.end[0]);
    const bool own_world = job.confinement->walls == Walls::name_spaces;
    char go = 0;
    // In a pid name space of our own the supervisor has no number; should it be gone, `go` does not come.
    if (!end_with_parent(own_world ? 0 : supervisor) || take(pipes.go[0], go) != sizeof go) {
        ::_exit(127);
    }
    ::close(pipes.go[0]);
    if (own_world) {
        make_world(job, pipes);
    } else {
        ::close(pipes.end[1]);
        ::setsid();
    }
    become_confined(*job.confinement, pipes);
}

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
        watch.peak_memory_bytes =
            std::max(watch.peak_memory_bytes, static_cast<std::uint64_t>(std::max(0L, usage.ru_maxrss)) * 1024);
        if (child == watch.first) {
            End end{.status = status};
            static_cast<void>(take(watch.end_pipe, end));  // in a world of its own the first process tells it
            watch.status = end.status;
            watch.ended = Clock::now();
        }
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
Report::Exceeded look_at_usage(const Limits& limits, const Group& group) {
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

Report watch_over(const Job& job, Watch& watch, const Group& group) {
    Report end{.what = Report::What::ended};
    const auto& limits = job.confinement->limits;
    const auto look = limits.memory_bytes != 0 || limits.cpu_seconds != 0 ? std::optional(between_looks) : std::nullopt;
    auto left = Left::some;
    while ((left = reap(watch)) == Left::some && !watch.status) {
        if (wait_for_order(job.control, look)) {
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

// From the fork until the program runs, or until it is known why it does not.
[[noreturn]] void supervise(const Job& job, const Pipes& pipes, pid_t first, Group group) {
    Watch watch{.first = first, .end_pipe = pipes.end[0]};
    const auto remove_group = [&group] {
        if (group) {
            group->remove();
        }
    };
    if (group && !group->hold(first)) {
        remove_group();
        group.reset();
    }
    ::close(pipes.go[0]);
    ::close(pipes.failure[1]);
    ::close(pipes.end[1]);
    put(job.control, Report{.what = Report::What::forked, .number = first, .supervisor = ::getpid()});
    hide_from_program();
    let_go_of_pipes(job.first_closed);
    watch.started = Clock::now();
    static_cast<void>(!::write(pipes.go[1], "g", 1));
    Trouble why;
    const auto told = take(pipes.failure[0], why);
    ::close(pipes.failure[0]);
    ::close(pipes.go[1]);
    if (job.gift >= 0) {
        ::close(job.gift);
    }
    if (told != 0) {
        Report end;
        end_all(watch, end, Left::some);
        why.error = told == sizeof why ? why.error : EIO;
        put(job.control, Report{.what = Report::What::failed, .trouble = why});
        remove_group();
        ::_exit(1);
    }
    put(job.control, Report{.what = Report::What::started});
    const auto end = watch_over(job, watch, group);
    remove_group();  // before mlpath hears of the end: nothing is left then
    put(job.control, end);
    ::_exit(0);
}

[[noreturn]] void give_up(const Job& job, const Trouble& why) {
    put(job.control, Report{.what = Report::What::failed, .trouble = why});
    ::_exit(1);
}

}  // namespace

void Beginning::failed(const Trouble& why) const { put(m_pipe, why); }

Beginning begin(const Job& job) {
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &children, nullptr);
    set_signals(SIG_IGN, on_child);
    adopt_orphans();
    wake_when_parent_ends();
    Pipes pipes;
    for (auto* ends : {&pipes.go, &pipes.failure, &pipes.end}) {
        if (::pipe(ends->data()) != 0) {
            give_up(job, trouble("make a pipe"));
        }
        for (const int descriptor : *ends) {
            ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
    }
    const pid_t self = ::getpid();
    auto group = group_for(job.confinement->limits);
    if (job.confinement->walls == Walls::name_spaces) {
        if (const auto failed = leave_for_new_world()) {
            give_up(job, failed);
        }
    }
    const pid_t first = ::fork();
    if (first < 0) {
        give_up(job, trouble("start a process"));
    }
    if (first > 0) {
        supervise(job, pipes, first, std::move(group));
    }
    if (group) {
        group->forget();
    }
    go_ahead(job, pipes, self);
    return Beginning(pipes.failure[1]);
}

}  // namespace mlpath::confine
