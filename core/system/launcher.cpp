#include "system/launcher.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace mlpath::system {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(4);  // with descendants that do not die (another user's, or in the disk)
constexpr rlim_t max_open_files = 4096;

struct Options {
    int control = -1;
    int first_closed = 3;
    rlim_t max_file_bytes = 0;
    const char* program = nullptr;
    char** argv = nullptr;
};

// What is known of the program and of everything that was reaped on its behalf.
struct Watch {
    pid_t program = -1;
    std::optional<int> status{};
    std::uint64_t peak_memory_bytes = 0;
    Clock::time_point started{};
    Clock::time_point ended{};
};

template <typename Number>
bool parse(const char* text, Number& number) {
    const char* end = text + std::strlen(text);
    return std::from_chars(text, end, number).ptr == end;
}

void report(int control, const LauncherReport& what) {
    // So small a message fits into the socket's buffer; where mlpath is gone there is nobody to tell.
    while (::write(control, &what, sizeof what) < 0 && errno == EINTR) {
    }
}

// As many bytes as came before the end.
std::size_t read_all(int descriptor, void* into, std::size_t size) {
    ssize_t got = 0;
    while ((got = ::read(descriptor, into, size)) < 0 && errno == EINTR) {
    }
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

// Nothing that mlpath or its own parent left open may reach the program.
void close_on_exec_from(int first) {
#ifdef __linux__
    DIR* folder = ::opendir("/proc/self/fd");
#else
    DIR* folder = ::opendir("/dev/fd");
#endif
    if (folder == nullptr) {
        for (int descriptor = first; descriptor < 1024; ++descriptor) {
            ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
        return;
    }
    while (const dirent* entry = ::readdir(folder)) {
        int descriptor = -1;
        if (parse(entry->d_name, descriptor) && descriptor >= first) {
            ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
    }
    ::closedir(folder);
}

void lower_limit(int resource, rlim_t wanted) {
    rlimit limit{};
    using Resource = decltype(RLIMIT_CORE);  // an enum of glibc, an int elsewhere
    if (::getrlimit(static_cast<Resource>(resource), &limit) == 0) {
        limit.rlim_max = std::min(limit.rlim_max, wanted);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(static_cast<Resource>(resource), &limit);
    }
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

// In the child, between fork and exec.
[[noreturn]] void become(const Options& options, pid_t launcher, int go_pipe, int failure_pipe) {
    ::setsid();
    char go = 0;
    if (read_all(go_pipe, &go, sizeof go) != sizeof go) {
        ::_exit(127);
    }
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // should the launcher itself be killed
    if (::getppid() != launcher) {
        ::_exit(127);
    }
    // When memory runs out the kernel shall take the program, not mlpath or the user's session.
    if (const int score = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC); score >= 0) {
        static_cast<void>(!::write(score, "500", 3));
        ::close(score);
    }
#else
    static_cast<void>(launcher);
#endif
    lower_limit(RLIMIT_CORE, 0);
    lower_limit(RLIMIT_NOFILE, max_open_files);
    lower_limit(RLIMIT_FSIZE, options.max_file_bytes);
    ::umask(022);
    set_signals(SIG_DFL, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execv(options.program, options.argv);
    const int error = errno;
    static_cast<void>(!::write(failure_pipe, &error, sizeof error));
    ::_exit(127);
}

// Ours must not keep the program's pipes open: their ends are how the program tells that it is done with them.
void let_go_of_pipes(int first_closed) {
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (nothing >= 0) {
            ::dup2(nothing, descriptor);
        }
    }
    for (int descriptor = 3; descriptor < first_closed; ++descriptor) {
        ::close(descriptor);
    }
}

// A pipe that ends at exec, or errno.
int make_pipe(std::array<int, 2>& ends) {
    if (::pipe(ends.data()) != 0) {
        return errno;
    }
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
}

// Returns errno of what failed.
int start(const Options& options, Watch& watch) {
    std::array<int, 2> go{};
    std::array<int, 2> failure{};
    if (const int error = make_pipe(go); error != 0) {
        return error;
    }
    if (const int error = make_pipe(failure); error != 0) {
        return error;
    }
    const pid_t self = ::getpid();
    watch.program = ::fork();
    if (watch.program < 0) {
        return errno;
    }
    if (watch.program == 0) {
        ::close(go[1]);
        become(options, self, go[0], failure[1]);
    }
    ::close(failure[1]);
    report(options.control, {.what = LauncherReport::What::forked, .number = watch.program});
#ifdef __linux__
    ::prctl(PR_SET_DUMPABLE, 0);  // the program may neither trace us nor open our descriptors
#endif
    let_go_of_pipes(options.first_closed);
    watch.started = Clock::now();
    static_cast<void>(!::write(go[1], "g", 1));
    int error = 0;
    const auto got = read_all(failure[0], &error, sizeof error);
    ::close(failure[0]);
    ::close(go[0]);
    ::close(go[1]);
    if (got == 0) {
        return 0;
    }
    ::waitpid(watch.program, nullptr, 0);
    return got == sizeof error ? error : EIO;
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
#ifdef __linux__
        constexpr std::uint64_t unit = 1024;
#else
        constexpr std::uint64_t unit = 1;
#endif
        watch.peak_memory_bytes =
            std::max(watch.peak_memory_bytes, static_cast<std::uint64_t>(std::max(0L, usage.ru_maxrss)) * unit);
        if (child == watch.program) {
            watch.status = status;
            watch.ended = Clock::now();
        }
    }
}

#ifdef __linux__
// Kills our direct children, each with its process group. Only these, because nobody but us can reap them, so that
// their ids cannot have passed to somebody else; their own children become ours and are found the next time. A signal
// to a group reaches all of it at once, which is what ends a fork bomb.
void kill_children() {
    DIR* folder = ::opendir("/proc");
    if (folder == nullptr) {
        return;
    }
    const pid_t self = ::getpid();
    while (const dirent* entry = ::readdir(folder)) {
        pid_t child = 0;
        if (!parse(entry->d_name, child)) {
            continue;
        }
        const std::string path = std::string("/proc/") + entry->d_name + "/stat";
        std::array<char, 512> text{};
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) {
            continue;
        }
        const ssize_t size = ::read(descriptor, text.data(), text.size() - 1);
        ::close(descriptor);
        // pid (name) state ppid pgrp …; the name may hold anything, so look for its last parenthesis.
        const char* after = size > 0 ? std::strrchr(text.data(), ')') : nullptr;
        pid_t parent = 0;
        pid_t group = 0;
        if (after == nullptr || std::sscanf(after, ") %*c %d %d", &parent, &group) != 2 || parent != self) {
            continue;
        }
        if (group > 1 && group != ::getpgrp()) {
            ::kill(-group, SIGKILL);
        }
        ::kill(child, SIGKILL);
    }
    ::closedir(folder);
}
#endif

void kill_tree(const Watch& watch) {
#ifdef __linux__
    kill_children();
    static_cast<void>(watch);
#else
    ::kill(-watch.program, SIGKILL);
    if (!watch.status) {
        ::kill(watch.program, SIGKILL);
    }
#endif
}

// Waits for a child to end or for the control socket. True: the order to end came.
bool wait_for_order(int control, std::optional<std::chrono::milliseconds> at_most) {
    sigset_t none;
    sigemptyset(&none);  // only inside pselect can SIGCHLD arrive, so that none is missed
    fd_set readable;
    FD_ZERO(&readable);
    if (!at_most) {
        FD_SET(control, &readable);
    }
    timespec time{};
    if (at_most) {
        time.tv_nsec = at_most->count() * 1'000'000;
    }
    return ::pselect(control + 1, &readable, nullptr, nullptr, at_most ? &time : nullptr, &none) > 0;
}

LauncherReport watch_over(int control, Watch& watch) {
    LauncherReport end{.what = LauncherReport::What::ended};
    auto left = Left::some;
    while ((left = reap(watch)) == Left::some && !watch.status) {
        if (wait_for_order(control, std::nullopt)) {
            left = reap(watch);
            end.ordered = watch.status ? 0 : 1;
            break;
        }
    }
    const auto deadline = Clock::now() + patience;
    while (left == Left::some && Clock::now() < deadline) {
        kill_tree(watch);
        left = reap(watch);
        if (left == Left::some) {
            static_cast<void>(wait_for_order(control, std::chrono::milliseconds(5)));
            left = reap(watch);
        }
    }
    end.survivors = left == Left::some ? 1 : 0;
    end.number = watch.status.value_or(SIGKILL);
    end.peak_memory_bytes = watch.peak_memory_bytes;
    const auto until = watch.status ? watch.ended : Clock::now();
    end.wall_us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(until - watch.started).count());
    return end;
}

}  // namespace

int launcher_main(int argc, char** argv) {
    Options options;
    if (argc < 7 || !parse(argv[2], options.control) || !parse(argv[3], options.first_closed) ||
        !parse(argv[4], options.max_file_bytes) || options.control < 3 || options.control >= FD_SETSIZE) {
        std::fputs("this command is for mlpath itself: it starts the programs that mlpath runs\n", stderr);
        return 2;
    }
    options.program = argv[5];
    options.argv = argv + 6;
    close_on_exec_from(options.first_closed);
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &children, nullptr);
    set_signals(SIG_IGN, on_child);
#ifdef __linux__
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    // A program may have stopped us; then nobody would see that mlpath is gone. (The kernel sends it when the thread
    // that started us ends, which is why it is no SIGKILL.)
    ::prctl(PR_SET_PDEATHSIG, SIGCONT);
#endif
    Watch watch;
    if (const int error = start(options, watch); error != 0) {
        report(options.control, {.what = LauncherReport::What::failed, .number = error});
        return 1;
    }
    report(options.control, {.what = LauncherReport::What::started});
    report(options.control, watch_over(options.control, watch));
    return 0;
}

}  // namespace mlpath::system
