#include "checks/kind.hpp"

#include <algorithm>

namespace mlpath::checks {

namespace {

const Kind* called(std::string_view name) {
    const auto found = std::ranges::find(all_kinds(), name, [](const Kind* kind) { return kind->told.name; });
    return found == all_kinds().end() ? nullptr : *found;
}

}  // namespace

const Kind* kind_of(const library::Check& check) { return called(check.kind); }

bool hangs_on_draw(std::string_view kind) {
    const auto* known = called(kind);
    return known != nullptr && known->draw == Draw::decides;
}

std::vector<std::string> needed_checks(const library::Check& check) {
    const auto* kind = kind_of(check);
    return kind == nullptr || kind->needs == nullptr ? std::vector<std::string>() : kind->needs(check);
}

}  // namespace mlpath::checks
