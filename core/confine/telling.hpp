// What the processes of a beginning tell one another through pipes, and how they are kept from the program's.
#pragma once

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>

namespace mlpath::confine {

// How the program ended, as the first process of its world tells its supervisor.
struct End {
    std::int32_t status = 0;
    std::uint64_t peak_memory_bytes = 0;  // of the largest single process
};
// Told before that by a first process that has become the helper: it is hidden from the program, which may begin.
constexpr char hidden = 'h';

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

// Only the control socket ends us: a program may send its parent any signal it likes.
inline void set_signals(void (*handler)(int), void (*child_handler)(int)) {
    struct sigaction action{};
    action.sa_handler = handler;
    for (const int signal :
         {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU}) {
        ::sigaction(signal, &action, nullptr);
    }
    action.sa_handler = child_handler;
    ::sigaction(SIGCHLD, &action, nullptr);
}

// Ours must not keep the program's pipes open: their ends are how the program tells that it is done with them.
inline void let_go_of_pipes(int first_closed) {
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

}  // namespace mlpath::confine
