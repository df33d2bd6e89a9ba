// What a reader sees of a Markdown text, one row a situation.
#include <doctest/doctest.h>

#include "base/text.hpp"
#include "markdown/addresses.hpp"
#include "markdown/document.hpp"
#include "markdown/words.hpp"

using namespace mlpath;
using markdown::BlockKind;
using markdown::LinkKind;

namespace {

markdown::Document read(const std::string& text) {
    auto document = markdown::read(text);
    REQUIRE(document.has_value());
    return std::move(*document);
}

std::string headings(const std::string& text) {
    std::string seen;
    for (const auto& heading : read(text).headings) {
        seen += (seen.empty() ? "" : "; ") + heading.text;
    }
    return seen;
}

// "a.md; !b.png; @https://c.org": links, pictures, bare addresses.
std::string links(const std::string& text) {
    std::string all;
    for (const auto& link : read(text).links) {
        all += all.empty() ? "" : "; ";
        all += link.kind == LinkKind::image ? "!" : link.kind == LinkKind::address ? "@" : "";
        all += link.target;
    }
    return all;
}

// "text: one / two", a block a part.
std::string blocks(const std::string& text) {
    std::string all;
    for (const auto& block : read(text).blocks) {
        all += all.empty() ? "" : "; ";
        all += block.kind == BlockKind::heading ? "heading: "
               : block.kind == BlockKind::table ? "table: "
               : block.kind == BlockKind::code  ? "code: "
                                                : "text: ";
        all += join(block.lines, " / ");
    }
    return all;
}

struct Row {
    std::string what;
    std::string text;
    std::string seen;
};

}  // namespace

TEST_CASE("headings") {
    for (const auto& [what, text, seen] : std::vector<Row>{
             {"with a hash", "# One\n\n## Two\n", "One; Two"},
             {"behind a byte order mark", "\xEF\xBB\xBF# One\n", "One"},
             {"with lines of Windows", "# One\r\n\r\nTwo\r\n===\r\n", "One; Two"},
             {"underlined", "One\n=\n\nTwo\n---\n", "One; Two"},
             {"underlined, of two lines", "One\nmore\n===\n", "One more"},
             {"closed by hashes", "## One ##\n## Two #2\n", "One; Two #2"},
             {"no blank behind the hash", "#One\n", ""},
             {"seven hashes", "####### One\n", ""},
             {"indented by three and by four", "   # One\n\n    # Two\n", "One"},
             {"in a list and in a quote", "- # One\n\n> ## Two\n", "One; Two"},
             {"in fenced code", "```\n# One\n```\n~~~\n# Two\n~~~\n# Three\n", "Three"},
             {"in a fence with a shorter one in it", "````\n```\n# One\n````\n# Two\n", "Two"},
             {"in a comment", "<!--\n# One\n\n# Two\n-->\n\n# Three\n", "Three"},
             {"with an entity", "# R&amp;D&nbsp;&#x41;\n", "R&D\u00A0A"},
             {"with marks", "# The **bold** `code` [link](a.md) <b>tag</b>\n", "The bold code link tag"},
             {"with an escape", "# 1\\. \\# One\n", "1. # One"},
             {"of HTML", "<h1 align=\"center\">\n  One &amp; <em>two</em>\n</h1>\n\nText <h2>no block</h2>\n",
              "One & two; no block"},
             {"of HTML around Markdown", "<h1>\n\nOne\n\n</h1>\n", "One"},
             {"a line below a list is none", "- a\n---\n", ""},
             {"a line below nothing is none", "\n---\n***\n", ""},
         }) {
        CAPTURE(what);
        CHECK(headings(text) == seen);
    }
}

TEST_CASE("where headings stand, and of which level") {
    for (const auto& [what, text, seen] : std::vector<Row>{
             {"with hashes", "# One\n\ntext\n### Two\n", "1: 1-1; 3: 4-4"},
             {"underlined", "One\n===\ntext\n\nTwo\n---", "1: 1-2; 2: 5-6"},
             {"underlined, of two lines, before a ruler", "One\n more\n===\n---\n", "1: 1-3"},
             {"a hash without a blank, underlined", "#One\n---\n", "2: 1-2"},
             {"with lines of Windows", "One\r\n===\r\n\r\n## Two\r\n", "1: 1-2; 2: 4-4"},
             {"behind code", "````\n```\n# One\n````\n\n# Two\n", "1: 6-6"},
             {"within others", "- # One\n\n> ## Two\n\n<h3>\nThree</h3>\n",
              "within 1: 1-1; within 2: 3-3; within 3: 5-6"},
         }) {
        CAPTURE(what);
        std::string found;
        for (const auto& heading : read(text).headings) {
            found += (found.empty() ? "" : "; ") + std::string(heading.on_top ? "" : "within ") +
                     std::to_string(heading.level) + ": " + std::to_string(heading.line) + "-" +
                     std::to_string(heading.last_line);
        }
        CHECK(found == seen);
    }
}

