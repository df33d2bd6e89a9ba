// Running a project's step on a private copy: the learner's sources, fresh data laid in, nothing else; afterwards only
// the declared artifacts may be looked at. This is where the sandbox of the next issue goes.
#pragma once

#include <filesystem>
#include <map>
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
#include "system/process.hpp"

namespace mlpath::run {

// The learner's work as verify and check see it: the files of `folder` that match the project's source globs.
struct Sources {
    std::filesystem::path folder{};
    std::vector<std::string> files{};  // relative, sorted
};
// Regular files only, links are not followed; data, artifacts, __pycache__, virtual environments and .git never match,
// hidden files and folders only where a glob begins with their name. Bounded in number and size (malformed).
[[nodiscard]] Result<Sources> collect_sources(const library::Project& project, const std::filesystem::path& folder);

// A file that is laid into the private copy: the bytes, or a file that is copied (never linked).
struct LaidFile {
    std::string path{};  // relative, stays inside
    std::string bytes{};
    std::filesystem::path copy_of{};
};

// A private working folder with sources and data in it; gone when it is destroyed.
class Workplace {
public:
    [[nodiscard]] static Result<Workplace> make(const Sources& sources, const std::vector<LaidFile>& data);
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder.path(); }
    [[nodiscard]] Status lay(const LaidFile& file);
    // Opens the artifact without following links in any part of its path: a regular file of at most `max_bytes`.
    // not_found where it is absent, malformed (with what it is) where it is a link, a hard link, a folder, a FIFO, a
    // device or too large.
    [[nodiscard]] Result<std::string> artifact(std::string_view path, std::uintmax_t max_bytes = 256u << 20) const;

private:
    Workplace(TemporaryFolder folder, TemporaryFolder home, FolderHandle files)
        : m_folder(std::move(folder)), m_home(std::move(home)), m_files(std::move(files)) {}
    TemporaryFolder m_folder;
    TemporaryFolder m_home;                       // HOME and TMPDIR of what runs here
    FolderHandle m_files;                         // of m_folder, whatever its name comes to mean
    std::set<std::string, std::less<>> m_done{};  // steps that succeeded here
    friend class StepRunner;
};

// What ended a chain of steps.
struct StepOutcome {
    std::string step{};  // the step that ended last: the one asked for, or the first that failed
    system::ProcessOutcome process{};
    // Where a Python traceback ends in a file of the learner: "predict.py:12: KeyError: 'Agee'"; empty otherwise.
    std::string raised_at{};
};

class StepRunner {
public:
    StepRunner(system::Processes& processes, Interpreter python)
        : m_processes(processes), m_python(std::move(python)) {}
    // Runs `needs` first, in order, each once a Workplace, and stops at the first that does not succeed.
    [[nodiscard]] Result<StepOutcome> run(const library::Project& project, std::string_view step, Workplace& place,
                                          std::stop_token stop = {}) const;
    // One command of a `command` check. `argv` may hold {python}.
    [[nodiscard]] Result<system::ProcessOutcome> run_command(
        std::vector<std::string> argv, std::string input, const std::map<std::string, std::string>& extra_environment,
        double seconds, Workplace& place, std::stop_token stop = {}) const;
    [[nodiscard]] const Interpreter& python() const { return m_python; }

    // The defined environment: PATH (the interpreter's folder first), HOME, TMPDIR, LC_ALL=C.UTF-8, TZ=UTC,
    // MPLBACKEND=Agg, PYTHONHASHSEED=0, PYTHONDONTWRITEBYTECODE=1, PYTHONUTF8=1, PYTHONNOUSERSITE=1,
    // PYTHONUNBUFFERED=1, OMP_NUM_THREADS… =1; nothing of the user's. No PYTHONPYCACHEPREFIX: it would also hide the
    // compiled files of the installed packages (importing pandas takes three times as long), and a Workplace never
    // holds a stale one.
    [[nodiscard]] std::map<std::string, std::string> environment_for(const Workplace& place) const;

private:
    system::Processes& m_processes;
    Interpreter m_python;
};

// The predicate of a sentence, for a program that did not succeed: "ended with exit code 1 after 0.4 s: predict.py:12:
// KeyError: 'Agee'", "did not end within 60 s and was stopped", "was ended by signal 11 (SIGSEGV) after 0.1 s".
[[nodiscard]] std::string describe(const system::ProcessOutcome& outcome);

// Where the last Python traceback of the text ends in a file of the learner, as in StepOutcome::raised_at. Files of a
// Workplace are told by its folder's name, so that nothing else need be known; relative names count as well.
[[nodiscard]] std::string raised_at(std::string_view text);

}  // namespace mlpath::run
