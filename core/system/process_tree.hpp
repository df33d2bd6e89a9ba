// A running program with everything that descends from it: one libuv loop, the launcher, and the pipes. Inside of
// core/system; others use process.hpp.
#pragma once

#include <uv.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "confine/supervisor.hpp"
#include "system/launcher.hpp"
#include "system/process.hpp"

namespace mlpath::system {

// Keeps the first half and the last half of what may be written, whatever passes between.
class Capture {
public:
    explicit Capture(std::size_t kept) : m_kept(kept) {}
    void add(std::string_view bytes);
    [[nodiscard]] CapturedOutput take();
    [[nodiscard]] std::uint64_t total() const { return m_total; }

private:
    void add_to_ring(std::string_view bytes);
    std::size_t m_kept;
    std::string m_head{};
    std::string m_ring{};  // the tail; m_next is where the next byte goes
    std::size_t m_next = 0;
    std::uint64_t m_total = 0;
};

// A pipe whose reader is gone must be an error of write, not the end of mlpath: while this lives, SIGPIPE does not
// reach the thread. (A handler or SIG_IGN would belong to the whole process, which is not ours.)
class SigpipeShield {
public:
    SigpipeShield();
    SigpipeShield(const SigpipeShield&) = delete;
    SigpipeShield& operator=(const SigpipeShield&) = delete;
    ~SigpipeShield();

private:
    sigset_t m_before{};
    bool m_was_pending = false;
};

// How a program is started: by the starter where there is one, else by the launcher.
struct Means {
    std::filesystem::path launcher{};
    Starter* starter = nullptr;
};

template <typename Handle>
[[nodiscard]] uv_handle_t* as_handle(Handle& handle) {
    return reinterpret_cast<uv_handle_t*>(&handle);
}

// Why the program of the spec did not start, by errno; why its sandbox could not be made.
[[nodiscard]] Error start_error(const ProcessSpec& spec, int error_number);
[[nodiscard]] Error sandbox_error(const confine::Trouble& trouble);

class ProcessTree {
public:
    // `reads` and `writes` become the program's descriptors 3 and 4; the caller closes its own copies afterwards.
    struct Extra {
        int reads = -1;
        int writes = -1;
    };
    [[nodiscard]] static Result<std::unique_ptr<ProcessTree>> start(const Means& means, const ProcessSpec& spec,
                                                                    Extra extra, const std::stop_token& stop);
    ProcessTree(const ProcessTree&) = delete;
    ProcessTree& operator=(const ProcessTree&) = delete;
    ~ProcessTree();

    [[nodiscard]] uv_loop_t& loop() { return m_loop; }
    void wait_once();        // until anything happens
    void end(Ending why);    // orders the launcher to end the tree; the first reason stays
    void close_input();      // end of file on the program's stdin
    void wait_until_gone();  // until no descendant is left
    [[nodiscard]] bool gone() const { return m_gone; }
    [[nodiscard]] std::optional<Ending> ordered() const { return m_ordered; }
    [[nodiscard]] const std::shared_ptr<const Descriptor>& folder() const { return m_folder; }
    [[nodiscard]] Descriptor connection();
    [[nodiscard]] ProcessOutcome outcome();  // once, when gone

private:
    struct Output {
        Output(ProcessTree& whose, std::size_t kept) : tree(whose), capture(kept) {}
        ProcessTree& tree;
        uv_pipe_t handle{};
        Capture capture;
        std::array<char, 65536> buffer{};
    };

    explicit ProcessTree(const ProcessSpec& spec);
    [[nodiscard]] Status begin(const Means& means, Extra extra);
    [[nodiscard]] Status launch(const std::filesystem::path& launcher, const StartDescriptors& given);
    [[nodiscard]] Status await_start();
    [[nodiscard]] std::optional<pid_t> supervisor() const;
    void feed_input();
    void on_report(const confine::Report& report);
    void force_end();
    void drain();
    [[nodiscard]] bool printed_too_much() const;

    ProcessSpec m_spec;
    uv_loop_t m_loop{};
    uv_process_t m_process{};
    uv_pipe_t m_control{};
    uv_pipe_t m_input{};
    Output m_out;
    Output m_err;
    uv_timer_t m_wall_timer{};
    uv_timer_t m_guard_timer{};
    uv_async_t m_stop_signal{};
    uv_write_t m_input_write{};
    uv_write_t m_order_write{};
    char m_order = 'x';
    std::string m_control_bytes{};
    std::array<char, sizeof(confine::Report) * 4> m_control_buffer{};
    std::optional<std::stop_callback<std::function<void()>>> m_on_stop{};
    Descriptor m_gift{};  // our end of the socket on which the scratch folder comes, and sockets of its network
    std::vector<Descriptor> m_connections{};
    std::shared_ptr<const Descriptor> m_folder{};
    std::optional<pid_t> m_program{};
    std::optional<pid_t> m_supervisor{};
    std::optional<confine::Report> m_failed{};
    std::optional<confine::Report> m_end{};
    std::optional<Ending> m_ordered{};
    bool m_started = false;
    bool m_gone = true;       // until the supervisor runs
    bool m_launched = false;  // m_process is the supervisor; else its control socket is all that we have of it
    bool m_has_loop = false;
};

}  // namespace mlpath::system
