#include "render/error.hpp"

#include <utility>

#include "exit.hpp"

namespace mlpath::cli {

namespace {

std::string text_of(const Place& place) {
    auto text = place.file;
    if (place.line > 0) {
        text += ":" + std::to_string(place.line);
    }
    if (!place.pointer.empty()) {
        text += (text.empty() ? "" : ": ") + place.pointer;
    }
    return text;
}

}  // namespace

std::string_view kind_name(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage: return "usage";
        case ErrorKind::not_found: return "not_found";
        case ErrorKind::malformed: return "malformed";
        case ErrorKind::io: return "io";
        case ErrorKind::network: return "network";
        case ErrorKind::integrity: return "integrity";
        case ErrorKind::missing: return "missing";
        case ErrorKind::busy: return "busy";
        case ErrorKind::interrupted: return "interrupted";
        case ErrorKind::internal: return "internal";
    }
    return "internal";
}

void write_error(Page& page, const Error& error) {
    page.labelled("error:", Tone::bad, error.message);
    // The message often names the file already; a place that adds nothing is noise.
    const auto place = text_of(error.place);
    const bool known = error.place.line == 0 && error.place.pointer.empty() &&
                       error.message.find(error.place.file) != std::string::npos;
    if (!place.empty() && !known) {
        page.labelled("at", Tone::faint, place, 2);
    }
    if (!error.hint.empty()) {
        page.labelled("hint:", Tone::accent, error.hint);
    }
}

Json error_json(const Error& error) {
    Json body{{"kind", kind_name(error.kind)}, {"message", error.message}, {"hint", error.hint}};
    if (!error.place.file.empty()) {
        Json place{{"file", error.place.file}};
        if (error.place.line > 0) {
            place["line"] = error.place.line;
        }
        if (!error.place.pointer.empty()) {
            place["pointer"] = error.place.pointer;
        }
        body["place"] = std::move(place);
    }
    body["exit"] = static_cast<int>(exit_of(error.kind));
    return Json{{"format", 1}, {"error", std::move(body)}};
}

}  // namespace mlpath::cli
