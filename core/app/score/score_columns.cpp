#include "app/score/score_columns.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace mlpath::app {

namespace {

using metrics::Needs;
using metrics::Wanted;
using Names = std::vector<std::string>;

constexpr std::string_view probability_prefix = "proba_";
constexpr std::string_view pandas_index = "Unnamed: 0";  // what pandas calls a first column without a name

std::string shown(const Names& names) {
    Names safe;
    std::ranges::transform(names, std::back_inserter(safe), [](const std::string& name) { return printable(name); });
    return replace_all(list_of(safe), "``", "one without a name");
}

bool has(const Names& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

Result<std::size_t> find_column(const ScoreNames& names, const std::string& name) {
    const auto& columns = names.columns;
    auto found = std::ranges::find(columns, name);
    if (found == columns.end() && name == pandas_index) {
        found = std::ranges::find(columns, std::string());
    }
    if (found == columns.end()) {
        const auto near = nearest(name, columns);
        return fail(ErrorKind::usage,
                    printable(names.file) + " has no column `" + printable(name) + "`; it has " + shown(columns),
                    near
                        ? "did you mean `" + printable(*near) + "`?"
                        : "if the first line is a row and no names: --no-header, and the columns are c0, c1 and so on");
    }
    return static_cast<std::size_t>(found - columns.begin());
}

// The columns that are left when those with a purpose of their own are not counted. An index without a name is never
// the one that is meant, unless it is all there is.
Names columns_left(const Names& columns, const Names& taken) {
    Names left;
    std::ranges::copy_if(columns, std::back_inserter(left), [&](const std::string& name) {
        return !has(taken, name) && !name.starts_with(probability_prefix);
    });
    if (left.size() > 1) {
        std::erase_if(left, is_unnamed);
    }
    return left;
}

Result<std::size_t> only_column(const ScoreNames& names, const Names& taken, std::string_view what,
                                std::string_view option) {
    const auto left = columns_left(names.columns, taken);
    if (left.size() != 1) {
        return fail(
            ErrorKind::usage,
            printable(names.file) + ": which column is " + std::string(what) + "? It has " + shown(names.columns),
            "say it: " + std::string(option) + " NAME");
    }
    return find_column(names, left.front());
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

// What both files are asked for alike: the key, columns whose order is looked at, and a column for each label.
template <typename Plan>
Status choose_common(const ScoreNames& names, const ScoreRequest& request, const ScoreNeeds& needs, Plan& plan,
                     std::vector<Wanted>& wanted) {
    if (!request.key.empty()) {
        MLPATH_TRY(const auto column, find_column(names, request.key));
        plan.key = want(wanted, column, "the key");
        wanted[plan.key].texts = true;
    }
    for (const auto& id : names.ids) {
        MLPATH_TRY(const auto column, find_column(names, id));
        plan.ids.push_back(want(wanted, column, "`" + printable(id) + "`"));
        wanted[plan.ids.back()].texts = true;
    }
    if (needs.multilabel) {
        for (const auto& label : request.multilabel) {
            MLPATH_TRY(const auto column, find_column(names, label));
            plan.labels.push_back(want(wanted, column, "the label `" + printable(label) + "`"));
            wanted[plan.labels.back()].labels = true;
        }
    }
    return {};
}

bool names_rows(std::string_view name) {
    if (is_unnamed(name)) {
        return true;
    }
    const auto plain = to_lower_ascii(name);
    constexpr std::array<std::string_view, 9> words{"id",   "index", "idx",        "key",  "row",
                                                    "uuid", "guid",  "row_number", "rowid"};
    return std::ranges::find(words, plain) != words.end() || plain.ends_with("_id") || plain.ends_with("-id") ||
           plain.ends_with(" id") || name.ends_with("Id") || (name.ends_with("ID") && name.size() > 2);
}

}  // namespace

bool is_unnamed(std::string_view name) { return name.empty() || name == pandas_index; }

std::vector<std::string> shared_ids(const Names& truth, const Names& predictions, const ScoreRequest& request) {
    Names ids;
    if (!request.key.empty() || request.order == Order::as_it_stands) {
        return ids;
    }
    Names used = named_in_truth(request);
    const auto also = named_in_predictions(request);
    used.insert(used.end(), also.begin(), also.end());
    for (const auto& name : truth) {
        if (names_rows(name) && has(predictions, name) && !has(used, name) && truth.size() > 1 &&
            predictions.size() > 1) {
            ids.push_back(name);
        }
    }
    return ids;
}

std::vector<std::string> named_in_truth(const ScoreRequest& request) {
    Names names{request.column, request.group, request.key, request.weight};
    names.insert(names.end(), request.multilabel.begin(), request.multilabel.end());
    std::erase(names, std::string());
    return names;
}

std::vector<std::string> named_in_predictions(const ScoreRequest& request) {
    Names names{request.label, request.score, request.key};
    // What is asked of the truth alone says nothing of the predictions, if they have columns of their own.
    if (request.label.empty() && request.score.empty()) {
        names.push_back(request.column);
    }
    names.insert(names.end(), request.multilabel.begin(), request.multilabel.end());
    std::erase(names, std::string());
    return names;
}

ScoreNeeds needs_of(const std::vector<metrics::Metric>& metrics, const ScoreRequest& request) {
    ScoreNeeds needs;
    needs.multilabel = !request.multilabel.empty();
    for (const auto& metric : metrics) {
        switch (metric.info->needs) {
            case Needs::labels:
                needs.true_labels = needs.predicted_labels = needs.true_labels || !needs.multilabel;
                needs.same_labels = needs.same_labels || metric.info->compares_labels;
                break;
            case Needs::scores:
            case Needs::probabilities: needs.true_labels = needs.scores = true; break;
            case Needs::numbers: needs.true_numbers = needs.predicted_numbers = true; break;
            case Needs::ranking: needs.true_numbers = needs.ranking = true; break;
            case Needs::points: needs.points = needs.predicted_labels = true; break;
        }
    }
    return needs;
}

Result<std::vector<Wanted>> choose_truth(const ScoreNames& names, const ScoreRequest& request, const ScoreNeeds& needs,
                                         TruthPlan& plan) {
    std::vector<Wanted> wanted;
    MLPATH_CHECK(choose_common(names, request, needs, plan, wanted));
    const Names taken{request.key, request.group, request.weight};
    if (!request.weight.empty()) {
        MLPATH_TRY(const auto column, find_column(names, request.weight));
        plan.weight = want(wanted, column, "the weight");
        wanted[plan.weight].numbers = true;
    }
    if (needs.ranking && !request.group.empty()) {
        MLPATH_TRY(const auto column, find_column(names, request.group));
        plan.group = want(wanted, column, "the group");
        wanted[plan.group].labels = true;
    }
    if (needs.true_labels || needs.true_numbers) {
        MLPATH_TRY(const auto column, request.column.empty() ? only_column(names, taken, "the truth", "--column")
                                                             : find_column(names, request.column));
        plan.value = want(wanted, column, "the truth");
        wanted[plan.value].labels = needs.true_labels || wanted[plan.value].labels;
        wanted[plan.value].numbers = needs.true_numbers;
    }
    if (needs.points) {
        for (std::size_t column = 0; column < names.columns.size(); ++column) {
            const auto& name = names.columns[column];
            // What names a row is no coordinate of it.
            if (!has(taken, name) && name != request.column && !(names_rows(name) && names.columns.size() > 1)) {
                plan.points.push_back(want(wanted, column, "the coordinate `" + printable(name) + "`"));
                wanted[plan.points.back()].numbers = true;
            }
        }
    }
    return wanted;
}

Result<std::vector<Wanted>> choose_predictions(const ScoreNames& names, const ScoreRequest& request,
                                               const ScoreNeeds& needs, PredictionPlan& plan) {
    std::vector<Wanted> wanted;
    MLPATH_CHECK(choose_common(names, request, needs, plan, wanted));
    const auto pick = [&](const std::string& named, const std::string& other, std::string_view what,
                          std::string_view option) -> Result<std::size_t> {
        if (!named.empty()) {
            return find_column(names, named);
        }
        const Names taken{request.key, request.group, other};
        if (!request.column.empty() && has(names.columns, request.column) && other != request.column) {
            // Where classes stand beside scores, those named as the truth are the classes.
            if (option == "--label" || columns_left(names.columns, taken).size() == 1) {
                return find_column(names, request.column);
            }
        }
        return only_column(names, taken, what, option);
    };
    if (needs.predicted_labels || needs.predicted_numbers) {
        MLPATH_TRY(const auto column, pick(request.label, request.score, "the prediction", "--label"));
        plan.label = want(wanted, column, "the prediction");
        wanted[plan.label].labels = needs.predicted_labels;
        wanted[plan.label].numbers = needs.predicted_numbers;
    }
    if (needs.scores && request.score.empty()) {
        for (std::size_t column = 0; column < names.columns.size(); ++column) {
            const auto& name = names.columns[column];
            if (name.starts_with(probability_prefix)) {
                const auto index = want(wanted, column, "the probability `" + printable(name) + "`");
                wanted[index].numbers = true;
                plan.probabilities.emplace_back(name.substr(probability_prefix.size()), index);
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
