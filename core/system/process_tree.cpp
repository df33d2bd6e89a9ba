#include "system/process_tree.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include "base/text.hpp"
#include "confine/beginning.hpp"
#include "confine/passing.hpp"

namespace mlpath::system {

namespace {

constexpr std::uint64_t guard_ms = 6000;  // longer than the launcher's own patience

template <typename Handle>
uv_stream_t* as_stream(Handle& handle) {
    return reinterpret_cast<uv_stream_t*>(&handle);
}
void close_handle(uv_handle_t* handle) {
    if (uv_is_closing(handle) == 0) {
        uv_close(handle, nullptr);
    }
}

}  // namespace

ProcessTree::ProcessTree(const ProcessSpec& spec)
    : m_spec(spec), m_out(*this, spec.output_kept), m_err(*this, spec.output_kept) {}

Result<std::unique_ptr<ProcessTree>> ProcessTree::start(const Means& means, const ProcessSpec& spec, Extra extra,
                                                        const std::stop_token& stop) {
    const SigpipeShield shield;
    auto tree = std::unique_ptr<ProcessTree>(new ProcessTree(spec));
    MLPATH_CHECK(tree->begin(means, extra));
    // Before anything is awaited: a program may stop the launcher before it reports.
    if (stop.stop_possible()) {
        tree->m_on_stop.emplace(stop, [signal = &tree->m_stop_signal] { uv_async_send(signal); });
    }
    uv_update_time(&tree->m_loop);
    uv_timer_start(
        &tree->m_wall_timer, [](uv_timer_t* timer) { static_cast<ProcessTree*>(timer->data)->end(Ending::timed_out); },
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, spec.wall_limit.count())), 0);
    MLPATH_CHECK(tree->await_start());
    tree->feed_input();
    return tree;
}

Status ProcessTree::await_start() {
    uv_read_start(
        as_stream(m_control),
        [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
            auto& into = static_cast<ProcessTree*>(handle->data)->m_control_buffer;
            *buffer = uv_buf_init(into.data(), static_cast<unsigned>(into.size()));
        },
        [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
            auto& tree = *static_cast<ProcessTree*>(stream->data);
            if (size < 0) {
                uv_read_stop(stream);
                tree.m_gone = tree.m_gone || !tree.m_launched;  // its end is all that a started supervisor leaves us
                return;
            }
            auto& bytes = tree.m_control_bytes;
            bytes.append(buffer->base, static_cast<std::size_t>(size));
            while (bytes.size() >= sizeof(confine::Report)) {
                confine::Report report;
                std::memcpy(&report, bytes.data(), sizeof report);
                bytes.erase(0, sizeof report);
                tree.on_report(report);
            }
        });
    for (auto* output : {&m_out, &m_err}) {
        uv_read_start(
            as_stream(output->handle),
            [](uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
                auto& into = static_cast<Output*>(handle->data)->buffer;
                *buffer = uv_buf_init(into.data(), static_cast<unsigned>(into.size()));
            },
            [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
                if (size < 0) {
                    uv_read_stop(stream);
                } else {
                    auto& printed = *static_cast<Output*>(stream->data);
                    const std::string_view bytes(buffer->base, static_cast<std::size_t>(size));
                    printed.capture.add(bytes);
                    if (printed.tree.m_spec.heard) {
                        printed.tree.m_spec.heard(bytes);
                    }
                    if (printed.tree.printed_too_much()) {
                        printed.tree.end(Ending::too_much_output);
                    }
                }
            });
    }
    while (!m_started && !m_failed && !m_gone) {
        wait_once();
    }
    if (m_gone) {
        drain();  // what it said before it ended
    }
    if (m_failed) {
        return fail(m_failed->trouble.where() == confine::exec_stage ? start_error(m_spec, m_failed->trouble.error)
                                                                     : sandbox_error(m_failed->trouble));
    }
    // It was passed before the program ran, if at all.
    for (auto gift = confine::take_passed(m_gift.get()); !gift.descriptors.empty();
         gift = confine::take_passed(m_gift.get())) {
        if (gift.word == confine::scratch_word) {
            m_folder = std::make_shared<const Descriptor>(std::move(gift.descriptors.front()));
        } else {
            std::ranges::move(gift.descriptors, std::back_inserter(m_connections));
        }
    }
    m_gift.close();
    if (!m_program) {  // with it the program runs, or ran and killed the launcher
        return fail(ErrorKind::internal, "the launcher ended before it started `" + printable(m_spec.argv.front()) +
                                             "`: " + printable(m_err.capture.take().head));
    }
    return {};
}

Descriptor ProcessTree::connection() {
    if (m_connections.empty()) {
        return {};
    }
    auto given = std::move(m_connections.back());
    m_connections.pop_back();
    return given;
}

