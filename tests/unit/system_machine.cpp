#include "system/machine.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "base/files.hpp"

using namespace mlpath;
using system::this_machine;

namespace {

constexpr std::uint64_t mebi = 1 << 20;

struct Root {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-machine-");
    void file(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    }
    [[nodiscard]] system::Machine machine() const { return this_machine(folder.path()); }
};

}  // namespace

TEST_CASE("what is free is what the system says, or what a control group leaves of its limit") {
    const Root root;
    CHECK(root.machine().free_memory == UINT64_MAX);
    root.file("proc/meminfo", "MemTotal:       16000 kB\nMemFree:  1 kB\nMemAvailable:    10240 kB\n");
    CHECK(root.machine().free_memory == 10 * mebi);
    root.file("proc/self/cgroup", "0::/job/one\n");
    root.file("sys/fs/cgroup/job/one/memory.max", "max\n");
    root.file("sys/fs/cgroup/job/one/memory.current", "4096\n");
    CHECK(root.machine().free_memory == 10 * mebi);
    root.file("sys/fs/cgroup/job/memory.max", std::to_string(8 * mebi) + "\n");
    root.file("sys/fs/cgroup/job/memory.current", std::to_string(3 * mebi) + "\n");
    CHECK(root.machine().free_memory == 5 * mebi);
    root.file("sys/fs/cgroup/job/memory.current", std::to_string(9 * mebi) + "\n");
    CHECK(root.machine().free_memory == 0);
}

TEST_CASE("cores are those that we may use, or what a quota leaves of them") {
    const Root root;
    const auto all = std::max(1U, std::thread::hardware_concurrency());
    CHECK(root.machine().cores == all);
    root.file("proc/self/cgroup", "12:cpu:/old\n0::/\n");
    root.file("sys/fs/cgroup/cpu.max", "max 100000\n");
    CHECK(root.machine().cores == all);
    root.file("sys/fs/cgroup/cpu.max", "50000 100000\n");
    CHECK(root.machine().cores == 1);
    root.file("sys/fs/cgroup/cpu.max", "100000000 100000\n");
    CHECK(root.machine().cores == all);
    root.file("sys/fs/cgroup/cpu.max", "nonsense\n");
    CHECK(root.machine().cores == all);
}

TEST_CASE("of the real machine something is known") {
    const auto machine = this_machine();
    CHECK(machine.cores >= 1);
    CHECK(machine.free_memory > 0);
}
