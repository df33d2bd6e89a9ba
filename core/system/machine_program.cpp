#include "system/machine_program.hpp"

#include <unistd.h>

#include "system/process.hpp"

namespace mlpath::system {

std::optional<std::filesystem::path> found(const MachineProgram& program, std::string_view path) {
    return find_program(program.name, path);
}

std::string install_command(std::string_view debian_package) {
    return (::geteuid() == 0 ? "apt install " : "sudo apt install ") + std::string(debian_package);
}

}  // namespace mlpath::system
