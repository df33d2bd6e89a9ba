// The HTML within a Markdown text: which text of it a reader sees, and the tags that matter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpath::markdown {

enum class PieceKind { text, begin, end };

struct Piece {
    PieceKind kind = PieceKind::text;
    std::string text{};    // as it stands there, or the tag's name in lower case
    std::string target{};  // of <a href> and <img src>
};

// Comments, declarations, and the insides of <script> and <style> are left out. Every text can be read; a tag that does
// not end takes the rest with it, as in a browser.
[[nodiscard]] std::vector<Piece> read_html(std::string_view html);

// Whether the tag changes nothing but the look of words in a line: no line ends at it.
[[nodiscard]] bool is_inline_tag(std::string_view name);

}  // namespace mlpath::markdown
