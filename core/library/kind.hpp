// What the library asks of a kind of check: what a brief tells of it, what lint looks at beyond its schema, and what
// its subject is. The kinds themselves are in core/checks/kinds, a folder each, and know how to judge.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "library/project.hpp"

namespace mlpath::library {

// A check on its way into a brief.
struct Told {
    const Project& project;
    const std::string& says;  // of the check: what stands there need not be said again
    const Json& fields;
};

class CheckLint;

// What the check's `path` is, where it has no `step`.
enum class Reads {
    nothing,
    source,    // a file of the learner's that programs find as well
    document,  // a file of the learner's that is text for people: it is laid before no program
};

// What a check of the kind measures, for others to hold figures against. a_mean: its finding has the fact `mean`.
// facts: those that its script tells.
enum class Figures { none, a_mean, facts };

struct Kind {
    std::string_view name{};  // that of its folder
    // Adds lines of Markdown without their bullets: sentences without a capital and a full stop.
    void (*tell)(const Told& told, std::vector<std::string>& lines) = nullptr;
    void (*lint)(CheckLint& lint) = nullptr;
    Reads reads = Reads::nothing;
    Figures figures = Figures::none;
};

// A program of the kind's folder: judge.py, or what it uses.
struct KindScript {
    std::string_view name{};
    std::string_view text{};
};

// A kind, its schema.json (the fields of its own, see library/schemas.hpp), and its scripts.
struct KindEntry {
    const Kind* kind = nullptr;
    std::string_view schema{};
    std::vector<KindScript> scripts{};
};

// All of them, by name. The table is made by the build from the folders of core/checks/kinds: it is declared here,
// where it is asked for, so that the library includes nothing of what stands above it.
[[nodiscard]] std::span<const KindEntry> all_kinds();
// Null where there is no such kind.
[[nodiscard]] const Kind* kind_named(std::string_view name);
// Whether the check reads a file of the learner's and runs nothing for it.
[[nodiscard]] bool reads_a_source(const Check& check);
// Whether that file is a document.
[[nodiscard]] bool reads_a_document(const Check& check);
// What the brief tells of one check, beside its claim.
[[nodiscard]] std::vector<std::string> check_details(const Project& project, const Check& check);

}  // namespace mlpath::library
