// The number that each of our own files begins with, so that an older mlpath says what is wrong instead of guessing.
#pragma once

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "json/document.hpp"

namespace mlpath::workspace {

inline constexpr std::string_view update_advice = "update mlpath";

// A file of ours that does not hold what it should, with the line where it fails.
[[nodiscard]] inline Error malformed(const json::Document& document, const std::string& pointer,
                                     const std::string& message, std::string_view hint) {
    return {ErrorKind::malformed, printable(document.file) + ": " + message, document.place_of(pointer),
            std::string(hint)};
}

// malformed, with its line, where `format` is absent (`advice` says what mends that) or another than 1.
[[nodiscard]] inline Status must_be_format_1(const json::Document& document, std::string_view advice) {
    const auto value = document.root();
    const auto format = value.find("format");
    const auto file = printable(document.file);
    if (format == value.end() || !format->is_number_integer()) {
        return fail({ErrorKind::malformed, file + ": has no `format`", document.place_of(""), std::string(advice)});
    }
    if (format->get<double>() != 1) {
        return fail({ErrorKind::malformed,
                     file + ": is of format " + json_of(*format).dump() + ", which this mlpath does not know",
                     document.place_of("/format"), std::string(update_advice)});
    }
    return {};
}

}  // namespace mlpath::workspace
