// Running other programs: an argument vector, a defined environment, a group of its own, limits, and what came of it
// as a value. Never a shell string. What the program may see and use is its confinement (confine/confinement.hpp).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "confine/confinement.hpp"

namespace mlpath::system {

// Whether an interpreter that is running already may be used (run/warm.hpp), or the program has to begin from nothing:
// what it draws, and what its time is compared with, then depends on nothing before it.
enum class Start { any, cold };

// Whether other programs of ours may run meanwhile, where there is somebody who knows of them (run/scheduled.hpp).
enum class Concurrency { shared, exclusive };

struct ProcessSpec {
    // argv[0]: an absolute path, a path with '/' below `folder`, or a name sought on PATH of `environment`.
    std::vector<std::string> argv{};
    std::map<std::string, std::string> environment{};  // the whole of it: nothing is inherited
    std::filesystem::path folder{};                    // the working folder; must exist
    std::string input{};                               // stdin, then end of file
    std::chrono::milliseconds wall_limit{60'000};
    // `converse` alone: becomes the program's descriptor 3 instead of a pipe; no line can be sent then.
    int passed = -1;
    std::size_t output_kept = 64 * 1024;      // of stdout and of stderr each: half from the head, half from the tail
    std::uint64_t output_limit = UINT64_MAX;  // of both together: who prints more is ended
    confine::Confinement confinement{.limits = {.file_bytes = std::uint64_t{4} << 30, .open_files = 4096}};
    Start start = Start::any;
    Concurrency concurrency = Concurrency::shared;
    // Called with what it prints on either stream, as it comes, by the thread that waits for it. `run` alone; may be
    // empty.
    std::function<void(std::string_view)> heard{};
};

// What a stream printed. The middle of a long one is dropped; `total` counts all bytes.
struct CapturedOutput {
    std::string head{};
    std::string tail{};  // empty when everything fitted into head
    std::uint64_t total = 0;
    [[nodiscard]] bool complete() const { return head.size() + tail.size() == total; }
    // Head and tail with a line between them that says how much is missing.
    [[nodiscard]] std::string text() const;
};

// The last three: the whole tree used or printed more than it may, and was ended.
enum class Ending { exited, signalled, timed_out, interrupted, out_of_memory, out_of_cpu_time, too_much_output };

struct ProcessOutcome {
    Ending ending = Ending::exited;
    int exit_code = 0;  // for exited
    int signal = 0;     // for `signalled`
    CapturedOutput out{};
    CapturedOutput err{};
    std::chrono::microseconds wall{};
    std::chrono::milliseconds limit{};                 // the wall limit that it ran under
    std::uint64_t output_limit = 0;                    // likewise
    std::uint64_t peak_memory_bytes = 0;               // of the largest single process
    confine::Limits limits{};                          // that it ran under
    Concurrency concurrency = Concurrency::exclusive;  // shared: some ran at the same time, as far as anybody knows
    // The scratch folder of its confinement, as the program left it, where it had one. Gone with the last copy.
    std::shared_ptr<const Descriptor> folder{};
    [[nodiscard]] bool succeeded() const { return ending == Ending::exited && exit_code == 0; }
};

// A child that is talked to line by line over two extra pipes (its descriptors 3: it reads, 4: it writes), while its
// stdout and stderr are captured as usual.
class Conversation {
public:
    virtual ~Conversation() = default;
    // `line` holds no newline. Fails with io where the child no longer reads, with interrupted when a stop was
    // requested.
    [[nodiscard]] virtual Status send_line(std::string_view line) = 0;
    // The next line without its end. nullopt: the child closed its end, died, or passed the wall limit of its spec (ask
    // `finish`). Fails with busy after `wait`, with malformed when a line passes `max_line` bytes (finish is then all
    // that is left to do), with interrupted when a stop was requested.
    [[nodiscard]] virtual Result<std::optional<std::string>> receive_line(std::chrono::milliseconds wait,
                                                                          std::size_t max_line = 64u << 20) = 0;
    // A socket of the network that the program alone has, still to be connected (confine::Network::loopback). Closed
    // where there is none, or all were given away.
    [[nodiscard]] virtual Descriptor connection() = 0;
    // As ProcessOutcome::folder, while the program runs.
    [[nodiscard]] virtual std::shared_ptr<const Descriptor> folder() const = 0;
    // Closes our ends, gives the child a second to leave, ends the whole tree, and says what came of it. Once.
    [[nodiscard]] virtual ProcessOutcome finish() = 0;
    // Ends it at once, as its destruction would, and says what came of it. Once, instead of `finish`.
    [[nodiscard]] virtual ProcessOutcome end() { return finish(); }
};

class Processes {
public:
    virtual ~Processes() = default;
    // Runs to the end. Whatever the ending, no descendant of the child is left (a daemon that left the session
    // neither), and our own pipes are closed. An Error only when the child could not be started: kind missing (no such
    // program), io, or internal. May be called from several threads at once.
    [[nodiscard]] virtual Result<ProcessOutcome> run(const ProcessSpec& spec, std::stop_token stop = {}) = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Conversation>> converse(const ProcessSpec& spec,
                                                                         std::stop_token stop = {}) = 0;
};

// Starts every program through the launcher (system/launcher.hpp), which is by default our own binary: the `main` of
// whatever uses this hands `__launch` on to launcher_main.
class RealProcesses final : public Processes {
public:
    explicit RealProcesses(std::filesystem::path launcher = {}) : m_launcher(std::move(launcher)) {}
    [[nodiscard]] Result<ProcessOutcome> run(const ProcessSpec& spec, std::stop_token stop = {}) override;
    [[nodiscard]] Result<std::unique_ptr<Conversation>> converse(const ProcessSpec& spec,
                                                                 std::stop_token stop = {}) override;

private:
    std::filesystem::path m_launcher;
};

// What a program is started with, beside its arguments.
struct StartDescriptors {
    int input = -1;
    int output = -1;
    int errors = -1;
    int reads = -1;   // its descriptor 3, where it is talked to
    int writes = -1;  // its descriptor 4
    int control = -1;
    int gift = -1;
    int confinement = -1;  // a file that holds the spec's, encoded
};

// Another way to start a program than by the launcher: by something that forks, supervises the program as
// confine/supervisor.hpp tells, and takes copies of the descriptors.
class Starter {
public:
    virtual ~Starter() = default;
    [[nodiscard]] virtual Status start(const ProcessSpec& spec, const StartDescriptors& descriptors) = 0;
};
// As Processes::run and converse.
[[nodiscard]] Result<ProcessOutcome> run_by(Starter& starter, const ProcessSpec& spec, std::stop_token stop = {});
[[nodiscard]] Result<std::unique_ptr<Conversation>> converse_by(Starter& starter, const ProcessSpec& spec,
                                                                std::stop_token stop = {});

// The absolute path of a program on a PATH-like list, or nothing.
[[nodiscard]] std::optional<std::filesystem::path> find_program(std::string_view name, std::string_view path_list);

}  // namespace mlpath::system
