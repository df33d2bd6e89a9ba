// One project being judged: its data divided, its steps run (each once for all the checks that need it, in parallel),
// what they left kept as evidence until the evaluation ends. Safe to use from several threads.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "checks/explain.hpp"
#include "checks/hangs.hpp"
#include "checks/memory.hpp"
#include "checks/step_hangs.hpp"
#include "data/provider.hpp"
#include "data/split.hpp"
#include "library/project.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

// How the data differ from the held-out split that the learner sees.
enum class VariantKind { held_out, fold, strange_rows, permuted_labels, renamed, responds, row_order };

// How the program is run, whatever its data.
enum class Manner {
    usual,     // an interpreter that runs already may be used
    reseeded,  // by an interpreter that began with a hash seed of its own
    cold,      // from nothing: what is timed
    seeded,    // so too, with the random numbers of Python and NumPy fixed: for a diagnosis
    observed,  // as usual, with an observer of what reaches `fit` (observer/sitecustomize.py)
};

struct Variant {
    VariantKind kind = VariantKind::held_out;
    std::string data{};                  // the data entry it applies to; the others stay as the learner has them
    std::size_t repeat = 0;              // which of several draws; of held_out: the same data, another run
    std::size_t fold = 0;                // for fold: this one …
    std::size_t folds = 0;               // … of so many
    std::vector<std::string> columns{};  // for renamed and responds
    Manner manner = Manner::usual;
    unsigned hash_seed = 0;   // PYTHONHASHSEED: the order of sets of texts
    std::string reference{};  // a program of the template that is run instead of the learner's ("checks/plain.py")
    std::vector<run::LaidFile> files{};   // in place of what lies there, or beside it; of `run_with` and `try_with`
    std::optional<double> at_most{};      // seconds, where the step has more; of `try_with` alone
    std::vector<std::string> command{};   // by which the step is run instead of its own; empty: by its own
    std::optional<std::uint64_t> seed{};  // of the split; none: that of the evaluation
    // Whether it is the step's own program that runs.
    [[nodiscard]] bool runs_the_step() const { return reference.empty() && command.empty(); }
    [[nodiscard]] std::string key() const;
};

// What a run of a step (with the steps it needs) left.
struct Evidence {
    data::Division division{};  // of the variant's data entry
    run::StepOutcome outcome{};
    std::optional<run::Workplace> place{};
    std::string fits{};               // what the observer wrote, of all steps; empty where there was none
    bool is_known = false;            // not run: the outcome is that of a run before, which did not come to an end
    std::optional<Finding> spared{};  // not run, or not for long, since it comes to what hung elsewhere: this says so
    [[nodiscard]] bool succeeded() const { return !spared && outcome.process.succeeded(); }
};
using EvidencePtr = std::shared_ptr<const Evidence>;

struct EvaluationInput {
    const library::Project& project;
    run::Sources sources{};
    const run::StepRunner& runner;
    const run::Interpreter& judge_python;  // isolated, for check scripts
    system::Processes& processes;
    data::DataProvider& data;
    std::filesystem::path
        origin{};  // where the sources came from, to see whether what they link to exists; empty: there
    std::string where = "the project folder";  // what the folder is called in messages
    run::CommandExtras beside{};               // for commands
    std::filesystem::path template_root{};     // where checks/… lie on disk
    std::filesystem::path harness{};           // where judge.py and caller.py lie on disk
    Untouched untouched{};
    std::optional<std::uint64_t> seed{};  // instead of the project's own
    unsigned jobs = 1;                    // steps at a time
    Memory* memory = nullptr;             // of what was found before; null: everything is found out now
    std::stop_token stop{};
    Log log{};  // hears of each check whether it was recalled, and how it was judged
    [[nodiscard]] const std::filesystem::path& linked_folder() const {
        return origin.empty() ? sources.folder : origin;
    }
};

class Evaluation {
public:
    explicit Evaluation(EvaluationInput input);

