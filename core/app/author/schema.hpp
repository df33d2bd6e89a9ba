// The use case behind `mlpath schema`: the JSON Schemas of the formats, and where an author's files look for them.
#pragma once

#include <string>
#include <vector>

#include "base/files.hpp"
#include "library/content.hpp"

namespace mlpath::app {

struct Schema {
    std::string name{};   // "project"
    std::string title{};  // what it describes
    std::string text{};   // the schema, as it is written
};

// All that the program has; `content` lends them.
[[nodiscard]] Result<std::vector<Schema>> schemas(const library::Content& content);

enum class Replace { nothing, changed };  // what to do with a file that is another than ours

struct SchemaFile {
    enum class Outcome { written, replaced, same, left };  // left: it is another than ours, and stays
    std::string path{};                                    // from the library's folder
    Outcome outcome = Outcome::written;
};

struct SchemasWritten {
    fs::path library{};
    std::vector<SchemaFile> files{};
    std::vector<std::string> notes{};  // files whose `$schema` leads to none of them
};

// Writes them into curricula/schemas/ of the library, and wherever else in it a `$schema` of its files points. The
// library is `folder` itself where it is `given`; else the one that it lies in, or that the workspace around it has.
enum class FolderIs { given, around };
[[nodiscard]] Result<SchemasWritten> write_schemas(const library::Content& content, const fs::path& folder, FolderIs is,
                                                   Replace replace);

}  // namespace mlpath::app
