#include "markdown/document.hpp"

#include <cmark.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "markdown/addresses.hpp"
#include "markdown/html.hpp"

namespace mlpath::markdown {

namespace {

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
    void operator()(cmark_iter* walk) const { cmark_iter_free(walk); }
};
using Node = std::unique_ptr<cmark_node, FreeNode>;
using Walk = std::unique_ptr<cmark_iter, FreeIterator>;

Node parse(std::string_view text) {
    Node root(cmark_parse_document(text.data(), text.size(), CMARK_OPT_VALIDATE_UTF8));
    cmark_consolidate_text_nodes(root.get());
    return root;
}

std::string_view literal_of(cmark_node* node) {
    const auto* literal = cmark_node_get_literal(node);
    return literal == nullptr ? std::string_view() : std::string_view(literal);
}

std::string_view url_of(cmark_node* node) {
    const auto* url = cmark_node_get_url(node);
    return url == nullptr ? std::string_view() : std::string_view(url);
}

// "&amp;" is "&". cmark knows all entities and tells nobody, so we ask it to read the text with everything else that it
// would act upon escaped. The letters around it keep blanks at the ends.
std::string decoded(std::string_view text) {
    if (text.find('&') == std::string_view::npos) {
        return std::string(text);
    }
    std::string escaped = "x";
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\r';
        if (std::string_view("!\"$%'()*+,-./:<=>?@[\\]^_`{|}~").find(c) != std::string_view::npos) {
            escaped += '\\';
        }
        escaped += blank ? ' ' : c;
    }
    escaped += 'x';
    const auto root = parse(escaped);
    std::string plain;
    const Walk walk(cmark_iter_new(root.get()));
    while (cmark_iter_next(walk.get()) != CMARK_EVENT_DONE) {
        if (auto* const node = cmark_iter_get_node(walk.get()); cmark_node_get_type(node) == CMARK_NODE_TEXT) {
            plain += literal_of(node);
        }
    }
    return plain.size() < 2 ? plain : plain.substr(1, plain.size() - 2);
}

// The cells of a row of a table; nothing where there is no mark between cells.
std::vector<std::string> cells_of(std::string_view line) {
    line = trim(line);
    if (line.find('|') == std::string_view::npos) {
        return {};
    }
    line.remove_prefix(line.starts_with('|') ? 1 : 0);
    line.remove_suffix(line.ends_with('|') ? 1 : 0);
    std::vector<std::string> cells;
    for (const auto cell : split(line, '|')) {
        cells.emplace_back(trim(cell));
    }
    return cells;
}

// "|---|:-:|": what makes a table of the line before it, if that has as many cells.
bool is_ruler(const std::vector<std::string>& cells) {
    return !cells.empty() && std::ranges::all_of(cells, [](std::string_view cell) {
        cell.remove_prefix(cell.starts_with(':') ? 1 : 0);
        cell.remove_suffix(cell.ends_with(':') ? 1 : 0);
        return !cell.empty() && cell.find_first_not_of('-') == std::string_view::npos;
    });
}

class Reader {
public:
    explicit Reader(CodeMarks marks) : m_marks(marks) {}

    Document read(std::string_view text) {
        m_source = lines(text);
        const auto root = parse(text);
        const Walk walk(cmark_iter_new(root.get()));
        for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
            auto* const node = cmark_iter_get_node(walk.get());
            event == CMARK_EVENT_ENTER ? enter(node) : leave(node);
        }
        return std::move(m_document);
    }

