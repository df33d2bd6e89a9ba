// What this machine, or the part of it that a container gives us, has to offer.
#pragma once

#include <cstdint>
#include <filesystem>

namespace mlpath::system {

struct Machine {
    unsigned cores = 1;                      // that we may use, by affinity and by the control group's quota
    std::uint64_t free_memory = UINT64_MAX;  // bytes, now; all where it cannot be told
};

// `root`: where /proc and /sys lie, other than "/" for tests. Control groups of version 2 are known.
[[nodiscard]] Machine this_machine(const std::filesystem::path& root = "/");

}  // namespace mlpath::system
