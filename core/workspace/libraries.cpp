#include "workspace/libraries.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "json/document.hpp"
#include "workspace/format.hpp"

namespace mlpath::workspace {

namespace {

constexpr std::string_view libraries_advice =
    "git may have it as it was; else remove it and add the libraries anew with `mlpath library add`";
constexpr std::size_t most_libraries = 1000;

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::string text_at(const Json& entry, const char* key) {
    const auto found = entry.find(key);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_sound(const AddedLibrary& library) {
    return is_id(library.name) && library.name.find('-') == std::string::npos && !library.from.empty() &&
           library.sha256.size() == 64 && is_hex(library.sha256) && library.commit.size() <= 64 &&
           is_hex(library.commit);
}

}  // namespace

fs::path folder_of(const fs::path& workspace, const AddedLibrary& library) {
    return workspace / ".mlpath" / "libraries" / (library.name + '-' + library.sha256.substr(0, 16));
}

std::optional<fs::path> own_library(const fs::path& workspace) {
    const auto folder = workspace / "library";
    std::error_code error;
    const bool is_one = fs::is_directory(folder / "curricula", error) ||
                        fs::is_directory(folder / "templates", error) ||
                        fs::is_regular_file(folder / "library.json", error);
    return is_one ? std::optional(folder) : std::nullopt;
}

Result<std::vector<AddedLibrary>> parse_libraries(std::string_view text, const std::string& file) {
    const auto parsed = json::parse(text, file);
    if (!parsed.ok()) {
        auto error = to_error(parsed.faults);
        error.hint = libraries_advice;
        return fail(std::move(error));
    }
    const auto& document = parsed.document;
    const auto& value = parsed.value;
    MLPATH_CHECK(must_be_format_1(document, libraries_advice));
    const auto list = value.find("libraries");
    if (list == value.end() || !list->is_array() || list->size() > most_libraries) {
        return fail(malformed(document, "/libraries", "has no sound list `libraries`", libraries_advice));
    }
    std::vector<AddedLibrary> libraries;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto& entry = (*list)[i];
        const auto pointer = json::pointer_to("/libraries", i);
        if (!entry.is_object()) {
            return fail(malformed(document, pointer, "a library is an object", libraries_advice));
        }
        AddedLibrary library{text_at(entry, "name"), text_at(entry, "from"), text_at(entry, "commit"),
                             text_at(entry, "sha256")};
        if (!is_sound(library)) {
            return fail(
                malformed(document, pointer, "a library has no sound `name`, `from` and `sha256`", libraries_advice));
        }
        if (std::ranges::find(libraries, library.name, &AddedLibrary::name) != libraries.end()) {
            return fail(
                malformed(document, pointer, "the library `" + library.name + "` appears twice", libraries_advice));
        }
        libraries.push_back(std::move(library));
    }
    return libraries;
}

Result<std::vector<AddedLibrary>> read_libraries(const fs::path& workspace) {
    const auto file = workspace / libraries_file;
    const auto text = read_file(file, 1u << 20);
    if (!text && text.error().kind == ErrorKind::not_found) {
        return std::vector<AddedLibrary>{};
    }
    if (!text) {
        return fail(text.error());
    }
    return parse_libraries(*text, file.string());
}

std::string libraries_text(const std::vector<AddedLibrary>& libraries) {
    auto list = Json::array();
    for (const auto& library : libraries) {
        Json entry{{"name", library.name}, {"from", library.from}, {"sha256", library.sha256}};
        if (!library.commit.empty()) {
            entry["commit"] = library.commit;
        }
        list.push_back(std::move(entry));
    }
    return Json{{"format", 1}, {"libraries", std::move(list)}}.dump(2) + "\n";
}

Status write_libraries(const fs::path& workspace, const std::vector<AddedLibrary>& libraries) {
    return write_file(workspace / libraries_file, libraries_text(libraries));
}

}  // namespace mlpath::workspace
