// Running other programs: an argument vector, a defined environment, a group of its own, limits, and what came of it
// as a value. Never a shell string. The seam for the sandbox (next issue) is the Processes interface.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::system {

struct ProcessSpec {
    std::vector<std::string> argv{};  // argv[0]: an absolute path, or a name sought on PATH of `environment`
    std::map<std::string, std::string> environment{};  // the whole of it: nothing is inherited
    std::filesystem::path folder{};                    // the working folder; must exist
    std::string input{};                               // stdin, then end of file
    std::chrono::milliseconds wall_limit{60'000};
    std::size_t output_kept = 64 * 1024;  // of stdout and of stderr each: half from the head, half from the tail
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

enum class Ending { exited, signalled, timed_out, interrupted };

struct ProcessOutcome {
    Ending ending = Ending::exited;
    int exit_code = 0;  // for exited
    int signal = 0;     // for signalled
    CapturedOutput out{};
    CapturedOutput err{};
    std::chrono::microseconds wall{};
    std::uint64_t peak_memory_bytes = 0;  // of the largest single process
    [[nodiscard]] bool succeeded() const { return ending == Ending::exited && exit_code == 0; }
};

// A child that is talked to line by line over two extra pipes (its descriptors 3: it reads, 4: it writes), while its
// stdout and stderr are captured as usual.
class Conversation {
public:
    virtual ~Conversation() = default;
    [[nodiscard]] virtual Status send_line(std::string_view line) = 0;
    // The next line without its end. nullopt: the child closed its end or died (ask `finish`). Fails with busy after
    // `wait`, with malformed when a line passes `max_line` bytes.
    [[nodiscard]] virtual Result<std::optional<std::string>> receive_line(std::chrono::milliseconds wait,
                                                                          std::size_t max_line = 64u << 20) = 0;
    // Closes our ends, gives the child a second to leave, ends the whole group, and says what came of it.
    [[nodiscard]] virtual ProcessOutcome finish() = 0;
};

class Processes {
public:
    virtual ~Processes() = default;
    // Runs to the end. Whatever the ending, no process of the child's group or session is left, and our own pipes are
    // closed. An Error only when the child could not be started: kind missing (no such program), io, or internal.
    [[nodiscard]] virtual Result<ProcessOutcome> run(const ProcessSpec& spec, std::stop_token stop = {}) = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Conversation>> converse(const ProcessSpec& spec,
                                                                         std::stop_token stop = {}) = 0;
};

class RealProcesses final : public Processes {
public:
    [[nodiscard]] Result<ProcessOutcome> run(const ProcessSpec& spec, std::stop_token stop = {}) override;
    [[nodiscard]] Result<std::unique_ptr<Conversation>> converse(const ProcessSpec& spec,
                                                                 std::stop_token stop = {}) override;
};

// The absolute path of a program on a PATH-like list, or nothing.
[[nodiscard]] std::optional<std::filesystem::path> find_program(std::string_view name, std::string_view path_list);

}  // namespace mlpath::system
