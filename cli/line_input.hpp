// Lines that somebody types, or that come through a pipe. Waiting for one ends when a stop is requested.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "base/error.hpp"

namespace mlpath::cli {

class LineInput {
public:
    explicit LineInput(int descriptor) : m_descriptor(descriptor) {}
    // Without its end; a last line without one counts. Nothing at the end of input. interrupted at a stop; malformed
    // for a line beyond all measure.
    [[nodiscard]] Result<std::optional<std::string>> next(const std::stop_token& stop);
    // Whether more is there already, as when lines are pasted and not typed.
    [[nodiscard]] bool has_more() const;

private:
    [[nodiscard]] Status wait(const std::stop_token& stop) const;
    int m_descriptor;
    std::string m_waiting{};
    bool m_ended = false;
};

}  // namespace mlpath::cli
