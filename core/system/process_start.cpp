// Starting a program: the pipes and sockets, and the launcher or whoever else starts it.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "base/text.hpp"
#include "system/machine_program.hpp"
#include "system/process_tree.hpp"

namespace mlpath::system {

namespace {

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

// A file without a name that holds the bytes.
Result<Descriptor> in_a_file(const std::string& bytes) {
#ifdef __linux__
    Descriptor file(::memfd_create("mlpath", MFD_CLOEXEC));
#else
    std::FILE* unnamed = std::tmpfile();
    Descriptor file(unnamed == nullptr ? -1 : ::dup(::fileno(unnamed)));
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
    const auto list = path == spec.environment.end() ? std::string(usual_path) : path->second;
    if (const auto found = find_program(name, list)) {
        return found->string();
    }
    return fail(ErrorKind::missing, "there is no program `" + printable(name) + "` on PATH (" + printable(list) + ")");
}

}  // namespace

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
    m_gift = Descriptor(gift.take(0));
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

}  // namespace mlpath::system
