#include "library/reader.hpp"

#include <algorithm>

#include "library/schemas.hpp"

namespace mlpath::library {

namespace {

// 0 where it is not told, or is no number.
std::int64_t format_told(const json::Document& document) {
    const auto root = document.root();
    const auto found = root.find("format");
    return found != root.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Fault of_another_time(const json::Document& document, std::string_view time, int reads, std::string advice) {
    return {Severity::error, document.place_of("/format"),
            "format " + std::to_string(format_told(document)) + " was made for " + std::string(time) +
                " mlpath; this one reads format " + std::to_string(reads),
            std::move(advice)};
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

const Result<json::Schema>& Reader::schema_named(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_schemas.find(name); known != m_schemas.end()) {
        return known->second;
    }
    return m_schemas.emplace(name, compiled_schema(m_content, name)).first->second;
}

Result<ReadFile> Reader::read(const std::string& path, const std::string& schema) {
    auto text = m_content.read(path);
    if (!text && text.error().kind == ErrorKind::malformed) {  // too large, or no file: a fault like any other
        ReadFile unread;
        unread.document.file = path;
        unread.faults.push_back({Severity::error, {path, {}, 0}, text.error().message, text.error().hint});
        return unread;
    }
    if (!text) {
        return fail(text.error());
    }
    auto read = json::read(std::move(*text), path);
    ReadFile file{std::move(read.document), std::move(read.faults), false};
    if (!read.complete) {
        return file;
    }
    const auto format = format_told(file.document);
    const auto newest = format_of(schema);
    if (format > newest) {  // what else is odd about a file of the future is none of its author's mistakes
        file.faults.push_back(of_another_time(file.document, "a newer", newest, "update mlpath"));
        return file;
    }
    if (!m_content.validated(path)) {
        const auto& rules = schema_named(schema);
        if (!rules) {
            return fail(rules.error());
        }
        auto faults = rules->validate(file.document);
        // One that has nothing of what changed since is read as it is.
        if (format > 0 && format < newest && has_errors(faults)) {
            file.faults.push_back(
                of_another_time(file.document, "an older", newest,
                                "what to change is told in curricula/FORMAT.md, \"From format 1 to 2\""));
        }
        file.faults.insert(file.faults.end(), faults.begin(), faults.end());
    }
    file.usable = file.faults.size() < json::Schema::most_faults;
    return file;
}

}  // namespace mlpath::library
