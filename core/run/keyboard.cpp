#include "run/keyboard.hpp"

#include <algorithm>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "run/slips.hpp"

namespace mlpath::run {

std::string keyboard_cause(std::string_view type, std::string_view message, std::string_view line) {
    if (type == "StdinNotImplementedError") {  // a kernel of Jupyter's without a person before it
        return "It asks the keyboard (`input()`), and when a notebook is checked nobody types: write the value into "
               "the cell, `name = …`.";
    }
    if (type != "EOFError" || message.find("reading a line") == std::string_view::npos) {
        return {};
    }
    const bool at_once = !line.empty() && line.find_first_of(" \t") != 0;
    return at_once ? "The file asks the keyboard (`input()`) as soon as it is imported or run, and during a check "
                     "nobody types: put this into a function that takes the value as an argument."
                   : "It asks the keyboard (`input()`), and during a check nobody types: take the value as an "
                     "argument.";
}

bool asks_keyboard(std::string_view source) {
    static constexpr std::string_view asking = R"((^|[^\w.])input\s*\(|\bstdin\.read)";
    const auto pattern = Pattern::compile(asking);
    return pattern &&
           std::ranges::any_of(lines(source), [&](std::string_view line) { return pattern->found_in(code_of(line)); });
}

std::string cause_of_endless(Asks asks) {
    return asks == Asks::keyboard
               ? "A loop that never ends. One that asks the keyboard (`input()`) until the answer is right has no end "
                 "here, since nobody types: take the value as an argument."
               : "A loop that never ends, or far more work than the task needs.";
}

}  // namespace mlpath::run
