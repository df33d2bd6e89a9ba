#include "metrics/meeting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "base/text.hpp"
#include "table/table.hpp"

namespace mlpath::metrics {

namespace {

using LabelSpan = std::span<const std::string>;

std::optional<double> number_of(std::string_view label) {
    const auto cell = table::parse_cell(label);
    return cell.kind == table::CellKind::number ? std::optional(cell.number) : std::nullopt;
}

bool is_word_boolean(std::string_view label) {
    const auto plain = to_lower_ascii(label);
    return plain == "true" || plain == "false";
}

bool is_decimal(std::string_view label) {
    const auto number = number_of(label);
    return number && std::isfinite(*number) && *number != std::floor(*number);
}

// How spreadsheets, R and databases write that there is no value.
bool is_missing_word(std::string_view label) {
    constexpr std::array<std::string_view, 7> words{"NA", "N/A", "NULL", "null", "<NA>", "#N/A", "None"};
    return std::ranges::find(words, label) != words.end();
}

std::string named(LabelSpan labels) {
    constexpr std::size_t most_named = 4;
    std::vector<std::string> names;
    for (const auto& label : labels.first(std::min(labels.size(), most_named))) {
        names.push_back(printable(label));
    }
    return list_of(names) +
           (labels.size() > most_named ? " and " + std::to_string(labels.size() - most_named) + " more" : "");
}

// The labels of one side that the other lacks.
std::vector<std::string> only_in(LabelSpan side, LabelSpan other) {
    const std::set<std::string_view> others(other.begin(), other.end());
    std::vector<std::string> alone;
    std::ranges::copy_if(side, std::back_inserter(alone),
                         [&](const std::string& label) { return !others.contains(label); });
    return alone;
}

// Capitals, blanks, quotes and what cannot be seen are left out.
std::string folded(std::string_view label) {
    auto plain = to_lower_ascii(label);
    for (const std::string_view nothing : {" ", "\t", "\"", "'", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF"}) {
        plain = replace_all(std::move(plain), nothing, "");
    }
    return plain;
}

// "True" as the truth writes it: all capitals, none, or the first.
std::string spelled_like(std::string_view example, bool value) {
    const std::string_view word = value ? "true" : "false";
    std::string spelled(word);
    if (!example.empty() && example.front() >= 'A' && example.front() <= 'Z') {
        const bool all = example.size() > 1 && example[1] >= 'A' && example[1] <= 'Z';
        for (std::size_t i = 0; i < (all ? spelled.size() : 1); ++i) {
            spelled[i] = static_cast<char>(spelled[i] - 'a' + 'A');
        }
    }
    return spelled;
}

// One name for true and one for false: the truth's, if it has words or digits alone.
Spellings spellings_of(LabelSpan truth, LabelSpan predictions) {
    const auto word = std::ranges::find_if(truth, is_word_boolean);
    const bool digits = std::ranges::any_of(truth, [](const auto& label) { return !is_word_boolean(label); });
    Spellings spellings;
    for (const auto side : {truth, predictions}) {
        for (const auto& label : side) {
            const bool value = is_true(label);
            spellings[label] = digits || word == truth.end() ? (value ? "1" : "0") : spelled_like(*word, value);
        }
    }
    return spellings;
}

tl::unexpected<Error> refused(std::string message, std::string hint) {
    return fail(ErrorKind::malformed, std::move(message), std::move(hint));
}

std::string kind_of(LabelSpan labels) {
    const auto all = [&](auto&& is) { return std::ranges::all_of(labels, is); };
    if (all(is_word_boolean)) {
        return "true or false";
    }
    if (all([](const auto& label) { return number_of(label).has_value(); })) {
        return all(is_decimal) ? "decimals" : "numbers";
    }
    return all([](const auto& label) { return !number_of(label); }) ? "words" : "words and numbers";
}

Status refuse_missing(LabelSpan labels, std::string_view whose) {
    const auto is_value = [](const std::string& label) {
        return number_of(label).has_value() || is_word_boolean(label);
    };
    const auto missing = std::ranges::find_if(labels, is_missing_word);
    if (missing == labels.end() || labels.size() < 2) {
        return {};
    }
    for (const auto& label : labels) {
        if (!is_value(label) && !is_missing_word(label)) {
            return {};  // among words it may be a class: North America
        }
    }
    return refused("`" + *missing + "` in " + std::string(whose) + " is a missing value, not a class: the others are " +
                       named(only_in(labels, {{*missing}})),
                   "every row needs a label; leave out the rows without one, in both files");
}

Status refuse_decimals(LabelSpan truth, LabelSpan predictions) {
    const auto strange = only_in(predictions, truth);
    const auto decimal = std::ranges::find_if(strange, is_decimal);
    const bool true_decimals = std::ranges::any_of(truth, is_decimal);
    if (decimal != strange.end() && !true_decimals) {
        const double value = number_of(*decimal).value_or(0);
        return refused(
            "the predictions are numbers such as " + *decimal + ", where the truth has the classes " + named(truth),
            value > 0 && value < 1
                ? "are they probabilities? Ask for --metric roc_auc, log_loss or brier; for classes, write those "
                  "that they amount to, such as 1 from 0.5 up"
                : "are they scores or regressions? Ask for --metric roc_auc or mae, or write classes");
    }
    const auto unmet = only_in(truth, predictions);
    const auto true_decimal = std::ranges::find_if(unmet, is_decimal);
    if (true_decimal != unmet.end()) {
        return refused("the truth holds numbers such as " + *true_decimal + ", which are no classes",
                       "for numbers ask for --metric mae, rmse or r2");
    }
    return {};
}

Status refuse_spellings(LabelSpan truth, LabelSpan predictions) {
    std::map<std::string, std::string> unmet;
    for (auto& label : only_in(truth, predictions)) {
        unmet.emplace(folded(label), std::move(label));
    }
    for (const auto& label : only_in(predictions, truth)) {
        if (const auto other = unmet.find(folded(label)); other != unmet.end()) {
            const bool capitals = to_lower_ascii(label) == to_lower_ascii(other->second);
            return refused("`" + printable(other->second) + "` of the truth and `" + printable(label) +
                               "` of the predictions differ only in " +
                               (capitals ? "capitals" : "blanks, quotes or marks that cannot be seen"),
                           "spell the labels alike in both files; to every tool these are two classes");
        }
    }
    return {};
}

}  // namespace

bool is_boolean(std::string_view label) { return label == "1" || label == "0" || is_word_boolean(label); }

bool is_true(std::string_view label) { return label == "1" || to_lower_ascii(label) == "true"; }

Result<Meeting> meet(LabelSpan truth, LabelSpan predictions) {
    Meeting meeting;
    if (truth.empty() || predictions.empty()) {
        return meeting;
    }
    if (std::ranges::all_of(truth, is_boolean) && std::ranges::all_of(predictions, is_boolean)) {
        if (std::ranges::any_of(truth, is_word_boolean) || std::ranges::any_of(predictions, is_word_boolean)) {
            meeting.spellings = spellings_of(truth, predictions);
            if (!only_in(truth, predictions).empty() && !only_in(predictions, truth).empty()) {
                meeting.notes.push_back(named(predictions) + " of the predictions " +
                                        (predictions.size() == 1 ? "is" : "are") + " taken as " +
                                        (predictions.size() == 1 ? "the same boolean" : "the same booleans") + " as " +
                                        named(truth) + " of the truth");
            }
        }
        return meeting;
    }
    MLPATH_CHECK(refuse_missing(truth, "the truth"));
    MLPATH_CHECK(refuse_missing(predictions, "the predictions"));
    MLPATH_CHECK(refuse_decimals(truth, predictions));
    MLPATH_CHECK(refuse_spellings(truth, predictions));
    if (only_in(predictions, truth).size() < predictions.size()) {
        return meeting;
    }
    const auto true_kind = kind_of(truth);
    const auto predicted_kind = kind_of(predictions);
    if (true_kind != predicted_kind || (truth.size() > 1 && predictions.size() > 1)) {
        return refused("no label of the predictions is one of the truth: " + named(truth) + " in the truth, " +
                           named(predictions) + " in the predictions",
                       true_kind != predicted_kind
                           ? "the truth holds " + true_kind + " and the predictions " + predicted_kind +
                                 ": write both with the same names (were the classes numbered before training?)"
                           : "write both with the same names, and see whether these are the right columns");
    }
    meeting.notes.push_back("no label of the predictions (" + named(predictions) + ") is one of the truth (" +
                            named(truth) + ")");
    return meeting;
}

}  // namespace mlpath::metrics
