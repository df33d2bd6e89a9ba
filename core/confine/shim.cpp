// The door by which a fork of a warm interpreter (core/run/python/warm.py) reaches the same confinement as a program
// that is started cold. A shared object of its own, embedded in the binary, loaded by ctypes.

#include <cstddef>
#include <string_view>

#include "confine/supervisor.hpp"

extern "C" {

// Forks and returns in the confined program's process alone; the calling process becomes its supervisor and does not
// return. The result is a descriptor: closing it says that the program runs. -1: the bytes are no confinement.
__attribute__((visibility("default"))) int mlpath_begin(const char* bytes, std::size_t size, int control, int gift,
                                                        int first_closed) {
    const auto confinement = mlpath::confine::decode({bytes, size});
    if (!confinement) {
        return -1;
    }
    const auto beginning = mlpath::confine::begin(
        {.control = control, .gift = gift, .first_closed = first_closed, .confinement = &*confinement});
    return beginning.descriptor();
}
}
