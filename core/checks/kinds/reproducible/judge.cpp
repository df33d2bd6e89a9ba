#include <algorithm>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/probing.hpp"
#include "checks/subject.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t shown_rows = 3;

struct Difference {
    std::size_t rows = 0;
    std::vector<std::string> ids{};
    std::string example{};
};

// The rows that two runs on the same data predict differently.
Result<tl::expected<Difference, Finding>> difference_of(const Probe& probe, const Variant& one, const Variant& other,
                                                        double tolerance) {
    using Outcome = tl::expected<Difference, Finding>;
    MLPATH_TRY(const auto runs, probe.evaluation.run(probe.step, {one, other}));
    const auto first =
        read_predictions(probe, *runs[0], runs[0]->division, CellsAre::labels, "with a hash seed of its own");
    const auto second =
        read_predictions(probe, *runs[1], runs[1]->division, CellsAre::labels, "with another hash seed");
    if (!first || !second) {
        return Outcome(tl::unexpected(first ? second.error() : first.error()));
    }
    Difference difference{.rows = first->size()};
    for (std::size_t row = 0; row < first->size(); ++row) {
        if (!moved((*first)[row], (*second)[row], tolerance)) {
            continue;
        }
        const auto& id = runs[0]->division.test.rows[row][0];
        difference.ids.push_back(id);
        if (difference.example.empty()) {
            const auto [was, is] = cells_apart((*first)[row], (*second)[row]);
            difference.example = "row_id " + id + ": first " + was + ", then " + is;
        }
    }
    return Outcome(difference);
}

struct Cause {
    std::string because;
    std::string look;
};

// Found by more pairs of runs, the most common cause first: each of them starts an interpreter from nothing.
Result<Cause> cause_of(const Probe& probe, const Variant& first, const Variant& second, double tolerance) {
    const Cause chance{"random numbers without a seed: with them fixed, the predictions are the same",
                       "give every model, split and generator that draws a number of its own: `random_state=0` in "
                       "scikit-learn, `np.random.default_rng(0)`, `random.seed(0)`"};
    const auto agree = [&](const Variant& one, const Variant& other) -> Result<bool> {
        MLPATH_TRY(const auto found, difference_of(probe, one, other, tolerance));
        return found && found->ids.empty();
    };
    const auto in_manner = [](Variant variant, Manner manner) {
        variant.manner = manner;
        return variant;
    };
    const auto repeated = [](Variant variant) {
        variant.repeat = 1;
        return variant;
    };
    const auto seeded = in_manner(first, Manner::seeded);
    MLPATH_TRY(const bool by_chance_alone, agree(seeded, in_manner(second, Manner::seeded)));
    if (by_chance_alone) {
        return chance;
    }
    // Both from nothing: two forks of one interpreter would have the same addresses too.
    const auto cold = in_manner(first, Manner::cold);
    MLPATH_TRY(const bool by_order, agree(cold, repeated(cold)));
    if (by_order) {
        return Cause{
            "the order of a set: Python orders strings in a set differently in each run, and with the same order the "
            "predictions are the same",
            "search for `set(` and `{…}`: `sorted(…)` gives a stable order"};
    }
    MLPATH_TRY(const bool by_both, agree(seeded, repeated(seeded)));
    if (by_both) {
        return chance;
    }
    return Cause{
        "something that is new in each run: the time of day, the name of a temporary folder, the order in "
        "which parallel work ends, or random numbers drawn from the system",
        "search for `time`, `datetime.now`, `uuid`, `os.urandom` and `n_jobs`"};
}

}  // namespace

Result<Finding> judge_reproducible(const library::Check& check, Evaluation& evaluation, const Findings& /*found*/) {
    const Probe probe{check, evaluation};
    const auto tolerance = check.fields.at("tolerance").get<double>();
    const Variant first{.data = probe.data, .manner = Manner::reseeded, .hash_seed = 1};
    auto second = first;
    second.hash_seed = 2;
    MLPATH_TRY(const auto difference, difference_of(probe, first, second, tolerance));
    if (!difference) {
        return difference.error();
    }
    Finding finding = passed("two runs, each with a hash seed of its own, predict the same for all " +
                             count_of(difference->rows, "row"));
    if (const auto differing = difference->ids.size(); differing > 0) {
        MLPATH_TRY(const auto cause, cause_of(probe, first, second, tolerance));
        const std::vector<std::string> few(
            difference->ids.begin(),
            difference->ids.begin() + static_cast<std::ptrdiff_t>(std::min(differing, shown_rows)));
        finding = failed(std::to_string(differing) + " of " + std::to_string(difference->rows) +
                             " predictions differ between two runs on the very same data (row_id " + join(few, ", ") +
                             (differing > shown_rows ? ", …" : "") + ")",
                         cause.because, cause.look);
        finding.expected = "the same prediction for every row, to within " + Json(tolerance).dump();
        finding.actual = difference->example;
    }
    finding.facts = {{"differing", static_cast<double>(difference->ids.size())},
                     {"rows", static_cast<double>(difference->rows)}};
    return finding;
}

}  // namespace mlpath::checks
