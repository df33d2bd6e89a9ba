// A group of Python packages that live together, and the pins of what is installed for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "library/content.hpp"
#include "library/project.hpp"

namespace mlpath::library {

// curricula/environments/<id>.json.
struct PackageGroup {
    std::string id{};
    std::string title{};
    std::string summary{};
    std::string python_min{};              // "3.10"
    std::string python_max{};              // "3.14", which is the newest that it is pinned for
    std::vector<std::string> platforms{};  // "linux-x86_64"; never empty
    std::string index{};                   // another index for wheels of Linux; may be empty
    std::string extends{};                 // may be empty
    std::vector<PythonPackage> packages{};
};

// What decides which pins are for a machine.
struct PinnedFor {
    std::string python{};    // "3.11.2"
    std::string platform{};  // "linux-x86_64"
};

// A line of <id>.txt.
struct Pin {
    std::string name{};                            // as PyPI has it: "scikit-learn"
    std::string version{};                         // "1.9.1"
    std::string marker{};                          // for whom it is; empty: for all
    std::map<std::string, std::uint64_t> bytes{};  // of the wheel, by platform; by "" for all others
    std::size_t line = 0;
};

// <id>.txt, as scripts/pins writes it: `name==version`, perhaps a marker, at least one hash, and what it downloads.
// Markers compare `python_version`, `sys_platform` and `platform_machine`, joined by `and`. malformed, with the line.
[[nodiscard]] Result<std::vector<Pin>> read_pins(std::string_view text, const std::string& path);
[[nodiscard]] std::vector<Pin> pins_for(const std::vector<Pin>& pins, const PinnedFor& machine);
// What they download there.
[[nodiscard]] std::uint64_t bytes_of(const std::vector<Pin>& pins, const std::string& platform);
[[nodiscard]] std::uint64_t bytes_of(const Pin& pin, const std::string& platform);
// The system that this program was built for: "linux-x86_64"; empty where nothing is pinned for it.
[[nodiscard]] std::string this_platform();

// Whether a version ("1.2.1", "2.0rc1", "1.26+dfsg") is at least another. What is empty is enough for anything.
[[nodiscard]] bool at_least(std::string_view version, std::string_view wanted);

// Whether "3.12.1" lies within what the group is pinned for.
[[nodiscard]] bool fits(const PackageGroup& group, std::string_view python);

[[nodiscard]] std::string environment_path(std::string_view id);  // "curricula/environments/base.json"
[[nodiscard]] std::string pins_path(std::string_view id);         // "curricula/environments/base.txt"
[[nodiscard]] std::vector<std::string> package_group_ids(const Content& content);
// With the packages of the groups that it extends, these first. not_found with a "did you mean".
[[nodiscard]] Result<PackageGroup> load_package_group(const Content& content, std::string_view id);

}  // namespace mlpath::library
