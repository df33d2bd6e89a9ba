#include "checks/confusion.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.hpp"

namespace mlpath::checks {

namespace {

constexpr std::string_view prefix = "confusion ";
constexpr std::size_t most_classes = 5;
constexpr std::size_t longest_label = 32;

bool is_word(const std::string& label) {
    return !label.empty() && label.size() <= longest_label && label.find(' ') == std::string::npos &&
           printable(label) == label;
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
        if (labels.size() > most_classes || !is_word(cell.first) || !is_word(cell.second)) {
            return;
        }
    }
    for (const auto& [cell, count] : confusion) {
        finding.facts[std::string(prefix) + cell.first + ' ' + cell.second] = static_cast<double>(count);
    }
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
        if (is_word(label) && count >= nearly_all * rows && true_of[label] < nearly_all * rows) {
            return "predicts `" + label + "` for " + std::to_string(std::lround(100 * count / rows)) + " % of the rows";
        }
    }
    return {};
}

Confusion confusion_of(const Finding& finding) {
    Confusion confusion;
    for (const auto& [name, value] : finding.facts) {
        if (!name.starts_with(prefix)) {
            continue;
        }
        const auto labels = std::string_view(name).substr(prefix.size());
        if (const auto blank = labels.find(' '); blank != std::string_view::npos) {
            confusion[{std::string(labels.substr(0, blank)), std::string(labels.substr(blank + 1))}] =
                static_cast<std::uint64_t>(value);
        }
    }
    return confusion;
}

}  // namespace mlpath::checks