void ProcessTree::on_report(const confine::Report& report) {
    switch (report.what) {
        case confine::Report::What::forked:
            m_program = report.number;
            m_supervisor = report.supervisor;
            break;
        case confine::Report::What::started: m_started = true; break;
        case confine::Report::What::failed: m_failed = report; break;
        case confine::Report::What::ended: m_end = report; break;
    }
}

std::optional<pid_t> ProcessTree::supervisor() const {
    return m_launched ? std::optional(uv_process_get_pid(&m_process)) : m_supervisor;
}

void ProcessTree::feed_input() {
    if (m_spec.input.empty()) {
        close_input();
        return;
    }
    m_input_write.data = this;
    const auto buffer = uv_buf_init(m_spec.input.data(), static_cast<unsigned>(m_spec.input.size()));
    // A program need not read its input: whether it did is no concern of ours.
    const int error = uv_write(&m_input_write, as_stream(m_input), &buffer, 1,
                               [](uv_write_t* write, int) { static_cast<ProcessTree*>(write->data)->close_input(); });
    if (error != 0) {
        close_input();
    }
}

void ProcessTree::close_input() { close_handle(as_handle(m_input)); }

void ProcessTree::wait_once() { uv_run(&m_loop, UV_RUN_ONCE); }

void ProcessTree::end(Ending why) {
    if (m_ordered || m_gone) {
        return;
    }
    m_ordered = why;
    const auto buffer = uv_buf_init(&m_order, 1);
    uv_write(&m_order_write, as_stream(m_control), &buffer, 1, [](uv_write_t*, int) {});
    if (supervisor()) {
        ::kill(*supervisor(), SIGCONT);  // a program may have stopped its parent
    }
    uv_update_time(&m_loop);
    uv_timer_start(
        &m_guard_timer, [](uv_timer_t* timer) { static_cast<ProcessTree*>(timer->data)->force_end(); }, guard_ms, 0);
}

void ProcessTree::force_end() {
    if (!m_gone && supervisor()) {  // afterwards its id may be somebody else's
        ::kill(*supervisor(), SIGKILL);
    }
    if (m_program && !m_end) {
        ::kill(-*m_program, SIGKILL);
    }
}

void ProcessTree::wait_until_gone() {
    const SigpipeShield shield;
    while (!m_gone) {
        wait_once();
    }
}

// All that was written lies in the pipes by now. Whoever still holds their other end is no concern of ours, so read
// what is there and wait for nobody.
void ProcessTree::drain() {
    for (int round = 0; round < 16; ++round) {
        uv_run(&m_loop, UV_RUN_NOWAIT);
    }
}

bool ProcessTree::printed_too_much() const {
    return m_out.capture.total() + m_err.capture.total() > m_spec.output_limit;
}

ProcessOutcome ProcessTree::outcome() {
    const SigpipeShield shield;
    drain();
    if (!m_end) {
        force_end();  // somebody killed the launcher: at least the program's own session goes with it
    }
    const bool flooded = printed_too_much();
    ProcessOutcome outcome{.out = m_out.capture.take(), .err = m_err.capture.take()};
    const auto end = m_end.value_or(confine::Report{.number = SIGKILL, .ordered = m_ordered ? 1u : 0u});
    outcome.wall = std::chrono::microseconds(end.wall_us);
    outcome.limit = m_spec.wall_limit;
    outcome.output_limit = m_spec.output_limit;
    outcome.peak_memory_bytes = end.peak_memory_bytes;
    outcome.limits = m_spec.confinement.limits;
    outcome.folder = m_folder;
    if (end.exceeded != confine::Report::Exceeded::nothing) {
        outcome.ending =
            end.exceeded == confine::Report::Exceeded::memory ? Ending::out_of_memory : Ending::out_of_cpu_time;
    } else if (flooded) {  // also where it came to its end before it could be ended: how fast we are decides nothing
        outcome.ending = Ending::too_much_output;
    } else if (end.ordered != 0 && m_ordered && *m_ordered != Ending::signalled) {
        outcome.ending = *m_ordered;
    } else if (WIFSIGNALED(end.number)) {
        outcome.ending = Ending::signalled;
        outcome.signal = WTERMSIG(end.number);
    } else {
        outcome.exit_code = WEXITSTATUS(end.number);
    }
    return outcome;
}

ProcessTree::~ProcessTree() {
    if (!m_has_loop) {
        return;
    }
    const SigpipeShield shield;
    m_on_stop.reset();  // from here on nobody else may touch the loop
    end(Ending::interrupted);
    wait_until_gone();
    uv_walk(&m_loop, [](uv_handle_t* handle, void*) { close_handle(handle); }, nullptr);
    while (uv_loop_close(&m_loop) == UV_EBUSY) {
        uv_run(&m_loop, UV_RUN_DEFAULT);
    }
}

}  // namespace mlpath::system
