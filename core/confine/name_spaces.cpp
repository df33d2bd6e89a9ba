#include "confine/name_spaces.hpp"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "confine/privileges.hpp"

namespace mlpath::confine {

namespace {

constexpr mode_t folder_mode = 0755;

// The mount calls that glibc wraps only since 2.36, by their numbers, which all architectures share.
int clone_tree(const char* path) {
    constexpr long open_tree = 428;
    constexpr unsigned clone = 1;
    return static_cast<int>(::syscall(open_tree, AT_FDCWD, path, clone | O_CLOEXEC | AT_RECURSIVE));
}

int attach(int tree, int at, const char* path) {
    constexpr long move_mount = 429;
    constexpr unsigned from_descriptor = 4;
    return static_cast<int>(::syscall(move_mount, tree, "", at, path, from_descriptor));
}

// read-only, nosuid, nodev, as the kernel counts them here
constexpr std::uint64_t only_reading = 1;
constexpr std::uint64_t no_privileges = 2;
constexpr std::uint64_t no_devices = 4;

enum class Depth { this_one, all_below };

int set_attributes(int tree, std::uint64_t wanted, Depth depth) {
    constexpr long mount_setattr = 442;
    struct Attributes {
        std::uint64_t set = 0;
        std::uint64_t cleared = 0;
        std::uint64_t propagation = 0;
        std::uint64_t user_name_space = 0;
    } attributes{.set = wanted};
    const auto flags = AT_EMPTY_PATH | (depth == Depth::all_below ? AT_RECURSIVE : 0);
    return static_cast<int>(::syscall(mount_setattr, tree, "", flags, &attributes, sizeof attributes));
}

using Option = std::pair<const char*, const char*>;

// A file system that hangs nowhere yet.
template <std::size_t Count>
Descriptor new_file_system(const char* kind, const std::array<Option, Count>& options, std::uint64_t attributes) {
    constexpr long fsopen = 430;
    constexpr long fsconfig = 431;
    constexpr long fsmount = 432;
    constexpr unsigned set_text = 1;
    constexpr unsigned create = 6;
    const Descriptor made(static_cast<int>(::syscall(fsopen, kind, 1)));
    if (!made.is_open()) {
        return {};
    }
    for (const auto& [name, value] : options) {
        if (::syscall(fsconfig, made.get(), set_text, name, value, 0) != 0) {
            return {};
        }
    }
    if (::syscall(fsconfig, made.get(), create, nullptr, nullptr, 0) != 0) {
        return {};
    }
    return Descriptor(static_cast<int>(::syscall(fsmount, made.get(), 1, attributes)));
}

Descriptor new_scratch(std::uint64_t bytes, const char* mode, const Confinement& confinement) {
    std::array<char, 24> size{};
    std::array<char, 24> files{};
    std::array<char, 24> user{};
    std::array<char, 24> group{};
    const auto print = [](auto& into, std::uint64_t value) {
        std::snprintf(into.data(), into.size(), "%llu", static_cast<unsigned long long>(value));
    };
    print(size, bytes);
    print(files, 1024 + bytes / 4096);  // an empty file takes memory as well
    const bool is_root = ::geteuid() == 0;
    print(user, is_root ? confinement.user : ::geteuid());
    print(group, is_root ? confinement.group : ::getegid());
    return new_file_system("tmpfs",
                           std::array<Option, 5>{{{"size", size.data()},
                                                  {"nr_inodes", files.data()},
                                                  {"mode", mode},
                                                  {"uid", user.data()},
                                                  {"gid", group.data()}}},
                           no_privileges | no_devices);
}

// Makes the folders above `path`, which is relative to `root`. Those in the program's own folder are the program's, so
// that it can write beside what lies there for it.
bool make_parents(int root, std::string path, const Confinement& confinement) {
    const auto own = confinement.folder.empty() ? std::string("/") : confinement.folder.substr(1) + '/';
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        path[slash] = '\0';
        const bool made = ::mkdirat(root, path.c_str(), folder_mode) == 0;
        if (!made && errno != EEXIST) {
            return false;
        }
        const bool is_own = made && ::geteuid() == 0 && std::string_view(path).starts_with(own);
        if (is_own && ::fchownat(root, path.c_str(), confinement.user, confinement.group, AT_SYMLINK_NOFOLLOW) != 0) {
            return false;
        }
        path[slash] = '/';
    }
    return true;
}

bool write_small_file(int root, const char* path, const std::string& text) {
    const Descriptor file(::openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444));
    return file.is_open() && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// A place of the right kind to hang a tree on.
bool make_place(int root, const char* path, const Descriptor& tree) {
    struct stat about{};
    if (::fstat(tree.get(), &about) != 0) {
        return false;
    }
    if (S_ISDIR(about.st_mode)) {
        return ::mkdirat(root, path, folder_mode) == 0 || errno == EEXIST;
    }
    const Descriptor file(::openat(root, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0444));
    return file.is_open();
}

// Where a mount comes from is looked up before the new root covers anything.
Trouble open_source(const Mount& mount, Descriptor& tree) {
    tree = Descriptor(clone_tree(mount.source.c_str()));
    if (!tree.is_open()) {
        return errno == ENOENT ? Trouble{} : trouble("open", mount.source);
    }
    const bool device = mount.kind == Mount::Kind::device;
    const auto attributes = no_privileges | only_reading | (device ? 0 : no_devices);
    if (set_attributes(tree.get(), device ? no_privileges : attributes, Depth::all_below) != 0) {
        return trouble("protect", mount.source);
    }
    return {};
}

Trouble place_mount(const Mount& mount, Descriptor& tree, int root, const Confinement& confinement) {
    const auto path = mount.target.substr(1);
    if (!make_parents(root, path, confinement)) {
        return trouble("make the folders of", mount.target);
    }
    switch (mount.kind) {
        case Mount::Kind::link:
            return ::symlinkat(mount.source.c_str(), root, path.c_str()) == 0 || errno == EEXIST
                       ? Trouble{}
                       : trouble("link", mount.target);
        case Mount::Kind::file:
            return write_small_file(root, path.c_str(), mount.source) ? Trouble{} : trouble("write", mount.target);
        case Mount::Kind::scratch: tree = new_scratch(mount.bytes, "755", confinement); break;
        case Mount::Kind::processes:
            tree = new_file_system("proc", std::array<Option, 0>{}, no_privileges | no_devices);
            if (!tree.is_open()) {
                // In a container whose own /proc is partly covered the kernel gives none; programs do without.
                return ::mkdirat(root, path.c_str(), folder_mode) == 0 ? Trouble{} : trouble("make", mount.target);
            }
            break;
        case Mount::Kind::read_only:
        case Mount::Kind::device: break;
    }
    if (!tree.is_open()) {
        return mount.kind == Mount::Kind::scratch ? trouble("make", mount.target) : Trouble{};  // no such source
    }
    if (!make_place(root, path.c_str(), tree) || attach(tree.get(), root, path.c_str()) != 0) {
        return trouble("mount", mount.target);
    }
    return {};
}

Trouble raise_loopback() {
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strncpy(request.ifr_name, "lo", IFNAMSIZ - 1);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    return socket.is_open() && ::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0 ? Trouble{}
                                                                                  : trouble("raise the loopback");
}

Trouble make_it_the_root(const Descriptor& root) {
    if (::fchdir(root.get()) != 0 || ::syscall(SYS_pivot_root, ".", ".") != 0 || ::umount2(".", MNT_DETACH) != 0 ||
        ::chdir("/") != 0) {
        return trouble("change the root folder");
    }
    // Only the scratch folders can be written.
    if (set_attributes(root.get(), only_reading, Depth::this_one) != 0) {
        return trouble("protect the root folder");
    }
    return {};
}

}  // namespace

