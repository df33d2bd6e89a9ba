#include "system/machine.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/files.hpp"
#include "base/text.hpp"

namespace mlpath::system {

namespace {

constexpr std::uint64_t most_text = 1 << 20;

std::string text_of(const fs::path& path) { return read_file(path, most_text).value_or(std::string()); }

std::optional<std::uint64_t> number_in(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end != text.data() ? std::optional(value) : std::nullopt;
}

std::uint64_t available_in(std::string_view meminfo) {
    constexpr std::string_view name = "MemAvailable:";
    const auto at = meminfo.find(name);
    const auto kibibytes = at == std::string_view::npos ? std::nullopt : number_in(meminfo.substr(at + name.size()));
    return kibibytes ? *kibibytes * 1024 : UINT64_MAX;
}

// Of the group and of all above it, the tightest.
void narrow_to_groups(const fs::path& root, Machine& machine) {
    constexpr std::string_view unified = "0::/";
    const auto groups = text_of(root / "proc/self/cgroup");
    const auto at = groups.find(unified);
    if (at == std::string::npos) {
        return;
    }
    const auto top = root / "sys/fs/cgroup";
    const auto begin = at + unified.size();
    auto group = top / groups.substr(begin, groups.find('\n', begin) - begin);
    while (true) {
        const auto limit = number_in(text_of(group / "memory.max"));  // none where it says "max"
        const auto used = number_in(text_of(group / "memory.current"));
        if (limit && used) {
            machine.free_memory = std::min(machine.free_memory, *limit - std::min(*limit, *used));
        }
        const auto quota = text_of(group / "cpu.max");
        const auto share = number_in(quota);
        const auto period = number_in(std::string_view(quota).substr(std::min(quota.size(), quota.find(' '))));
        if (share && period && *period > 0) {
            const auto cores = std::ceil(static_cast<double>(*share) / static_cast<double>(*period));
            machine.cores = std::min(machine.cores, std::max(1U, static_cast<unsigned>(cores)));
        }
        if (group.lexically_normal() == top.lexically_normal() || !group.has_relative_path() ||
            group == group.parent_path()) {
            return;
        }
        group = group.parent_path();
    }
}

}  // namespace

Machine this_machine(const fs::path& root) {
    Machine machine{.cores = std::max(1U, std::thread::hardware_concurrency()),
                    .free_memory = available_in(text_of(root / "proc/meminfo"))};
    narrow_to_groups(root, machine);
    return machine;
}

}  // namespace mlpath::system
