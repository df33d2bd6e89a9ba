// Running a project's step on a private copy: the learner's sources, fresh data laid in, nothing else; afterwards only
// the declared artifacts may be looked at. What keeps it there is the sandbox (run/sandbox.hpp).
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "library/project.hpp"
#include "run/beneath.hpp"
#include "run/interpreter.hpp"
#include "run/sandbox.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// The learner's work as verify and check see it: the files of `folder` that match the project's source globs.
struct Sources {
    std::filesystem::path folder{};
    std::vector<std::string> files{};    // relative, sorted
    std::vector<std::string> folders{};  // that have the name of a source: a mistake, which is told where it matters
    std::vector<FileIdentity> identities{};  // of the files, as they were seen
    std::vector<std::string> links{};    // in the place of a source, or of a folder that sources are to lie in; sorted
    std::vector<std::string> entered{};  // the folders that were looked through; the first is "", the project's own
};
// Regular files only, links are not followed; data, artifacts, __pycache__, virtual environments and .git never match,
// hidden files and folders only where a glob begins with their name. Bounded in number and size (malformed).
[[nodiscard]] Result<Sources> collect_sources(const library::Project& project, const std::filesystem::path& folder);
// Whether something of this path, were it a file or a folder, could hold a source for all that its name says.
[[nodiscard]] bool may_hold_source(const library::Project& project, std::string_view path);

// A file that is laid into the private copy: the bytes, or a file that is copied (never linked).
struct LaidFile {
    std::string path{};  // relative, stays inside
    std::string bytes{};
    std::filesystem::path copy_of{};
};

// A private working folder with sources and data in it; gone when it is destroyed. Where programs run in a world of
// their own, each starts with what lies here, read-only, in a scratch folder of its own, and of what it leaves there
// only what it is said to write is taken back.
class Workplace {
public:
    // `where`: the folder that it is made in, as the sandbox of what runs there has it (Sandbox::place).
    [[nodiscard]] static Result<Workplace> make(const Sources& sources, const std::vector<LaidFile>& data,
                                                std::filesystem::path where = {});
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder.path(); }
    // A folder for the HOME and TMPDIR of what runs here, where those do not lie in a world of its own.
    [[nodiscard]] Result<std::filesystem::path> homes();
    // The files that a program finds here when it starts, relative.
    [[nodiscard]] const std::set<std::string, std::less<>>& files() const { return m_files; }
    // Sources that are folders in the learner's own place, and are not here.
    [[nodiscard]] const std::vector<std::string>& folders() const { return m_folders; }
    // Also while a program runs that `show_to` was told of. Malformed where that program is in the way of it.
    [[nodiscard]] Status lay(const LaidFile& file);
    // The scratch folder of a program that is running here; null where there is none, or it has ended.
    void show_to(std::shared_ptr<const Descriptor> scratch) { m_running = std::move(scratch); }
    // Copies the named files out of the scratch folder of a program that has ended: regular ones, reached through no
    // link. What is something else is refused when it is asked for as an artifact.
    [[nodiscard]] Status take_back(const std::vector<std::string>& paths, const Descriptor& scratch);
    // Opens the artifact without following links in any part of its path: a regular file of at most `max_bytes`.
    // not_found where it is absent, malformed (with what it is) where it is a link, a hard link, a folder, a FIFO, a
    // device or too large.
    [[nodiscard]] Result<std::string> artifact(std::string_view path, std::uintmax_t max_bytes = max_artifact) const;

    static constexpr std::uintmax_t max_artifact = 256u << 20;

private:
    Workplace(TemporaryFolder folder, FolderHandle handle) : m_folder(std::move(folder)), m_handle(std::move(handle)) {}
    TemporaryFolder m_folder;
    std::filesystem::path m_where{};
    std::optional<TemporaryFolder> m_homes{};  // made when they are asked for
    FolderHandle m_handle;                     // of m_folder, whatever its name comes to mean
    std::set<std::string, std::less<>> m_files{};
    std::vector<std::string> m_folders{};
    std::shared_ptr<const Descriptor> m_running{};
    std::map<std::string, Error, std::less<>> m_refused{};  // what stood where an artifact was to be
    std::set<std::string, std::less<>> m_done{};            // steps that succeeded here
    friend class StepRunner;
};

// How a run differs from the usual one.
struct Conditions {
    // Set over the defined environment; `{step}` in a value is the step's id.
    std::map<std::string, std::string> environment{};
    system::Start start = system::Start::any;
};

// What a step took.
struct StepCost {
    std::chrono::microseconds wall{};
    std::uint64_t peak_memory_bytes = 0;  // of the largest single process
};

// What ended a chain of steps.
struct StepOutcome {
    std::string step{};     // the step that ended last: the one asked for, or the first that failed
    std::string command{};  // as a person would type it: "python3 predict.py"
    system::ProcessOutcome process{};
    // Where a Python traceback ends in a file of the learner: "predict.py:12: KeyError: 'Agee'"; empty otherwise.
    std::string raised_at{};
    std::string cause{};                      // the likely one, in plain words; empty: not known
    std::map<std::string, StepCost> costs{};  // of each step that ran now, by id
};

