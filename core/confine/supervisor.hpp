// Stands between mlpath and a program that it runs: makes the program's world, starts it there in a session of its own,
// watches its limits, and ends every descendant before it leaves. It does so too when its control socket closes, which
// is what happens when mlpath is killed with -9.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "confine/confinement.hpp"
#include "confine/trouble.hpp"

namespace mlpath::confine {

// The stage of a Trouble that is the program's own: it cannot be executed.
inline constexpr std::string_view exec_stage = "execute the program";

// What the supervisor writes to its control socket. Any byte that it reads from there, or its end, is the order to end.
struct Report {
    // The id is told before the program can do anything, such as kill its supervisor; then one of started and failed.
    enum class What : std::uint32_t { forked = 1, started = 2, failed = 3, ended = 4 };
    enum class Exceeded : std::uint32_t { nothing, memory, cpu };
    What what = What::forked;
    std::int32_t number = 0;  // forked: the program's id, or of the first process of its world; ended: the wait status
    std::int32_t supervisor = 0;            // forked: our own id
    std::uint32_t ordered = 0;              // ended: 1 where the order to end came while the program ran
    std::uint32_t survivors = 0;            // ended: 1 where some descendant could not be ended
    Exceeded exceeded = Exceeded::nothing;  // ended: the limit for which the tree was ended
    std::uint64_t peak_memory_bytes = 0;    // ended: of the largest single process
    std::uint64_t wall_us = 0;              // ended: how long the program ran
    Trouble trouble{};                      // failed: why
};

struct Job {
    int control = -1;
    int gift = -1;         // a socket by which the scratch folder's descriptor is handed over; -1: none
    int first_closed = 3;  // descriptors below are the program's; all others must be closed before it runs
    const Confinement* confinement = nullptr;
};

// Forks. Returns in the program's process alone, confined, in `folder`'s world: it should become the program at once,
// and tell `failed` where it cannot. The calling process itself supervises, and ends without returning.
class Beginning {
public:
    explicit Beginning(int pipe) : m_pipe(pipe) {}
    void failed(const Trouble& why) const;  // before leaving by _exit
    [[nodiscard]] int descriptor() const { return m_pipe; }

private:
    int m_pipe;
};
[[nodiscard]] Beginning begin(const Job& job);

}  // namespace mlpath::confine
