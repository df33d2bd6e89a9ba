#include "library/reader.hpp"

#include <algorithm>
#include <optional>

#include "library/schemas.hpp"

namespace mlpath::library {

namespace {

// Said alone: what else is odd about a file of another time is none of its author's mistakes.
std::optional<Fault> other_format(const json::Document& document, std::string_view schema) {
    if (!document.value.is_object()) {
        return std::nullopt;
    }
    const auto found = document.value.find("format");
    if (found == document.value.end() || !found->is_number_integer()) {
        return std::nullopt;
    }
    const auto format = found->get<std::int64_t>();
    const auto newest = format_of(schema);
    const auto reads = "; this one reads format " + std::to_string(newest);
    if (format > newest) {
        return Fault{Severity::error, document.place_of("/format"),
                     "format " + found->dump() + " was made for a newer mlpath" + reads, "update mlpath"};
    }
    if (format > 0 && format < newest) {
        return Fault{Severity::error, document.place_of("/format"),
                     "format " + found->dump() + " was made for an older mlpath" + reads,
                     "what to change is told in curricula/FORMAT.md, \"From format 1 to 2\""};
    }
    return std::nullopt;
}

}  // namespace

int format_of(std::string_view schema) { return schema == "project" || schema == "curriculum" ? 2 : 1; }

bool ReadFile::sound(std::string_view pointer) const {
    return std::ranges::none_of(faults, [&](const Fault& fault) {
        const std::string_view at = fault.place.pointer;
        return fault.severity == Severity::error && at.starts_with(pointer) &&
               (at.size() == pointer.size() || at[pointer.size()] == '/');
    });
}

Result<const json::Schema*> Reader::schema_named(const std::string& name) {
    if (const auto known = m_schemas.find(name); known != m_schemas.end()) {
        return &known->second;
    }
    MLPATH_TRY(auto schema, compiled_schema(m_content, name));
    return &m_schemas.emplace(name, std::move(schema)).first->second;
}

Result<ReadFile> Reader::read(const std::string& path, const std::string& schema) {
    const auto text = m_content.read(path);
    if (!text && text.error().kind == ErrorKind::malformed) {  // too large, or no file: a fault like any other
        ReadFile unread;
        unread.document.file = path;
        unread.faults.push_back({Severity::error, {path, {}, 0}, text.error().message, text.error().hint});
        return unread;
    }
    if (!text) {
        return fail(text.error());
    }
    auto parsed = json::parse(*text, path);
    ReadFile file{std::move(parsed.document), std::move(parsed.faults), false};
    if (!parsed.complete) {
        return file;
    }
    if (auto other = other_format(file.document, schema)) {
        file.faults.push_back(std::move(*other));
        return file;
    }
    if (!m_content.validated(path)) {
        MLPATH_TRY(const auto* rules, schema_named(schema));
        auto faults = rules->validate(file.document);
        file.faults.insert(file.faults.end(), faults.begin(), faults.end());
    }
    file.usable = file.faults.size() < json::Schema::most_faults;
    return file;
}

}  // namespace mlpath::library
