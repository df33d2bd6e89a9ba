#include "run/step.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include "base/text.hpp"
#include "library/brief_words.hpp"
#include "run/causes.hpp"
#include "run/trial.hpp"
#include "system/machine_program.hpp"

namespace mlpath::run {

namespace {

constexpr std::size_t step_output = 64u << 10;
constexpr std::size_t command_output = 4u << 20;  // a command's output is what is judged

// What numeric libraries take their number of threads from.
constexpr std::array thread_settings{"OMP_NUM_THREADS",     "OPENBLAS_NUM_THREADS",   "MKL_NUM_THREADS",
                                     "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "RAYON_NUM_THREADS"};

std::chrono::milliseconds limit_of(double seconds) {
    return std::chrono::milliseconds(std::llround(std::clamp(seconds, 0.0, 1e6) * 1000));
}

std::vector<std::string> with_python(std::vector<std::string> argv, const Interpreter& python) {
    for (auto& word : argv) {
        word = replace_all(std::move(word), "{python}", python.path.string());
    }
    return argv;
}

// The step and all that it needs, each once, what is needed first.
Status order_steps(const library::Project& project, std::string_view id, std::vector<const library::Step*>& order,
                   std::size_t depth = 0) {
    const auto step = std::ranges::find(project.steps, id, &library::Step::id);
    if (step == project.steps.end() || depth > project.steps.size()) {
        return fail(ErrorKind::internal,
                    "project `" + printable(project.id) + "` has no usable step `" + printable(id) + "`");
    }
    if (std::ranges::find(order, &*step) != order.end()) {
        return {};
    }
    for (const auto& need : step->needs) {
        MLPATH_CHECK(order_steps(project, need, order, depth + 1));
    }
    order.push_back(&*step);
    return {};
}

}  // namespace

Result<Sandbox> StepRunner::sandbox() const { return m_trial ? m_trial->sandbox() : m_sandbox; }

Result<std::filesystem::path> StepRunner::place() const {
    MLPATH_TRY(const auto sandbox, this->sandbox());
    return sandbox.place();
}

Result<confine::Walls> StepRunner::walls() const {
    MLPATH_TRY(const auto sandbox, this->sandbox());
    return sandbox.walls();
}

Result<StepRunner::Prepared> StepRunner::prepare(Workplace& place, const Beside& beside) const {
    // In a world of its own nothing of the machine's folders need exist.
    Surroundings around{.folder = place.folder(),
                        .home = "/home/learner",
                        .temporary = "/tmp",
                        .files = {place.files().begin(), place.files().end()},
                        .python = m_python,
                        .also = beside.files,
                        .seconds = beside.seconds,
                        .network = beside.network,
                        .ports = beside.ports};
    MLPATH_TRY(const auto sandbox, this->sandbox());
    if (sandbox.walls() != confine::Walls::name_spaces) {
        MLPATH_TRY(const auto homes, place.homes());
        around.home = homes / "home";
        around.temporary = homes / "tmp";
        MLPATH_CHECK(sandbox.hand_over({place.folder(), homes}));
    }
    Prepared prepared{.environment =
                          {
                              {"PATH", m_python.path.parent_path().string() + ":" + std::string(system::usual_path)},
                              {"HOME", around.home.string()},
                              {"TMPDIR", around.temporary.string()},
                              {"LC_ALL", "C.UTF-8"},
                              {"TZ", "UTC"},
                              {"MPLBACKEND", "Agg"},
                              {"PYTHONHASHSEED", "0"},
                              {"PYTHONDONTWRITEBYTECODE", "1"},
                              {"PYTHONFAULTHANDLER", "1"},  // a crash names its line
                              {"PYTHONUTF8", "1"},
                              {"PYTHONNOUSERSITE", "1"},
                              {"PYTHONUNBUFFERED", "1"},
                              // pandas imports pyarrow where there is one, whose allocator starts a thread at once:
                              // an interpreter with it could not be forked, and every program would start from nothing.
                              {"JE_ARROW_MALLOC_CONF", "background_thread:false"},
                          },
                      .confinement = sandbox.around(around)};
    for (const auto* name : thread_settings) {
        prepared.environment[name] = std::to_string(m_threads);
    }
    return prepared;
}

Result<StepOutcome> StepRunner::run(const library::Project& project, std::string_view step, Workplace& place,
                                    std::stop_token stop, const Conditions& conditions) const {
    std::vector<const library::Step*> order;
    MLPATH_CHECK(order_steps(project, step, order));
    StepOutcome outcome{.step = std::string(step), .process = {}};
    for (const auto* each : order) {
        if (place.m_done.contains(each->id)) {
            continue;
        }
        outcome.step = each->id;
        outcome.command = library::as_typed(each->run);
        MLPATH_TRY(auto prepared, prepare(place, {.seconds = each->seconds}));
        for (const auto& [name, value] : conditions.environment) {
            prepared.environment[name] = replace_all(value, "{step}", each->id);
        }
        MLPATH_TRY(outcome.process, m_processes.run({.argv = with_python(each->run, m_python),
                                                     .environment = std::move(prepared.environment),
                                                     .folder = place.folder(),
                                                     .input = {},
                                                     .wall_limit = limit_of(each->seconds),
                                                     .output_kept = step_output,
                                                     .output_limit = output_limit,
                                                     .confinement = std::move(prepared.confinement),
                                                     .start = conditions.start},
                                                    stop));
        outcome.costs[each->id] = {outcome.process.wall, outcome.process.peak_memory_bytes};
        if (outcome.process.folder) {
            MLPATH_CHECK(place.take_back(each->writes, *outcome.process.folder));
            outcome.process.folder.reset();  // what else it wrote goes now
        }
        if (!outcome.process.succeeded()) {
            outcome.raised_at = raised_at(outcome.process.err.text());
            outcome.cause = cause_of(outcome.process, scene_of(project, place));
            return outcome;
        }
        place.m_done.insert(each->id);
    }
    outcome.step = std::string(step);
    outcome.command = library::as_typed(order.back()->run);
    return outcome;
}

Result<system::ProcessOutcome> StepRunner::run_command(std::vector<std::string> argv, std::string input,
                                                       const CommandExtras& beside, double seconds, Workplace& place,
                                                       std::stop_token stop) const {
    MLPATH_TRY(auto prepared, prepare(place, {.seconds = seconds, .files = beside.shown}));
    for (const auto& [name, value] : beside.environment) {
        prepared.environment[name] = value;
    }
    return m_processes.run({.argv = with_python(std::move(argv), m_python),
                            .environment = std::move(prepared.environment),
                            .folder = place.folder(),
                            .input = std::move(input),
                            .wall_limit = limit_of(seconds),
                            .output_kept = command_output,
                            .output_limit = output_limit,
                            .confinement = std::move(prepared.confinement)},
                           stop);
}

}  // namespace mlpath::run
