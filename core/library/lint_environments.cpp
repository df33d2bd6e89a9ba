// Groups of packages: that each has pins, and that the pins have what it promises.
#include <algorithm>

#include "base/text.hpp"
#include "library/draft.hpp"

namespace mlpath::library {

std::optional<std::string> lacking(const std::vector<Pin>& pins, const std::vector<PythonPackage>& packages) {
    for (const auto& package : packages) {
        const auto& name = package.name();
        const auto is_it = [&](const Pin& pin) { return pin.name == name; };
        if (std::ranges::none_of(pins, is_it)) {
            return "has no `" + name + "`";
        }
        const auto too_old = std::ranges::find_if(
            pins, [&](const Pin& pin) { return is_it(pin) && !at_least(pin.version, package.version); });
        if (too_old != pins.end()) {
            return "has `" + name + "` " + too_old->version +
                   (too_old->marker.empty() ? "" : " (" + too_old->marker + ")") + ", and " + package.version +
                   " is needed";
        }
    }
    return std::nullopt;
}

void lint_package_groups(Draft& draft) {
    for (const auto& [id, each] : draft.package_groups) {
        const auto& group = each.group;
        if (!group.extends.empty()) {
            draft.refer(each.document, "/extends", "environment", group.extends, draft.environments);
        }
        if (!at_least(group.python_max, group.python_min)) {
            draft.error(each.document, "/python/max", "it ends before it begins",
                        "`min` is the least version of Python");
        }
        if (const auto lacks = each.pins ? lacking(*each.pins, group.packages) : std::nullopt) {
            draft.file_error(pins_path(id), 0, "the file " + *lacks, "write it anew with `scripts/pins " + id + "`");
        }
    }
}

}  // namespace mlpath::library
