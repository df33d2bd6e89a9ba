// The process environment as an interface, so that a test can scrub it and nothing deep down calls getenv.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mlpath::system {

class Environment {
public:
    virtual ~Environment() = default;
    // Empty values count as absent, as the XDG specification asks.
    [[nodiscard]] virtual std::optional<std::string> get(std::string_view name) const = 0;
};

class RealEnvironment final : public Environment {
public:
    [[nodiscard]] std::optional<std::string> get(std::string_view name) const override;
};

class FixedEnvironment final : public Environment {
public:
    explicit FixedEnvironment(std::map<std::string, std::string, std::less<>> values) : m_values(std::move(values)) {}
    [[nodiscard]] std::optional<std::string> get(std::string_view name) const override;

private:
    std::map<std::string, std::string, std::less<>> m_values;
};

// MLPATH_CACHE_DIR, else XDG_CACHE_HOME/mlpath, else HOME/.cache/mlpath, else a folder of this user in the temporary
// one.
[[nodiscard]] std::filesystem::path cache_folder(const Environment& environment);

}  // namespace mlpath::system
