// The numbers that a document states: what a reader finds behind a name.
#pragma once

#include <string>
#include <vector>

#include "markdown/document.hpp"

namespace mlpath::checks {

struct Stated {
    // What the number may mean: "49,500" is 49.5 or 49500. Empty: there is none.
    std::vector<double> readings{};
    bool in_code_alone = false;  // it is stated in a block of code, which is no statement of the writer's
};

// The first number behind the label, on the first line that has one: "ROC AUC: 0.85", "**ROC AUC** is about 85 %",
// "| ROC AUC | 0,85 |". Where no line has one: the cell below the label in a table of one row, then what follows in the
// same paragraph, up to the end of the sentence. A number that is part of a word ("5-fold", "F1", "2nd") is none.
[[nodiscard]] Stated stated_after(const markdown::Document& document, const std::string& label);

// What stands behind the label on each line that a reader sees and that has it, without the colon; no line of a block
// of code, and none that ends with the label.
[[nodiscard]] std::vector<std::string> texts_after(const markdown::Document& document, const std::string& label);

}  // namespace mlpath::checks
