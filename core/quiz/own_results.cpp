#include "quiz/own_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace mlpath::quiz {

namespace {

constexpr double tolerance = 0.006;  // two decimals, rounded either way
constexpr std::size_t most_classes = 5;

struct Counted {
    std::vector<std::string> classes{};
    const Confusion& confusion;

    [[nodiscard]] double count(const std::string& truth, const std::string& predicted) const {
        const auto found = confusion.find({truth, predicted});
        return found == confusion.end() ? 0 : static_cast<double>(found->second);
    }
    [[nodiscard]] double of(const std::string& truth) const {
        double sum = 0;
        for (const auto& predicted : classes) {
            sum += count(truth, predicted);
        }
        return sum;
    }
    [[nodiscard]] double said(const std::string& predicted) const {
        double sum = 0;
        for (const auto& truth : classes) {
            sum += count(truth, predicted);
        }
        return sum;
    }
    [[nodiscard]] double recall(const std::string& each) const { return count(each, each) / of(each); }
    [[nodiscard]] double precision(const std::string& each) const { return count(each, each) / said(each); }
    [[nodiscard]] double all() const {
        double sum = 0;
        for (const auto& each : classes) {
            sum += of(each);
        }
        return sum;
    }
    [[nodiscard]] double accuracy() const {
        double right = 0;
        for (const auto& each : classes) {
            right += count(each, each);
        }
        return right / all();
    }
    [[nodiscard]] double balanced() const {
        double sum = 0;
        for (const auto& each : classes) {
            sum += recall(each);
        }
        return sum / static_cast<double>(classes.size());
    }
    // The rows as a table that is shown with each question.
    [[nodiscard]] std::vector<std::string> table() const {
        std::size_t width = 5;
        for (const auto& each : classes) {
            width = std::max(width, each.size());
        }
        std::vector<std::string> lines{fmt::format("{:>{}}", "truth", width + 2)};
        for (const auto& each : classes) {
            lines.front() += fmt::format("  {:>{}}", "as " + each, width + 3);
        }
        for (const auto& truth : classes) {
            lines.push_back(fmt::format("{:>{}}", truth, width + 2));
            for (const auto& predicted : classes) {
                lines.back() += fmt::format("  {:>{}.0f}", count(truth, predicted), width + 3);
            }
        }
        return lines;
    }
};

library::Question number(const Counted& counted, std::string id, std::string ask, double answer, std::string explain,
                         std::vector<library::WrongAnswer> wrong) {
    // What comes to the same number is no mistake that could be seen.
    std::erase_if(wrong, [&](const library::WrongAnswer& each) {
        return !std::isfinite(each.number) || std::abs(each.number - answer) <= tolerance;
    });
    return {.id = std::move(id),
            .kind = library::QuestionKind::number,
            .ask = std::move(ask),
            .explain = std::move(explain),
            .code = counted.table(),
            .number = answer,
            .tolerance = tolerance,
            .wrong = std::move(wrong)};
}

}  // namespace

std::vector<library::Question> questions_about(const Confusion& confusion) {
    std::set<std::string> classes;
    for (const auto& [cell, count] : confusion) {
        if (count > 0) {
            classes.insert({cell.first, cell.second});
        }
    }
    const Counted counted{{classes.begin(), classes.end()}, confusion};
    const auto unusable = [&](const std::string& each) { return counted.of(each) == 0 || counted.said(each) == 0; };
    if (classes.size() < 2 || classes.size() > most_classes || std::ranges::any_of(counted.classes, unusable) ||
        counted.accuracy() == 1) {
        return {};
    }
    // The rarest class is the one that an interviewer asks about.
    const auto rare =
        *std::ranges::min_element(counted.classes, {}, [&](const auto& each) { return counted.of(each); });
    const auto found = counted.count(rare, rare);
    const std::string begins = "This is your own model, over the held-out rows of your last check. ";
    std::vector<library::Question> questions;
    questions.push_back(number(
        counted, "recall", begins + "What is its recall for `" + rare + "`?", counted.recall(rare),
        fmt::format(
            "Recall looks along the row: of {:.0f} that really are `{}`, the model found {:.0f}. What it missed "
            "is what recall counts against it.",
            counted.of(rare), rare, found),
        {{"", counted.precision(rare),
          "That is the precision: it looks down the column, at all that were called so. Recall looks along the row, at "
          "all that are so."},
         {"", counted.accuracy(), "That is the accuracy over all classes; recall asks about one."}}));
    questions.push_back(number(
        counted, "precision", begins + "What is its precision for `" + rare + "`?", counted.precision(rare),
        fmt::format(
            "Precision looks down the column: of {:.0f} that the model called `{}`, {:.0f} are. False positives "
            "are what precision counts against it.",
            counted.said(rare), rare, found),
        {{"", counted.recall(rare),
          "That is the recall: it looks along the row, at all that are so. Precision looks down the column, at all "
          "that "
          "were called so."},
         {"", counted.accuracy(), "That is the accuracy over all classes; precision asks about one."}}));
    questions.push_back(number(
        counted, "balanced",
        begins +
            "If all classes were equally frequent, and the model made the same proportion of mistakes in each, what "
            "would its accuracy be?",
        counted.balanced(),
        fmt::format("Each class would count the same, so the accuracy would be the mean of the recalls: {:.2f}, where "
                    "it is {:.2f} now. The nearer the two, the less the frequent class flatters the model.",
                    counted.balanced(), counted.accuracy()),
        {{"", counted.accuracy(),
          "That is the accuracy as the classes are now, where the frequent one weighs more."}}));
    return questions;
}

}  // namespace mlpath::quiz
