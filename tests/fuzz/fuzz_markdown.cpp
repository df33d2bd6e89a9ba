// Documents of learners and briefs of authors: what a reader sees of them, and the numbers that they state.
#include <algorithm>

#include "base/text.hpp"
#include "checks/claims.hpp"
#include "fuzz/support.hpp"
#include "markdown/addresses.hpp"
#include "markdown/html.hpp"
#include "markdown/words.hpp"

using namespace mlpath;

FUZZ(input) {
    const auto document = markdown::read(input);
    fuzz::insist(document.has_value() || input.size() > 4096, "what is short is read");
    if (!document) {
        fuzz::insist_on(document.error());
        return;
    }
    std::size_t bytes = 0;
    for (const auto& block : document->blocks) {
        fuzz::insist(!block.lines.empty(), "a block has a line");
        for (const auto& line : block.lines) {
            bytes += line.size();
            fuzz::insist(is_utf8(line), "the text is UTF-8");
            fuzz::insist(line.find('\n') == std::string::npos, "a line is one");
        }
    }
    // A byte that is not UTF-8 becomes three, an entity of five letters two characters of four bytes at most.
    fuzz::insist(bytes <= 3 * input.size() + 16, "the text is not longer than what it was read from");
    fuzz::insist(markdown::words_in(*document) <= bytes, "a word has a letter");
    const auto ends = static_cast<std::size_t>(std::ranges::count(input, '\n') + std::ranges::count(input, '\r'));
    for (const auto& link : document->links) {
        fuzz::insist(link.line >= 1 && link.line <= ends + 1, "a link is on a line of the text");
        fuzz::insist(is_utf8(link.target), "a target is UTF-8");
    }
    std::size_t before = 0;
    for (const auto& heading : document->headings) {
        fuzz::insist(heading.level >= 1 && heading.level <= 6, "a heading has a level");
        fuzz::insist(heading.line >= 1 && heading.last_line >= heading.line, "a heading begins before it ends");
        fuzz::insist(heading.last_line <= ends + 1, "a heading is on lines of the text");
        fuzz::insist(!heading.on_top || heading.line > before, "headings stand one below the other");
        before = heading.on_top ? heading.last_line : before;
        fuzz::insist(is_utf8(heading.text), "a heading is UTF-8");
    }
    for (const auto& code : document->codes) {
        fuzz::insist(code.line >= 1 && code.line <= ends + 1, "code is on a line of the text");
    }
    for (const auto& address : markdown::addresses_in(input)) {
        fuzz::insist(input.find(address) != std::string_view::npos, "an address stands there");
    }
    for (const auto& piece : markdown::read_html(input)) {
        fuzz::insist(piece.kind == markdown::PieceKind::text || !piece.text.empty(), "a tag has a name");
    }
    const auto stated = checks::stated_after(*document, "ROC AUC");
    fuzz::insist(stated.readings.size() <= 4, "a number has few meanings");
    fuzz::insist(stated.readings.empty() || !stated.in_code_alone, "stated, or in code alone");
}
