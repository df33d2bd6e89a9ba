#include "render/prose.hpp"

#include "markdown/document.hpp"

namespace mlpath::cli {

Status write_prose(Page& page, std::string_view markdown) {
    MLPATH_TRY(const auto document, markdown::read(markdown));
    for (const auto& block : document.blocks) {
        if (!page.empty()) {
            page.line();
        }
        const bool wraps = block.kind == markdown::BlockKind::text || block.kind == markdown::BlockKind::heading;
        std::string paragraph;
        for (const auto& line : block.lines) {
            if (wraps) {
                paragraph += (paragraph.empty() ? "" : " ") + line;
            } else {
                page.verbatim("    " + line);
            }
        }
        if (wraps) {
            page.line(paragraph, block.kind == markdown::BlockKind::heading ? Tone::strong : Tone::usual);
        }
    }
    return {};
}

}  // namespace mlpath::cli
