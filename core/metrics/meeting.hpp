// Whether the labels of the truth and those of the predictions are the same classes. They are written by different
// programs: `True` here is `1` or `TRUE` there, which every tool takes as one. Other spellings are other classes to
// every tool, and give an accuracy of 0 without a word: those are refused by their cause.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace mlpath::metrics {

// Labels that stand for others: "True" for "1". What is not in it stands for itself.
using Spellings = std::map<std::string, std::string, std::less<>>;

struct Meeting {
    Spellings spellings{};             // of either side
    std::vector<std::string> notes{};  // what is unusual and may be right, a sentence each
};

// Whether a label is true or false, in any capitals, or 1 or 0.
[[nodiscard]] bool is_boolean(std::string_view label);
[[nodiscard]] bool is_true(std::string_view label);

// Both are canonical labels, each once. Where both sides hold booleans alone, those of one value are one class, named
// as the truth names it. Fails with malformed: nothing in common though of different kinds or several on each side,
// spellings that differ in capitals or blanks, numbers with decimals among classes (scores), a missing value.
[[nodiscard]] Result<Meeting> meet(std::span<const std::string> truth, std::span<const std::string> predictions);

}  // namespace mlpath::metrics
