// What root may do here: in a container, or in a namespace of one user, it is less than the name says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mlpath::run {

struct Rights {
    bool is_root = false;
    bool is_the_machines = false;  // root of the machine or its container, not an ordinary user who seems to be root
    // To run programs as `nobody`: become it, hand folders over and take them back, end its programs. Root alone can.
    bool may_become_another = false;
    std::string why_not{};  // a clause: "this namespace of users holds nobody but you"; empty where it may
};

// The user that programs become where root runs mlpath.
inline constexpr std::uint32_t nobody = 65534;

// What the kernel says of this process.
[[nodiscard]] Rights rights_here();

// The same from the texts of /proc/self: status, uid_map, gid_map and setgroups.
[[nodiscard]] Rights rights_from(std::string_view status, std::string_view users, std::string_view groups,
                                 std::string_view setgroups);

}  // namespace mlpath::run
