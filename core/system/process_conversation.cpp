#include "system/process_conversation.hpp"

#include <unistd.h>
#include <uv.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "system/process_tree.hpp"

namespace mlpath::system {

namespace {

using Moment = std::chrono::steady_clock::time_point;
constexpr auto farewell = std::chrono::seconds(1);
constexpr std::size_t read_ahead = 1u << 20;  // what is read while nobody asks for a line

class RealConversation final : public Conversation {
public:
    [[nodiscard]] Status start(const Means& means, const ProcessSpec& spec, const std::stop_token& stop);
    [[nodiscard]] Status send_line(std::string_view line) override;
    [[nodiscard]] Result<std::optional<std::string>> receive_line(std::chrono::milliseconds wait,
                                                                  std::size_t max_line) override;
    [[nodiscard]] std::shared_ptr<const Descriptor> folder() const override { return m_tree->folder(); }
    [[nodiscard]] Descriptor connection() override { return m_tree->connection(); }
    [[nodiscard]] ProcessOutcome finish() override;
    [[nodiscard]] ProcessOutcome end() override;

private:
    [[nodiscard]] bool interrupted() const { return m_tree->ordered() == Ending::interrupted; }
    [[nodiscard]] std::optional<std::string> take_line();
    void want(std::size_t bytes);  // reads on until so many wait, then lets the pipe hold the program back
    void wait_until(Moment deadline);
    void close_ours();

    struct Write {
        uv_write_t request{};
        std::string bytes{};
        bool done = false;
        int error = 0;
    };

