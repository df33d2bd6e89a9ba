// A page of text for people: paragraphs, labeled lines, tables, commands to type. It wraps to the terminal, paints
// where color is wanted, and never lets color say what words do not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/terminal.hpp"

namespace mlpath::cli {

enum class Tone { usual, strong, faint, good, bad, doubtful, accent };

[[nodiscard]] std::string paint(std::string_view text, Tone tone, const Terminal& terminal);

class Page {
public:
    explicit Page(const Terminal& terminal) : m_terminal(terminal) {}

    // One paragraph; its leading blanks are the indent of every line.
    Page& line(std::string_view text = {}, Tone tone = Tone::usual);
    // "label text", the text hanging beside the label; `label_width` columns are kept for the label.
    Page& labelled(std::string_view label, Tone tone, std::string_view text, std::size_t indent = 0,
                   std::size_t label_width = 0);
    // The same with text that is code, a value, or what a program printed: its lines stay as they are.
    Page& labelled_as_it_is(std::string_view label, Tone tone, std::string_view text, std::size_t indent = 0,
                            std::size_t label_width = 0);
    // Something to type, on a line of its own and never broken.
    Page& command(std::string_view text);
    // An address on a line of its own, never broken; where the terminal can, one that may be clicked.
    Page& link(std::string_view url, std::size_t indent);
    // Lines of a file or a diff, as they are: nothing is wrapped.
    Page& verbatim(std::string_view text, Tone tone = Tone::usual);
    // Columns aligned; what does not fit is wrapped in the last column; where there is no room, the columns
    // after the first go below it.
    Page& table(const std::vector<std::vector<std::string>>& rows, std::size_t indent = 0, Tone first = Tone::accent);

    // What another page holds, behind what this one does.
    Page& append(Page& other);

    [[nodiscard]] const Terminal& terminal() const { return m_terminal; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }
    [[nodiscard]] std::string take() { return std::exchange(m_text, {}); }

private:
    void write_beside(std::string_view label, Tone tone, const std::vector<std::string>& lines, std::size_t indent,
                      std::size_t label_width);
    void write_stacked(const std::vector<std::string>& row, std::size_t indent, Tone first);
    [[nodiscard]] std::string shown(std::string_view text) const;
    [[nodiscard]] std::size_t room(std::size_t indent) const;
    Terminal m_terminal;
    std::string m_text{};
};

}  // namespace mlpath::cli
