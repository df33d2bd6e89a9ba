#include "checks/scoring.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "checks/kind.hpp"
#include "checks/subject.hpp"
#include "metrics/metric.hpp"
#include "table/table.hpp"

namespace mlpath::checks {

namespace {

metrics::Needs needs_of(const std::string& metric) {
    const auto parsed = metrics::parse_metric(metric);
    return parsed ? parsed->info->needs : metrics::Needs::labels;
}

std::string exact(double value) {
    std::array<char, 64> buffer{};
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

// Labels as the metrics compare them: blanks around do not count, and "1.0" is "1".
std::string plain_label(std::string_view label) {
    const auto cell = table::parse_cell(label);
    return cell.kind == table::CellKind::number ? exact(cell.number == 0 ? 0.0 : cell.number)
                                                : std::string(trim(label));
}

// What the training labels of some rows amount to: the commonest label, the share of the positive one, or the mean.
class Summary {
public:
    void add(const std::string& label, const std::string& positive) {
        ++m_counts[plain_label(label)];
        ++m_total;
        m_positive += plain_label(label) == plain_label(positive) ? 1 : 0;
        m_sum += table::parse_cell(label).number;
    }
    [[nodiscard]] std::string value(metrics::Needs needs) const {
        const auto total = static_cast<double>(m_total);
        switch (needs) {
            case metrics::Needs::numbers: return exact(m_sum / total);
            case metrics::Needs::scores:
            case metrics::Needs::probabilities: return exact(static_cast<double>(m_positive) / total);
            default:
                return std::ranges::max_element(m_counts, {}, [](const auto& entry) { return entry.second; })->first;
        }
    }

private:
    std::map<std::string, std::size_t> m_counts;
    std::size_t m_total = 0;
    std::size_t m_positive = 0;
    double m_sum = 0;
};

// What a model would predict that knew everything.
std::vector<std::string> perfect_predictions(const Measure& measure, const data::Division& division) {
    const auto needs = needs_of(measure.metric);
    if (needs != metrics::Needs::scores && needs != metrics::Needs::probabilities) {
        return division.truth;
    }
    std::vector<std::string> certain;
    for (const auto& label : division.truth) {
        certain.emplace_back(plain_label(label) == plain_label(measure.positive) ? "1" : "0");
    }
    return certain;
}

// The manifest may write a label as text or as a number.
std::string positive_of(const Json& fields) {
    const auto& positive = fields.at("positive");
    return positive.is_string() ? positive.get<std::string>() : positive.dump();
}

}  // namespace

Measure Measure::from(const Json& fields) {
    return {.metric = fields.at("metric").get<std::string>(),
            .positive = positive_of(fields),
            .column = fields.at("column").get<std::string>(),
            .predictions = fields.at("predictions").get<std::string>(),
            .baseline = fields.at("baseline")};
}

CellsAre Measure::cells() const {
    return needs_of(metric) == metrics::Needs::labels ? CellsAre::labels : CellsAre::numbers;
}

Result<std::vector<std::string>> baseline_predictions(const Measure& measure, const data::Division& division) {
    const auto target = division.train.column(division.target);
    const auto kind = measure.baseline.at("kind").get<std::string>();
    const auto by = measure.baseline.value("column", std::string());
    const auto train_group = division.train.column(by);
    const auto test_group = division.test.column(by);
    if (!target || division.train.rows.empty() || (kind == "by" && (!train_group || !test_group))) {
        return fail(ErrorKind::malformed,
                    "the baseline `" + baseline_in_words(measure.baseline) + "` does not fit the data");
    }
    const auto needs = needs_of(measure.metric);
    Summary all;
    std::map<std::string, Summary> groups;
    for (const auto& row : division.train.rows) {
        all.add(row[*target], measure.positive);
        if (kind == "by") {
            groups[row[*train_group]].add(row[*target], measure.positive);
        }
    }
    std::vector<std::string> predictions;
    for (const auto& row : division.test.rows) {
        const auto group = kind == "by" ? groups.find(row[*test_group]) : groups.end();
        predictions.push_back(group == groups.end() ? all.value(needs) : group->second.value(needs));
    }
    return predictions;
}

std::string baseline_in_words(const Json& baseline) {
    const auto kind = baseline.at("kind").get<std::string>();
    if (kind == "majority") {
        return "always the most common answer";
    }
    if (kind == "mean") {
        return "always the mean";
    }
    if (kind == "by") {
        return "knowing only `" + baseline.value("column", std::string()) + "`";
    }
    return "the value " + baseline.value("value", Json(0)).dump();
}

Result<tl::expected<Lift, Finding>> measure_lift(const Measure& measure, const data::Division& division,
                                                 const std::vector<std::string>& predictions) {
    using Outcome = tl::expected<Lift, Finding>;
    const auto value_of = [&](const std::vector<std::string>& cells) {
        return metrics::compute(measure.metric,
                                {.truth = division.truth, .prediction = cells, .positive = measure.positive});
    };
    // What not even the truth itself could be scored for is a fault of the split or the manifest, not of the learner.
    MLPATH_CHECK(value_of(perfect_predictions(measure, division)));
    Lift lift;
    const auto metric_value = value_of(predictions);
    if (!metric_value) {
        return Outcome(
            tl::unexpected(undecided("`" + measure.predictions + "` cannot be scored: " + metric_value.error().message,
                                     metric_value.error().hint)));
    }
    lift.metric = *metric_value;
    if (measure.baseline.at("kind") == "value") {
        lift.baseline = measure.baseline.at("value").get<double>();
    } else {
        MLPATH_TRY(const auto simple, baseline_predictions(measure, division));
        MLPATH_TRY(lift.baseline, value_of(simple));
    }
    MLPATH_TRY(const auto metric, metrics::parse_metric(measure.metric));
    const double sign = metric.info->better == metrics::Better::higher ? 1 : -1;
    lift.lift = sign * (lift.metric - lift.baseline);
    // Both are finite; their difference need not be, and an infinite lift would be above any margin.
    if (!std::isfinite(lift.lift)) {
        return Outcome(tl::unexpected(
            undecided("`" + measure.predictions + "` cannot be scored: " + measure.metric +
                          " and the baseline are further apart than a number can say",
                      "look for predictions that are out of all proportion: head " + measure.predictions)));
    }
    return Outcome(lift);
}

Spread spread_of(const std::vector<double>& values) {
    Spread spread{.count = values.size()};
    if (values.empty()) {
        return spread;
    }
    const auto count = static_cast<double>(values.size());
    for (const double value : values) {
        spread.mean += value / count;
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - spread.mean) * (value - spread.mean);
    }
    spread.deviation = values.size() < 2 ? 0 : std::sqrt(squares / (count - 1));
    spread.error = spread.deviation / std::sqrt(count);
    return spread;
}

std::string three_decimals(double value) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3f", std::abs(value) < 0.0005 ? 0.0 : value);
    return buffer.data();
}

std::string in_words(const Spread& spread) {
    return three_decimals(spread.mean) + " ± " + three_decimals(spread.deviation);
}

}  // namespace mlpath::checks
