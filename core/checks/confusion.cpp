#include "checks/confusion.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"

namespace mlpath::checks {

namespace {

constexpr std::string_view confusion_name = "confusion";
constexpr std::size_t most_classes = 5;
constexpr std::size_t longest_label = 32;

bool can_be_shown(const std::string& label) {
    return !label.empty() && label.size() <= longest_label && printable(label) == label;
}

}  // namespace

void count_confusion(Confusion& confusion, const std::vector<std::string>& truth,
                     const std::vector<std::string>& predictions) {
    for (std::size_t i = 0; i < std::min(truth.size(), predictions.size()); ++i) {
        ++confusion[{truth[i], predictions[i]}];
    }
}

void put_confusion(Finding& finding, const Confusion& confusion) {
    std::set<std::string> labels;
    for (const auto& [cell, count] : confusion) {
        labels.insert({cell.first, cell.second});
        if (labels.size() > most_classes || !can_be_shown(cell.first) || !can_be_shown(cell.second)) {
            return;
        }
    }
    if (confusion.empty()) {
        return;
    }
    Matrix matrix{.labels = {labels.begin(), labels.end()}};
    for (const auto& truth : matrix.labels) {
        auto& row = matrix.cells.emplace_back();
        for (const auto& prediction : matrix.labels) {
            const auto cell = confusion.find({truth, prediction});
            row.push_back(cell == confusion.end() ? 0 : static_cast<double>(cell->second));
        }
    }
    finding.measurements.push_back({std::string(confusion_name), std::move(matrix)});
}

std::string one_answer_of(const Confusion& confusion) {
    constexpr double nearly_all = 0.95;
    std::map<std::string, double> predicted;
    std::map<std::string, double> true_of;
    double rows = 0;
    for (const auto& [cell, count] : confusion) {
        true_of[cell.first] += static_cast<double>(count);
        predicted[cell.second] += static_cast<double>(count);
        rows += static_cast<double>(count);
    }
    for (const auto& [label, count] : predicted) {
        if (can_be_shown(label) && count >= nearly_all * rows && true_of[label] < nearly_all * rows) {
            return "predicts `" + label + "` for " + std::to_string(std::lround(100 * count / rows)) + " % of the rows";
        }
    }
    return {};
}

Confusion confusion_of(const Finding& finding) {
    Confusion confusion;
    const auto found = std::ranges::find(finding.measurements, confusion_name, &Measurement::name);
    const auto* matrix = found == finding.measurements.end() ? nullptr : std::get_if<Matrix>(&found->shape);
    for (std::size_t i = 0; matrix != nullptr && i < matrix->labels.size(); ++i) {
        for (std::size_t j = 0; j < matrix->labels.size(); ++j) {
            if (const auto count = matrix->cells[i][j]; count > 0) {
                confusion[{matrix->labels[i], matrix->labels[j]}] = static_cast<std::uint64_t>(count);
            }
        }
    }
    return confusion;
}

}  // namespace mlpath::checks
