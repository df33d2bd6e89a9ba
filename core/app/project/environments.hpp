// The use case behind `mlpath env`: which packages a group has here, where its environment lies, and making it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "library/package_group.hpp"
#include "run/package_environment.hpp"

namespace mlpath::app {

enum class EnvironmentState {
    absent,
    outdated,  // whole, and made from other pins than the library has now
    whole,
};
[[nodiscard]] std::string_view to_string(EnvironmentState state);

struct EnvironmentRequest {
    std::string what{};  // a group or a project; empty: of the project that the user stands in, else `base`
    run::ToolWish tool = run::ToolWish::automatic;
    std::vector<std::string> links{};  // folders and pages with wheels
};

// All that a person wants to know before it is made.
struct EnvironmentPlan {
    library::PackageGroup group{};
    std::vector<library::Pin> pins{};  // for this machine
    std::string platform{};
    std::uint64_t bytes = 0;  // that are downloaded at most
    std::string guest{};      // whose group it is; empty: of the library in use
    EnvironmentState state = EnvironmentState::absent;
    run::MakingRequest making{};
    [[nodiscard]] fs::path folder() const { return making.places / making.group; }
    // Whether it is one of the packages that the group is for, and not what these need.
    [[nodiscard]] bool is_for(const library::Pin& pin) const;
};
// In the workspace around the user, or in the cache where there is none. not_found: no such group or project; usage:
// the project has no group; missing: nothing is pinned for this system, or no Python here is of the versions that it is
// pinned for.
[[nodiscard]] Result<EnvironmentPlan> plan_environment(const Context& context, const EnvironmentRequest& request,
                                                       system::Processes& processes, std::stop_token stop = {});
// The same in the cache, of a group by its id: for `verify`, which takes nothing of a workspace.
[[nodiscard]] Result<EnvironmentPlan> plan_in_cache(const Context& context, const std::string& group,
                                                    system::Processes& processes, std::stop_token stop = {});

struct ListedEnvironment {
    library::PackageGroup group{};
    std::size_t packages = 0;  // for the newest Python that it is pinned for
    std::uint64_t bytes = 0;   // likewise; 0 where nothing is pinned for this system
    EnvironmentState state = EnvironmentState::absent;
    fs::path folder{};  // where it lies, or would
};
[[nodiscard]] Result<std::vector<ListedEnvironment>> list_environments(const Context& context);

}  // namespace mlpath::app
