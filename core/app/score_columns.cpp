#include "app/score_columns.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

using metrics::Needs;
using metrics::Wanted;
using Names = std::vector<std::string>;

constexpr std::string_view probability_prefix = "proba_";

std::string shown(const Names& names) {
    Names safe;
    std::ranges::transform(names, std::back_inserter(safe), [](const std::string& name) { return printable(name); });
    return list_of(safe);
}

Result<std::size_t> find_column(const Names& names, const std::string& name, const std::filesystem::path& file) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        const auto near = nearest(name, names);
        return fail(ErrorKind::usage,
                    printable(file.string()) + " has no column `" + printable(name) + "`; it has " + shown(names),
                    near ? "did you mean `" + printable(*near) + "`?" : "");
    }
    return static_cast<std::size_t>(found - names.begin());
}

// The column that is left when those with a purpose of their own are not counted.
Result<std::size_t> only_column(const Names& names, const Names& taken, const std::filesystem::path& file,
                                std::string_view what, std::string_view option) {
    Names left;
    std::ranges::copy_if(names, std::back_inserter(left), [&](const std::string& name) {
        return std::ranges::find(taken, name) == taken.end() && !name.starts_with(probability_prefix);
    });
    if (left.size() != 1) {
        return fail(ErrorKind::usage,
                    printable(file.string()) + ": which column is " + std::string(what) + "? It has " + shown(names),
                    "say it: " + std::string(option) + " NAME");
    }
    return find_column(names, left.front(), file);
}

// The index in `wanted` of the file's column, added if it is not there.
std::size_t want(std::vector<Wanted>& wanted, std::size_t column, std::string what) {
    const auto found = std::ranges::find(wanted, column, &Wanted::column);
    if (found != wanted.end()) {
        return static_cast<std::size_t>(found - wanted.begin());
    }
    wanted.push_back({column, false, false, false, std::move(what)});
    return wanted.size() - 1;
}

}  // namespace

ScoreNeeds needs_of(const std::vector<metrics::Metric>& metrics) {
    ScoreNeeds needs;
    for (const auto& metric : metrics) {
        switch (metric.info->needs) {
            case Needs::labels: needs.true_labels = needs.predicted_labels = true; break;
            case Needs::scores:
            case Needs::probabilities: needs.true_labels = needs.scores = true; break;
            case Needs::numbers: needs.true_numbers = needs.predicted_numbers = true; break;
            case Needs::ranking: needs.true_numbers = needs.ranking = true; break;
            case Needs::points: needs.points = needs.predicted_labels = true; break;
        }
    }
    return needs;
}

Result<std::vector<Wanted>> choose_truth(const Names& names, const ScoreRequest& request, const ScoreNeeds& needs,
                                         TruthPlan& plan) {
    std::vector<Wanted> wanted;
    const Names taken{request.key, request.group};
    if (!request.key.empty()) {
        MLPATH_TRY(const auto column, find_column(names, request.key, request.truth));
        plan.key = want(wanted, column, "the key");
        wanted[plan.key].texts = true;
    }
    if (needs.ranking && !request.group.empty()) {
        MLPATH_TRY(const auto column, find_column(names, request.group, request.truth));
        plan.group = want(wanted, column, "the group");
        wanted[plan.group].labels = true;
    }
    if (needs.true_labels || needs.true_numbers) {
        MLPATH_TRY(const auto column, request.column.empty()
                                          ? only_column(names, taken, request.truth, "the truth", "--column")
                                          : find_column(names, request.column, request.truth));
        plan.value = want(wanted, column, "the truth");
        wanted[plan.value].labels = needs.true_labels || wanted[plan.value].labels;
        wanted[plan.value].numbers = needs.true_numbers;
    }
    if (needs.points) {
        for (std::size_t column = 0; column < names.size(); ++column) {
            if (std::ranges::find(taken, names[column]) == taken.end() && names[column] != request.column) {
                plan.points.push_back(want(wanted, column, "the coordinate `" + printable(names[column]) + "`"));
                wanted[plan.points.back()].numbers = true;
            }
        }
    }
    return wanted;
}

Result<std::vector<Wanted>> choose_predictions(const Names& names, const ScoreRequest& request, const ScoreNeeds& needs,
                                               PredictionPlan& plan) {
    std::vector<Wanted> wanted;
    if (!request.key.empty()) {
        MLPATH_TRY(const auto column, find_column(names, request.key, request.predictions));
        plan.key = want(wanted, column, "the key");
        wanted[plan.key].texts = true;
    }
    const auto pick = [&](const std::string& named, const std::string& other, std::string_view what,
                          std::string_view option) -> Result<std::size_t> {
        if (!named.empty()) {
            return find_column(names, named, request.predictions);
        }
        if (!request.column.empty() && std::ranges::find(names, request.column) != names.end() &&
            other != request.column) {
            return find_column(names, request.column, request.predictions);
        }
        return only_column(names, {request.key, request.group, other}, request.predictions, what, option);
    };
    if (needs.predicted_labels || needs.predicted_numbers) {
        MLPATH_TRY(const auto column, pick(request.label, request.score, "the prediction", "--label"));
        plan.label = want(wanted, column, "the prediction");
        wanted[plan.label].labels = needs.predicted_labels;
        wanted[plan.label].numbers = needs.predicted_numbers;
    }
    if (needs.scores && request.score.empty()) {
        for (std::size_t column = 0; column < names.size(); ++column) {
            if (names[column].starts_with(probability_prefix)) {
                const auto index = want(wanted, column, "the probability `" + printable(names[column]) + "`");
                wanted[index].numbers = true;
                plan.probabilities.emplace_back(names[column].substr(probability_prefix.size()), index);
            }
        }
    }
    if (needs.ranking || (needs.scores && plan.probabilities.empty())) {
        MLPATH_TRY(const auto column, pick(request.score, request.label, "the score", "--score"));
        plan.score = want(wanted, column, "the score");
        wanted[plan.score].numbers = true;
    }
    return wanted;
}

}  // namespace mlpath::app
