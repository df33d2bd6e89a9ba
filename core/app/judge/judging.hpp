// What `check`, `verify` and `selftest` share: everything that is set up once around judging a project.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/context.hpp"
#include "app/data/project_data.hpp"
#include "app/judge/remembered.hpp"
#include "app/project/python_search.hpp"
#include "checks/engine.hpp"
#include "run/scheduled.hpp"
#include "run/warm.hpp"
#include "system/machine.hpp"

namespace mlpath::run {
class Trials;
}

namespace mlpath::app {

// mlpath's own Python (judge.py, caller.py and what they import), in a private folder for the time of a command.
// Written when it is first asked for: where every result is known from before, nobody does.
class Harness {
public:
    // `where`: the folder that it is made in, where programs can come (run::Sandbox::place).
    explicit Harness(const library::Content& content, fs::path where = {})
        : m_content(content), m_where(std::move(where)) {}
    // May be asked for by several threads.
    [[nodiscard]] Result<fs::path> folder();

private:
    const library::Content& m_content;
    fs::path m_where;
    std::mutex m_mutex{};  // guards what follows
    std::optional<TemporaryFolder> m_folder{};
};

// Warm interpreters with what they need on disk, for the time of a command. Written when first needed, likewise.
class WarmRoom {
public:
    WarmRoom(const library::Content& content, system::Processes& cold, Log log = {})
        : m_content(content), m_cold(cold), m_log(log) {}
    // As WarmPool::processes; where the files cannot be written, every program starts cold.
    [[nodiscard]] system::Processes& processes(const run::WarmUp& warm_up);

private:
    Status write();
    const library::Content& m_content;
    system::Processes& m_cold;
    Log m_log;
    std::mutex m_mutex{};  // guards what follows
    std::optional<TemporaryFolder> m_folder{};
    std::optional<run::WarmPool> m_pool{};
};

// The real things that judging needs beside the context.
struct JudgingTools {
    system::Processes& processes;
    Harness& harness;
    run::Schedule& schedule;                  // by which the learner's programs run
    data::FetchProgress* progress = nullptr;  // of data that have to be fetched first; may be null
    run::Sandbox sandbox{};                   // what every program of the learner's runs in
    WarmRoom* warm = nullptr;                 // null: every program starts cold
    run::Trials* trials = nullptr;            // null: that programs can work in the sandbox is taken for granted
};

// What may be used at a time, as far as somebody said; zeros: what the machine has.
struct Asked {
    unsigned jobs = 0;
    std::uint64_t memory_bytes = 0;
};
[[nodiscard]] std::unique_ptr<run::Schedule> schedule_for(const system::Machine& machine, const Asked& asked);

// Removes the private copies that a run which was killed has left in the system's temporary folder. Called once, at the
// beginning of a run that makes some.
void sweep_killed_runs();

// How far the learner's code was kept from the truth, in words for reports.
struct Isolation {
    bool truth_protected = false;
    std::string detail{};
};
[[nodiscard]] Isolation isolation_of(const run::Sandbox& sandbox);

// A template's check scripts, written to a private folder for the time of judging.
class CheckFiles {
public:
    // The same from texts, maybe none: of something that is judged as a project and has no template. `path` is from the
    // root.
    struct Text {
        std::string path{};
        std::string text{};
    };
    [[nodiscard]] static Result<CheckFiles> write(const std::vector<Text>& texts);
    [[nodiscard]] static Result<CheckFiles> open(const library::Content& content, std::string_view project);
    [[nodiscard]] const fs::path& template_root() const { return m_folder.path(); }

private:
    explicit CheckFiles(TemporaryFolder folder) : m_folder(std::move(folder)) {}
    TemporaryFolder m_folder;
};

struct JudgedProject {
    std::vector<checks::MilestoneResult> milestones{};
    checks::Verdict verdict = checks::Verdict::pass;  // the worst of them
    run::Interpreter python{};
    std::map<std::string, std::uint64_t> seeds{};      // of each split, by data id
    std::map<std::string, std::string> data_hashes{};  // by data id
    library::DataKind data = library::DataKind::real;  // that it was judged on
    std::size_t steps_run = 0;
    std::optional<std::chrono::microseconds> quickest_run{};  // of the learner's program
    run::Sandbox sandbox{};  // that the programs ran in: the tools', or where they could not work there the next best
    bool as_planned = true;  // it was the tools'; keys of results say no more
};

struct JudgingRequest {
    const library::Project& project;
    const CheckFiles& check_files;
    const run::Interpreter& judge_python;  // of run::judge_interpreter
    fs::path folder{};                     // the learner's, or a copy of it …
    fs::path origin{};  // … and then where it came from, to see whether what a document links to exists
    std::string where = "the project folder";  // what the folder is called in messages
    run::CommandExtras beside{};               // for the commands of checks
    run::InterpreterSearch interpreters{};
    const run::Interpreter* python = nullptr;  // that was found before; null: it is sought
    checks::Plan plan{};
    std::optional<std::uint64_t> seed{};  // instead of the project's own
    Remembered* remembered = nullptr;     // results of before; null: everything is found out now
    data::Network network = data::Network::allowed;
    library::DataKind data = library::DataKind::real;  // to judge on: as a marker says, which proves nothing …
    std::optional<std::string> secret{};               // … and what the judge draws of those with, as in DataChoice
    // Checks that are tried at a time. Where others are judged beside it, each by itself saves the checks that are
    // begun before one ahead of them fails; 0: as many as there are slots.
    unsigned checks_at_a_time = 0;
};

// By which our own Python, in the harness's folder, is run.
[[nodiscard]] system::Processes& isolated_processes(const JudgingTools& tools, const fs::path& harness,
                                                    const run::Interpreter& judge_python);

// How the data of a project are had, where judging needs them.
[[nodiscard]] DataChoice data_choice(const JudgingTools& tools, library::DataKind kind,
                                     std::optional<std::string> secret = {});

// An Error: the project could not be judged at all (no interpreter, no data, interrupted).
[[nodiscard]] Result<JudgedProject> judge_folder(const Context& context, const JudgingTools& tools,
                                                 const JudgingRequest& request, checks::Observer& observer,
                                                 std::stop_token stop = {});

}  // namespace mlpath::app