// What the commands of checks find beside their own folder.
struct CommandExtras {
    std::vector<std::filesystem::path> shown{};        // files and folders of the machine, read-only
    std::map<std::string, std::string> environment{};  // set over the defined one
};

class Trial;

class StepRunner {
public:
    // `threads`: that numeric libraries may start in each program. `trial`: which sandbox it is that programs can work
    // in, found out before the first of them runs; null: the one that is given, whatever comes of it.
    StepRunner(system::Processes& processes, Interpreter python, Sandbox sandbox = {}, unsigned threads = 1,
               std::shared_ptr<Trial> trial = nullptr)
        : m_processes(processes),
          m_python(std::move(python)),
          m_sandbox(std::move(sandbox)),
          m_threads(threads),
          m_trial(std::move(trial)) {}
    // Runs `needs` first, in order, each once a Workplace, and stops at the first that does not succeed.
    [[nodiscard]] Result<StepOutcome> run(const library::Project& project, std::string_view step, Workplace& place,
                                          std::stop_token stop = {}, const Conditions& conditions = {}) const;
    // One command of a `command` check. `argv` may hold {python}.
    [[nodiscard]] Result<system::ProcessOutcome> run_command(std::vector<std::string> argv, std::string input,
                                                             const CommandExtras& beside, double seconds,
                                                             Workplace& place, std::stop_token stop = {}) const;
    [[nodiscard]] const Interpreter& python() const { return m_python; }
    // Where the workplaces of what it runs have to lie.
    [[nodiscard]] Result<std::filesystem::path> place() const;
    // By which everything of the learner's is started.
    [[nodiscard]] system::Processes& processes() const { return m_processes; }
    static constexpr std::uint64_t output_limit = 256u << 20;  // of every program of the learner's

    // What a program finds around it.
    struct Prepared {
        std::map<std::string, std::string> environment{};
        confine::Confinement confinement{};
    };
    // What a program is given beside the place that it runs at.
    struct Beside {
        double seconds = 60;                         // how long it may run
        std::vector<std::filesystem::path> files{};  // to read
        confine::Network network = confine::Network::none;
        std::vector<std::uint16_t> ports{};  // of this machine: Surroundings::ports
    };
    // The place is made ready for it. The environment is defined: PATH (the interpreter's folder first), HOME, TMPDIR,
    // LC_ALL=C.UTF-8, TZ=UTC, MPLBACKEND=Agg, PYTHONHASHSEED=0, PYTHONDONTWRITEBYTECODE=1, PYTHONFAULTHANDLER=1,
    // PYTHONUTF8=1, PYTHONNOUSERSITE=1, PYTHONUNBUFFERED=1, JE_ARROW_MALLOC_CONF (no thread of pyarrow's own),
    // OMP_NUM_THREADS… =`threads`; nothing of the user's. No
    // PYTHONPYCACHEPREFIX: it would also hide the compiled files of the installed packages (importing pandas takes
    // three times as long), and a Workplace never holds a stale one.
    [[nodiscard]] Result<Prepared> prepare(Workplace& place, const Beside& beside) const;
    // Which walls programs get.
    [[nodiscard]] Result<confine::Walls> walls() const;

private:
    [[nodiscard]] Result<Sandbox> sandbox() const;

    system::Processes& m_processes;
    Interpreter m_python;
    Sandbox m_sandbox;
    unsigned m_threads;
    std::shared_ptr<Trial> m_trial;
};

// The predicate of a sentence, for a program that did not succeed: "ended with exit code 1 after 0.4 s: predict.py:12:
// KeyError: 'Agee'", "did not end within 60 s and was stopped", "was ended by signal 11 (SIGSEGV) after 0.1 s".
[[nodiscard]] std::string describe(const system::ProcessOutcome& outcome);

// What a failure shows of a program as it stands, so that nothing of it may be wrapped: several lines of text each, fit
// to be shown, empty where there is nothing.
struct Shown {
    std::string code{};    // the learner's lines that an exception passed through, with carets: Raised::code
    std::string output{};  // the first and the last lines that it printed, stdout before stderr, without tracebacks
};
[[nodiscard]] Shown shown_of(const system::ProcessOutcome& outcome);

// Whether it ended because time or memory ran out, or somebody killed it: another time, or on a machine with less to
// do, it may end otherwise.
[[nodiscard]] bool ran_short(const system::ProcessOutcome& outcome);

// Where the last Python traceback of the text ends in a file of the learner, as in StepOutcome::raised_at. Files of a
// Workplace are told by its folder's name, so that nothing else need be known; relative names count as well.
[[nodiscard]] std::string raised_at(std::string_view text);

}  // namespace mlpath::run
