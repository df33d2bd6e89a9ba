#include "run/trial.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "run/scheduled.hpp"
#include "run/step.hpp"

namespace mlpath::run {

namespace {

// Arguments: `read:PATH`, `look:FOLDER` and `package:NAME`, whose folders are the words of `in:FOLDER`. Reads and
// writes what a learner's program does, and says the first thing that it cannot. Nothing is imported that costs time.
constexpr std::string_view trial_script = R"(
import os, sys
def read(path):
    with open(path, 'rb') as file:
        return file.read(1)
def write(path):
    with open(path, 'w') as file:
        file.write(token)
def look(folder, left=3000):
    for place, folders, files in os.walk(folder, onerror=stop):
        for name in files:
            path = os.path.join(place, name)
            if not os.path.islink(path) and not os.access(path, os.R_OK):
                raise PermissionError(13, 'Permission denied', path)
        left -= len(files) + len(folders)
        if left < 0:
            return
def stop(error):
    raise error
def package(name):
    from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
    top = name.split('.')[0]
    spec = PathFinder.find_spec(top, folders)
    if spec is None and BuiltinImporter.find_spec(top) is None and FrozenImporter.find_spec(top) is None:
        print('the package ' + top, end='')
        sys.exit(3)
    if spec is not None and spec.origin and os.path.sep in spec.origin:
        read(spec.origin)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        os.listdir(folder)
token = sys.stdin.readline()
words = [word.split(':', 1) for word in sys.argv[1:]]
folders = [value for kind, value in words if kind == 'in']
try:
    read('laid/there.txt')
    for kind, value in words:
        if kind == 'read':
            read(value)
        elif kind == 'look':
            look(value)
        elif kind == 'package':
            package(value)
    for place in ('.', os.environ['HOME'], os.environ['TMPDIR']):
        write(os.path.join(place, 'made.txt'))
except OSError as error:
    print(error.filename or error, end='')
    sys.exit(3)
)";

constexpr int cannot_reach = 3;
constexpr std::string_view token = "mlpath was here\n";
constexpr double seconds = 120;  // a cold disk, a machine full of work

// What came of it: reached, or the reason why not, as a clause ("programs cannot read …").
struct Reached {
    std::string why_not{};
    [[nodiscard]] explicit operator bool() const { return why_not.empty(); }
};

std::vector<std::string> words_for(const Interpreter& python, const std::vector<fs::path>& shown) {
    std::vector<std::string> words{"{python}", "-I", "-S", "-c", std::string(trial_script)};
    for (const auto& folder : python.module_folders) {
        words.push_back("in:" + folder.string());
    }
    for (const auto& [name, version] : python.packages) {
        words.push_back("package:" + name);
    }
    for (const auto& path : shown) {
        std::error_code error;
        words.push_back((fs::is_directory(path, error) ? "look:" : "read:") + path.string());
    }
    return words;
}

std::string whoever(const Sandbox& sandbox) {
    return sandbox.becomes() == confine::Becomes::own ? "programs in the sandbox"
                                                      : "the unprivileged user that programs run as";
}

// An Error: it could not be tried, which says nothing of the sandbox.
Result<Reached> reach(system::Processes& cold, const Sandbox& sandbox, const Interpreter& python,
                      const std::vector<fs::path>& shown) {
    MLPATH_TRY(auto place, Workplace::make({}, {{"laid/there.txt", "there\n", {}}}, sandbox.place()));
    const StepRunner runner(cold, python, sandbox);
    const auto outcome =
        runner.run_command(words_for(python, shown), std::string(token), {.shown = shown}, seconds, place);
    if (!outcome) {
        if (outcome.error().kind != ErrorKind::missing && outcome.error().kind != ErrorKind::io) {
            return fail(outcome.error());
        }
        return Reached{whoever(sandbox) + " could not use " + printable(python.path.string()) + " (" +
                       outcome.error().message + ")"};
    }
    if (outcome->ending != system::Ending::exited || lacked_resources(*outcome)) {
        return fail(ErrorKind::io,
                    "whether programs reach what they need could not be tried: a small one " + describe(*outcome));
    }
    if (!outcome->succeeded()) {
        const auto what = outcome->exit_code == cannot_reach ? printable(outcome->out.text()) : std::string();
        return Reached{what.empty() ? whoever(sandbox) + " cannot start " + printable(python.path.string()) + ": it " +
                                          describe(*outcome)
                                    : whoever(sandbox) + " cannot reach " + what};
    }
    if (outcome->folder) {
        MLPATH_CHECK(place.take_back({"made.txt"}, *outcome->folder));
    }
    const auto made = place.artifact("made.txt");
    return made && *made == token ? Reached{} : Reached{"what programs make cannot be read back"};
}

std::string hint_for(const Sandbox& sandbox) {
    return std::string(sandbox.becomes() == confine::Becomes::own
                           ? "use a Python that lies elsewhere (MLPATH_PYTHON names one)"
                           : "open it to every user (`chmod -R a+rX` on it, `chmod a+x` on the folders above), use a "
                             "Python that is (MLPATH_PYTHON names one), or run mlpath as an ordinary user") +
           "; `--sandbox off` runs without a sandbox, where you trust the work";
}

}  // namespace

