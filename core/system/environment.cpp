#include "system/environment.hpp"

#include <unistd.h>

#include <cstdlib>

namespace mlpath::system {

namespace {

// Programs run in other folders than ours, so that a relative setting would mean another place to them.
std::filesystem::path from_the_root(const std::filesystem::path& path) {
    std::error_code error;
    auto found = std::filesystem::absolute(path, error);
    return error ? path : found.lexically_normal();
}

std::filesystem::path own_folder(const Environment& environment, std::string_view xdg_name,
                                 std::string_view below_home) {
    if (const auto xdg = environment.get(xdg_name); xdg && xdg->starts_with('/')) {
        return std::filesystem::path(*xdg) / "mlpath";
    }
    if (const auto home = environment.get("HOME")) {
        return from_the_root(*home) / below_home / "mlpath";
    }
    std::error_code error;
    const auto temporary = std::filesystem::temp_directory_path(error);
    return (error ? std::filesystem::path("/tmp") : from_the_root(temporary)) /
           ("mlpath-" + std::to_string(::getuid())) / below_home;
}

}  // namespace

std::optional<std::string> RealEnvironment::get(std::string_view name) const {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr || *value == '\0') {
        return std::nullopt;
    }
    return value;
}

std::optional<std::string> FixedEnvironment::get(std::string_view name) const {
    const auto found = m_values.find(name);
    if (found == m_values.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second;
}

std::filesystem::path cache_folder(const Environment& environment) {
    if (const auto chosen = environment.get("MLPATH_CACHE_DIR")) {
        return from_the_root(*chosen);
    }
    return own_folder(environment, "XDG_CACHE_HOME", ".cache");
}

}  // namespace mlpath::system
