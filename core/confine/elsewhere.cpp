// Where there is no Linux: programs run with limits and without walls. Built there instead of landlock.cpp,
// memory_group.cpp, name_spaces.cpp, privileges.cpp and tree.cpp.
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "confine/landlock.hpp"
#include "confine/memory_group.hpp"
#include "confine/name_spaces.hpp"
#include "confine/privileges.hpp"
#include "confine/tree.hpp"

namespace mlpath::confine {

namespace {

Trouble not_here() {
    errno = ENOSYS;
    return trouble("make a sandbox on this system");
}

void lower(int resource, std::uint64_t wanted) {
    rlimit limit{};
    if (wanted != 0 && ::getrlimit(resource, &limit) == 0) {
        limit.rlim_max = std::min<rlim_t>(limit.rlim_max, wanted);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(resource, &limit);
    }
}

}  // namespace

int landlock_version() { return 0; }
Trouble lay_down_rules(const Confinement&) { return not_here(); }
Trouble leave_for_new_world(const Confinement&) { return not_here(); }
Trouble build_new_world(const Confinement&, Descriptor&) { return not_here(); }
Trouble become_user(const Confinement&) { return not_here(); }
Trouble give_up_capabilities(Becomes) { return not_here(); }
Trouble load_filter(const Confinement&) { return not_here(); }
Trouble map_own_user(User, User) { return not_here(); }

void limit_resources(const Limits& limits) {
    lower(RLIMIT_NOFILE, limits.open_files);
    lower(RLIMIT_FSIZE, limits.file_bytes);
    lower(RLIMIT_CPU, limits.cpu_seconds);
}
void limit_processes(const Limits&) {}

std::optional<MemoryGroup> MemoryGroup::make(std::uint64_t, const std::string&) { return std::nullopt; }
bool MemoryGroup::hold(pid_t) const { return false; }
bool MemoryGroup::overran() const { return false; }
void MemoryGroup::remove() const {}

void adopt_orphans() {}
void wake_when_parent_ends() {}
bool end_with_parent(pid_t) { return true; }
void hide_from_program() {}
void kill_children() {}  // the program's own group is ended by whoever waits for it
Usage usage_of_tree(pid_t) { return {}; }
std::uint64_t exact_memory_of_tree(pid_t) { return 0; }

}  // namespace mlpath::confine