private:
    void enter(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_LIST: ++m_depth; break;
            case CMARK_NODE_ITEM: m_marker = marker_of(node); break;
            case CMARK_NODE_PARAGRAPH: begin(BlockKind::text); break;
            case CMARK_NODE_HEADING: begin(BlockKind::heading); break;
            case CMARK_NODE_CODE_BLOCK: code_block(node); break;
            case CMARK_NODE_HTML_BLOCK:
                begin(BlockKind::text);
                html(node);
                end();
                break;
            case CMARK_NODE_TEXT: running_text(literal_of(node), line_of(node)); break;
            case CMARK_NODE_CODE:
                m_document.codes.push_back({std::string(literal_of(node)), line_of(node)});
                write(m_marks == CodeMarks::kept ? '`' + std::string(literal_of(node)) + '`'
                                                 : std::string(literal_of(node)));
                break;
            case CMARK_NODE_HTML_INLINE: html(node); break;
            case CMARK_NODE_SOFTBREAK: soft_break(); break;
            case CMARK_NODE_LINEBREAK: hard_break(); break;
            case CMARK_NODE_LINK: enter_link(node); break;
            case CMARK_NODE_IMAGE:
                add_link(LinkKind::image, std::string(url_of(node)), line_of(node));
                ++m_images;
                break;
            default: break;
        }
    }

    void leave(cmark_node* node) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_LIST: --m_depth; break;
            case CMARK_NODE_ITEM: m_marker.clear(); break;
            case CMARK_NODE_PARAGRAPH: end(); break;
            case CMARK_NODE_HEADING: end_heading(node); break;
            case CMARK_NODE_LINK:
                --m_links;
                m_silent = false;
                break;
            case CMARK_NODE_IMAGE: --m_images; break;
            default: break;
        }
    }

    static std::string marker_of(cmark_node* item) {
        auto* const list = cmark_node_parent(item);
        if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
            return "-";
        }
        auto number = cmark_node_get_list_start(list);
        for (auto* before = cmark_node_previous(item); before != nullptr; before = cmark_node_previous(before)) {
            ++number;
        }
        return std::to_string(number) + '.';
    }

    // Of the node, or of what it stands in.
    static std::size_t line_of(cmark_node* node) {
        int line = 0;
        for (; node != nullptr && line <= 0; node = cmark_node_parent(node)) {
            line = cmark_node_get_start_line(node);
        }
        return line > 0 ? static_cast<std::size_t>(line) : 0;
    }

    void enter_link(cmark_node* node) {
        const auto url = url_of(node);
        add_link(LinkKind::link, std::string(url), line_of(node));
        ++m_links;
        // <https://…> and <me@…>: the address is all that there is, and no text.
        auto* const only = cmark_node_first_child(node);
        m_silent = only != nullptr && cmark_node_next(only) == nullptr &&
                   cmark_node_get_type(only) == CMARK_NODE_TEXT &&
                   (literal_of(only) == url || "mailto:" + std::string(literal_of(only)) == url);
    }

    // What is in the description of a picture leads nowhere.
    void add_link(LinkKind kind, std::string target, std::size_t line) {
        if (m_images == 0) {
            m_document.links.push_back({kind, std::move(target), line});
        }
    }

    void running_text(std::string_view text, std::size_t line) {
        for (auto& address : addresses_in(text)) {
            const auto at = text.find(address);
            write(text.substr(0, at));
            text.remove_prefix(at + address.size());
            if (m_links == 0) {
                add_link(LinkKind::address, std::move(address), line);
            }
        }
        write(text);
    }

    void html(cmark_node* node) {
        auto line = line_of(node);
        for (auto& piece : read_html(literal_of(node))) {
            if (piece.kind == PieceKind::text) {
                html_text(piece.text, line);
            } else {
                html_tag(piece, line);
            }
        }
    }

    void html_text(std::string_view text, std::size_t& line) {
        bool first = true;
        for (const auto part : split(text, '\n')) {
            if (!first) {
                ++line;
                soft_break();
            }
            first = false;
            m_kind == BlockKind::code ? write(decoded(part)) : running_text(decoded(part), line);
        }
    }

    void html_tag(Piece& piece, std::size_t line) {
        const auto& name = piece.text;
        const bool begins = piece.kind == PieceKind::begin;
        const bool is_heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
        if (name == "td" || name == "th") {
            write(begins && !m_lines.back().empty() ? " | " : "");
        } else if (!is_inline_tag(name)) {
            hard_break();
        }
        if (is_heading && m_heading && !begins) {
            m_heading->last_line = line;
            add_heading(std::move(*m_heading));
        }
        if (is_heading) {
            m_heading.reset();
            if (begins) {
                m_heading = Heading{.level = static_cast<std::size_t>(name[1] - '0'), .line = line, .on_top = false};
            }
        }
        if (name == "pre") {
            m_kind = begins ? BlockKind::code : BlockKind::text;
        }
        if (!piece.target.empty()) {
            add_link(name == "img" ? LinkKind::image : LinkKind::link, decoded(piece.target), line);
        }
    }

    void write(std::string_view text) {
        if (m_silent) {
            return;
        }
        m_lines.back() += text;
        if (m_heading) {
            m_heading->text += text;
        }
    }

    void soft_break() {
        if (m_heading) {
            m_heading->text += ' ';
        }
        m_lines.emplace_back();
    }

    void hard_break() {
        if (m_heading) {
            m_heading->text += ' ';
        }
        const auto kind = m_kind;
        end();
        begin(kind);
    }

    void begin(BlockKind kind) {
        m_kind = kind;
        m_lines.assign(1, {});
    }

    void code_block(cmark_node* node) {
        Block block{BlockKind::code, {}, line_of(node)};
        for (const auto line : lines(literal_of(node))) {
            block.lines.emplace_back(line);
        }
        if (block.lines.empty()) {
            return;
        }
        // cmark does not say whether the line is a fence, behind which the code begins, or code.
        const auto begins = trim(block.lines.front());
        const bool is_code = block.line >= 1 && block.line <= m_source.size() && !begins.empty() &&
                             m_source[block.line - 1].find(begins) != std::string_view::npos;
        block.line += is_code ? 0 : 1;
        push(std::move(block));
    }

    void end_heading(cmark_node* node) {
        add_heading({.text = join(m_lines, " "),
                     .level = static_cast<std::size_t>(cmark_node_get_heading_level(node)),
                     .line = line_of(node),
                     .last_line = last_line_of(node),
                     .on_top = cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT});
        end();
    }

    // Of a heading: an underlined one ends at the first underline. cmark means the line behind it, but at the text's
    // end.
    std::size_t last_line_of(cmark_node* heading) const {
        const auto line = line_of(heading);
        const auto behind = std::min(static_cast<std::size_t>(cmark_node_get_end_line(heading)), m_source.size());
        const auto is_underline = [](std::string_view text) {
            text = trim(text);
            return (text.starts_with('=') || text.starts_with('-')) &&
                   text.find_first_not_of(text.front()) == std::string_view::npos;
        };
        for (auto last = line + 1; last <= behind; ++last) {
            if (is_underline(m_source[last - 1])) {
                return last;
            }
        }
        return line;
    }

    void add_heading(Heading heading) {
        std::string text;
        for (const auto word : split(heading.text, ' ')) {
            text += word.empty() || text.empty() ? "" : " ";
            text += trim(word);
        }
        heading.text = std::move(text);
        m_document.headings.push_back(std::move(heading));
    }

    void end() {
        // The ruler is at 1 at the earliest: it needs the line of names before it.
        for (std::size_t i = 1; m_kind == BlockKind::text && i < m_lines.size(); ++i) {
            const auto cells = cells_of(m_lines[i]);
            if (is_ruler(cells) && cells_of(m_lines[i - 1]).size() == cells.size()) {
                auto rows = std::vector(m_lines.begin() + static_cast<std::ptrdiff_t>(i) - 1, m_lines.end());
                rows.erase(rows.begin() + 1);
                m_lines.resize(i - 1);
                add_block(BlockKind::text, std::move(m_lines));
                for (auto& row : rows) {
                    const auto parts = cells_of(row);
                    row = parts.empty() ? row : join(parts, " | ");
                }
                add_block(BlockKind::table, std::move(rows));
                m_lines.assign(1, {});
                return;
            }
        }
        add_block(m_kind, std::move(m_lines));
        m_lines.assign(1, {});
    }

    void add_block(BlockKind kind, std::vector<std::string> lines) {
        if (kind != BlockKind::code) {
            for (auto& line : lines) {
                line = std::string(trim(line));
            }
            std::erase_if(lines, [](const std::string& line) { return line.empty(); });
        } else {
            while (!lines.empty() && trim(lines.back()).empty()) {
                lines.pop_back();
            }
            const auto first = std::ranges::find_if(lines, [](std::string_view line) { return !trim(line).empty(); });
            lines.erase(lines.begin(), first);
        }
        if (!lines.empty()) {
            push({kind, std::move(lines), 0});
        }
    }

    void push(Block block) {
        block.marker = std::exchange(m_marker, {});
        block.depth = m_depth;
        m_document.blocks.push_back(std::move(block));
    }

    CodeMarks m_marks;
    std::vector<std::string_view> m_source{};
    Document m_document{};
    std::size_t m_depth = 0;
    std::string m_marker{};  // of the item whose first block comes next
    BlockKind m_kind = BlockKind::text;
    std::vector<std::string> m_lines{1};  // of the block that is being read
    std::optional<Heading> m_heading{};   // of HTML, open
    int m_links = 0;                      // that are open
    int m_images = 0;
    bool m_silent = false;  // the text is a link's own address
};

std::size_t images_in(std::string_view text) {
    std::size_t count = 0;
    for (auto at = text.find("!["); at != std::string_view::npos; at = text.find("![", at + 2)) {
        ++count;
    }
    return count;
}

}  // namespace

Result<Document> read(std::string_view text, CodeMarks marks) {
    if (text.size() > most_bytes) {
        return fail(ErrorKind::malformed, "it has " + human_bytes(text.size()) +
                                              ", and a text that we read has at most " + human_bytes(most_bytes));
    }
    // cmark looks at every "![" that is still open once more for each link behind it.
    if (const auto images = images_in(text); images > most_images) {
        return fail(ErrorKind::malformed, "it has " + count_of(images, "picture") +
                                              ", and a text that we read has at most " + std::to_string(most_images));
    }
    return Reader(marks).read(text);
}

}  // namespace mlpath::markdown
