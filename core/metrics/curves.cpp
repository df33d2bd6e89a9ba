#include "metrics/curves.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>

#include "metrics/radix_sort.hpp"
#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

constexpr std::size_t worth_a_thread = 100'000;

// Runs both, side by side where there is enough to do.
void both(std::size_t rows, auto&& first, auto&& second) {
    if (rows < worth_a_thread) {
        first();
        second();
        return;
    }
    std::jthread beside(first);
    second();
}

enum class Equals { left_out, counted };

// The sum over the positives of how many negatives are below (or equal). Both lists ascend; the loop has no branch on
// the data, which would be guessed wrong every other time.
std::uint64_t pairs_won(const SortedScores& scores, Equals equals) {
    const auto& positives = scores.positives;
    const auto& negatives = scores.negatives;
    std::uint64_t won = 0;
    std::size_t positive = 0;
    std::size_t negative = 0;
    const std::uint64_t extra = equals == Equals::counted ? 1 : 0;
    while (positive < positives.size() && negative < negatives.size()) {
        const std::uint64_t below = negatives[negative] < positives[positive] + extra ? 1 : 0;
        negative += below;
        positive += 1 - below;
        won += (below - 1) & negative;
    }
    return won + (positives.size() - positive) * negative;
}

}  // namespace

SortedScores split_scores(const Codes& truth, Code positive, std::span<const double> scores) {
    SortedScores sorted;
    truth.visit([&](const auto& codes) {
        const auto positives =
            static_cast<std::size_t>(std::ranges::count_if(codes, [&](auto code) { return code == positive; }));
        sorted.positives.resize(positives + 1);
        sorted.negatives.resize(codes.size() - positives + 1);
        auto* next_positive = sorted.positives.data();
        auto* next_negative = sorted.negatives.data();
        for (std::size_t i = 0; i < codes.size(); ++i) {
            // Both are written and one of them moves on: again no branch on the data. Each has a place to spare.
            const auto key = order_key(scores[i]);
            const bool is_positive = codes[i] == positive;
            *next_positive = key;
            *next_negative = key;
            next_positive += is_positive ? 1 : 0;
            next_negative += is_positive ? 0 : 1;
        }
        sorted.positives.pop_back();
        sorted.negatives.pop_back();
    });
    return sorted;
}

void sort_scores(SortedScores& scores) {
    both(
        scores.positives.size() + scores.negatives.size(), [&] { radix_sort(scores.positives); },
        [&] { radix_sort(scores.negatives); });
}

SortedScores sort_scores(const Codes& truth, Code positive, std::span<const double> scores) {
    auto sorted = split_scores(truth, positive, scores);
    sort_scores(sorted);
    return sorted;
}

Result<double> roc_auc(const SortedScores& scores) {
    if (scores.positives.empty() || scores.negatives.empty()) {
        return fail(ErrorKind::malformed,
                    std::string("roc_auc has no value: the truth holds ") +
                        (scores.positives.empty() ? "no positive row" : "positive rows alone"),
                    "take rows of both classes");
    }
    std::uint64_t below = 0;
    std::uint64_t up_to = 0;
    both(
        scores.positives.size() + scores.negatives.size(), [&] { below = pairs_won(scores, Equals::left_out); },
        [&] { up_to = pairs_won(scores, Equals::counted); });
    return (static_cast<double>(below) + static_cast<double>(up_to)) / 2 /
           static_cast<double>(scores.positives.size()) / static_cast<double>(scores.negatives.size());
}

Result<double> average_precision(const SortedScores& scores) {
    if (scores.positives.empty()) {
        return fail(ErrorKind::malformed, "average_precision has no value: the truth holds no positive row",
                    "take rows of both classes, or say which label is positive");
    }
    // From the highest score down; all rows of one score come at once.
    Sum sum;
    auto positive = scores.positives.size();
    auto negative = scores.negatives.size();
    while (positive > 0) {
        const auto threshold = scores.positives[positive - 1];
        auto left = positive;
        while (left > 0 && scores.positives[left - 1] == threshold) {
            --left;
        }
        while (negative > 0 && scores.negatives[negative - 1] >= threshold) {
            --negative;
        }
        const auto found = static_cast<double>(scores.positives.size() - left);
        const auto wrong = static_cast<double>(scores.negatives.size() - negative);
        sum.add(static_cast<double>(positive - left) * found / (found + wrong));
        positive = left;
    }
    return sum.value() / static_cast<double>(scores.positives.size());
}

