// `mlpath watch` from its start to its end: waits for saves, keys, signals and what runs, and acts on them.
#pragma once

#include "app/judge/check.hpp"
#include "app/project/project_watch.hpp"
#include "host.hpp"
#include "run/sandbox.hpp"

namespace mlpath::cli {

struct WatchRequest {
    app::CheckRequest words{};
    app::Looking looking = app::Looking::as_fits;
    run::SandboxWish sandbox = run::SandboxWish::automatic;
};

// Until the user leaves. What keeps the first run from beginning ends it, what keeps a later one is shown.
[[nodiscard]] Result<Exit> watch(Host& host, const WatchRequest& request);

}  // namespace mlpath::cli
