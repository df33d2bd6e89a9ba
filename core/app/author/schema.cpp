#include "app/author/schema.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "app/author/lint.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "library/schemas.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view folder_of_schemas = "curricula/schemas/";
constexpr std::string_view ending = ".schema.json";

Result<fs::path> library_in(const fs::path& folder, FolderIs is) {
    std::error_code error;
    const auto real = fs::canonical(folder, error);
    if (error || !fs::is_directory(real, error)) {
        return fail(ErrorKind::usage, printable(folder.string()) + " is not a folder",
                    "make it first, or name the folder of your library");
    }
    if (is == FolderIs::given && !library_around(real) && !is_workspace(real)) {
        return real;
    }
    if (const auto near = library_near(real)) {
        return *near;
    }
    return fail(ErrorKind::usage, "there is no library here to write the schemas into",
                "name its folder: `mlpath schema --write my-library`; in a workspace your own lies in `library/`");
}

// What the file's `$schema` says, where it is a path.
std::optional<std::string> schema_of(const fs::path& file) {
    const auto text = read_file(file);
    if (!text || text->find("$schema") == std::string::npos) {
        return std::nullopt;
    }
    const auto parsed = json::parse(*text, file.filename().string());
    const auto& value = parsed.value;
    if (!value.is_object() || !value.contains("$schema") || !value["$schema"].is_string()) {
        return std::nullopt;
    }
    auto written = value["$schema"].get<std::string>();
    return written.find("://") == std::string::npos ? std::optional(std::move(written)) : std::nullopt;
}

// The paths to write, each with the schema that belongs there.
class Places {
public:
    Places(const fs::path& library, const std::vector<Schema>& schemas) : m_library(library) {
        for (const auto& schema : schemas) {
            m_schemas[schema.name + std::string(ending)] = &schema;
            m_places[std::string(folder_of_schemas) + schema.name + std::string(ending)] = &schema;
        }
    }

    void look_at(const std::string& path) {
        const auto written = schema_of(m_library / path);
        if (!written) {
            return;
        }
        const auto place = (fs::path(path).parent_path() / *written).lexically_normal();
        const auto schema = m_schemas.find(place.filename().string());
        const auto says = "`$schema` of " + printable(path) + " is \"" + printable(*written) + "\", which ";
        if (schema == m_schemas.end()) {
            notes.push_back(says + "is no schema of mlpath");
        } else if (place.is_absolute() || *place.begin() == "..") {
            notes.push_back(says + "leads out of the library");
        } else {
            m_places[place.generic_string()] = schema->second;
        }
    }

    [[nodiscard]] const std::map<std::string, const Schema*>& all() const { return m_places; }
    std::vector<std::string> notes{};

private:
    const fs::path& m_library;
    std::map<std::string, const Schema*> m_schemas{};  // by the name of its file
    std::map<std::string, const Schema*> m_places{};
};

Result<SchemaFile> write_one(const fs::path& library, const std::string& path, const Schema& schema, Replace replace) {
    using Outcome = SchemaFile::Outcome;
    const auto file = library / path;
    std::error_code error;
    if (!fs::exists(fs::symlink_status(file, error))) {
        MLPATH_CHECK(write_file(file, schema.text));
        return SchemaFile{path, Outcome::written};
    }
    MLPATH_TRY(const auto there, read_file(file));
    if (there == schema.text) {
        return SchemaFile{path, Outcome::same};
    }
    if (replace == Replace::nothing) {
        return SchemaFile{path, Outcome::left};
    }
    MLPATH_CHECK(write_file(file, schema.text));
    return SchemaFile{path, Outcome::replaced};
}

}  // namespace

Result<std::vector<Schema>> schemas(const library::Content& content) {
    MLPATH_TRY(const auto paths, content.list(folder_of_schemas));
    std::vector<Schema> all;
    for (const auto& path : paths) {
        if (!path.ends_with(ending)) {
            continue;
        }
        Schema schema{
            .name = path.substr(folder_of_schemas.size(), path.size() - folder_of_schemas.size() - ending.size())};
        MLPATH_TRY(schema.text, library::schema_text(content, schema.name));
        const auto parsed = json::parse(schema.text, path);
        if (parsed.value.is_object()) {
            schema.title = parsed.value.value("title", std::string());
        }
        all.push_back(std::move(schema));
    }
    return all;
}

Result<SchemasWritten> write_schemas(const library::Content& content, const fs::path& folder, FolderIs is,
                                     Replace replace) {
    MLPATH_TRY(const auto ours, schemas(content));
    SchemasWritten report;
    MLPATH_TRY(report.library, library_in(folder, is));
    Places places(report.library, ours);
    MLPATH_TRY(const auto paths, library::folder_content(report.library)->list(""));
    for (const auto& path : paths) {
        const bool counts = path.starts_with("curricula/") || path.starts_with("templates/") || path == "library.json";
        if (counts && path.ends_with(".json") && !path.ends_with(ending)) {
            places.look_at(path);
        }
    }
    report.notes = std::move(places.notes);
    for (const auto& [path, schema] : places.all()) {
        MLPATH_TRY(auto file, write_one(report.library, path, *schema, replace));
        report.files.push_back(std::move(file));
    }
    return report;
}

}  // namespace mlpath::app
