// `mlpath lint`: whether a library, or one file or project of it, is sound.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/libraries/guests.hpp"
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
    std::size_t quizzes = 0;
    std::size_t skills = 0;
    std::size_t datasets = 0;
    std::size_t projects = 0;

    // What was found elsewhere as well.
    void add(LintReport other);
};

// What is looked at: a library, of which only what is below a folder or file may count, and how its paths are shown.
class LintTarget {
public:
    // The content as it is: the library in use. It must outlive the target.
    explicit LintTarget(const library::Content& content) : m_content(&content) {}
    LintTarget(std::unique_ptr<library::Content> content, std::string below, std::string shown_below)
        : m_owned(std::move(content)),
          m_content(m_owned.get()),
          m_below(std::move(below)),
          m_shown_below(std::move(shown_below)) {}

    // A guest: its names are looked at, and what it refers to may be of the basis.
    void is_guest(std::string name, std::shared_ptr<const library::Basis> basis) {
        m_guest = std::move(name);
        m_basis = std::move(basis);
    }

    [[nodiscard]] const library::Content& content() const { return *m_content; }
    [[nodiscard]] Result<library::LoadResult> load() const;
    [[nodiscard]] const std::string& below() const { return m_below; }  // empty: all of it
    [[nodiscard]] bool covers(std::string_view path) const;
    // The path as it is shown; only of one that is covered.
    [[nodiscard]] std::string shown(const std::string& path) const;

private:
    std::unique_ptr<library::Content> m_owned{};
    const library::Content* m_content;
    std::string m_below{};
    std::string m_shown_below{};  // what stands for `m_below` in the faults
    std::string m_guest{};
    std::shared_ptr<const library::Basis> m_basis{};
};
// The library that the path is the root of, or lies in the curricula or templates of.
[[nodiscard]] std::optional<fs::path> library_around(const fs::path& path);
[[nodiscard]] bool is_workspace(const fs::path& folder);
// The same for an author who stands in the folder: in a workspace it is the workspace's own library, where it has one.
[[nodiscard]] std::optional<fs::path> library_near(const fs::path& folder);

// A folder or a file. Where it lies in a library (a folder with `curricula/` or `templates/`), the whole library is
// read and the faults of that folder or file are kept; a project folder outside of one is read against the library in
// use, which also lends schemas to a library that has none, and a basis to one that is a guest. Paths in faults are
// relative to the root that was found.
[[nodiscard]] Result<LintTarget> lint_target(const fs::path& path, const GuestHost& host);
// All of a guest, where it lies; its paths are shown below `shown_below`.
[[nodiscard]] Result<LintTarget> lint_target(const GuestPlace& place, const GuestHost& host, std::string shown_below);
// What is below `below` of a library that may not be written yet; `guest` is its name, or empty.
[[nodiscard]] Result<LintTarget> lint_target(std::unique_ptr<library::Content> content, std::string below,
                                             const std::string& guest, const GuestHost& host);

[[nodiscard]] Result<LintReport> lint(const LintTarget& target);

}  // namespace mlpath::app
