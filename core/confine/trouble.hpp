// Why a confinement could not be carried out: small enough to be sent through a pipe between fork and exec.
#pragma once

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <string_view>

namespace mlpath::confine {

struct Trouble {
    std::int32_t error = 0;  // errno; 0: all is well
    std::array<char, 60> stage{};

    [[nodiscard]] explicit operator bool() const { return error != 0; }
    [[nodiscard]] std::string_view where() const { return stage.data(); }
};

// Trouble with errno as it is now. `stage` says what was tried ("mount /usr"); a long one is cut.
[[nodiscard]] inline Trouble trouble(std::string_view stage, std::string_view what = {}) {
    Trouble made{.error = errno != 0 ? errno : EIO};
    auto* at = std::copy_n(stage.data(), std::min(stage.size(), made.stage.size() - 1), made.stage.data());
    if (!what.empty() && static_cast<std::size_t>(at - made.stage.data()) + 2 < made.stage.size()) {
        *at++ = ' ';
        const auto room = made.stage.size() - 1 - static_cast<std::size_t>(at - made.stage.data());
        std::copy_n(what.data(), std::min(what.size(), room), at);
    }
    return made;
}

}  // namespace mlpath::confine
