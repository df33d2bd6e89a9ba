// The difference of two texts as people read it: unified, three lines of context.
#pragma once

#include <string>
#include <string_view>

namespace mlpath::workspace {

// "--- a\n+++ b\n@@ -1,3 +1,4 @@\n…"; empty where they are equal. A last line without its newline is told as git tells
// it.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after, std::string_view before_name,
                                       std::string_view after_name);
// Not text: it holds a NUL or is not UTF-8.
[[nodiscard]] bool is_binary(std::string_view bytes);

}  // namespace mlpath::workspace
