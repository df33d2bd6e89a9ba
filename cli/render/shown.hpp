// What `mlpath show` found, for people and for machines.
#pragma once

#include "app/learn/show.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// Kind malformed where a text in Markdown is past a limit.
[[nodiscard]] Status write_shown(Page& page, const app::Shown& shown);
[[nodiscard]] Json json_of(const app::Shown& shown);

}  // namespace mlpath::cli
