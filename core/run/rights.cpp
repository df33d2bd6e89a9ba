#include "run/rights.hpp"

#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"

namespace mlpath::run {

namespace {

// To become another user, to hand folders over, and to read, remove and end what is that user's.
constexpr std::array<std::pair<unsigned, const char*>, 6> wanted{{{7, "CAP_SETUID"},
                                                                  {6, "CAP_SETGID"},
                                                                  {0, "CAP_CHOWN"},
                                                                  {1, "CAP_DAC_OVERRIDE"},
                                                                  {3, "CAP_FOWNER"},
                                                                  {5, "CAP_KILL"}}};

// A line is "first-inside first-outside count".
struct Extent {
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
    std::uint64_t count = 0;
};

std::optional<Extent> extent_of(std::string_view map, std::uint32_t id) {
    if (map.empty()) {  // a kernel without namespaces of users
        return Extent{.count = std::uint64_t{1} << 32U};
    }
    for (const auto line : lines(map)) {
        std::array<std::uint64_t, 3> numbers{};
        const char* at = line.data();
        const char* const end = line.data() + line.size();
        for (auto& number : numbers) {
            while (at < end && *at == ' ') {
                ++at;
            }
            at = std::from_chars(at, end, number).ptr;
        }
        const Extent extent{numbers[0], numbers[1], numbers[2]};
        if (id >= extent.inside && id - extent.inside < extent.count) {
            return extent;
        }
    }
    return std::nullopt;
}

// The word behind "Name:" at the beginning of a line.
std::string_view value_of(std::string_view status, std::string_view name) {
    for (const auto line : lines(status)) {
        if (line.starts_with(name)) {
            return trim(line.substr(name.size()));
        }
    }
    return {};
}

// Uid: real, effective, saved, of files.
bool is_root_in(std::string_view status) {
    const auto users = split(value_of(status, "Uid:"), '\t');
    return users.size() > 1 && trim(users[1]) == "0";
}

}  // namespace

Rights rights_from(std::string_view status, std::string_view users, std::string_view groups,
                   std::string_view setgroups) {
    Rights rights{.is_root = is_root_in(status)};
    if (!rights.is_root) {
        return rights;
    }
    const auto own = extent_of(users, 0);
    rights.is_the_machines = !own || own->outside == 0;
    if (!extent_of(users, nobody) || !extent_of(groups, nobody) || trim(setgroups) == "deny") {
        rights.why_not = "you are root of a namespace of users that holds nobody but you";
        return rights;
    }
    const auto text = value_of(status, "CapEff:");
    std::uint64_t capabilities = 0;
    std::from_chars(text.data(), text.data() + text.size(), capabilities, 16);
    for (const auto& [number, name] : wanted) {
        if ((capabilities >> number & 1U) == 0) {
            rights.why_not = std::string("root has no ") + name + " here";
            return rights;
        }
    }
    rights.may_become_another = true;
    return rights;
}

Rights rights_here() {
    if (::geteuid() != 0) {
        return {};
    }
    const auto told = [](const char* file) {
        return read_file(fs::path("/proc/self") / file, 1u << 20).value_or(std::string());
    };
    const auto status = told("status");
    if (status.empty()) {  // no /proc: what root may do is found out by trying
        return {.is_root = true, .is_the_machines = true, .may_become_another = true};
    }
    return rights_from(status, told("uid_map"), told("gid_map"), told("setgroups"));
}

}  // namespace mlpath::run
