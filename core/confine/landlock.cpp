#include "confine/landlock.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <array>

#include "base/descriptor.hpp"

// The interface of the kernel (include/uapi/linux/landlock.h) is written here, since the headers of a distribution are
// often older than the kernels that the binary meets.
namespace mlpath::confine {

namespace {

constexpr long create_ruleset = 444;
constexpr long add_rule = 445;
constexpr long restrict_self = 446;
constexpr unsigned rule_path_beneath = 1;
constexpr unsigned rule_net_port = 2;
constexpr unsigned ask_version = 1;

struct RulesetAttributes {
    std::uint64_t handled_files = 0;
    std::uint64_t handled_network = 0;  // version 4
    std::uint64_t scoped = 0;           // version 6
};

#pragma pack(push, 1)
struct PathBeneath {
    std::uint64_t allowed = 0;
    std::int32_t parent = -1;
};
#pragma pack(pop)

struct NetPort {
    std::uint64_t allowed = 0;
    std::uint64_t port = 0;
};

constexpr std::uint64_t bit(unsigned number) { return std::uint64_t{1} << number; }

constexpr std::uint64_t execute = bit(0);
constexpr std::uint64_t write_file = bit(1);
constexpr std::uint64_t read_file = bit(2);
constexpr std::uint64_t read_folder = bit(3);
constexpr std::uint64_t truncate_file = bit(14);
constexpr std::uint64_t control_device = bit(15);
constexpr std::uint64_t bind_tcp = bit(0);
constexpr std::uint64_t connect_tcp = bit(1);
constexpr std::uint64_t on_files = execute | write_file | read_file | truncate_file | control_device;
constexpr std::uint64_t make_device = bit(6) | bit(11);  // character and block devices

// All rights on files that a version knows: one more with 2 (refer), 3 (truncate) and 5 (ioctl on devices).
std::uint64_t rights_of(int version) {
    const unsigned known = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    return bit(known) - 1;
}

std::uint64_t allowed_by(Rule::Allows allows) {
    switch (allows) {
        case Rule::Allows::reading: return execute | read_file | read_folder;
        case Rule::Allows::device: return read_file | write_file | truncate_file;
        case Rule::Allows::writing: return ~make_device;
    }
    return 0;
}

}  // namespace

int landlock_version() {
    const long version = ::syscall(create_ruleset, nullptr, 0, ask_version);
    return version > 0 ? static_cast<int>(version) : 0;
}

Trouble lay_down_rules(const Confinement& confinement) {
    const int version = landlock_version();
    if (version == 0 || confinement.rules.empty()) {
        return {};
    }
    const bool own_network = confinement.walls == Walls::name_spaces && confinement.network == Network::loopback;
    RulesetAttributes attributes{.handled_files = rights_of(version)};
    auto size = sizeof attributes.handled_files;
    if (version >= 4) {
        attributes.handled_network = own_network ? 0 : bind_tcp | connect_tcp;
        size += sizeof attributes.handled_network;
    }
    if (version >= 6) {
        attributes.scoped = bit(0) | bit(1);  // abstract sockets and signals
        size += sizeof attributes.scoped;
    }
    const Descriptor ruleset(static_cast<int>(::syscall(create_ruleset, &attributes, size, 0)));
    if (!ruleset.is_open()) {
        return trouble("make the Landlock rules");
    }
    for (const auto& rule : confinement.rules) {
        const Descriptor place(::open(rule.path.c_str(), O_PATH | O_CLOEXEC));
        struct stat about{};
        if (!place.is_open() || ::fstat(place.get(), &about) != 0) {
            continue;
        }
        auto allowed = allowed_by(rule.allows) & attributes.handled_files;
        if (!S_ISDIR(about.st_mode)) {
            allowed &= on_files;
        }
        const PathBeneath beneath{.allowed = allowed, .parent = place.get()};
        if (::syscall(add_rule, ruleset.get(), rule_path_beneath, &beneath, 0) != 0) {
            return trouble("allow", rule.path);
        }
    }
    for (const auto port : confinement.ports) {
        const NetPort rule{.allowed = bind_tcp | connect_tcp, .port = port};
        if (attributes.handled_network != 0 && ::syscall(add_rule, ruleset.get(), rule_net_port, &rule, 0) != 0) {
            return trouble("allow a port");
        }
    }
    if (::syscall(restrict_self, ruleset.get(), 0) != 0) {
        return trouble("lay the Landlock rules down");
    }
    return {};
}

}  // namespace mlpath::confine
