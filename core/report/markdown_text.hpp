// Text from outside in a Markdown document.
#pragma once

#include <string>
#include <string_view>

namespace mlpath::report {

// Text that stays text: nothing that Markdown or HTML acts upon, no links that make themselves, no one who is called.
[[nodiscard]] std::string markdown_text(std::string_view text);

}  // namespace mlpath::report
