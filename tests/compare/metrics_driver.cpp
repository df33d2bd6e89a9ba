// Answers one JSON object a line with the value of a metric, or its error, for comparison with scikit-learn.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "metrics/metric.hpp"

namespace {

using nlohmann::json;
using namespace mlpath;

struct Cells {
    std::vector<std::string> texts;
    std::vector<double> numbers;
    [[nodiscard]] metrics::Column column() const {
        return texts.empty() ? metrics::Column(numbers) : metrics::Column(texts);
    }
};

Cells cells_of(const json& values) {
    Cells cells;
    for (const auto& value : values) {
        if (value.is_string()) {
            cells.texts.push_back(value);
        } else {
            cells.numbers.push_back(value);
        }
    }
    return cells;
}

json answer(const json& question) {
    const auto of = [&](const char* key) { return cells_of(question.value(key, json::array())); };
    const auto truth = of("truth");
    const auto prediction = of("prediction");
    const auto groups = of("groups");
    const auto weights = of("weights");
    metrics::MetricInput input;
    input.truth = truth.column();
    input.prediction = prediction.column();
    input.positive = question.value("positive", "");
    input.groups = groups.column();
    input.weights = weights.column();
    std::vector<Cells> kept;
    const auto truth_labels = question.value("truth_labels", json::array());
    const auto predicted_labels = question.value("predicted_labels", json::array());
    const auto probabilities = question.value("probabilities", json::object());
    const auto points = question.value("points", json::array());
    kept.reserve(probabilities.size() + points.size() + truth_labels.size() + predicted_labels.size());
    for (const auto& [label, values] : probabilities.items()) {
        kept.push_back(cells_of(values));
        input.probabilities.push_back({label, kept.back().column()});
    }
    for (const auto& values : points) {
        kept.push_back(cells_of(values));
        input.points.push_back(kept.back().column());
    }
    for (const auto& values : truth_labels) {
        kept.push_back(cells_of(values));
        input.truth_labels.push_back(kept.back().column());
    }
    for (const auto& values : predicted_labels) {
        kept.push_back(cells_of(values));
        input.predicted_labels.push_back(kept.back().column());
    }
    const std::string metric = question.at("metric");
    if (metric == "confusion_matrix") {
        const auto matrix = metrics::confusion(input.truth, input.prediction);
        return matrix ? json{{"labels", matrix->labels}, {"counts", matrix->counts}}
                      : json{{"error", matrix.error().message}};
    }
    const auto value = metrics::compute(metric, input);
    return value ? json{{"value", *value}} : json{{"error", value.error().message}};
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << answer(json::parse(line)).dump() << '\n';
    }
    return 0;
}
