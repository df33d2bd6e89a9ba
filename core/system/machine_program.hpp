// Programs of this machine that mlpath starts for a check, beside the interpreters: where they are looked for, and what
// installs one that is missing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace mlpath::system {

// What programs in the sandbox have on their PATH, behind the folder of their Python.
inline constexpr std::string_view usual_path = "/usr/local/bin:/usr/bin:/bin";

struct MachineProgram {
    std::string_view name{};    // "Xvfb"
    std::string_view debian{};  // the package that brings it: "xvfb"
    std::string_view area{};    // as `mlpath doctor` groups what it says: "windows"
    std::string_view serves{};  // what can be checked with it: "programs with a window"
};

[[nodiscard]] std::optional<std::filesystem::path> found(const MachineProgram& program,
                                                         std::string_view path = usual_path);
// "sudo apt install xvfb", and for root without sudo.
[[nodiscard]] std::string install_command(std::string_view debian_package);

}  // namespace mlpath::system