namespace {

// The weight of the rows of each score, from the highest down. Rows that weigh nothing are left out.
struct Step {
    double positives = 0;
    double negatives = 0;
};
std::vector<Step> steps_down(const Codes& truth, Code positive, std::span<const double> scores,
                             std::span<const double> weights) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (weights[i] > 0) {
            order.push_back(i);
        }
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    std::vector<Step> steps;
    for (std::size_t at = 0; at < order.size();) {
        const double score = scores[order[at]];
        auto& step = steps.emplace_back();
        for (; at < order.size() && scores[order[at]] == score; ++at) {
            (truth[order[at]] == positive ? step.positives : step.negatives) += weights[order[at]];
        }
    }
    return steps;
}

tl::unexpected<Error> one_side(std::string_view metric, bool positives) {
    return fail(ErrorKind::malformed,
                std::string(metric) + " has no value: " +
                    (positives ? "all positive rows weigh nothing, or there are none"
                               : "all rows but the positive ones weigh nothing, or there are none"),
                "take rows of both classes with weights above 0");
}

}  // namespace

Result<double> weighted_roc_auc(const Codes& truth, Code positive, std::span<const double> scores,
                                std::span<const double> weights) {
    Sum won;
    Sum positives;
    Sum negatives;
    for (const auto& step : steps_down(truth, positive, scores, weights)) {
        // Each positive row above wins against these negatives, and those of the same score win half.
        won.add(step.negatives * (positives.value() + step.positives / 2));
        positives.add(step.positives);
        negatives.add(step.negatives);
    }
    if (positives.value() <= 0 || negatives.value() <= 0) {
        return one_side("roc_auc", positives.value() <= 0);
    }
    return won.value() / positives.value() / negatives.value();
}

Result<double> weighted_average_precision(const Codes& truth, Code positive, std::span<const double> scores,
                                          std::span<const double> weights) {
    Sum sum;
    Sum positives;
    Sum negatives;
    for (const auto& step : steps_down(truth, positive, scores, weights)) {
        positives.add(step.positives);
        negatives.add(step.negatives);
        sum.add(step.positives * positives.value() / (positives.value() + negatives.value()));
    }
    if (positives.value() <= 0) {
        return one_side("average_precision", true);
    }
    return sum.value() / positives.value();
}

Result<double> roc_auc_ovr(const Codes& truth, std::span<const std::vector<double>> columns,
                           std::span<const double> weights) {
    Sum sum;
    for (std::size_t code = 0; code < columns.size(); ++code) {
        const auto one = static_cast<Code>(code);
        MLPATH_TRY(const double area, weights.empty() ? roc_auc(sort_scores(truth, one, columns[code]))
                                                      : weighted_roc_auc(truth, one, columns[code], weights));
        sum.add(area);
    }
    return sum.value() / static_cast<double>(columns.size());
}

Result<double> roc_auc_ovo(const Codes& truth, std::span<const std::vector<double>> columns) {
    Sum sum;
    std::size_t directions = 0;
    for (Code one = 0; one < columns.size(); ++one) {
        for (Code other = 0; other < columns.size(); ++other) {
            if (one == other) {
                continue;
            }
            Codes codes;
            std::vector<double> scores;
            for (std::size_t i = 0; i < truth.size(); ++i) {
                if (truth[i] == one || truth[i] == other) {
                    codes.push_back(truth[i]);
                    scores.push_back(columns[one][i]);
                }
            }
            MLPATH_TRY(const double area, roc_auc(sort_scores(codes, one, scores)));
            sum.add(area);
            ++directions;
        }
    }
    return sum.value() / static_cast<double>(directions);
}

}  // namespace mlpath::metrics
