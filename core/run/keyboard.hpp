// Programs that wait for somebody to type, where nobody does: `input()` raises, or a loop around it never ends.
#pragma once

#include <string>
#include <string_view>

namespace mlpath::run {

// What lies behind an exception of a read from the keyboard; `line` is the one that raised it, empty where that is not
// known. Empty: it is another exception.
[[nodiscard]] std::string keyboard_cause(std::string_view type, std::string_view message, std::string_view line);

// Whether a source asks the keyboard somewhere, outside of texts and comments.
[[nodiscard]] bool asks_keyboard(std::string_view source);

// What lies behind a program or a call that never came back, by whether its source asks the keyboard.
enum class Asks { nothing, keyboard };
[[nodiscard]] std::string cause_of_endless(Asks asks);

}  // namespace mlpath::run
