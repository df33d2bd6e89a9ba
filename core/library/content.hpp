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
    // "templates/iris/project.json".
    [[nodiscard]] virtual Result<std::string> read(std::string_view path) const = 0;
    // All paths that start with `prefix`, sorted.
    [[nodiscard]] virtual Result<std::vector<std::string>> list(std::string_view prefix) const = 0;
    // "built in", or the folder: for messages and reports.
    [[nodiscard]] virtual std::string origin() const = 0;
};

// A folder. Caches and editor droppings (__pycache__, .git, *.pyc, *~) are not listed.
[[nodiscard]] std::unique_ptr<Content> folder_content(fs::path root);
// What the build embedded (`span` is the blob that write_blob made; it must outlive the content).
[[nodiscard]] std::unique_ptr<Content> blob_content(std::string_view blob);
[[nodiscard]] Result<std::string> write_blob(const Content& content);

}  // namespace mlpath::library
