#include "confine/beginning.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#include <charconv>
#include <climits>
#include <csignal>

#include "base/descriptor.hpp"
#include "confine/landlock.hpp"
#include "confine/name_spaces.hpp"
#include "confine/passing.hpp"
#include "confine/privileges.hpp"
#include "confine/supervisor.hpp"
#include "confine/telling.hpp"
#include "confine/tree.hpp"

namespace mlpath::confine {

namespace {

// Where the job has a helper, the supervisor, and the first process of a world, share the memory of their parent until
// they have become the helper (vfork): so they change nothing there that the parent looks at. The program never shares.

struct Pipes {
    std::array<int, 2> go{-1, -1};
    std::array<int, 2> failure{-1, -1};
    std::array<int, 2> end{-1, -1};
};

using Group = std::optional<MemoryGroup>;

Group group_for(const Limits& limits) {
    return limits.counting == Counting::group && limits.memory_bytes != 0 ? MemoryGroup::make(limits.memory_bytes)
                                                                          : std::nullopt;
}

void open_signals() {
    set_signals(SIG_DFL, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void tell_failure(int pipe, const Trouble& why) {
    put(pipe, why);
    ::_exit(127);
}

// In the program's process, after the fork: the last of what happens before it becomes the program.
void become_confined(const Confinement& confinement, const Pipes& pipes) {
    // When memory runs out the kernel is to end the program, not mlpath or the user's session.
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
    insist(give_up_capabilities(confinement.becomes));
    insist(lay_down_rules(confinement));
    static_cast<void>(end_with_parent(0));  // another user's process has forgotten it
    insist(load_filter(confinement));
}

// The numbers of a helper's words, on the stack: nobody would free what is allocated.
class Word {
public:
    explicit Word(std::uint64_t number) {
        *std::to_chars(m_text.data(), m_text.data() + m_text.size(), number).ptr = 0;
    }
    explicit Word(int number) : Word(static_cast<std::uint64_t>(number)) {}
    [[nodiscard]] char* text() { return m_text.data(); }

private:
    std::array<char, 24> m_text{};
};

template <std::size_t Count>
[[noreturn]] void become_helper(int helper, std::array<char*, Count> words, std::initializer_list<int> kept) {
    for (const int descriptor : kept) {
        ::fcntl(descriptor, F_SETFD, 0);
    }
    ::fcntl(helper, F_SETFD, FD_CLOEXEC);
#ifdef __linux__
    std::array<char*, 1> environment{nullptr};
    ::syscall(SYS_execveat, helper, "", words.data(), environment.data(), AT_EMPTY_PATH);
#endif
    ::_exit(127);
}

[[noreturn]] void go_on_as_first(const Job& job, const Pipes& pipes, pid_t program) {
    let_go_of_pipes(job.first_closed);
    ::close(job.control);
    ::close(job.gift);
    ::close(pipes.failure[1]);
    if (job.helper < 0) {
        be_first(program, pipes.end[1]);
    }
    std::array<char, 6> first{"first"};
    Word number(program);
    Word end(pipes.end[1]);
    become_helper<4>(job.helper, {first.data(), number.text(), end.text(), nullptr}, {pipes.end[1]});
}

// Nobody knows what becomes of us before `go` comes: should the supervisor be gone, it does not.
void wait_for_go(const Pipes& pipes) {
    char go = 0;
    if (take(pipes.go[0], go) != sizeof go) {
        ::_exit(127);
    }
    ::close(pipes.go[0]);
}

// Sockets belong to the network that they were made in: whoever holds one of these connects to what listens in this
// world, from wherever it is.
void give_connections(int gift) {
    for (int given = 0; given < most_connections; given += static_cast<int>(most_passed)) {
        std::array<Descriptor, most_passed> sockets;
        std::vector<int> numbers;
        for (auto& socket : sockets) {
            socket = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            numbers.push_back(socket.get());
        }
        static_cast<void>(pass(gift, {&connection_word, 1}, numbers));
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
        static_cast<void>(pass(job.gift, {&scratch_word, 1}, {folder.get()}));
    }
    if (!job.confinement->folder.empty() && ::fchdir(folder.get()) != 0) {
        tell_failure(pipes.failure[1], trouble("enter", job.confinement->folder));
    }
    folder.close();
    if (job.gift >= 0 && job.confinement->network == Network::loopback) {
        give_connections(job.gift);
    }
    const pid_t program = ::fork();
    if (program < 0) {
        tell_failure(pipes.failure[1], trouble("start a process"));
    }
    if (program > 0) {
        go_on_as_first(job, pipes, program);
    }
}

// Whether the first process of the world becomes the helper, and shares the supervisor's memory until then. The
// supervisor waits for it meanwhile, and cannot tell it to go.
bool shares_memory(const Job& job) { return job.helper >= 0 && job.confinement->walls == Walls::name_spaces; }

// In the child of the supervisor. Returns in the program's process.
[[gnu::noinline]] void go_ahead(const Job& job, const Pipes& pipes, pid_t supervisor, const Group* group,
                                volatile bool* held) {
    ::close(pipes.go[1]);
    ::close(pipes.failure[0]);
    ::close(pipes.end[0]);
    const bool own_world = job.confinement->walls == Walls::name_spaces;
    // In a pid namespace of our own the supervisor has no number.
    if (!end_with_parent(own_world ? 0 : supervisor)) {
        ::_exit(127);
    }
    if (!shares_memory(job)) {
        wait_for_go(pipes);
    } else if (group->has_value()) {
        *held = (*group)->hold_caller();
    }
    if (own_world) {
        make_world(job, pipes);
    }
    if (shares_memory(job)) {
        wait_for_go(pipes);
    }
    ::close(pipes.end[1]);
    ::setsid();
    become_confined(*job.confinement, pipes);
}

[[noreturn]] void give_up(const Job& job, const Trouble& why) {
    put(job.control, Report{.what = Report::What::failed, .trouble = why});
    ::_exit(1);
}

[[noreturn]] void go_on_as_supervisor(const Job& job, const Pipes& pipes, pid_t first, Group group) {
    ::close(pipes.go[0]);
    ::close(pipes.failure[1]);
    ::close(pipes.end[1]);
    if (job.gift >= 0) {
        ::close(job.gift);
    }
    const auto& limits = job.confinement->limits;
    const Supervised all{.control = job.control,
                         .go = pipes.go[1],
                         .failure = pipes.failure[0],
                         .end = pipes.end[0],
                         .first = first,
                         .first_closed = job.first_closed,
                         .memory_bytes = limits.memory_bytes,
                         .cpu_seconds = limits.cpu_seconds};
    if (job.helper < 0) {
        supervise(all, std::move(group));
    }
    std::array<char, 10> name{"supervise"};
    std::array<Word, 9> numbers{Word(all.control),      Word(all.go),          Word(all.failure),
                                Word(all.end),          Word(all.first),       Word(all.first_closed),
                                Word(all.memory_bytes), Word(all.cpu_seconds), Word(shares_memory(job) ? 1 : 0)};
    std::array<char, PATH_MAX> folder{};
    std::array<char, PATH_MAX> events{};
    if (group && group->folder().size() < PATH_MAX && group->events().size() < PATH_MAX) {
        group->folder().copy(folder.data(), PATH_MAX - 1);
        group->events().copy(events.data(), PATH_MAX - 1);
    }
    group.reset();
    become_helper<13>(job.helper,
                      {name.data(), numbers[0].text(), numbers[1].text(), numbers[2].text(), numbers[3].text(),
                       numbers[4].text(), numbers[5].text(), numbers[6].text(), numbers[7].text(), numbers[8].text(),
                       folder.data(), events.data(), nullptr},
                      {all.control, all.go, all.failure, all.end});
}

}  // namespace

void Beginning::failed(const Trouble& why) const { put(m_pipe, why); }

Beginning begin(const Job& job) {
    prepare_supervisor();
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
    const bool own_world = job.confinement->walls == Walls::name_spaces;
    if (own_world) {
        if (const auto failed = leave_for_new_world(*job.confinement)) {
            give_up(job, failed);
        }
    }
    volatile bool held = false;  // in a shared memory the first process of the world sets it
    const pid_t first = shares_memory(job) ? ::vfork() : ::fork();
    if (first < 0) {
        give_up(job, trouble("start a process"));
    }
    if (first > 0) {
        if (group && !(shares_memory(job) ? held : group->hold(first))) {
            group->remove();
            group.reset();
        }
        go_on_as_supervisor(job, pipes, first, std::move(group));
    }
    go_ahead(job, pipes, self, &group, &held);
    if (group) {
        group->forget();
    }
    return Beginning(pipes.failure[1]);
}

Forked begin_beside(const Job& job, void (*prepare)(const void*), const void* with) {
    const pid_t supervisor = ::vfork();
    if (supervisor != 0) {
        return {.error = supervisor < 0 ? errno : 0};
    }
    prepare(with);
    return {.program = begin(job)};
}

}  // namespace mlpath::confine
