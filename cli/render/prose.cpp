#include "render/prose.hpp"

#include "base/text.hpp"
#include "markdown/document.hpp"

namespace mlpath::cli {

namespace {

void write_table_rows(Page& page, const std::vector<std::string>& lines) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : lines) {
        std::vector<std::string> cells;
        std::size_t from = 0;
        for (auto at = line.find(" | "); at != std::string::npos; at = line.find(" | ", from)) {
            cells.push_back(line.substr(from, at - from));
            from = at + 3;
        }
        cells.push_back(line.substr(from));
        rows.push_back(std::move(cells));
    }
    page.table(rows, 2, Tone::usual);
}

}  // namespace

Status write_prose(Page& page, std::string_view markdown) {
    MLPATH_TRY(const auto document, markdown::read(markdown, markdown::CodeMarks::kept));
    bool in_item = false;
    for (const auto& block : document.blocks) {
        const bool begins_item = !block.marker.empty();
        if (!page.empty() && !(in_item && begins_item)) {
            page.line();
        }
        in_item = begins_item;
        const auto indent = block.depth == 0 ? 0 : 2 * block.depth - 2;
        const auto text = join(block.lines, " ");
        switch (block.kind) {
            case markdown::BlockKind::code:
                for (const auto& line : block.lines) {
                    page.verbatim("    " + line);
                }
                break;
            case markdown::BlockKind::table: write_table_rows(page, block.lines); break;
            case markdown::BlockKind::heading: page.line(text, Tone::strong); break;
            case markdown::BlockKind::text:
                if (begins_item) {
                    page.labelled(block.marker, Tone::faint, text, indent);
                } else {
                    page.line(std::string(block.depth == 0 ? 0 : indent + 2, ' ') + text);
                }
                break;
        }
    }
    return {};
}

}  // namespace mlpath::cli
