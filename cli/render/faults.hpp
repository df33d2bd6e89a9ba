// What did not end as it should when projects were proved.
#pragma once

#include <span>

#include "app/author/selftest.hpp"
#include "json/json.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// Of each: where it is, what was expected, what was found.
void write_faults(Page& page, std::span<const app::SelftestFault> faults);
[[nodiscard]] Json json_of(const app::SelftestFault& fault);

}  // namespace mlpath::cli