Trouble leave_for_new_world(const Confinement& confinement) {
    const User own{::geteuid(), ::getegid()};
    if (own.user != 0 || confinement.becomes == Becomes::own) {
        if (::unshare(CLONE_NEWUSER) != 0) {
            return trouble("make a user namespace");
        }
        // A program that finds itself root takes liberties, and has none.
        const auto inside = own.user != 0 ? own : User{confinement.user, confinement.group};
        if (const auto failed = map_own_user(inside, own)) {
            return failed;
        }
    }
    if (::unshare(CLONE_NEWPID) != 0) {
        return trouble("make a pid namespace");
    }
    return {};
}

Trouble build_new_world(const Confinement& confinement, Descriptor& folder) {
    if (::unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) != 0) {
        return trouble("make namespaces");
    }
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        return trouble("keep mounts to ourselves");
    }
    std::vector<Descriptor> trees(confinement.mounts.size());
    for (std::size_t i = 0; i < trees.size(); ++i) {
        const auto& mount = confinement.mounts[i];
        if (mount.kind == Mount::Kind::read_only || mount.kind == Mount::Kind::device) {
            if (const auto failed = open_source(mount, trees[i])) {
                return failed;
            }
        }
    }
    const auto root =
        new_file_system("tmpfs", std::array<Option, 2>{{{"size", "1m"}, {"mode", "755"}}}, no_privileges | no_devices);
    // Any folder would do: nothing below it is looked up any more.
    if (!root.is_open() || attach(root.get(), AT_FDCWD, "/tmp") != 0) {
        return trouble("mount a new root folder");
    }
    ::umask(0);
    // Links come last: until the root is changed they would lead out of it.
    for (const bool links : {false, true}) {
        for (std::size_t i = 0; i < trees.size(); ++i) {
            if ((confinement.mounts[i].kind == Mount::Kind::link) != links) {
                continue;
            }
            if (const auto failed = place_mount(confinement.mounts[i], trees[i], root.get(), confinement)) {
                return failed;
            }
        }
    }
    ::umask(022);
    if (const auto failed = make_it_the_root(root)) {
        return failed;
    }
    ::sethostname("mlpath", 6);
    if (!confinement.folder.empty()) {
        folder = Descriptor(::open(confinement.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder.is_open()) {
            return trouble("open", confinement.folder);
        }
    }
    return confinement.network == Network::loopback ? raise_loopback() : Trouble{};
}

}  // namespace mlpath::confine
