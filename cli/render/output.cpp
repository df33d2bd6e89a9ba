#include "render/output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace mlpath::cli {

namespace {
constexpr std::size_t piece = 64 * 1024;
}

void Output::write(std::string_view bytes) {
    m_waiting += bytes;
    if (m_waiting.size() >= piece) {
        flush();
    }
}

void Output::flush() {
    std::string_view rest = m_waiting;
    while (!rest.empty() && m_error == 0 && !m_reader_left) {
        const auto written = ::write(m_descriptor, rest.data(), rest.size());
        if (written >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            // Somebody made the stream non-blocking for us too (a shell's pipe shared with another program).
            pollfd waiting{m_descriptor, POLLOUT, 0};
            ::poll(&waiting, 1, -1);
        } else if (errno == EPIPE) {
            m_reader_left = true;
        } else if (errno != EINTR) {
            m_error = errno;
        }
    }
    m_waiting.clear();
}

Status Output::status() {
    flush();
    if (m_error == 0) {
        return {};
    }
    const bool full = m_error == ENOSPC || m_error == EDQUOT;
    return fail(
        ErrorKind::io, "cannot write to " + m_name + ": " + std::strerror(m_error),
        full ? "free some space, or write elsewhere" : "check where the output goes, and run the command again");
}

}  // namespace mlpath::cli
