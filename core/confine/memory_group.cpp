#include "confine/memory_group.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>
#include <vector>

#include "confine/small_file.hpp"

namespace mlpath::confine {

namespace {

constexpr std::string_view prefix = "mlpath-";

// Version 1 has a hierarchy for memory alone, version 2 one for all; a machine may mount both.
struct Version {
    std::string limit{};  // the file that takes the limit …
    std::string swap{};   // … and what keeps the program from swapping instead
    std::string swap_value{};
    std::string events{};
    std::string all_together{};  // ends the whole group where one has to go; empty: the supervisor does
};

struct Hierarchy {
    std::string folder{};  // of our own group
    Version version{};
};

bool write_to(const std::string& path, std::string_view text) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    return file.is_open() && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

std::string_view line_with(std::string_view text, std::string_view wanted) {
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        if (line.find(wanted) != std::string_view::npos) {
            return line;
        }
        begin = end + 1;
    }
    return {};
}

// A line is "number:controllers:path".
std::string group_in(std::string_view line) {
    const auto at = line.find(':', line.find(':') + 1);
    return std::string(at == std::string_view::npos ? std::string_view() : line.substr(at + 1));
}

std::vector<Hierarchy> hierarchies(const std::string& root, std::uint64_t bytes) {
    const auto groups = read_some(root + "/proc/self/cgroup");
    const auto limit = std::to_string(bytes);
    std::vector<Hierarchy> found;
    if (const auto line = line_with(groups, ":memory:"); !line.empty()) {
        found.push_back({root + "/sys/fs/cgroup/memory" + group_in(line),
                         {.limit = "memory.limit_in_bytes",
                          .swap = "memory.memsw.limit_in_bytes",
                          .swap_value = limit,
                          .events = "memory.oom_control"}});
    }
    if (const auto line = line_with(groups, "0::"); !line.empty()) {
        found.push_back({root + "/sys/fs/cgroup" + group_in(line),
                         {.limit = "memory.max",
                          .swap = "memory.swap.max",
                          .swap_value = "0",
                          .events = "memory.events",
                          .all_together = "memory.oom.group"}});
    }
    return found;
}

// Groups of supervisors that were killed: empty, or they would not go.
void sweep(const std::string& parent) {
    DIR* folder = ::opendir(parent.c_str());
    if (folder == nullptr) {
        return;
    }
    while (const dirent* entry = ::readdir(folder)) {
        const std::string_view name = entry->d_name;
        pid_t maker = 0;
        if (name.starts_with(prefix) &&
            std::from_chars(name.data() + prefix.size(), name.data() + name.size(), maker).ec == std::errc() &&
            ::kill(maker, 0) != 0 && errno == ESRCH) {
            ::rmdir((parent + '/' + entry->d_name).c_str());
        }
    }
    ::closedir(folder);
}

}  // namespace

std::optional<MemoryGroup> MemoryGroup::make(std::uint64_t bytes, const std::string& root) {
    for (const auto& [own, version] : hierarchies(root, bytes)) {
        // In version 2 a group with processes in it, as ours is, can often have none below it; then beside it.
        for (const auto& parent : {own, own.substr(0, own.rfind('/'))}) {
            const auto folder = parent + '/' + std::string(prefix) + std::to_string(::getpid());
            sweep(parent);
            if (::mkdir(folder.c_str(), 0755) != 0) {
                continue;
            }
            Descriptor processes(::open((folder + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
            if (processes.is_open() && write_to(folder + '/' + version.limit, std::to_string(bytes))) {
                // What is missing without these is only sharpness: where there is no swap, there is no such file.
                write_to(folder + '/' + version.swap, version.swap_value);
                if (!version.all_together.empty()) {
                    write_to(folder + '/' + version.all_together, "1");
                }
                return MemoryGroup(folder, folder + '/' + version.events, std::move(processes));
            }
            ::rmdir(folder.c_str());
        }
    }
    return std::nullopt;
}

bool MemoryGroup::hold(pid_t process) const {
    const auto number = std::to_string(process);
    return ::write(m_processes.get(), number.data(), number.size()) == static_cast<ssize_t>(number.size());
}

bool MemoryGroup::overran() const {
    constexpr std::string_view count = "oom_kill ";
    const auto text = read_some(m_events);
    const auto line = line_with(text, count);
    return line.starts_with(count) && line != "oom_kill 0";
}

void MemoryGroup::remove() const { ::rmdir(m_folder.c_str()); }

}  // namespace mlpath::confine
