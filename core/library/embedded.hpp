// The library that the build embedded. Defined in the target `mlpath_content`, not in core, so that core does not
// depend on it; whoever links that target has it.
#pragma once

#include <string_view>

namespace mlpath::library {

[[nodiscard]] std::string_view embedded_blob();   // for blob_content
[[nodiscard]] std::string_view embedded_index();  // for read_index

}  // namespace mlpath::library
