#include "system/process.hpp"

#include <unistd.h>
#include <uv.h>

#include <array>

#include "base/text.hpp"
#include "system/process_conversation.hpp"
#include "system/process_tree.hpp"

namespace mlpath::system {

namespace {

// Our own binary, also where it was replaced on the disk while we run.
std::filesystem::path own_binary() {
#ifdef __linux__
    return "/proc/self/exe";
#else
    std::array<char, 4096> path{};
    std::size_t size = path.size();
    return uv_exepath(path.data(), &size) == 0 ? std::filesystem::path(path.data()) : std::filesystem::path();
#endif
}

}  // namespace

Result<ProcessOutcome> RealProcesses::run(const ProcessSpec& spec, std::stop_token stop) {
    MLPATH_TRY(const auto tree,
               ProcessTree::start({.launcher = m_launcher.empty() ? own_binary() : m_launcher}, spec, {}, stop));
    tree->wait_until_gone();
    return tree->outcome();
}

Result<std::unique_ptr<Conversation>> RealProcesses::converse(const ProcessSpec& spec, std::stop_token stop) {
    return start_conversation({.launcher = m_launcher.empty() ? own_binary() : m_launcher}, spec, stop);
}

Result<ProcessOutcome> run_by(Starter& starter, const ProcessSpec& spec, std::stop_token stop) {
    MLPATH_TRY(const auto tree, ProcessTree::start({.starter = &starter}, spec, {}, stop));
    tree->wait_until_gone();
    return tree->outcome();
}

Result<std::unique_ptr<Conversation>> converse_by(Starter& starter, const ProcessSpec& spec, std::stop_token stop) {
    return start_conversation({.starter = &starter}, spec, stop);
}

std::optional<std::filesystem::path> find_program(std::string_view name, std::string_view path_list) {
    for (const auto folder : split(path_list, ':')) {
        // An empty or relative entry would let the current folder decide which program runs.
        if (!folder.starts_with('/')) {
            continue;
        }
        const auto path = std::filesystem::path(folder) / name;
        std::error_code error;
        if (std::filesystem::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0) {
            return path;
        }
    }
    return std::nullopt;
}

}  // namespace mlpath::system
