// A control group that holds all processes of a program to their memory: the kernel counts every page, at once. It can
// be made where mlpath is root, or where its user's session hands groups on; elsewhere what tree.hpp sums has to do.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/descriptor.hpp"

namespace mlpath::confine {

class MemoryGroup {
public:
    // A group below the caller's own, or beside it, for at most `bytes` (what is written to scratch folders counts).
    // nullopt where none can be made. `root`: where /proc and /sys lie, other than "" for tests.
    [[nodiscard]] static std::optional<MemoryGroup> make(std::uint64_t bytes, const std::string& root = {});

    // One that another process has made, to look at and to remove: the two paths are those of its maker's.
    [[nodiscard]] static MemoryGroup at(std::string folder, std::string events) {
        return {std::move(folder), std::move(events), Descriptor()};
    }
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] const std::string& events() const { return m_events; }

    MemoryGroup(MemoryGroup&&) noexcept = default;
    MemoryGroup& operator=(MemoryGroup&&) noexcept = default;
    // The process, and all that it starts from now on. False: it is not held.
    [[nodiscard]] bool hold(pid_t process) const;
    [[nodiscard]] bool hold_caller() const { return hold(0); }
    // Whether the kernel has ended some of them because they wanted more.
    [[nodiscard]] bool overran() const;
    // When all processes have ended. One that is left over goes with the next that is made there.
    void remove() const;
    // In a process that must not have it.
    void forget() { m_processes.close(); }

private:
    MemoryGroup(std::string folder, std::string events, Descriptor processes)
        : m_folder(std::move(folder)), m_events(std::move(events)), m_processes(std::move(processes)) {}

    std::string m_folder;
    std::string m_events;    // the file that counts what was ended
    Descriptor m_processes;  // opened while we have the right to
};

}  // namespace mlpath::confine
