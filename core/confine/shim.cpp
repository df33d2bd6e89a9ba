// The door by which a warm interpreter (core/run/python/warm.py) starts programs under the same confinement as those
// that are started cold. A shared object of its own, embedded in the binary, loaded by ctypes.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "confine/beginning.hpp"

// Where glibc keeps what the kernel tells a thread about itself (restartable sequences).
extern "C" {
extern const std::ptrdiff_t __rseq_offset __attribute__((weak));
extern const unsigned int __rseq_size __attribute__((weak));
}

namespace {

constexpr int control = 5;
constexpr int gift = 6;
constexpr int helper = 7;
constexpr int first_free = 8;

// What a program is started with.
struct Start {
    const int* given;  // stdin, stdout, stderr, control, gift, and where it talks its descriptors 3 and 4
    int talks;
    const char* folder;
    int helper;
};

// In the new supervisor: the numbers that the program, and we, expect; all others are closed.
void take_places(const void* with) {
    const auto& start = *static_cast<const Start*>(with);
    constexpr int high = 100;
    const std::array<int, 8> numbers{0, 1, 2, control, gift, helper, 3, 4};
    const std::array<int, 8> from{start.given[0],
                                  start.given[1],
                                  start.given[2],
                                  start.given[3],
                                  start.given[4],
                                  start.helper,
                                  start.talks != 0 ? start.given[5] : -1,
                                  start.talks != 0 ? start.given[6] : -1};
    for (int i = 0; i < static_cast<int>(from.size()); ++i) {
        if (from[static_cast<std::size_t>(i)] >= 0) {
            ::dup2(from[static_cast<std::size_t>(i)], high + i);
        }
    }
    for (int i = 0; i < static_cast<int>(from.size()); ++i) {
        if (from[static_cast<std::size_t>(i)] >= 0) {
            ::dup2(high + i, numbers[static_cast<std::size_t>(i)]);
        } else {
            ::close(numbers[static_cast<std::size_t>(i)]);
        }
    }
    if (::syscall(SYS_close_range, first_free, ~0U, 0) != 0) {  // an old kernel, or a container that knows no such call
        const auto most = static_cast<int>(std::max(::sysconf(_SC_OPEN_MAX), long{1024}));
        for (int descriptor = first_free; descriptor < std::min(most, 1 << 16); ++descriptor) {
            ::close(descriptor);
        }
    }
    static_cast<void>(!::chdir(start.folder));  // in a world of its own it is entered later
}

// A fork of one that shares memory is not known to the kernel by the place of its thread; a fresh process is.
void register_sequences() {
#if defined(__x86_64__)
    constexpr unsigned int signature = 0x53053053;
    constexpr unsigned int least_size = 32;
    if (&__rseq_size != nullptr && __rseq_size != 0) {
        auto* area = static_cast<char*>(__builtin_thread_pointer()) + __rseq_offset;
        ::syscall(SYS_rseq, area, least_size, 0, signature);
    }
#endif
}

}  // namespace

extern "C" {

// Starts a program and returns twice: in the calling process with -1 (-2: it could not), and in the program's process,
// confined, with a descriptor: closing it says that the program runs. `open_helper`: of the program of helper.cpp.
__attribute__((visibility("default"))) int mlpath_begin(const char* bytes, std::size_t size, const int* given,
                                                        int talks, const char* folder, int open_helper) {
    constexpr int begun_beside = -1;
    constexpr int not_begun = -2;
    const auto confinement = mlpath::confine::decode({bytes, size});
    if (!confinement) {
        return not_begun;
    }
    const Start start{.given = given, .talks = talks, .folder = folder, .helper = open_helper};
    const auto beside = mlpath::confine::begin_beside({.control = control,
                                                       .gift = gift,
                                                       .first_closed = talks != 0 ? control : 3,
                                                       .confinement = &*confinement,
                                                       .helper = helper},
                                                      take_places, &start);
    if (!beside.program) {
        return beside.error == 0 ? begun_beside : not_begun;
    }
    register_sequences();
    for (const int ours : {control, gift, helper}) {
        ::close(ours);
    }
    return beside.program->descriptor();
}
}
