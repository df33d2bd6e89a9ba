// Reads files of the library: text, JSON, format number, schema.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "json/document.hpp"
#include "json/schema.hpp"
#include "library/content.hpp"

namespace mlpath::library {

struct ReadFile {
    json::Document document{};
    Faults faults{};
    bool usable = false;  // it is JSON, and of a format that we know; its parts may still have faults
    // Whether nothing at or below the JSON pointer has an error.
    [[nodiscard]] bool sound(std::string_view pointer) const;
};

class Reader {
public:
    explicit Reader(const Content& content) : m_content(content) {}
    // `schema` is the name of a file in curricula/schemas without its endings: "project". An Error only where the
    // content cannot be read, or has no such schema; what was validated when it was built in is not validated again.
    // Several threads may read at once.
    [[nodiscard]] Result<ReadFile> read(const std::string& path, const std::string& schema);

private:
    [[nodiscard]] const Result<json::Schema>& schema_named(const std::string& name);

    const Content& m_content;
    std::mutex m_mutex{};
    std::map<std::string, Result<json::Schema>> m_schemas{};
};

// The format of files with this schema that this mlpath reads.
[[nodiscard]] int format_of(std::string_view schema);

}  // namespace mlpath::library
