#include "confine/privileges.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "base/descriptor.hpp"

namespace mlpath::confine {

namespace {

void lower(int resource, std::uint64_t wanted) {
    using Resource = decltype(RLIMIT_CORE);  // an enum of glibc, an int elsewhere
    rlimit limit{};
    if (::getrlimit(static_cast<Resource>(resource), &limit) == 0) {
        limit.rlim_max = std::min<rlim_t>(limit.rlim_max, wanted);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(static_cast<Resource>(resource), &limit);
    }
}

// Of those that we may have: to read what others keep to themselves; where a container has taken that one, the one to
// write there as well, which Landlock then refuses. -1: neither.
int reading_capability() {
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    std::array<__user_cap_data_struct, 2> ours{};
    if (::syscall(SYS_capget, &header, ours.data()) != 0) {
        return -1;
    }
    for (const int capability : {CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE}) {
        if ((ours[0].permitted >> static_cast<unsigned>(capability) & 1U) != 0) {
            return capability;
        }
    }
    return -1;
}

bool put_line(const char* path, std::string_view text) {
    const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC));
    return file.is_open() && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace

void limit_resources(const Limits& limits) {
    lower(RLIMIT_CORE, 0);
    if (limits.open_files != 0) {
        lower(RLIMIT_NOFILE, limits.open_files);
    }
    if (limits.file_bytes != 0) {
        lower(RLIMIT_FSIZE, limits.file_bytes);
    }
    if (limits.cpu_seconds != 0) {
        lower(RLIMIT_CPU, limits.cpu_seconds);
    }
}

void limit_processes(const Limits& limits) {
    if (limits.processes != 0) {
        lower(RLIMIT_NPROC, limits.processes);
    }
}

Trouble map_own_user(User inside, User outside) {
    std::array<char, 64> line{};
    // Without it the group may not be mapped by somebody who is not root. Where we may set groups, it changes nothing.
    static_cast<void>(put_line("/proc/self/setgroups", "deny"));
    const auto map = [&](const char* path, std::uint32_t as, std::uint32_t id) {
        const int size = std::snprintf(line.data(), line.size(), "%u %u 1", as, id);
        return put_line(path, {line.data(), static_cast<std::size_t>(size)});
    };
    if (!map("/proc/self/uid_map", inside.user, outside.user)) {
        return trouble("map the user");
    }
    if (!map("/proc/self/gid_map", inside.group, outside.group)) {
        return trouble("map the group");
    }
    return {};
}

Trouble become_user(const Confinement& confinement) {
    if (::geteuid() != 0 || confinement.becomes == Becomes::own) {
        return {};
    }
    const bool reads = confinement.becomes == Becomes::reader;
    if (reads && ::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) {
        return trouble("keep a capability");
    }
    if (::setgroups(0, nullptr) != 0 || ::setresgid(confinement.group, confinement.group, confinement.group) != 0 ||
        ::setresuid(confinement.user, confinement.user, confinement.user) != 0) {
        return trouble("become an unprivileged user");
    }
    // setresuid made us undumpable, which closes /proc/self to ourselves.
    ::prctl(PR_SET_DUMPABLE, 1);
    if (!reads && ::unshare(CLONE_NEWUSER) == 0) {
        const User same{confinement.user, confinement.group};
        return map_own_user(same, same);
    }
    return {};
}

Trouble give_up_capabilities(Becomes becomes) {
    for (int capability = 0; ::prctl(PR_CAPBSET_DROP, capability) == 0; ++capability) {
    }
    ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    std::array<__user_cap_data_struct, 2> left{};
    const int kept = becomes == Becomes::reader ? reading_capability() : -1;
    if (kept >= 0) {
        const auto bit = std::uint32_t{1} << static_cast<unsigned>(kept);
        left[0] = {.effective = bit, .permitted = bit, .inheritable = bit};
    }
    if (::syscall(SYS_capset, &header, left.data()) != 0) {
        return trouble("give up all capabilities");
    }
    // So that what the program starts, Python to begin with, has it too.
    if (kept >= 0 && ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept, 0, 0) != 0) {
        return trouble("keep a capability");
    }
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return trouble("renounce new privileges");
    }
    return {};
}

Trouble load_filter(const Confinement& confinement) {
    if (confinement.filter.empty()) {
        return {};
    }
    // The bytes lie in a string, whose alignment is that of malloc.
    sock_fprog program{};
    program.len = static_cast<unsigned short>(confinement.filter.size() / sizeof(sock_filter));
    program.filter =
        const_cast<sock_filter*>(static_cast<const sock_filter*>(static_cast<const void*>(confinement.filter.data())));
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) {
        return trouble("filter system calls");
    }
    return {};
}

}  // namespace mlpath::confine
