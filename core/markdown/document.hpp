// What a reader sees of a Markdown text, as values. CommonMark 0.30 as cmark reads it, and with it what GitHub shows
// besides: tables, addresses that stand in the text without any mark, and the tags of HTML that make headings, links
// and pictures. Text is UTF-8; a byte order mark before it is none of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::markdown {

enum class BlockKind { text, heading, table, code };

// What stands together: a paragraph, a heading, a table, a block of code. The text is without marks, tags, comments,
// entities and addresses; a picture is its description. A line ends where the author's ends; where the reader's does
// (two blanks, a backslash, <br>), another block begins.
struct Block {
    BlockKind kind = BlockKind::text;
    std::vector<std::string> lines{};  // of a table: a row each, its cells with " | " between them
    std::size_t line = 0;              // of code: where it begins, from 1
    std::string marker{};              // of the first block of a list's item: "-", "2."
    std::size_t depth = 0;             // in how many lists it stands
};

struct Heading {
    std::string text{};
    std::size_t level = 1;      // 1 to 6
    std::size_t line = 0;       // from 1
    std::size_t last_line = 0;  // its underline, or the last line of its text
    bool on_top = true;         // the text as a whole is its own: it stands in no list, no quote, no HTML
};

enum class LinkKind { link, image, address };

struct Link {
    LinkKind kind = LinkKind::link;
    std::string target{};  // as it leads: entities and backslashes are resolved, "%20" is not
    std::size_t line = 0;  // from 1
};

// `code` within a sentence.
struct Code {
    std::string text{};
    std::size_t line = 0;
};

struct Document {
    std::vector<Block> blocks{};
    std::vector<Heading> headings{};
    std::vector<Link> links{};
    std::vector<Code> codes{};
};

// No text of a person comes near these; with them every text is read within a second, whatever is in it.
inline constexpr std::size_t most_bytes = std::size_t{1} << 20U;
inline constexpr std::size_t most_images = 4096;

// Whether `code` within a sentence keeps its backquotes in the blocks.
enum class CodeMarks { dropped, kept };

// Kind malformed where the text is past a limit. What is not UTF-8 is replaced.
[[nodiscard]] Result<Document> read(std::string_view text, CodeMarks marks = CodeMarks::dropped);

}  // namespace mlpath::markdown
