// Ctrl-C and friends as a stop token. Commands that only read end at once with 130; commands that write are asked to
// stop, so that nothing is left half-written, and a second Ctrl-C kills.
#pragma once

#include <stop_token>

namespace mlpath::cli {

// on_screen: as gracefully, and what a terminal's user does beside (Ctrl-Z, another size) is left to who draws there
// (watch/tty.hpp).
enum class Interrupt { at_once, gracefully, on_screen };

// SIGPIPE becomes an error of write(); descriptors 0 to 2 exist, so that no file of ours becomes stdout.
void prepare_process();

// Installs the handling for the rest of the process; called once, before any other thread starts.
[[nodiscard]] std::stop_token handle_interrupts(Interrupt interrupt);

}  // namespace mlpath::cli
