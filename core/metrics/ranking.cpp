#include "metrics/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "metrics/sum.hpp"

namespace mlpath::metrics {

namespace {

struct Candidate {
    double score = 0;
    double relevance = 0;
};

// Candidates of one score: the places start+1 .. start+size of the ranking.
struct Tie {
    double start = 0;
    double size = 0;
    double relevant = 0;
    double relevance = 0;        // in sum
    double relevant_before = 0;  // in the ties above
};

std::vector<Tie> ties_of(std::vector<Candidate>& group) {
    std::ranges::sort(group, [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::vector<Tie> ties;
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (i == 0 || group[i].score != group[i - 1].score) {
            const double before = ties.empty() ? 0 : ties.back().relevant_before + ties.back().relevant;
            ties.push_back({static_cast<double>(i), 0, 0, 0, before});
        }
        auto& tie = ties.back();
        tie.size += 1;
        tie.relevant += group[i].relevance > 0 ? 1 : 0;
        tie.relevance += group[i].relevance;
    }
    return ties;
}

double discount(double place) { return 1 / std::log2(place + 1); }

// Places of the tie that are within the first k.
double places_within(const Tie& tie, double k) { return std::clamp(k - tie.start, 0.0, tie.size); }

double found(const std::vector<Tie>& ties, double k) {
    double sum = 0;
    for (const auto& tie : ties) {
        sum += tie.relevant * places_within(tie, k) / tie.size;
    }
    return sum;
}

double gain(const std::vector<Tie>& ties, double k) {
    Sum sum;
    for (const auto& tie : ties) {
        for (double i = 1; i <= places_within(tie, k); ++i) {
            sum.add(tie.relevance / tie.size * discount(tie.start + i));
        }
    }
    return sum.value();
}

double greatest_gain(std::vector<Candidate>& group, double k) {
    std::ranges::sort(group, [](const Candidate& a, const Candidate& b) { return a.relevance > b.relevance; });
    Sum sum;
    for (std::size_t i = 0; i < group.size() && static_cast<double>(i) < k; ++i) {
        sum.add(group[i].relevance * discount(static_cast<double>(i + 1)));
    }
    return sum.value();
}

// The sum of the precision at each relevant place. At place i of a tie, a relevant one stands with probability r/n, and
// then (i-1)(r-1)/(n-1) of the tie's other relevant ones are expected above it.
double precision_sum(const std::vector<Tie>& ties, double k) {
    Sum sum;
    for (const auto& tie : ties) {
        for (double i = 1; i <= places_within(tie, k); ++i) {
            const double above = tie.size > 1 ? (i - 1) * (tie.relevant - 1) / (tie.size - 1) : 0;
            sum.add(tie.relevant / tie.size * (tie.relevant_before + above + 1) / (tie.start + i));
        }
    }
    return sum.value();
}

double hit(const std::vector<Tie>& ties, double k) {
    double missed = 1;
    for (const auto& tie : ties) {
        for (double i = 0; i < places_within(tie, k); ++i) {
            missed *= std::max(0.0, tie.size - tie.relevant - i) / (tie.size - i);
        }
    }
    return 1 - missed;
}

double ranking_value(RankingMetric metric, double k, std::vector<Candidate>& group) {
    const auto ties = ties_of(group);
    const double relevant = ties.back().relevant_before + ties.back().relevant;
    if (relevant == 0) {
        return 0;
    }
    switch (metric) {
        case RankingMetric::precision: return found(ties, k) / k;
        case RankingMetric::recall: return found(ties, k) / relevant;
        case RankingMetric::ndcg: return gain(ties, k) / greatest_gain(group, k);
        case RankingMetric::map: return precision_sum(ties, k) / std::min(k, relevant);
        case RankingMetric::hit_rate: return hit(ties, k);
    }
    return 0;
}

}  // namespace

Result<double> ranking(RankingMetric metric, std::size_t k, std::span<const double> relevance,
                       std::span<const double> scores, const Codes& groups, std::size_t group_count) {
    const auto negative = std::ranges::find_if(relevance, [](double value) { return value < 0; });
    if (negative != relevance.end()) {
        return fail(ErrorKind::malformed,
                    "row " + std::to_string(negative - relevance.begin() + 1) + ": a relevance below zero",
                    "the truth of a ranking is 0 for what is not relevant, and more the more it is");
    }
    // The rows of each group, one group behind the other.
    std::vector<std::size_t> starts(group_count + 1);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        ++starts[groups[i] + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<Candidate> candidates(groups.size());
    auto next = starts;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        candidates[next[groups[i]]++] = {scores[i], relevance[i]};
    }
    Sum sum;
    std::size_t filled = 0;
    std::vector<Candidate> group;
    for (std::size_t g = 0; g < group_count; ++g) {
        group.assign(candidates.begin() + static_cast<std::ptrdiff_t>(starts[g]),
                     candidates.begin() + static_cast<std::ptrdiff_t>(starts[g + 1]));
        if (!group.empty()) {
            sum.add(ranking_value(metric, static_cast<double>(k), group));
            ++filled;
        }
    }
    return sum.value() / static_cast<double>(filled);
}

}  // namespace mlpath::metrics
