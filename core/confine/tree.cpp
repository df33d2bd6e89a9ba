#include "confine/tree.hpp"

#include <dirent.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "confine/small_file.hpp"

namespace mlpath::confine {

namespace {

constexpr std::size_t most_processes = 4096;  // a larger tree is looked at in part

std::string path_of(pid_t process, const char* file) { return "/proc/" + std::to_string(process) + '/' + file; }

// What follows "pid (name) "; the name may hold anything, so look for its last parenthesis.
const char* after_name(const std::string& stat) {
    const char* end = std::strrchr(stat.c_str(), ')');
    return end != nullptr && end[1] == ' ' ? end + 2 : nullptr;
}

void add_children(const std::string& thread, std::vector<pid_t>& found) {
    const auto text = read_some(thread + "/children", 1 << 16);
    const char* at = text.data();
    const char* end = at + text.size();
    while (at < end && found.size() < most_processes) {
        pid_t child = 0;
        const auto [next, error] = std::from_chars(at, end, child);
        if (error != std::errc()) {
            ++at;
            continue;
        }
        found.push_back(child);
        at = next;
    }
}

// A child is listed with the thread that started it.
std::vector<pid_t> all_below(pid_t top) {
    std::vector<pid_t> found{top};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto threads = path_of(found[i], "task");
        DIR* folder = ::opendir(threads.c_str());
        if (folder == nullptr) {
            continue;
        }
        while (const dirent* entry = ::readdir(folder)) {
            if (entry->d_name[0] != '.') {
                add_children(threads + '/' + entry->d_name, found);
            }
        }
        ::closedir(folder);
    }
    return found;
}

// The number of kB behind a name such as "RssAnon:" in a file of "Name:   123 kB" lines.
std::uint64_t kilobytes(const std::string& text, std::string_view name) {
    const auto at = text.find(name);
    return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + name.size(), nullptr, 10);
}

// Memory that several processes share counts with each of them.
std::uint64_t resident_memory(pid_t process) {
    const auto status = read_some(path_of(process, "status"));
    return 1024 * (kilobytes(status, "RssAnon:") + kilobytes(status, "RssShmem:"));
}

double seconds_of(pid_t process) {
    const auto stat = read_some(path_of(process, "stat"));
    const char* fields = after_name(stat);
    unsigned long long user = 0;
    unsigned long long system = 0;
    long long user_reaped = 0;
    long long system_reaped = 0;
    if (fields == nullptr || std::sscanf(fields, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %lld %lld",
                                         &user, &system, &user_reaped, &system_reaped) != 4) {
        return 0;
    }
    static const double ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    return (static_cast<double>(user + system) + static_cast<double>(user_reaped + system_reaped)) / ticks;
}

}  // namespace

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

void wake_when_parent_ends() { ::prctl(PR_SET_PDEATHSIG, SIGCONT); }

bool end_with_parent(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    return parent == 0 || ::getppid() == parent;
}

void hide_from_program() { ::prctl(PR_SET_DUMPABLE, 0); }

void kill_children() {
    DIR* folder = ::opendir("/proc");
    if (folder == nullptr) {
        return;
    }
    const pid_t self = ::getpid();
    while (const dirent* entry = ::readdir(folder)) {
        const std::string_view name = entry->d_name;
        pid_t child = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), child).ptr != name.data() + name.size()) {
            continue;
        }
        const auto stat = read_some(path_of(child, "stat"), 511);
        const char* fields = after_name(stat);
        pid_t parent = 0;
        pid_t group = 0;
        if (fields == nullptr || std::sscanf(fields, "%*c %d %d", &parent, &group) != 2 || parent != self) {
            continue;
        }
        if (group > 1 && group != ::getpgrp()) {
            ::kill(-group, SIGKILL);
        }
        ::kill(child, SIGKILL);
    }
    ::closedir(folder);
}

Usage usage_of_tree(pid_t top) {
    Usage usage;
    for (const pid_t process : all_below(top)) {
        usage.memory_bytes += resident_memory(process);
        usage.cpu_seconds += seconds_of(process);
    }
    return usage;
}

std::uint64_t exact_memory_of_tree(pid_t top) {
    std::uint64_t bytes = 0;
    for (const pid_t process : all_below(top)) {
        const auto rollup = read_some(path_of(process, "smaps_rollup"));
        // A process may forbid others of its user to look so closely.
        bytes += rollup.empty() ? resident_memory(process)
                                : 1024 * (kilobytes(rollup, "Pss_Anon:") + kilobytes(rollup, "Pss_Shmem:"));
    }
    return bytes;
}

}  // namespace mlpath::confine
