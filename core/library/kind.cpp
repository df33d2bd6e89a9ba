#include "library/kind.hpp"

#include <algorithm>

#include "library/read.hpp"

namespace mlpath::library {

namespace {

bool reads(const Check& check, Reads what) {
    const auto* kind = kind_named(check.kind);
    return kind != nullptr && kind->reads == what && text_or(check.fields, "step").empty();
}

}  // namespace

const Kind* kind_named(std::string_view name) {
    const auto found = std::ranges::find(all_kinds(), name, [](const KindEntry& entry) { return entry.kind->name; });
    return found == all_kinds().end() ? nullptr : found->kind;
}

bool reads_a_source(const Check& check) { return reads(check, Reads::source) || reads_a_document(check); }

bool reads_a_document(const Check& check) { return reads(check, Reads::document); }

std::vector<std::string> check_details(const Project& project, const Check& check) {
    std::vector<std::string> lines;
    if (const auto* kind = kind_named(check.kind); kind != nullptr && kind->tell != nullptr) {
        kind->tell({.project = project, .says = check.says, .fields = check.fields}, lines);
    }
    return lines;
}

}  // namespace mlpath::library