Result<Sandbox> Trial::find() const {
    auto sandbox = m_planned;
    std::string first;
    while (true) {
        MLPATH_TRY(const auto reached, reach(m_cold, sandbox, m_python, m_shown));
        if (reached) {
            m_log.debug("sandbox tried", [&] {
                return LogFields{{"interpreter", m_python.path.string()}, {"reached", "all that programs need"}};
            });
            return sandbox;
        }
        m_log.warning("sandbox fell back",
                      [&] { return LogFields{{"interpreter", m_python.path.string()}, {"why", reached.why_not}}; });
        first = first.empty() ? reached.why_not : first;
        MLPATH_TRY(auto next, sandbox.next_best(reached.why_not, m_cold));
        if (!next) {
            return fail(ErrorKind::missing, "nothing could be judged: " + first, hint_for(m_planned));
        }
        sandbox = std::move(*next);
        log_sandbox(m_log, sandbox);
    }
}

Result<Sandbox> Trial::sandbox() {
    const std::scoped_lock lock(m_mutex);
    if (m_found) {
        return *m_found;
    }
    auto found = find();
    if (found || found.error().kind == ErrorKind::missing) {  // what could not be tried may be tried again
        m_found = found;
    }
    return found;
}

bool Trial::as_planned() const {
    const std::scoped_lock lock(m_mutex);
    return !m_found || (m_found->has_value() && (*m_found)->seen() == m_planned.seen());
}

std::shared_ptr<Trial> Trials::of(const Sandbox& sandbox, const Interpreter& python,
                                  const std::vector<std::filesystem::path>& shown) {
    if (sandbox.walls() == confine::Walls::none) {
        return nullptr;
    }
    Key key{python.path, {}};
    for (const auto& [name, version] : python.packages) {
        key.second.push_back(name);
    }
    for (const auto& path : shown) {
        key.second.push_back(path.string());
    }
    const std::scoped_lock lock(m_mutex);
    auto& trial = m_trials[key];
    if (!trial) {
        trial = std::make_shared<Trial>(m_cold, sandbox, python, shown, m_log);
    }
    return trial;
}

std::optional<Sandbox> Trials::weakest() const {
    const std::scoped_lock lock(m_mutex);
    std::optional<Sandbox> weakest;
    for (const auto& [key, trial] : m_trials) {
        if (trial->as_planned()) {
            continue;
        }
        if (const auto found = trial->sandbox(); found && (!weakest || found->walls() < weakest->walls())) {
            weakest = *found;
        }
    }
    return weakest;
}

}  // namespace mlpath::run
