#include "checks/kind.hpp"

#include <algorithm>

namespace mlpath::checks {

const Kind* kind_of(const library::Check& check) {
    const auto found = std::ranges::find(all_kinds(), check.kind, [](const Kind* kind) { return kind->told.name; });
    return found == all_kinds().end() ? nullptr : *found;
}

std::vector<std::string> needed_checks(const library::Check& check) {
    const auto* kind = kind_of(check);
    return kind == nullptr || kind->needs == nullptr ? std::vector<std::string>() : kind->needs(check);
}

}  // namespace mlpath::checks
