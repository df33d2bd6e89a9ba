#include <pthread.h>

#include <algorithm>
#include <csignal>

#include "base/text.hpp"
#include "system/process_tree.hpp"

namespace mlpath::system {

void Capture::add(std::string_view bytes) {
    m_total += bytes.size();
    if (m_ring.empty() && m_head.size() + bytes.size() <= m_kept) {
        m_head += bytes;
        return;
    }
    if (m_ring.empty()) {
        // More than fits: from here on the head is the first half, and what stood behind it starts the ring.
        const std::size_t half = m_kept / 2;
        const std::string seen = std::move(m_head);
        m_ring.resize(std::max<std::size_t>(1, m_kept - half));
        m_head = seen.substr(0, half);
        const auto missing = std::min(half - m_head.size(), bytes.size());
        m_head += bytes.substr(0, missing);
        bytes.remove_prefix(missing);
        add_to_ring(std::string_view(seen).substr(std::min(half, seen.size())));
    }
    add_to_ring(bytes);
}

void Capture::add_to_ring(std::string_view bytes) {
    if (bytes.size() >= m_ring.size()) {
        bytes.remove_prefix(bytes.size() - m_ring.size());
        m_ring.assign(bytes);
        m_next = 0;
        return;
    }
    const auto first = std::min(bytes.size(), m_ring.size() - m_next);
    m_ring.replace(m_next, first, bytes.substr(0, first));
    bytes.remove_prefix(first);
    m_ring.replace(0, bytes.size(), bytes);
    m_next = bytes.empty() ? (m_next + first) % m_ring.size() : bytes.size();
}

CapturedOutput Capture::take() {
    CapturedOutput output{.head = std::move(m_head), .tail = {}, .total = m_total};
    if (!m_ring.empty()) {
        std::rotate(m_ring.begin(), m_ring.begin() + static_cast<std::ptrdiff_t>(m_next), m_ring.end());
        // A ring that was not filled once holds zeros before the first byte.
        const auto filled = std::min<std::uint64_t>(m_ring.size(), m_total - output.head.size());
        output.tail = m_ring.substr(m_ring.size() - static_cast<std::size_t>(filled));
    }
    return output;
}

std::string CapturedOutput::text() const {
    if (complete()) {
        return head + tail;
    }
    const auto missing = total - head.size() - tail.size();
    return head + "\n[… " + human_bytes(missing) + " left out …]\n" + tail;
}

SigpipeShield::SigpipeShield() {
    sigset_t pending;
    sigpending(&pending);
    m_was_pending = sigismember(&pending, SIGPIPE) == 1;
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &blocked, &m_before);
}

SigpipeShield::~SigpipeShield() {
    sigset_t pending;
    sigpending(&pending);
    if (!m_was_pending && sigismember(&pending, SIGPIPE) == 1) {
        sigset_t wanted;
        sigemptyset(&wanted);
        sigaddset(&wanted, SIGPIPE);
        int ignored = 0;
        sigwait(&wanted, &ignored);  // it is pending for this thread: does not block
    }
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

}  // namespace mlpath::system
