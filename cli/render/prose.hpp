// Markdown as a person reads it on a terminal: headings stand out, paragraphs are wrapped, the marks are gone.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// Kind malformed where the text is past a limit of markdown::read.
[[nodiscard]] Status write_prose(Page& page, std::string_view markdown);

}  // namespace mlpath::cli
