#include "watch/clock_time.hpp"

#include <array>
#include <ctime>

namespace mlpath::cli {

std::string clock_time(TimePoint time) {
    const auto seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    std::array<char, 16> text{};
    const auto size = std::strftime(text.data(), text.size(), "%H:%M:%S", &parts);
    return {text.data(), size};
}

}  // namespace mlpath::cli