    [[nodiscard]] const EvaluationInput& input() const { return m_input; }
    [[nodiscard]] const library::Project& project() const { return m_input.project; }
    [[nodiscard]] const library::DataEntry* data_entry(std::string_view id) const;
    // The seed of an entry's split: the project's own, or one derived from the evaluation's.
    [[nodiscard]] std::uint64_t seed_of(const library::DataEntry& entry) const;

    // The sources that lie before the learner's programs: all but the documents, which are read and never run with, so
    // that a word in a README changes nothing for them.
    [[nodiscard]] run::Sources shown_to_programs() const;
    // The rows of a split entry under a variant.
    [[nodiscard]] Result<data::Division> division(const Variant& variant);
    // A working folder with the sources and all data laid in, as the learner has them.
    [[nodiscard]] Result<run::Workplace> workplace() { return workplace({}, nullptr); }
    // Runs the step under each variant, those not run before, up to `jobs` at a time; waits for those that another
    // thread is running. An Error is not the learner's fault.
    [[nodiscard]] Result<std::vector<EvidencePtr>> run(std::string_view step, const std::vector<Variant>& variants);
    [[nodiscard]] Result<EvidencePtr> run(std::string_view step);
    // Once more, with these files instead of what lies there, or beside it. Nothing is remembered of it, but that it
    // did not come to an end.
    [[nodiscard]] Result<EvidencePtr> run_with(std::string_view step, std::vector<run::LaidFile> files);
    // Once for each of these sets of files, up to `jobs` at a time, with so many seconds for the step. The files are
    // meant to make programs fail: nothing is remembered, not even that one did not come to an end.
    [[nodiscard]] Result<std::vector<EvidencePtr>> try_with(std::string_view step,
                                                            std::vector<std::vector<run::LaidFile>> each,
                                                            double at_most);

    // What a script of ours was told by the learner's side, or why it was told nothing.
    using Told = tl::expected<std::string, Finding>;
    // What `make` gives, made once for all checks that ask for the same `key`; they wait for the first.
    [[nodiscard]] Result<Told> once(const std::string& key, const std::function<Result<Told>()>& make);

    [[nodiscard]] Hangs& hangs() { return m_hangs; }

    // What a program of the learner's printed, as far as it warns of something …
    void hear(std::string_view printed);
    // … and what those warnings mean that were heard since this was asked before, each told once.
    [[nodiscard]] std::vector<std::string> take_heard();

    // How many times the learner's program was started for a step (with the steps that it needs).
    [[nodiscard]] std::size_t steps_run() const;
    // The quickest of them that succeeded: what a run costs where others leave it the machine. None: there was none.
    [[nodiscard]] std::optional<std::chrono::microseconds> quickest_run() const;

private:
    using Held = std::shared_ptr<const data::Division>;
    using Awaited = std::shared_future<Result<EvidencePtr>>;
    Result<Held> held_out(const library::DataEntry& entry);
    // `changed`: what the variant's entry is divided into; null: nothing is changed.
    Result<run::Workplace> workplace(const Variant& variant, const data::Division* changed);
    Result<EvidencePtr> run_one(std::string_view step, const Variant& variant);
    Result<EvidencePtr> in_turn(std::string_view step, const Variant& variant);
    Result<EvidencePtr> run_of_learner(std::string_view step, const Variant& variant);
    Result<EvidencePtr> run_anew(std::string_view step, const Variant& variant, std::stop_token stop);
    void forget(const std::string& key);
    void note_time(const run::StepOutcome& outcome);

    EvaluationInput m_input;
    Hangs m_hangs;
    StepHangs m_step_hangs;
    std::counting_semaphore<> m_turns;  // no more private copies at a time than programs may run
    mutable std::mutex m_mutex{};       // guards the maps; programs run outside it
    std::map<std::string, Held> m_held{};
    std::map<std::string, Awaited> m_evidence{};
    std::map<std::string, std::shared_future<Result<Told>>> m_told{};
    std::map<std::string, bool> m_heard{};  // true: told already
    std::optional<std::chrono::microseconds> m_quickest{};
};

}  // namespace mlpath::checks
