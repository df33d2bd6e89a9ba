// Where the library's files come from: built into the binary, or a folder that an author works on.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"

namespace mlpath::library {

class Content {
public:
    virtual ~Content() = default;
    // Paths are relative to the library's root with '/' separators: "curricula/levels.json",
    // "templates/iris/project.json". Several threads may read and list at once.
    [[nodiscard]] virtual Result<std::string> read(std::string_view path) const = 0;
    // All paths that start with `prefix`, sorted.
    [[nodiscard]] virtual Result<std::vector<std::string>> list(std::string_view prefix) const = 0;
    // "built in", or the folder: for messages and reports.
    [[nodiscard]] virtual std::string origin() const = 0;
    // True where the build has already found the file sound, so that reading it again need not.
    [[nodiscard]] virtual bool validated(std::string_view /*path*/) const { return false; }
};

// A folder. Links are not followed; caches and editor droppings (__pycache__, .git, *.pyc, *~) are not listed.
[[nodiscard]] std::unique_ptr<Content> folder_content(fs::path root);
// What the build embedded: the bytes that write_blob made, after `load` found no fault. They must outlive the content.
[[nodiscard]] std::unique_ptr<Content> blob_content(std::string_view blob);
// The same files, each path with `prefix` before it ("harness/").
[[nodiscard]] std::unique_ptr<Content> prefixed_content(std::string prefix, std::unique_ptr<Content> content);
// `primary` is an author's folder, `fallback` what is built in. The schemas and the harness belong to the program, so
// they come from the fallback wherever it has them; what else it lends is below the prefixes in `lent` (a template as a
// whole or not at all).
[[nodiscard]] std::unique_ptr<Content> overlay_content(std::shared_ptr<const Content> primary,
                                                       std::shared_ptr<const Content> fallback,
                                                       std::vector<std::string> lent = {});
[[nodiscard]] Result<std::string> write_blob(const Content& content);

}  // namespace mlpath::library
