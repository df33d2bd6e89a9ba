// `mlpath lint`: whether a library, or one file or project of it, is sound.
#pragma once

#include <cstddef>
#include <memory>

#include "base/fault.hpp"
#include "base/files.hpp"
#include "library/content.hpp"

namespace mlpath::app {

struct LintReport {
    Faults faults{};
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::size_t planned = 0;  // names of what is not there yet
    // What was looked at.
    std::size_t curricula = 0;
    std::size_t topics = 0;
    std::size_t skills = 0;
    std::size_t datasets = 0;
    std::size_t projects = 0;
};

// The content as it is: the library in use.
[[nodiscard]] Result<LintReport> lint(const library::Content& content);
// A folder or a file. Where it lies in a library (a folder with `curricula/` or `templates/`), the whole library is
// read and the faults of that folder or file are kept; a project folder outside of one is read against `fallback`,
// which also lends schemas to a library that has none. Paths in faults are relative to the root that was found.
[[nodiscard]] Result<LintReport> lint(const fs::path& path, std::unique_ptr<library::Content> fallback);

}  // namespace mlpath::app
