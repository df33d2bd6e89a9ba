// What a program may see and use, as a value: written by mlpath, which knows the project, and carried out between fork
// and exec by code that knows nothing but system calls (beginning.hpp). The files of this folder that carry it out are
// also linked into the shim that a warm interpreter's forks load, so they use little of the standard library and of
// other modules only base/descriptor.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlpath::confine {

// How the program is kept from the rest of the machine.
enum class Walls : std::uint8_t {
    none,         // limits only
    rules,        // Landlock and seccomp, where namespaces are forbidden
    name_spaces,  // user, mount, pid, network, IPC and UTS namespaces, with Landlock and seccomp inside
};

// loopback: of a world of its own, into which mlpath gets sockets (`most_connections` of them). Elsewhere that of this
// machine, where Landlock (version 4 or later) leaves TCP at `Confinement::ports` alone, and the filter nothing but
// TCP.
enum class Network : std::uint8_t { none, loopback };

inline constexpr int most_connections = 64;

// Who the program is where mlpath is root; elsewhere it stays who mlpath is.
enum class Becomes : std::uint8_t {
    own,      // who mlpath is, without its capabilities: where no other user can be had
    another,  // `user` and `group`
    reader,   // the same, with the one capability that lets it read what its rules show it and root keeps to itself
};

// One thing that the program finds in its world; `target` is absolute. Parents are made as needed.
struct Mount {
    enum class Kind : std::uint8_t {
        read_only,  // `source`, a file or a folder with all below it; left out where it does not exist
        device,     // `source`, a device file
        scratch,    // an empty folder to write in, of at most `bytes`
        link,       // a symbolic link to `source`
        file,       // a small read-only file whose text is `source`
        processes,  // /proc of the program's own namespace
    };
    Kind kind = Kind::read_only;
    std::string target{};
    std::string source{};
    std::uint64_t bytes = 0;
};

// What Landlock allows below a path: everything else is refused. Rules whose path does not exist are left out.
struct Rule {
    enum class Allows : std::uint8_t { reading, writing, device };
    std::string path{};
    Allows allows = Allows::reading;
};

// How memory is counted: by a control group, where one can be made (memory_group.hpp), or summed from time to time.
enum class Counting : std::uint8_t { sum, group };

// Of the whole tree of processes where it says so; 0: no limit.
struct Limits {
    std::uint64_t file_bytes = 0;    // one written file
    std::uint64_t memory_bytes = 0;  // the whole tree
    std::uint64_t cpu_seconds = 0;   // the whole tree
    std::uint32_t processes = 0;     // the whole tree, threads included
    std::uint32_t open_files = 0;    // one process
    Counting counting = Counting::sum;
};

struct Confinement {
    Walls walls = Walls::none;
    Network network = Network::none;
    Becomes becomes = Becomes::own;
    std::uint32_t user = 0;  // who the program is, or seems to itself to be, where mlpath is root
    std::uint32_t group = 0;
    std::string folder{};  // the scratch folder where the program starts, whose descriptor mlpath gets; may be empty
    std::vector<Mount> mounts{};
    std::vector<Rule> rules{};
    std::vector<std::uint16_t> ports{};  // of this machine, see Network::loopback
    std::string filter{};                // the seccomp program: an array of sock_filter
    Limits limits{};
};

// Both ends are the same build, so the form concerns nothing else.
[[nodiscard]] std::string encode(const Confinement& confinement);
[[nodiscard]] std::optional<Confinement> decode(std::string_view bytes);

}  // namespace mlpath::confine
