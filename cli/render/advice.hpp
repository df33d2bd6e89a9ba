// What helps to go on: a hint, and what is next.
#pragma once

#include "app/learn/next.hpp"
#include "app/project/hint.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

enum class Asking { by_command, by_key };  // how the next hint is had
void write_hint(Page& page, const app::Hint& hint, Asking asking = Asking::by_command);
void write_next(Page& page, const app::Next& found);
void write_frontier(Page& page, const app::Frontier& frontier);
// That nothing is left, as the achievement that it is, and what else there is.
void write_achieved(Page& page, const app::Achieved& achieved);
[[nodiscard]] Json json_of(const app::Achieved& achieved);

}  // namespace mlpath::cli
