#include "system/process_tree.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include "base/text.hpp"

namespace mlpath::system {

namespace {

constexpr std::uint64_t guard_ms = 6000;  // longer than the launcher's own patience

template <typename Handle>
uv_handle_t* as_handle(Handle& handle) {
    return reinterpret_cast<uv_handle_t*>(&handle);
}
template <typename Handle>
uv_stream_t* as_stream(Handle& handle) {
    return reinterpret_cast<uv_stream_t*>(&handle);
}
void close_handle(uv_handle_t* handle) {
    if (uv_is_closing(handle) == 0) {
        uv_close(handle, nullptr);
    }
}

// Two ends of a pipe or socket, closed where nobody took them.
struct Ends {
    std::array<int, 2> fd{-1, -1};
    Ends() = default;
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    ~Ends() {
        for (const int end : fd) {
            if (end >= 0) {
                ::close(end);
            }
        }
    }
    int take(std::size_t which) { return std::exchange(fd[which], -1); }
};

Error start_error(const ProcessSpec& spec, int error_number) {
    const auto name = "`" + printable(spec.argv.front()) + "`";
    const auto reason = std::generic_category().message(error_number);
    switch (error_number) {
        case ENOENT:
        case ENOTDIR:
            return {ErrorKind::missing,
                    "cannot start " + name +
                        ": it, or the interpreter that its first line names, "
                        "does not exist",
                    {},
                    {}};
        case EACCES: return {ErrorKind::missing, "cannot start " + name + ": it may not be executed", {}, {}};
        case ENOEXEC:
            return {ErrorKind::missing,
                    "cannot start " + name + ": it is no program for this system",
                    {},
                    "a script needs a first line such as #!/bin/sh"};
        default: return {ErrorKind::io, "cannot start " + name + ": " + reason, {}, {}};
    }
}

Error sandbox_error(const confine::Trouble& trouble) {
    return {ErrorKind::missing,
            "the sandbox cannot be made: " + printable(trouble.where()) + ": " +
                std::generic_category().message(trouble.error),
            {},
            "see `mlpath doctor`; `--sandbox off` runs without one"};
}

// A file without a name that holds the bytes.
Result<confine::Descriptor> in_a_file(const std::string& bytes) {
#ifdef __linux__
    confine::Descriptor file(::memfd_create("mlpath", MFD_CLOEXEC));
#else
    std::FILE* unnamed = std::tmpfile();
    confine::Descriptor file(unnamed == nullptr ? -1 : ::dup(::fileno(unnamed)));
    if (unnamed != nullptr) {
        std::fclose(unnamed);
    }
#endif
    if (!file.is_open() || ::pwrite(file.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return fail(ErrorKind::io, "cannot keep what a program may see: " + std::generic_category().message(errno));
    }
    return file;
}

Result<std::string> program_of(const ProcessSpec& spec) {
    if (spec.argv.empty() || spec.argv.front().empty()) {
        return fail(ErrorKind::internal, "no program to run was given");
    }
    std::error_code error;
    if (!std::filesystem::is_directory(spec.folder, error)) {
        return fail(ErrorKind::io, "the working folder " + printable(spec.folder.string()) + " does not exist");
    }
    const auto& name = spec.argv.front();
    if (name.find('/') != std::string::npos) {
        return (spec.folder / name).string();  // an absolute name replaces the folder
    }
    const auto path = spec.environment.find("PATH");
    const auto list = path == spec.environment.end() ? std::string("/usr/local/bin:/usr/bin:/bin") : path->second;
    if (const auto found = find_program(name, list)) {
        return found->string();
    }
    return fail(ErrorKind::missing, "there is no program `" + printable(name) + "` on PATH (" + printable(list) + ")");
}

}  // namespace

ProcessTree::ProcessTree(const ProcessSpec& spec) : m_spec(spec), m_out(spec.output_kept), m_err(spec.output_kept) {}

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

Status ProcessTree::begin(const Means& means, Extra extra) {
    Ends in;
    Ends out;
    Ends err;
    Ends control;
    Ends gift;
    // Pipes, not the sockets that libuv would make: a program may open /dev/stdout, which no socket allows.
    int error = uv_loop_init(&m_loop);
    m_has_loop = error == 0;
    error = error != 0 ? error : uv_pipe(in.fd.data(), 0, UV_NONBLOCK_PIPE);
    error = error != 0 ? error : uv_pipe(out.fd.data(), UV_NONBLOCK_PIPE, 0);
    error = error != 0 ? error : uv_pipe(err.fd.data(), UV_NONBLOCK_PIPE, 0);
    error = error != 0 ? error : uv_socketpair(SOCK_STREAM, 0, control.fd.data(), UV_NONBLOCK_PIPE, 0);
    error = error != 0 ? error : uv_socketpair(SOCK_STREAM, 0, gift.fd.data(), 0, 0);
    if (error != 0) {
        return fail(start_error(m_spec, -error));
    }
    MLPATH_TRY(const auto confinement, in_a_file(confine::encode(m_spec.confinement)));

    for (uv_handle_t* handle : {as_handle(m_process), as_handle(m_control), as_handle(m_input), as_handle(m_wall_timer),
                                as_handle(m_guard_timer), as_handle(m_stop_signal)}) {
        handle->data = this;
    }
    m_out.handle.data = &m_out;
    m_err.handle.data = &m_err;
    uv_timer_init(&m_loop, &m_wall_timer);
    uv_timer_init(&m_loop, &m_guard_timer);
    uv_async_init(&m_loop, &m_stop_signal,
                  [](uv_async_t* async) { static_cast<ProcessTree*>(async->data)->end(Ending::interrupted); });
    const auto adopt = [this](uv_pipe_t& pipe, Ends& ends, std::size_t which) {
        uv_pipe_init(&m_loop, &pipe, 0);
        uv_pipe_open(&pipe, ends.take(which));
    };
    adopt(m_control, control, 0);
    adopt(m_input, in, 1);
    adopt(m_out.handle, out, 0);
    adopt(m_err.handle, err, 0);
    const StartDescriptors given{.input = in.fd[0],
                                 .output = out.fd[1],
                                 .errors = err.fd[1],
                                 .reads = extra.reads,
                                 .writes = extra.writes,
                                 .control = control.fd[1],
                                 .gift = gift.fd[1],
                                 .confinement = confinement.get()};
    MLPATH_CHECK(means.starter != nullptr ? means.starter->start(m_spec, given) : launch(means.launcher, given));
    m_gone = false;
    m_gift = confine::Descriptor(gift.take(0));
    return {};
}

Status ProcessTree::launch(const std::filesystem::path& launcher, const StartDescriptors& given) {
    MLPATH_TRY(const auto program, program_of(m_spec));
    std::vector<std::string> words{"mlpath", std::string(launcher_command),
                                   std::to_string(given.reads >= 0 ? launcher_control : 3), program};
    words.insert(words.end(), m_spec.argv.begin(), m_spec.argv.end());
    std::vector<std::string> settings;
    for (const auto& [name, value] : m_spec.environment) {
        settings.push_back(name + "=" + value);
    }
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> list;
        for (auto& text : texts) {
            list.push_back(text.data());
        }
        list.push_back(nullptr);
        return list;
    };
    auto arguments = pointers(words);
    auto environment = pointers(settings);
    const std::array<int, launcher_confinement + 1> numbers{given.input, given.output,     given.errors,
                                                            given.reads, given.writes,     given.control,
                                                            given.gift,  given.confinement};
    std::array<uv_stdio_container_t, launcher_confinement + 1> descriptors{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        descriptors[i].flags = numbers[i] >= 0 ? UV_INHERIT_FD : UV_IGNORE;
        descriptors[i].data.fd = numbers[i];
    }
    const auto file = launcher.string();
    const auto folder = m_spec.folder.string();
    uv_process_options_t options{};
    options.file = file.c_str();
    options.args = arguments.data();
    options.env = environment.data();
    options.cwd = folder.c_str();
    options.flags = UV_PROCESS_DETACHED;
    options.stdio = descriptors.data();
    options.stdio_count = static_cast<int>(descriptors.size());
    options.exit_cb = [](uv_process_t* process, std::int64_t, int) {
        static_cast<ProcessTree*>(process->data)->m_gone = true;
    };
    if (const int failed = uv_spawn(&m_loop, &m_process, &options); failed != 0) {
        return fail(ErrorKind::internal, "cannot start the launcher " + printable(file) + ": " + uv_strerror(failed));
    }
    m_launched = true;
    return {};
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
                    auto& capture = static_cast<Output*>(stream->data)->capture;
                    capture.add({buffer->base, static_cast<std::size_t>(size)});
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
    take_folder();
    if (!m_program) {  // with it the program runs, or ran and killed the launcher
        return fail(ErrorKind::internal, "the launcher ended before it started `" + printable(m_spec.argv.front()) +
                                             "`: " + printable(m_err.capture.take().head));
    }
    return {};
}

// It was sent before the program ran, if at all.
void ProcessTree::take_folder() {
    char byte = 0;
    iovec part{.iov_base = &byte, .iov_len = 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto got = ::recvmsg(m_gift.get(), &message, MSG_DONTWAIT);
    m_gift.close();
    const cmsghdr* header = got == 1 ? CMSG_FIRSTHDR(&message) : nullptr;
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) {
        return;
    }
    int folder = -1;
    std::memcpy(&folder, CMSG_DATA(header), sizeof folder);
    ::fcntl(folder, F_SETFD, FD_CLOEXEC);
    m_folder = std::make_shared<const confine::Descriptor>(folder);
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

ProcessOutcome ProcessTree::outcome() {
    const SigpipeShield shield;
    drain();
    if (!m_end) {
        force_end();  // somebody killed the launcher: at least the program's own session goes with it
    }
    ProcessOutcome outcome{.out = m_out.capture.take(), .err = m_err.capture.take()};
    const auto end = m_end.value_or(confine::Report{.number = SIGKILL, .ordered = m_ordered ? 1u : 0u});
    outcome.wall = std::chrono::microseconds(end.wall_us);
    outcome.limit = m_spec.wall_limit;
    outcome.peak_memory_bytes = end.peak_memory_bytes;
    outcome.limits = m_spec.confinement.limits;
    outcome.folder = m_folder;
    if (end.exceeded != confine::Report::Exceeded::nothing) {
        outcome.ending =
            end.exceeded == confine::Report::Exceeded::memory ? Ending::out_of_memory : Ending::out_of_cpu_time;
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