    uv_pipe_t m_to{};    // the program's descriptor 3
    uv_pipe_t m_from{};  // its descriptor 4
    uv_timer_t m_timer{};
    Write m_write{};
    std::array<char, 65536> m_buffer{};
    std::string m_received{};
    std::size_t m_start = 0;    // of the first line not handed out
    std::size_t m_scanned = 0;  // no newline before
    std::size_t m_wanted = read_ahead;
    bool m_reading = false;
    bool m_at_end = false;
    bool m_closed_to = false;  // there is nothing to send by
    bool m_closed = false;
    std::unique_ptr<ProcessTree> m_tree{};  // last: its end closes all handles above
};

Status RealConversation::start(const Means& means, const ProcessSpec& spec, const std::stop_token& stop) {
    std::array<int, 2> to{-1, -1};
    std::array<int, 2> from{-1, -1};
    int error = 0;
    if (spec.passed >= 0) {
        to[0] = ::dup(spec.passed);
        m_closed_to = true;
    } else {
        error = uv_pipe(to.data(), 0, UV_NONBLOCK_PIPE);
    }
    error = error != 0 ? error : uv_pipe(from.data(), UV_NONBLOCK_PIPE, 0);
    auto tree = error == 0 ? ProcessTree::start(means, spec, {.reads = to[0], .writes = from[1]}, stop)
                           : fail(ErrorKind::io, std::string("cannot make a pipe: ") + uv_strerror(error));
    for (const int end : {to[0], from[1]}) {
        if (end >= 0) {
            ::close(end);
        }
    }
    if (!tree) {
        for (const int end : {to[1], from[0]}) {
            if (end >= 0) {
                ::close(end);
            }
        }
        return fail(std::move(tree).error());
    }
    m_tree = std::move(*tree);
    uv_pipe_init(&m_tree->loop(), &m_to, 0);
    if (to[1] >= 0) {
        uv_pipe_open(&m_to, to[1]);
    }
    uv_pipe_init(&m_tree->loop(), &m_from, 0);
    uv_pipe_open(&m_from, from[0]);
    m_from.data = this;
    uv_timer_init(&m_tree->loop(), &m_timer);
    want(read_ahead);
    return {};
}

void RealConversation::want(std::size_t bytes) {
    m_wanted = bytes;
    if (m_reading || m_at_end || m_closed || m_received.size() - m_start >= m_wanted) {
        return;
    }
    m_reading = true;
    uv_read_start(
        reinterpret_cast<uv_stream_t*>(&m_from),
        [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
            auto& into = static_cast<RealConversation*>(handle->data)->m_buffer;
            *buffer = uv_buf_init(into.data(), static_cast<unsigned>(into.size()));
        },
        [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
            auto& self = *static_cast<RealConversation*>(stream->data);
            if (size > 0) {
                self.m_received.append(buffer->base, static_cast<std::size_t>(size));
            }
            self.m_at_end = self.m_at_end || size < 0;
            if (self.m_at_end || self.m_received.size() - self.m_start >= self.m_wanted) {
                self.m_reading = false;
                uv_read_stop(stream);
            }
        });
}

void RealConversation::wait_until(Moment deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    uv_update_time(&m_tree->loop());
    uv_timer_start(&m_timer, [](uv_timer_t*) {}, static_cast<std::uint64_t>(std::max<std::int64_t>(0, left)), 0);
    m_tree->wait_once();
    uv_timer_stop(&m_timer);
}

Status RealConversation::send_line(std::string_view line) {
    if (m_closed || m_closed_to) {
        return fail(ErrorKind::internal, "a line was sent after the conversation's end");
    }
    const SigpipeShield shield;
    m_write.bytes.assign(line);
    m_write.bytes += '\n';
    m_write.done = false;
    m_write.error = 0;
    m_write.request.data = &m_write;
    const auto buffer = uv_buf_init(m_write.bytes.data(), static_cast<unsigned>(m_write.bytes.size()));
    const int error = uv_write(&m_write.request, reinterpret_cast<uv_stream_t*>(&m_to), &buffer, 1,
                               [](uv_write_t* request, int status) {
                                   auto& write = *static_cast<Write*>(request->data);
                                   write.done = true;
                                   write.error = status;
                               });
    if (error != 0) {
        m_write.done = true;
        m_write.error = error;
    }
    // The wall limit of the spec bounds this: it ends the program, and with it the pipe.
    while (!m_write.done && !interrupted()) {
        m_tree->wait_once();
    }
    if (interrupted()) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (m_write.error != 0) {
        return fail(ErrorKind::io, std::string("the program no longer reads: ") + uv_strerror(m_write.error));
    }
    return {};
}

std::optional<std::string> RealConversation::take_line() {
    const auto newline = m_received.find('\n', m_scanned);
    if (newline == std::string::npos) {
        m_scanned = m_received.size();
        return std::nullopt;
    }
    auto line = m_received.substr(m_start, newline - m_start);
    m_start = m_scanned = newline + 1;
    if (m_start == m_received.size() || m_start > read_ahead) {
        m_received.erase(0, m_start);
        m_start = m_scanned = 0;
    }
    return line;
}

Result<std::optional<std::string>> RealConversation::receive_line(std::chrono::milliseconds wait,
                                                                  std::size_t max_line) {
    const SigpipeShield shield;
    const auto deadline = std::chrono::steady_clock::now() + wait;
    while (true) {
        if (auto line = take_line()) {
            if (line->size() > max_line) {
                return fail(ErrorKind::malformed, "a line of " + human_bytes(line->size()) + " came, more than the " +
                                                      human_bytes(max_line) + " that are allowed");
            }
            want(read_ahead);
            return line;
        }
        if (interrupted()) {
            return fail(ErrorKind::interrupted, "interrupted");
        }
        if (m_received.size() - m_start > max_line) {
            return fail(ErrorKind::malformed, "a line of more than " + human_bytes(max_line) + " came");
        }
        if (m_at_end || m_closed) {
            return std::nullopt;
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return fail(ErrorKind::busy, "no answer came in time");
        }
        want(max_line + 1);
        wait_until(deadline);
    }
}

void RealConversation::close_ours() {
    m_closed = true;
    for (auto* pipe : {&m_to, &m_from}) {
        if (auto* handle = reinterpret_cast<uv_handle_t*>(pipe); uv_is_closing(handle) == 0) {
            uv_close(handle, nullptr);
        }
    }
    m_tree->close_input();
}

ProcessOutcome RealConversation::finish() {
    {
        const SigpipeShield shield;
        close_ours();
        const auto deadline = std::chrono::steady_clock::now() + farewell;
        while (!m_tree->gone() && std::chrono::steady_clock::now() < deadline) {
            wait_until(deadline);
        }
        m_tree->end(Ending::signalled);
    }
    m_tree->wait_until_gone();
    return m_tree->outcome();
}

ProcessOutcome RealConversation::end() {
    {
        const SigpipeShield shield;
        close_ours();
        m_tree->end(Ending::interrupted);
    }
    m_tree->wait_until_gone();
    return m_tree->outcome();
}

}  // namespace

Result<std::unique_ptr<Conversation>> start_conversation(const Means& means, const ProcessSpec& spec,
                                                         std::stop_token stop) {
    auto conversation = std::make_unique<RealConversation>();
    MLPATH_CHECK(conversation->start(means, spec, stop));
    return conversation;
}

}  // namespace mlpath::system
