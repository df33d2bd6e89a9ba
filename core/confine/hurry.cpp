// Clocks and waits of a program that run faster than those of the machine, so that patience can be judged without
// waiting for it: a shared object that is loaded before the C library (LD_PRELOAD). libfaketime lacks what Python's own
// locks wait by (sem_clockwait), and a program that waits for one of these then waits for decades.
//
// MLPATH_HURRY="FACTOR START": how much faster, and when that began, in nanoseconds of CLOCK_MONOTONIC. All processes
// with the same words agree on the time. It is for honest programs: whoever does not want it leaves it.

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

#define MLPATH_VISIBLE extern "C" __attribute__((visibility("default")))

namespace {

using Nanoseconds = long long;
constexpr Nanoseconds second = 1'000'000'000;
constexpr long long fastest = 1000;

long long factor = 1;
Nanoseconds start = 0;

// The C library's own, of the same name.
template <typename Function>
Function* next(Function*& known, const char* name) {
    if (known == nullptr) {
        known = reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
    }
    return known;
}

#define MLPATH_NEXT(name)                         \
    ([]() -> decltype(&::name) {                  \
        static decltype(&::name) known = nullptr; \
        return next(known, #name);                \
    }())

__attribute__((constructor)) void read_words() {
    const char* words = ::getenv("MLPATH_HURRY");
    if (words == nullptr) {
        return;
    }
    char* end = nullptr;
    const long long wanted = ::strtoll(words, &end, 10);
    if (wanted >= 1 && wanted <= fastest) {
        start = ::strtoll(end, nullptr, 10);
        factor = wanted;
    }
}

Nanoseconds of(const timespec& time) { return time.tv_sec * second + time.tv_nsec; }

timespec to_timespec(Nanoseconds time) {
    time = time < 0 ? 0 : time;
    return {.tv_sec = time / second, .tv_nsec = time % second};
}

Nanoseconds really(clockid_t clock) {
    timespec now{};
    MLPATH_NEXT(clock_gettime)(clock, &now);
    return of(now);
}

bool tells_the_time(clockid_t clock) {
    switch (clock) {
        case CLOCK_REALTIME:
        case CLOCK_REALTIME_COARSE:
        case CLOCK_MONOTONIC:
        case CLOCK_MONOTONIC_RAW:
        case CLOCK_MONOTONIC_COARSE:
        case CLOCK_BOOTTIME:
        case CLOCK_TAI: return true;
        default: return false;  // processor time
    }
}

Nanoseconds ahead() { return (really(CLOCK_MONOTONIC) - start) * (factor - 1); }

Nanoseconds shown(clockid_t clock) {
    const auto now = really(clock);
    return clock == CLOCK_MONOTONIC ? now + (now - start) * (factor - 1) : now + ahead();
}

// Rounded up, so that nobody comes back too early.
Nanoseconds hurried(Nanoseconds time) { return (time + factor - 1) / factor; }

// When what the program calls `deadline` really comes.
timespec real_deadline(clockid_t clock, const timespec& deadline) {
    const auto left = of(deadline) - shown(clock);
    return to_timespec(really(clock) + (left > 0 ? hurried(left) : 0));
}

int hurried_milliseconds(int time) { return time <= 0 ? time : static_cast<int>((time + factor - 1) / factor); }

// Of a condition nobody can ask which clock it counts by; a machine that has been on since 1970 is none.
clockid_t clock_of(const timespec& deadline) {
    constexpr time_t decades = 1'000'000'000;
    return deadline.tv_sec > decades ? CLOCK_REALTIME : CLOCK_MONOTONIC;
}

timeval to_timeval(Nanoseconds time) {
    return {.tv_sec = time / second, .tv_usec = static_cast<suseconds_t>(time % second / 1000)};
}

Nanoseconds of(const timeval& time) { return time.tv_sec * second + time.tv_usec * 1000; }

}  // namespace

MLPATH_VISIBLE int clock_gettime(clockid_t clock, timespec* now) noexcept {
    const int result = MLPATH_NEXT(clock_gettime)(clock, now);
    if (result == 0 && factor > 1 && tells_the_time(clock)) {
        const auto told = of(*now);
        *now = to_timespec(told + (clock == CLOCK_MONOTONIC ? (told - start) * (factor - 1) : ahead()));
    }
    return result;
}

MLPATH_VISIBLE int gettimeofday(timeval* now, void* zone) noexcept {
    static_cast<void>(zone);
    *now = to_timeval(shown(CLOCK_REALTIME));
    return 0;
}

MLPATH_VISIBLE time_t time(time_t* now) noexcept {
    const auto seconds = shown(CLOCK_REALTIME) / second;
    if (now != nullptr) {
        *now = seconds;
    }
    return seconds;
}

MLPATH_VISIBLE int nanosleep(const timespec* wanted, timespec* left) {
    const auto wait = to_timespec(hurried(of(*wanted)));
    const int result = MLPATH_NEXT(nanosleep)(&wait, left);
    if (result != 0 && left != nullptr) {
        *left = to_timespec(of(*left) * factor);
    }
    return result;
}

MLPATH_VISIBLE int clock_nanosleep(clockid_t clock, int flags, const timespec* wanted, timespec* left) {
    if (!tells_the_time(clock)) {
        return MLPATH_NEXT(clock_nanosleep)(clock, flags, wanted, left);
    }
    const bool until = (flags & TIMER_ABSTIME) != 0;
    const auto wait = until ? real_deadline(clock, *wanted) : to_timespec(hurried(of(*wanted)));
    const int result = MLPATH_NEXT(clock_nanosleep)(clock, flags, &wait, left);
    if (result != 0 && !until && left != nullptr) {
        *left = to_timespec(of(*left) * factor);
    }
    return result;
}

MLPATH_VISIBLE int usleep(useconds_t time) {
    const timespec wanted = to_timespec(static_cast<Nanoseconds>(time) * 1000);
    return nanosleep(&wanted, nullptr);
}

MLPATH_VISIBLE unsigned sleep(unsigned seconds) {
    const timespec wanted{.tv_sec = seconds, .tv_nsec = 0};
    timespec left{};
    return nanosleep(&wanted, &left) == 0 ? 0 : static_cast<unsigned>(left.tv_sec);
}

MLPATH_VISIBLE int setitimer(__itimer_which_t which, const itimerval* wanted, itimerval* before) noexcept {
    itimerval sooner = *wanted;
    if (which == ITIMER_REAL) {
        sooner = {.it_interval = to_timeval(hurried(of(wanted->it_interval))),
                  .it_value = to_timeval(hurried(of(wanted->it_value)))};
    }
    return MLPATH_NEXT(setitimer)(which, &sooner, before);
}

MLPATH_VISIBLE unsigned alarm(unsigned seconds) noexcept {
    const itimerval wanted{.it_interval = {}, .it_value = {.tv_sec = seconds, .tv_usec = 0}};
    static_cast<void>(setitimer(ITIMER_REAL, &wanted, nullptr));
    return 0;
}

MLPATH_VISIBLE int poll(pollfd* those, nfds_t count, int milliseconds) {
    return MLPATH_NEXT(poll)(those, count, hurried_milliseconds(milliseconds));
}

MLPATH_VISIBLE int __poll_chk(pollfd* those, nfds_t count, int milliseconds, std::size_t) {
    return poll(those, count, milliseconds);
}

MLPATH_VISIBLE int ppoll(pollfd* those, nfds_t count, const timespec* wanted, const sigset_t* mask) {
    const auto wait = to_timespec(wanted == nullptr ? 0 : hurried(of(*wanted)));
    return MLPATH_NEXT(ppoll)(those, count, wanted == nullptr ? nullptr : &wait, mask);
}

MLPATH_VISIBLE int select(int count, fd_set* reads, fd_set* writes, fd_set* faults, timeval* wanted) {
    if (wanted == nullptr) {
        return MLPATH_NEXT(select)(count, reads, writes, faults, nullptr);
    }
    auto wait = to_timeval(hurried(of(*wanted)));
    const int result = MLPATH_NEXT(select)(count, reads, writes, faults, &wait);
    *wanted = to_timeval(of(wait) * factor);
    return result;
}

MLPATH_VISIBLE int pselect(int count, fd_set* reads, fd_set* writes, fd_set* faults, const timespec* wanted,
                           const sigset_t* mask) {
    const auto wait = to_timespec(wanted == nullptr ? 0 : hurried(of(*wanted)));
    return MLPATH_NEXT(pselect)(count, reads, writes, faults, wanted == nullptr ? nullptr : &wait, mask);
}

MLPATH_VISIBLE int epoll_wait(int those, epoll_event* events, int most, int milliseconds) {
    return MLPATH_NEXT(epoll_wait)(those, events, most, hurried_milliseconds(milliseconds));
}

MLPATH_VISIBLE int epoll_pwait(int those, epoll_event* events, int most, int milliseconds, const sigset_t* mask) {
    return MLPATH_NEXT(epoll_pwait)(those, events, most, hurried_milliseconds(milliseconds), mask);
}

MLPATH_VISIBLE int sem_timedwait(sem_t* semaphore, const timespec* deadline) {
    const auto sooner = real_deadline(CLOCK_REALTIME, *deadline);
    return MLPATH_NEXT(sem_timedwait)(semaphore, &sooner);
}

MLPATH_VISIBLE int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* deadline) {
    const auto sooner = real_deadline(clock, *deadline);
    return MLPATH_NEXT(sem_clockwait)(semaphore, clock, &sooner);
}

MLPATH_VISIBLE int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* deadline) {
    const auto sooner = real_deadline(clock_of(*deadline), *deadline);
    return MLPATH_NEXT(pthread_cond_timedwait)(condition, mutex, &sooner);
}

MLPATH_VISIBLE int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                          const timespec* deadline) {
    const auto sooner = real_deadline(clock, *deadline);
    return MLPATH_NEXT(pthread_cond_clockwait)(condition, mutex, clock, &sooner);
}
