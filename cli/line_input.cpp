#include "line_input.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace mlpath::cli {

namespace {

constexpr std::size_t longest = 1U << 16U;
constexpr int look_every_ms = 50;  // for a stop: signals are taken by a thread of their own

}  // namespace

Status LineInput::wait(const std::stop_token& stop) const {
    pollfd waited{m_descriptor, POLLIN, 0};
    while (!stop.stop_requested()) {
        const int ready = ::poll(&waited, 1, look_every_ms);
        if (ready > 0 || (ready < 0 && errno != EINTR)) {
            return {};  // readable, closed or broken: read() tells which
        }
    }
    return fail(ErrorKind::interrupted, "interrupted");
}

bool LineInput::has_more() const {
    constexpr int a_moment_ms = 20;  // less than between two keys, more than between two lines of a paste
    pollfd waited{m_descriptor, POLLIN, 0};
    return !m_waiting.empty() || (!m_ended && ::poll(&waited, 1, a_moment_ms) > 0);
}

Result<std::optional<std::string>> LineInput::next(const std::stop_token& stop) {
    while (true) {
        if (const auto end = m_waiting.find('\n'); end != std::string::npos) {
            auto line = m_waiting.substr(0, end);
            m_waiting.erase(0, end + 1);
            if (line.ends_with('\r')) {
                line.pop_back();
            }
            return std::optional(std::move(line));
        }
        if (m_waiting.size() > longest) {
            return fail(ErrorKind::malformed, "a line of more than 64 kB came on standard input");
        }
        if (m_ended) {
            return m_waiting.empty() ? std::nullopt : std::optional(std::exchange(m_waiting, {}));
        }
        MLPATH_CHECK(wait(stop));
        std::array<char, 4096> bytes{};
        const auto count = ::read(m_descriptor, bytes.data(), bytes.size());
        if (count > 0) {
            m_waiting.append(bytes.data(), static_cast<std::size_t>(count));
        } else if (count == 0) {
            m_ended = true;
        } else if (errno != EINTR && errno != EAGAIN) {
            return fail(ErrorKind::io, std::string("standard input cannot be read: ") + std::strerror(errno));
        }
    }
}

}  // namespace mlpath::cli