TEST_CASE("links") {
    for (const auto& [what, text, seen] : std::vector<Row>{
             {"plain", "[a](a.md) and ![b](b.png \"title\")\n", "a.md; !b.png"},
             {"in a list, a quote and a heading", "- [a](a)\n\n> [b](b)\n\n# [c](c)\n", "a; b; c"},
             {"in inline code", "`[a](a.md)` and ``steps[0](text)``\n", ""},
             {"in fenced and in indented code", "```\n[a](a)\n```\n\n    [b](b)\n", ""},
             {"in comments", "<!-- [a](a.md) -->\n<!--\n[b](b.md)\n\n-->\n\ntext <!-- [c](c) -->\n", ""},
             {"escaped", "\\[a](a.md) [b]\\(b.md)\n", ""},
             {"in angle brackets", "[a](<my notes.md>)\n", "my notes.md"},
             {"brackets in the target", "[a](a(b).md) [c](c\\)d.md)\n", "a(b).md; c)d.md"},
             {"an escape of the web stays", "[a](my%20notes.md)\n", "my%20notes.md"},
             {"an entity", "[a](a&amp;b.md)\n", "a&b.md"},
             {"brackets in the text", "[see [1]](a.md) [`]`](b.md)\n", "a.md; b.md"},
             {"over two lines", "[a\nb](c.md)\n", "c.md"},
             {"a picture that is a link", "[![build](b.svg)](ci.md)\n", "ci.md; !b.svg"},
             {"a link in the description of a picture", "![a [b](b.md)](c.png)\n", "!c.png"},
             {"references", "[a][one], [one], [One][]\n\n[one]: a.md 'title'\n[two]: b.md\n", "a.md; a.md; a.md"},
             {"a reference to nothing", "[a][b] and [c]\n", ""},
             {"addresses in brackets", "<https://a.org/x_y> <me@a.org>\n", "https://a.org/x_y; mailto:me@a.org"},
             {"bare addresses", "See https://a.org/x_(y), (www.b.org) and https://c.org/d_e_f.\n",
              "@https://a.org/x_(y); @www.b.org; @https://c.org/d_e_f"},
             {"a bare address as a text", "[https://a.org](b.md)\n", "b.md"},
             {"of HTML", "<a href=\"a.md\">x</a> <img width=9 src='b.png'>\n\n<p><img src=c.png></p>\n",
              "a.md; !b.png; !c.png"},
             {"of HTML, with entities and in capitals", "<P>\n<A HREF='a&amp;b.md' >x</A>\n", "a&b.md"},
             {"of HTML in a comment or a script", "<!-- <a href='a'> -->\n\n<script>'<a href=b>'</script>\n", ""},
             {"an anchor", "<a name='x'></a>\n", ""},
             {"a table", "| a | b |\n|---|---|\n| [a](a.md) | `x | y` |\n", "a.md"},
         }) {
        CAPTURE(what);
        CHECK(links(text) == seen);
    }
}

TEST_CASE("where links and code stand") {
    const auto document = read("\xEF\xBB\xBF# D\n\none\n[a](a)\n\n- x\n  `c` <!-- y -->\n\n<p>\n\n<img src=b>\n</p>\n");
    REQUIRE(document.links.size() == 2);
    CHECK(document.links[0].line == 4);
    CHECK(document.links[1].line == 11);
    REQUIRE(document.codes.size() == 1);
    CHECK(document.codes[0].text == "c");
    CHECK(document.codes[0].line == 7);
    for (const std::string code :
         {"a\n\n```\nx\ny\n```\n", "a\n\n~~~\nx\ny", "a\n\n> ```\n> x\n> y\n\nb", "a\n\n\n    x\n    y\n\nb"}) {
        CAPTURE(code);
        const auto found = read(code).blocks[1];
        CHECK(found.kind == BlockKind::code);
        CHECK(join(found.lines, "/") == "x/y");
        CHECK(found.line == 4);
    }
}

