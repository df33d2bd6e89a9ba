// Addresses of the web that stand in running text without a mark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpath::markdown {

// "https://…", "http://…" and "www.…". A sentence's own marks at the end are not part of one (GitHub's rule for
// "extended autolinks": punctuation, and a bracket that closes what the address did not open).
[[nodiscard]] std::vector<std::string> addresses_in(std::string_view text);

}  // namespace mlpath::markdown
