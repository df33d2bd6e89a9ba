#include "run/rights.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

// What the kernel says of root in the machines, containers and namespaces that people run mlpath in.
using namespace mlpath::run;

namespace {

constexpr auto everybody = "         0          0 4294967295\n";
constexpr auto podman = "         0       1000          1\n         1     100000      65536\n";
constexpr auto alone = "         0       1000          1\n";
constexpr auto alone_as_root = "         0          0          1\n";

std::string status(const char* users, const char* capabilities) {
    return std::string("Name:\tmlpath\nUmask:\t0022\nUid:\t") + users + "\nGid:\t0\t0\t0\t0\nCapPrm:\t" + capabilities +
           "\nCapEff:\t" + capabilities + "\nCapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\n";
}

}  // namespace

TEST_CASE("who may run programs as somebody else") {
    struct Case {
        const char* what;
        const char* users;  // real, effective, saved, of files
        const char* capabilities;
        const char* user_map;
        const char* setgroups;
        bool is_root;
        bool is_the_machines;
        bool may;
        const char* why_not;
    };
    constexpr auto root = "0\t0\t0\t0";
    constexpr auto all = "000001ffffffffff";
    constexpr auto dockers = "00000000a80425fb";
    for (const auto& [what, users, capabilities, map, setgroups, is_root, is_the_machines, may, why_not] :
         std::vector<Case>{
             {"root", root, all, everybody, "allow\n", true, true, true, ""},
             {"root in Docker", root, dockers, everybody, "allow\n", true, true, true, ""},
             {"root in rootless Podman", root, all, podman, "allow\n", true, false, true, ""},
             {"--cap-drop=ALL", root, "0000000000000000", everybody, "allow\n", true, true, false, "no CAP_SETUID"},
             {"one that cannot end programs", root, "00000000000000cb", everybody, "allow\n", true, true, false,
              "no CAP_KILL"},
             {"unshare -Ur", root, all, alone, "deny\n", true, false, false, "holds nobody but you"},
             {"unshare -Ur by root", root, all, alone_as_root, "deny\n", true, true, false, "holds nobody but you"},
             {"a namespace that refuses groups", root, all, podman, "deny\n", true, false, false, "nobody but you"},
             {"a kernel without namespaces of users", root, all, "", "", true, true, true, ""},
             {"an ordinary user", "1000\t1000\t1000\t1000", "0000000000000000", everybody, "allow\n", false, false,
              false, ""},
             {"who became root by a set-id bit", "1000\t0\t0\t0", all, everybody, "allow\n", true, true, true, ""},
         }) {
        CAPTURE(what);
        const auto rights = rights_from(status(users, capabilities), map, map, setgroups);
        CHECK(rights.is_root == is_root);
        CHECK(rights.is_the_machines == is_the_machines);
        CHECK(rights.may_become_another == may);
        CHECK(rights.why_not.find(why_not) != std::string::npos);
        CHECK(rights.why_not.empty() == (may || !is_root));
    }
}
