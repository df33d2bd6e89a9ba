// The terminal as `mlpath watch` needs it: keys that come one by one, a screen of its own, and its signals. Whatever
// ends the command, the terminal is as before.
#pragma once

#include <termios.h>

#include <memory>
#include <optional>

#include "system/wake.hpp"

namespace mlpath::cli {

// Whether keys can be read: the terminal is on standard input and output, and we are in its foreground.
[[nodiscard]] bool terminal_is_ours();

// Keys come as they are typed and are not shown; Ctrl-C and Ctrl-Z are signals still.
class KeyInput {
public:
    KeyInput();
    ~KeyInput();
    KeyInput(const KeyInput&) = delete;
    KeyInput& operator=(const KeyInput&) = delete;
    void take();
    void give_back();

private:
    std::optional<termios> m_before{};
};

// What a terminal's user does, beside typing: to be waited for with the wake, which rings for each.
class TerminalSignals {
public:
    // The signals must be blocked in every thread (Interrupt::on_screen).
    explicit TerminalSignals(std::shared_ptr<const system::Wake> wake);
    struct Seen {
        bool resized = false;
        bool pause = false;    // Ctrl-Z
        bool resumed = false;  // by the shell's `fg`
    };
    [[nodiscard]] Seen take();
    // Stops the process as Ctrl-Z does, until it is resumed.
    static void pause();

private:
    struct State;
    std::shared_ptr<State> m_state;
};

}  // namespace mlpath::cli