TEST_CASE("the text, block by block") {
    for (const auto& [what, text, seen] : std::vector<Row>{
             {"paragraphs and lines", "a\nb\n\nc  \nd\\\ne<br>f\n", "text: a / b; text: c; text: d; text: e; text: f"},
             {"marks are gone", "**a** _b_ `c` [d](e.md) ![f](g.png) ~h~ &lt;\n", "text: a b c d f ~h~ <"},
             {"addresses are gone", "a https://b.org/0.5 c <https://d.org>\n", "text: a  c"},
             {"code", "a\n\n```py\nx = 1\n```\n", "text: a; code: x = 1"},
             {"comments", "a <!-- b --> c\n\n<!-- d -->\n", "text: a  c"},
             {"a table", "| a | `b` |\n|:--|--:|\n| c | **d** |\n|e|\n", "table: a | b / c | d / e"},
             {"a table without marks at its ends", "a | b\n--|--\nc | d\n", "table: a | b / c | d"},
             {"a table below a line", "so:\na | b\n--|--\nc | d\n", "text: so:; table: a | b / c | d"},
             {"no table: other cells", "| a | b |\n|---|\n| c |\n", "text: | a | b | / |---| / | c |"},
             {"a table of HTML", "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c<td>d\n</table>\n",
              "text: a | b; text: c | d"},
             {"HTML", "<div>a &amp; b</div>\n<p>c<b>d</b></p>\n", "text: a & b; text: cd"},
             {"preformatted", "<pre>\nx = 1 &lt; 2\n</pre>\n", "code: x = 1 < 2"},
             {"a tag that does not end", "<div class=\"a\nb\n", ""},
             {"not a tag", "a < b, a <3, 1<2>1\n", "text: a < b, a <3, 1<2>1"},
         }) {
        CAPTURE(what);
        CHECK(blocks(text) == seen);
    }
}

TEST_CASE("items of lists and marks of code") {
    const auto found =
        markdown::read("Say `a`:\n\n3. one `b`\n4. two\n\n   more\n\n   - in\n\nafter", markdown::CodeMarks::kept);
    REQUIRE(found);
    std::string all;
    for (const auto& block : found->blocks) {
        all += std::to_string(block.depth) + '[' + block.marker + ']' + join(block.lines, " ") + '\n';
    }
    CHECK(all == "0[]Say `a`:\n1[3.]one `b`\n1[4.]two\n1[]more\n2[-]in\n0[]after\n");
    CHECK(read("Say `a`").blocks.front().lines.front() == "Say a");
}

TEST_CASE("words") {
    struct Count {
        std::string what;
        std::string text;
        std::size_t words;
    };
    for (const auto& [what, text, words] : std::vector<Count>{
             {"plain", "# One two\n\nIt's a well-known fact.\n", 6},
             {"marks alone are none", "- a\n\n* * *\n\n| - | & | b |\n", 2},
             {"the ruler of a table is none", "| a | b |\n|---|---|\n| c | 1 |\n", 4},
             {"code in the line counts, a block does not", "`a` b\n\n```\nc d e\n```\n", 2},
             {"comments and addresses are none", "<!-- a b --> [c](d/e_f.md) https://g.org <https://h.org>\n", 1},
             {"a no-break space parts", "a&nbsp;b\u00A0c\u2003d\n", 4},
             {"Chinese", "人人生而自由，在尊严和权利上一律平等。\n", 17},
             {"Chinese and English", "使用Python训练2个模型\n", 9},
             {"Japanese", "すべてのデータを、読む。\n", 8},
             {"Thai", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ\n", 12},
             {"Korean writes blanks", "모든 인간은 태어날 때부터\n", 4},
             {"Russian, Greek, Hindi", "Все люди рождаются όλοι सभी मनुष्यों\n", 6},
             {"empty", "", 0},
         }) {
        CAPTURE(what);
        CHECK(markdown::words_in(read(text)) == words);
    }
}

TEST_CASE("addresses in running text") {
    CHECK(join(markdown::addresses_in("(https://a.org/b). 'http://c.org/d?e=f' www.g.org, [x](https://h.org/i) and"),
               " ") == "https://a.org/b http://c.org/d?e=f www.g.org https://h.org/i");
    CHECK(markdown::addresses_in("https:// and www. awww.b.org").empty());
}

TEST_CASE("a text past the limits is not read") {
    CHECK(markdown::read(std::string(markdown::most_bytes, 'a')).has_value());
    CHECK_FALSE(markdown::read(std::string(markdown::most_bytes + 1, 'a')).has_value());
    std::string images;
    for (std::size_t i = 0; i <= markdown::most_images; ++i) {
        images += "![[]()";
    }
    CHECK_FALSE(markdown::read(images).has_value());
    CHECK(markdown::read(images.substr(6)).has_value());
    CHECK(read(std::string(50'000, '>') + "a").blocks.size() == 1);
}
