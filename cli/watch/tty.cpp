#include "watch/tty.hpp"

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace mlpath::cli {

bool terminal_is_ours() {
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1 && ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

KeyInput::KeyInput() {
    termios before{};
    if (::tcgetattr(STDIN_FILENO, &before) == 0) {
        m_before = before;
        take();
    }
}

KeyInput::~KeyInput() { give_back(); }

void KeyInput::take() {
    if (m_before) {
        auto raw = *m_before;
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        raw.c_cc[VQUIT] = _POSIX_VDISABLE;  // it would end us without a chance to give the terminal back
        ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
}

void KeyInput::give_back() {
    if (m_before) {
        // What was typed and not read is no command for the shell.
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &*m_before);
    }
}

struct TerminalSignals::State {
    std::shared_ptr<const system::Wake> wake;
    std::atomic<bool> resized = false;
    std::atomic<bool> pause = false;
    std::atomic<bool> resumed = false;
};

TerminalSignals::TerminalSignals(std::shared_ptr<const system::Wake> wake) : m_state(std::make_shared<State>()) {
    m_state->wake = std::move(wake);
    // It waits as long as the process lives, and shares all that it touches.
    std::thread([state = m_state] {
        sigset_t waited;
        sigemptyset(&waited);
        for (const int number : {SIGWINCH, SIGTSTP, SIGCONT}) {
            sigaddset(&waited, number);
        }
        while (true) {
            int number = 0;
            if (sigwait(&waited, &number) != 0) {
                continue;
            }
            (number == SIGWINCH ? state->resized : number == SIGTSTP ? state->pause : state->resumed) = true;
            state->wake->ring();
        }
    }).detach();
}

TerminalSignals::Seen TerminalSignals::take() {
    return {.resized = m_state->resized.exchange(false),
            .pause = m_state->pause.exchange(false),
            .resumed = m_state->resumed.exchange(false)};
}

void TerminalSignals::pause() {
    // Not SIGSTOP: where nobody could resume us (no shell above), the kernel passes SIGTSTP over.
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
    std::raise(SIGTSTP);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
}

}  // namespace mlpath::cli
