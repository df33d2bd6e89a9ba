// From a process of mlpath's to the learner's program: the forks, the program's world, and everything that it gives up
// before it runs. Who watches over it meanwhile is in supervisor.hpp.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "confine/confinement.hpp"
#include "confine/trouble.hpp"

namespace mlpath::confine {

// The stage of a Trouble that is the program's own: it cannot be executed.
inline constexpr std::string_view exec_stage = "execute the program";

struct Job {
    int control = -1;
    int gift = -1;         // a socket by which the scratch folder's descriptor is handed over; -1: none
    int first_closed = 3;  // descriptors below are the program's; all others must be closed before it runs
    const Confinement* confinement = nullptr;
    // The open helper (helper.cpp), as which the supervisor and the first process of the world go on: what begins in a
    // large process would else be copied for each of them. -1: they go on as they are.
    int helper = -1;
};

// What the program's process has of its beginning.
class Beginning {
public:
    explicit Beginning(int pipe) : m_pipe(pipe) {}
    void failed(const Trouble& why) const;                   // before leaving by _exit
    [[nodiscard]] int descriptor() const { return m_pipe; }  // closing it says that the program runs

private:
    int m_pipe;
};

// Forks. Returns in the program's process alone, confined, in `folder`'s world: it should become the program at once,
// and tell `failed` where it cannot. The calling process itself supervises, and ends without returning.
[[nodiscard]] Beginning begin(const Job& job);

// The same beside the calling process, which must have one thread and a helper in the job: it waits until the others
// have become the helper, and goes on with nullopt. `prepare` is called in the new supervisor, which shares the
// caller's memory: it may change descriptors and folders, nothing else. An errno where there was no fork.
struct Forked {
    int error = 0;
    std::optional<Beginning> program{};
};
[[nodiscard]] Forked begin_beside(const Job& job, void (*prepare)(const void*), const void* with);

}  // namespace mlpath::confine
