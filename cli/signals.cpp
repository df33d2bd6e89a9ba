#include "signals.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <memory>
#include <system_error>
#include <thread>

#include "exit.hpp"
#include "system/shell_limits.hpp"

namespace mlpath::cli {

namespace {

extern "C" void end_at_once(int) { ::_exit(static_cast<int>(Exit::interrupted)); }

void say(const char* text, std::size_t size) {
    if (::isatty(2) == 1) {
        [[maybe_unused]] const auto written = ::write(2, text, size);
    }
}

// Waits in a thread of its own: a handler may do almost nothing, a thread may request a stop.
void wait_for_signals(std::stop_source source, sigset_t waited) {
    int number = 0;
    while (sigwait(&waited, &number) != 0) {
    }
    source.request_stop();
    // Most work stops within a moment; only then is silence worth a word. A terminal that closes and its shell both
    // send a signal, as `timeout` does to a process and its group: the same wish twice, unlike Ctrl-C pressed again.
    const timespec moment{1, 0};
    while (true) {
        const int again = sigtimedwait(&waited, nullptr, &moment);
        if (again == SIGINT) {
            break;
        }
        if (again < 0 && errno == EAGAIN) {
            constexpr char text[] = "\nstopping; press Ctrl-C again to end at once\n";
            say(text, sizeof text - 1);
            while (sigwait(&waited, &number) != 0) {
            }
            break;
        }
    }
    end_at_once(number);
}

}  // namespace

void prepare_process() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of the write, which says so
    system::raise_open_files();
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
            // Opened the wrong way round, so that using it still fails and is reported.
            [[maybe_unused]] const int opened = ::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

std::stop_token handle_interrupts(Interrupt interrupt) {
    if (interrupt == Interrupt::at_once) {
        std::signal(SIGINT, end_at_once);
        std::signal(SIGTERM, end_at_once);
        std::signal(SIGHUP, end_at_once);
        return {};
    }
    // An ignored SIGINT (a job in the background of a script) stays ignored, as nohup and shells expect.
    sigset_t waited;
    sigemptyset(&waited);
    struct sigaction current{};
    if (::sigaction(SIGINT, nullptr, &current) != 0 || current.sa_handler != SIG_IGN) {
        sigaddset(&waited, SIGINT);
    }
    sigaddset(&waited, SIGTERM);
    // A terminal that was closed; nohup ignores it, and then it stays ignored.
    if (::sigaction(SIGHUP, nullptr, &current) != 0 || current.sa_handler != SIG_IGN) {
        sigaddset(&waited, SIGHUP);
    }
    auto blocked = waited;
    if (interrupt == Interrupt::on_screen) {
        for (const int number : {SIGWINCH, SIGTSTP, SIGCONT}) {
            sigaddset(&blocked, number);
        }
    }
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
    std::stop_source source;
    try {
        std::thread(wait_for_signals, source, waited).detach();
    } catch (const std::system_error&) {  // the user may have no more threads; what needs one will say so
        pthread_sigmask(SIG_UNBLOCK, &blocked, nullptr);
        return handle_interrupts(Interrupt::at_once);
    }
    return source.get_token();
}

}  // namespace mlpath::cli
