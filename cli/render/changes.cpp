#include "render/changes.hpp"

#include "base/text.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

void write_diff(Page& page, std::string_view diff) {
    for (const auto line : lines(diff)) {
        auto tone = Tone::usual;
        if (line.starts_with("+++") || line.starts_with("---")) {
            tone = Tone::strong;
        } else if (line.starts_with("@@")) {
            tone = Tone::accent;
        } else if (line.starts_with('+')) {
            tone = Tone::good;
        } else if (line.starts_with('-')) {
            tone = Tone::bad;
        }
        if (line.empty()) {
            page.line();
        } else {
            page.verbatim(line, tone);
        }
    }
}

void write_laid_over(Page& page, const workspace::LaidOver& laid) {
    for (const auto& path : laid.written) {
        page.labelled("wrote", Tone::good, path, 2);
    }
    if (laid.written.empty()) {
        page.line("  All files were so already.");
    }
    if (laid.backup) {
        page.line("Your " + count_of(laid.kept.size(), "file") + " from before " +
                  (laid.kept.size() == 1 ? "is" : "are") + " kept in `" + near_path(*laid.backup) + "`.");
    }
}

Json json_of(const workspace::LaidOver& laid) {
    Json object{{"written", laid.written}, {"unchanged", laid.unchanged}, {"kept", laid.kept}};
    object["backup"] = laid.backup ? Json(laid.backup->string()) : Json(nullptr);
    return object;
}

}  // namespace mlpath::cli
