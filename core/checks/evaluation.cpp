#include "checks/evaluation.hpp"

#include <algorithm>
#include <memory>

#include "base/hash.hpp"
#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/manner.hpp"
#include "checks/reach.hpp"
#include "checks/subject.hpp"
#include "data/probe.hpp"
#include "run/library_warnings.hpp"

namespace mlpath::checks {

namespace {

class Turn {
public:
    explicit Turn(std::counting_semaphore<>& turns) : m_turns(turns) { m_turns.acquire(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { m_turns.release(); }

private:
    std::counting_semaphore<>& m_turns;
};

}  // namespace

Evaluation::Evaluation(EvaluationInput input)
    : m_input(std::move(input)),
      m_hangs([this](const std::string& what) {
          return reaching(what, m_input.sources, m_input.harness, m_input.judge_python, m_input.processes,
                          m_input.stop);
      }),
      m_step_hangs(m_input.project, m_hangs),
      m_turns(static_cast<std::ptrdiff_t>(std::max(m_input.jobs, 1U))) {}

std::string Variant::key() const {
    return std::to_string(static_cast<int>(kind)) + '/' + data + '/' + std::to_string(repeat) + '/' +
           std::to_string(fold) + '/' + std::to_string(folds) + '/' + join(columns, ",") + '/' +
           std::to_string(static_cast<int>(manner)) + '/' + std::to_string(hash_seed) + '/' + reference + '/' +
           (seed ? std::to_string(*seed) : std::string()) + '/' + shell_line(command);
}

const library::DataEntry* Evaluation::data_entry(std::string_view id) const {
    const auto found = std::ranges::find(project().data, id, &library::DataEntry::id);
    return found == project().data.end() ? nullptr : &*found;
}

std::uint64_t Evaluation::seed_of(const library::DataEntry& entry) const {
    // 53 bits, so that a report's reader keeps it exactly.
    return m_input.seed ? hash64(entry.id, *m_input.seed) >> 11U : entry.split->seed;
}

run::Sources Evaluation::shown_to_programs() const {
    auto sources = m_input.sources;
    for (const auto& milestone : project().milestones) {
        for (const auto& check : milestone.checks) {
            if (library::reads_a_document(check)) {
                std::erase(sources.files, check.fields.at("path").get<std::string>());
            }
        }
    }
    return sources;
}

Result<Evaluation::Held> Evaluation::held_out(const library::DataEntry& entry) {
    const std::scoped_lock lock(m_mutex);
    auto found = m_held.find(entry.id);
    if (found == m_held.end()) {
        MLPATH_TRY(auto division, m_input.data.held_out(entry, seed_of(entry)));
        found = m_held.emplace(entry.id, std::make_shared<const data::Division>(std::move(division))).first;
    }
    return found->second;
}

Result<data::Division> Evaluation::division(const Variant& variant) {
    const auto* entry = data_entry(variant.data);
    if (entry == nullptr || !entry->split) {
        return fail(ErrorKind::malformed, "the project has no split data `" + variant.data + "`", "run `mlpath lint`");
    }
    const auto seed = variant.seed.value_or(seed_of(*entry));
    const auto draw = hash64("repeat " + std::to_string(variant.repeat), seed);
    if (variant.kind == VariantKind::fold) {
        return m_input.data.fold(*entry, seed, draw, variant.fold, variant.folds);
    }
    MLPATH_TRY(const auto held, held_out(*entry));
    switch (variant.kind) {
        case VariantKind::strange_rows: return data::with_strange_rows(*held, draw);
        case VariantKind::permuted_labels: return data::with_permuted_labels(*held, draw);
        case VariantKind::renamed: return data::with_renamed(*held, variant.columns, draw);
        case VariantKind::responds: return data::with_shuffled_columns(*held, variant.columns, draw);
        case VariantKind::row_order: return data::with_reordered_test(*held, draw);
        case VariantKind::held_out:
        case VariantKind::fold: break;
    }
    return *held;
}

Result<run::Workplace> Evaluation::workplace(const Variant& variant, const data::Division* changed) {
    std::vector<run::LaidFile> files;
    for (const auto& entry : project().data) {
        if (entry.split) {
            Held held;
            if (changed == nullptr || entry.id != variant.data) {
                MLPATH_TRY(held, held_out(entry));
            }
            const auto& parts = held ? *held : *changed;
            files.push_back({entry.train, table::write_table(parts.train), {}});
            files.push_back({entry.test, table::write_table(parts.test), {}});
        } else {
            MLPATH_TRY(auto pieces, m_input.data.pieces(entry));
            for (auto& piece : pieces) {
                files.push_back({std::move(piece.path), std::move(piece.bytes), std::move(piece.copy_of)});
            }
        }
    }
    MLPATH_TRY(auto more, files_of(variant, m_input.harness, m_input.template_root));
    files.insert(files.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    MLPATH_TRY(auto where, m_input.runner.place());
    return run::Workplace::make(variant.reference.empty() ? shown_to_programs() : run::Sources{}, files,
                                std::move(where));
}

Result<EvidencePtr> Evaluation::run_one(std::string_view step, const Variant& variant) {
    if (m_input.stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    return variant.runs_the_step() ? run_of_learner(step, variant) : run_anew(step, variant, m_input.stop);
}

// A program of the learner's that did not come to an end on some data is not waited for on others, and one that may
// come to what hung elsewhere is waited for shortly.
Result<EvidencePtr> Evaluation::run_of_learner(std::string_view step, const Variant& variant) {
    const auto watched = variant.manner == Manner::observed ? Watched::yes : Watched::no;
    const auto known = [&]() -> std::optional<EvidencePtr> {
        auto hang = m_step_hangs.of(step, watched);
        if (!hang) {
            return std::nullopt;
        }
        Evidence evidence{.is_known = true, .spared = std::move(hang->spared)};
        evidence.outcome = hang->outcome.value_or(run::StepOutcome{});
        return std::make_shared<const Evidence>(std::move(evidence));
    };
    if (const auto evidence = known()) {
        return *evidence;
    }
    auto giving_up = m_step_hangs.giving_up(step, watched);
    const std::stop_callback passed_on(m_input.stop, [&giving_up] { giving_up.request_stop(); });
    auto evidence = run_anew(step, variant, giving_up.get_token());
    if (!evidence && evidence.error().kind == ErrorKind::interrupted && !m_input.stop.stop_requested()) {
        if (const auto meanwhile = known()) {
            return *meanwhile;  // it waited for its turn, or ran beside the one that did not end
        }
    }
    return evidence;
}

Result<EvidencePtr> Evaluation::run_anew(std::string_view step, const Variant& variant, std::stop_token stop) {
    auto evidence = std::make_shared<Evidence>();
    if (!variant.data.empty()) {
        MLPATH_TRY(evidence->division, division(variant));
    }
    MLPATH_TRY(evidence->place, workplace(variant, variant.data.empty() ? nullptr : &evidence->division));
    for (const auto& file : variant.files) {
        MLPATH_CHECK(evidence->place->lay(file));
    }
    auto project = project_for(variant, step, m_input.project);
    for (auto& each : project.steps) {
        each.seconds = m_hangs.doubt(program_of(each.run)) ? short_wait(each.seconds) : each.seconds;
        if (variant.at_most && each.id == step) {
            each.seconds = std::min(each.seconds, *variant.at_most);
        }
    }
    MLPATH_TRY(evidence->outcome,
               m_input.runner.run(project, step, *evidence->place, std::move(stop), conditions_for(variant)));
    if (variant.manner == Manner::observed) {
        evidence->fits = observed_in(*evidence->place, project);
    }
    if (variant.runs_the_step() && evidence->outcome.process.succeeded()) {
        note_time(evidence->outcome);
    }
    const auto ending = evidence->outcome.process.ending;
    if (ending == system::Ending::interrupted) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    // What comes of a rerun with changed rows or files is no advice about the learner's own.
    if (variant.kind == VariantKind::held_out && variant.manner == Manner::usual && variant.runs_the_step() &&
        variant.files.empty()) {
        hear(evidence->outcome.process.err.text());
    }
    if (variant.runs_the_step() && !variant.at_most && ran_out_of_time(evidence->outcome.process)) {
        const auto watched = variant.manner == Manner::observed ? Watched::yes : Watched::no;
        evidence->spared = m_step_hangs.note(step, watched, evidence->outcome);
    }
    return EvidencePtr(std::move(evidence));
}

void Evaluation::note_time(const run::StepOutcome& outcome) {
    std::chrono::microseconds took{};
    for (const auto& [step, cost] : outcome.costs) {
        took += cost.wall;
    }
    const std::scoped_lock lock(m_mutex);
    m_quickest = std::min(m_quickest.value_or(took), took);
}

std::optional<std::chrono::microseconds> Evaluation::quickest_run() const {
    const std::scoped_lock lock(m_mutex);
    return m_quickest;
}

void Evaluation::hear(std::string_view printed) {
    for (auto& said : run::explained_warnings(printed)) {
        const std::scoped_lock lock(m_mutex);
        m_heard.emplace(std::move(said), false);
    }
}

std::vector<std::string> Evaluation::take_heard() {
    const std::scoped_lock lock(m_mutex);
    std::vector<std::string> said;
    for (auto& [text, told] : m_heard) {
        if (!told) {
            said.push_back(text);
            told = true;
        }
    }
    return said;
}

Result<std::vector<EvidencePtr>> Evaluation::run(std::string_view step, const std::vector<Variant>& variants) {
    struct Ours {
        std::string key;
        const Variant& variant;
        std::promise<Result<EvidencePtr>> promise{};
        void keep(Result<EvidencePtr> evidence) { promise.set_value(std::move(evidence)); }
    };
    std::vector<Awaited> awaited;
    std::vector<Ours> ours;
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto& variant : variants) {
            const auto key = std::string(step) + '/' + variant.key();
            auto known = m_evidence.find(key);
            if (known == m_evidence.end()) {
                auto& made = ours.emplace_back(Ours{key, variant});
                known = m_evidence.emplace(key, made.promise.get_future().share()).first;
            }
            awaited.push_back(known->second);
        }
    }
    std::vector<char> begun(ours.size());  // char: each thread writes its own
    auto done = side_by_side(ours.size(), m_input.jobs, [&](std::size_t i) -> Status {
        begun[i] = 1;
        auto evidence = in_turn(step, ours[i].variant);
        // Only an interrupt stops the others: another check may wait for one of them.
        auto end = evidence || evidence.error().kind != ErrorKind::interrupted ? Status() : fail(evidence.error());
        if (!evidence) {
            forget(ours[i].key);
        }
        ours[i].keep(std::move(evidence));
        return end;
    });
    for (std::size_t i = 0; i < ours.size(); ++i) {
        if (begun[i] == 0) {  // after an interrupt
            forget(ours[i].key);
            ours[i].keep(fail(done.error()));
        }
    }
    MLPATH_CHECK(std::move(done));
    std::vector<EvidencePtr> found;
    for (const auto& each : awaited) {
        MLPATH_TRY(auto evidence, each.get());
        found.push_back(std::move(evidence));
    }
    return found;
}

Result<EvidencePtr> Evaluation::in_turn(std::string_view step, const Variant& variant) {
    const Turn turn(m_turns);
    try {
        return run_one(step, variant);
    } catch (const Json::exception& defect) {
        return fail(ErrorKind::malformed, std::string("the project is not well-formed: ") + defect.what(),
                    "run `mlpath lint`");
    }
}

Result<EvidencePtr> Evaluation::run_with(std::string_view step, std::vector<run::LaidFile> files) {
    Variant variant;
    variant.files = std::move(files);
    return in_turn(step, variant);
}

Result<std::vector<EvidencePtr>> Evaluation::try_with(std::string_view step,
                                                      std::vector<std::vector<run::LaidFile>> each, double at_most) {
    std::vector<EvidencePtr> found(each.size());
    MLPATH_CHECK(side_by_side(each.size(), m_input.jobs, [&](std::size_t i) -> Status {
        MLPATH_TRY(found[i], in_turn(step, Variant{.files = std::move(each[i]), .at_most = at_most}));
        return {};
    }));
    return found;
}

Result<Evaluation::Told> Evaluation::once(const std::string& key, const std::function<Result<Told>()>& make) {
    std::promise<Result<Told>> promise;
    std::shared_future<Result<Told>> awaited;
    {
        const std::scoped_lock lock(m_mutex);
        const auto [known, is_new] = m_told.try_emplace(key);
        if (is_new) {
            known->second = promise.get_future().share();
        } else {
            awaited = known->second;
        }
    }
    if (awaited.valid()) {
        return awaited.get();
    }
    auto told = [&]() -> Result<Told> {
        try {
            return make();
        } catch (const Json::exception& defect) {
            return fail(ErrorKind::malformed,
                        std::string("what a script asks for is not well-formed: ") + defect.what());
        }
    }();
    if (!told) {  // another time it may be had
        const std::scoped_lock lock(m_mutex);
        m_told.erase(key);
    }
    promise.set_value(told);
    return told;
}

void Evaluation::forget(const std::string& key) {
    const std::scoped_lock lock(m_mutex);
    m_evidence.erase(key);
}

std::size_t Evaluation::steps_run() const {
    const std::scoped_lock lock(m_mutex);
    return m_evidence.size();
}

Result<EvidencePtr> Evaluation::run(std::string_view step) {
    // The held-out run belongs to every check that asks for no variant: the first split entry stands for all.
    const auto split =
        std::ranges::find_if(project().data, [](const library::DataEntry& entry) { return entry.split.has_value(); });
    Variant variant;
    variant.data = split == project().data.end() ? std::string() : split->id;
    MLPATH_TRY(auto found, run(step, {variant}));
    return found.front();
}

}  // namespace mlpath::checks
