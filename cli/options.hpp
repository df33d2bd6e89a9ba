// The options of one command, declared once and used three times: to parse the command line, to print the help, and to
// complete words in a shell. CLI11 parses; only options.cpp sees it, since it is slow to compile.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exit.hpp"

namespace mlpath::cli {

class Host;

// What a value names, for completion: `environments` are groups of packages and projects, `work` are projects and
// goals, `learning` topics and goals, `milestones` those of the project that the command names, or that the user stands
// in.
enum class Values {
    nothing,
    files,
    folders,
    commands,
    projects,
    curricula,
    datasets,
    environments,
    topics,
    work,
    learning,
    milestones,
    ids,
    choices
};

// One option or positional, as help and completion need it.
struct OptionInfo {
    std::string names{};        // "--seed", "-C", "--output"; the placeholder for a positional
    std::string placeholder{};  // "N"; empty for a flag
    std::string help{};
    Values values = Values::nothing;
    std::vector<std::string> choices{};
    bool positional = false;
    bool required = false;
    bool repeated = false;
};

// What every command takes.
struct GlobalOptions {
    bool json = false;
    bool plain = false;
    bool verbose = false;
    bool help = false;
    std::string color = "auto";
    std::vector<std::string> libraries{};
    std::string folder{};
    std::string log_level{};  // empty: not said
    std::string log_file{};
};

class Options {
public:
    explicit Options(std::string command);
    Options(Options&&) noexcept;
    Options& operator=(Options&&) noexcept;
    ~Options();

    void required(std::string name, std::string help, std::string& value, Values values = Values::nothing);
    void optional(std::string name, std::string help, std::string& value, Values values = Values::nothing);
    void optional(std::string name, std::string help, std::vector<std::string>& value, Values values = Values::nothing);
    void required(std::string name, std::string help, std::vector<std::string>& value, Values values = Values::nothing);
    // One of `choices`, and nothing else.
    void required_choice(std::string name, std::string help, std::string& value, std::vector<std::string> choices);
    void optional_choice(std::string name, std::string help, std::string& value, std::vector<std::string> choices);

    // `names` is "--name" or "-n,--name".
    void flag(std::string names, std::string help, bool& value);
    void option(std::string names, std::string placeholder, std::string help, std::string& value,
                Values values = Values::nothing);
    void option(std::string names, std::string placeholder, std::string help, std::optional<std::string>& value,
                Values values = Values::nothing);
    // Given more than once: `--require own --require all`. With `several` it takes all words up to the next option:
    // `--metric accuracy f1`, which swallows a positional that follows.
    enum class Each { one, several };
    void option(std::string names, std::string placeholder, std::string help, std::vector<std::string>& value,
                Each each = Each::one, Values values = Values::nothing);
    void option(std::string names, std::string placeholder, std::string help, std::optional<std::uint64_t>& value);
    // A whole number from 1 to `most`.
    void count(std::string names, std::string placeholder, std::string help, std::optional<std::uint64_t>& value,
               std::uint64_t most);
    void option(std::string names, std::string placeholder, std::string help, std::optional<double>& value);
    void choice(std::string names, std::string placeholder, std::string help, std::string& value,
                std::vector<std::string> choices);

    // --json, --color and so on, kept apart in the help.
    void globals(GlobalOptions& value);

    // Parses the words after the command. Fails with usage and a suggestion; --help ends the parsing without an error.
    [[nodiscard]] Status parse(const std::vector<std::string>& words);

    [[nodiscard]] const std::string& command() const;
    [[nodiscard]] const std::vector<OptionInfo>& own() const;
    [[nodiscard]] const std::vector<OptionInfo>& shared() const;
    // "mlpath new [OPTIONS] PROJECT [DIR]"
    [[nodiscard]] std::string usage() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// As many programs at a time as `--jobs` may ask for.
inline constexpr std::uint64_t most_jobs = 1024;

// What a command does once its options are parsed. The values that the options were bound to live in its closure.
using Action = std::function<Result<Exit>(Host&)>;

}  // namespace mlpath::cli
