#include "workspace/marker.hpp"

#include <nettle/base64.h>

#include <optional>

#include "base/text.hpp"
#include "json/document.hpp"
#include "workspace/format.hpp"
#include "workspace/inside.hpp"
#include "workspace/line_diff.hpp"

namespace mlpath::workspace {

namespace {

constexpr std::uintmax_t most_bytes = 32u << 20;

std::string to_base64(std::string_view bytes) {
    std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
    ::base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
    std::size_t size = bytes.size();
    base64_decode_ctx context{};
    ::base64_decode_init(&context);
    if (::base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(bytes.data()), text.size(),
                               text.data()) == 0 ||
        ::base64_decode_final(&context) == 0) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

constexpr std::string_view marker_advice =
    "git may have it as it was; else make the project anew in another folder and copy your files over";

std::optional<std::string> file_bytes(const Json& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_object() && value.size() == 1 && value.contains("base64") && value["base64"].is_string()) {
        return from_base64(value["base64"].get<std::string>());
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> skeleton_files(const Marker& marker) {
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : marker.skeleton) {
        paths.push_back(path);
    }
    return paths;
}

Result<Marker> read_marker(const fs::path& project_folder) {
    const auto file = project_folder / marker_name;
    MLPATH_TRY(const auto text, read_file(file, most_bytes));
    const auto parsed = json::parse(text, file.string(), {.bytes = most_bytes});
    if (!parsed.ok()) {
        auto error = to_error(parsed.faults);
        error.hint = marker_advice;
        return fail(std::move(error));
    }
    const auto& document = parsed.document;
    const auto& value = parsed.value;
    MLPATH_CHECK(must_be_format_1(document, marker_advice));
    Marker marker;
    const auto project = value.value("project", Json());
    const auto version = value.value("version", Json());
    if (!project.is_string() || !is_id(project.get<std::string>()) || !version.is_number_unsigned() ||
        version.get<std::uint64_t>() > 1'000'000) {
        return fail(malformed(document, "", "has no sound `project` and `version`", marker_advice));
    }
    marker.project = project.get<std::string>();
    marker.version = version.get<int>();
    const auto data = value.value("data", Json());
    if (!data.is_null() && data != to_string(library::DataKind::real) &&
        data != to_string(library::DataKind::synthetic)) {
        return fail(malformed(document, "/data", "has other `data` than `real` and `synthetic`", marker_advice));
    }
    marker.data = data.is_string() ? library::data_kind_of(data.get<std::string>()) : library::DataKind::real;
    const auto skeleton = value.value("skeleton", Json::object());
    if (!skeleton.is_object()) {
        return fail(malformed(document, "/skeleton", "`skeleton` is no object", marker_advice));
    }
    for (const auto& [path, content] : skeleton.items()) {
        auto bytes = file_bytes(content);
        if (!stays_inside(path) || !bytes) {
            return fail(malformed(document, "/skeleton", "`skeleton` has no sound file `" + printable(path) + "`",
                                  marker_advice));
        }
        marker.skeleton[path] = std::move(*bytes);
    }
    return marker;
}

std::string marker_text(const Marker& marker) {
    Json skeleton = Json::object();
    for (const auto& [path, bytes] : marker.skeleton) {
        skeleton[path] = is_binary(bytes) ? Json{{"base64", to_base64(bytes)}} : Json(bytes);
    }
    Json value{{"format", 1}, {"project", marker.project}, {"version", marker.version}};
    if (marker.data != library::DataKind::real) {
        value["data"] = to_string(marker.data);
    }
    value["skeleton"] = std::move(skeleton);
    return value.dump(1) + "\n";
}

Claimed claimed_by(const fs::path& project_folder) {
    auto text = read_file(project_folder / marker_name, most_bytes);
    if (!text) {
        return {};
    }
    // Hundreds are read before a portfolio is verified, so no more is made of it. All of it is read, since a broken one
    // names nothing; what is wrong beyond that, `read_marker` says.
    const auto read = json::read(std::move(*text), {}, {.bytes = most_bytes, .depth = 256});
    const auto root = read.document.root();
    const auto text_at = [&](std::string_view key) {
        const auto found = root.find(key);
        return read.complete && found != root.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    auto project = text_at("project");
    return is_id(project) ? Claimed{std::move(project), library::data_kind_of(text_at("data"))} : Claimed{};
}

std::string project_of(const fs::path& project_folder) { return claimed_by(project_folder).project; }

}  // namespace mlpath::workspace
