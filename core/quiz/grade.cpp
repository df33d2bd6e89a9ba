#include "quiz/grade.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <random>
#include <set>

#include "base/figures.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace mlpath::quiz {

namespace {

using library::Question;
using library::QuestionKind;

Grade unreadable(const Question& question) {
    return {Judgement::unreadable, {"The answer is " + how_to_answer(question) + "."}};
}
Grade right() { return {Judgement::right, {}}; }
Grade wrong(std::vector<std::string> misconceptions = {}) { return {Judgement::wrong, std::move(misconceptions)}; }

std::size_t choices_of(const Question& question) {
    return question.kind == QuestionKind::order ? question.steps.size() : question.options.size();
}

// "a c", "a,c", "ac": the places named, in that order. Nothing where a letter is none of those shown, or comes twice.
std::optional<std::vector<std::size_t>> places_named(std::string_view typed, std::size_t count) {
    std::vector<std::size_t> places;
    for (const char c : to_lower_ascii(typed)) {
        if (c == ' ' || c == ',' || c == ';' || c == '>' || c == '-' || c == '.' || c == ')') {
            continue;
        }
        const auto place = static_cast<std::size_t>(c - 'a');
        if (c < 'a' || place >= count || std::ranges::find(places, place) != places.end()) {
            return std::nullopt;
        }
        places.push_back(place);
    }
    return places.empty() ? std::nullopt : std::optional(places);
}

// Case, spaces, hyphens, and punctuation and quotes around it do not count.
std::string plain_words(std::string_view text) {
    constexpr std::string_view around = " \t.,;:!?`'\"";
    const auto first = text.find_first_not_of(around);
    if (first == std::string_view::npos) {
        return {};
    }
    text = text.substr(first, text.find_last_not_of(around) - first + 1);
    std::string words;
    for (const char c : to_lower_ascii(text)) {
        const bool blank = c == ' ' || c == '\t' || c == '-' || c == '_';
        if (!blank) {
            words += c;
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    for (const std::string_view article : {"a ", "an ", "the "}) {
        if (words.starts_with(article) && words.size() > article.size()) {
            return words.substr(article.size());
        }
    }
    return words;
}

std::optional<double> plain_number(std::string_view text) {
    text = trim(text);
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto [end, error] = fast_float::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value)
                                                                                            : std::nullopt;
}

// "80,000", "80 000": groups of three behind one to three digits.
bool is_grouped(std::string_view text) {
    const auto groups = split(text, ',');
    const auto digits = [](std::string_view part) {
        return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return groups.size() > 1 && !groups.front().empty() && groups.front().size() <= 3 &&
           std::ranges::all_of(groups, digits) &&
           std::ranges::all_of(groups.begin() + 1, groups.end(),
                               [](std::string_view part) { return part.size() == 3; });
}

// "0.75", "0,75", "3/4", "80,000", which may be meant in two ways; nothing where it is no number.
std::vector<double> plain_numbers(std::string text) {
    const auto one = [](const std::optional<double>& value) {
        return value ? std::vector<double>{*value} : std::vector<double>();
    };
    if (const auto slash = text.find('/'); slash != std::string::npos) {
        const auto above = plain_number(text.substr(0, slash));
        const auto below = plain_number(text.substr(slash + 1));
        return one(above && below && *below != 0 ? std::optional(*above / *below) : std::nullopt);
    }
    std::vector<double> readings;
    if (const auto grouped = replace_all(text, " ", ","); is_grouped(grouped)) {
        readings = one(plain_number(replace_all(grouped, ",", "")));
    }
    if (std::ranges::count(text, ',') == 1 && text.find('.') == std::string::npos) {
        text = replace_all(std::move(text), ",", ".");
    }
    if (const auto value = plain_number(text)) {
        readings.push_back(*value);
    }
    return readings;
}

// What may be meant, with one percent sign behind it or none: "75%" is 0.75, and 75 where a percentage is asked for.
std::vector<double> numbers_typed(std::string_view typed) {
    typed = trim(typed);
    const bool percent = typed.ends_with('%');
    auto readings = plain_numbers(std::string(trim(percent ? typed.substr(0, typed.size() - 1) : typed)));
    for (std::size_t i = 0, count = readings.size(); percent && i < count; ++i) {
        readings.push_back(readings[i] / 100);
    }
    return readings;
}

// What is printed, without blanks at the ends of lines and empty lines around.
std::string printed(std::string_view text) {
    std::vector<std::string> kept;
    for (const auto line : lines(text)) {
        const auto end = line.find_last_not_of(" \t\r");
        kept.emplace_back(end == std::string_view::npos ? std::string_view() : line.substr(0, end + 1));
    }
    while (!kept.empty() && kept.back().empty()) {
        kept.pop_back();
    }
    const auto first = std::ranges::find_if(kept, [](const std::string& line) { return !line.empty(); });
    kept.erase(kept.begin(), first);
    return join(kept, "\n");
}

Grade grade_options(const Question& question, const Shuffle& shuffle, std::string_view typed) {
    std::set<std::size_t> picked;
    // A face may send an option's own text.
    const auto same = std::ranges::find_if(
        question.options, [&](const library::Option& option) { return trim(option.text) == trim(typed); });
    if (same != question.options.end()) {
        picked.insert(static_cast<std::size_t>(same - question.options.begin()));
    } else {
        const auto places = places_named(typed, question.options.size());
        if (!places || (question.kind == QuestionKind::choice && places->size() != 1)) {
            return unreadable(question);
        }
        for (const auto place : *places) {
            picked.insert(shuffle.at(place));
        }
    }
    bool all_right = true;
    std::vector<std::string> misconceptions;
    for (std::size_t i = 0; i < question.options.size(); ++i) {
        const auto& option = question.options[i];
        all_right = all_right && option.right == picked.contains(i);
        if (!option.right && picked.contains(i)) {
            misconceptions.push_back(option.misconception);
        }
    }
    return all_right ? right() : wrong(std::move(misconceptions));
}

Grade grade_order(const Question& question, const Shuffle& shuffle, std::string_view typed) {
    const auto places = places_named(typed, question.steps.size());
    if (!places || places->size() != question.steps.size()) {
        return unreadable(question);
    }
    std::vector<std::size_t> order;
    std::ranges::transform(*places, std::back_inserter(order), [&](std::size_t place) { return shuffle.at(place); });
    return std::ranges::is_sorted(order) ? right() : wrong();
}

Grade grade_number(const Question& question, std::string_view typed) {
    const auto readings = numbers_typed(typed);
    if (readings.empty()) {
        return unreadable(question);
    }
    // The bound itself counts, whatever the last bit says.
    const auto near = [&](double wanted) {
        return std::ranges::any_of(readings, [&](double value) {
            return std::abs(value - wanted) <= question.tolerance + 1e-9 * std::max(1.0, std::abs(wanted));
        });
    };
    if (near(question.number)) {
        return right();
    }
    for (const auto& known : question.wrong) {
        if (near(known.number)) {
            return wrong({known.misconception});
        }
    }
    return wrong();
}

Grade grade_line(const Question& question, std::string_view typed) {
    auto text = trim(typed);
    if (to_lower_ascii(text).starts_with("line ")) {
        text = trim(text.substr(5));
    }
    const auto value = plain_number(text);
    if (!value || *value != std::floor(*value) || *value < 1 || *value > static_cast<double>(question.code.size())) {
        return unreadable(question);
    }
    if (static_cast<int>(*value) == question.line) {
        return right();
    }
    const auto known = std::ranges::find(question.wrong, *value, &library::WrongAnswer::number);
    return known == question.wrong.end() ? wrong() : wrong({known->misconception});
}

// Texts, by whatever makes two of them the same.
template <typename Same>
Grade grade_text(const Question& question, std::string_view typed, const std::vector<std::string>& accepted,
                 Same plain) {
    const auto said = plain(typed);
    if (said.empty()) {
        return unreadable(question);
    }
    if (std::ranges::any_of(accepted, [&](const std::string& each) { return plain(each) == said; })) {
        return right();
    }
    const auto known = std::ranges::find_if(question.wrong, [&](const auto& each) { return plain(each.text) == said; });
    return known == question.wrong.end() ? wrong() : wrong({known->misconception});
}

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

// Who has all but the blanks has understood it, and may look again.
Grade grade_output(const Question& question, std::string_view typed) {
    auto grade = grade_text(question, typed, {question.answer}, printed);
    if (grade.judgement == Judgement::wrong && grade.says.empty() &&
        without_blanks(printed(typed)) == without_blanks(printed(question.answer))) {
        return {Judgement::unreadable, {"Only blanks differ. The answer is " + how_to_answer(question) + "."}};
    }
    return grade;
}

}  // namespace

char letter_of(std::size_t place) { return static_cast<char>('a' + place); }

Shuffle shuffle_of(const Question& question, std::uint64_t seed) {
    Shuffle shuffle(choices_of(question));
    std::iota(shuffle.begin(), shuffle.end(), std::size_t{0});
    if (shuffle.size() < 2) {
        return shuffle;
    }
    // Authors write the right option first and steps in order: who knows the seed alone must not find them by it.
    std::ranges::stable_sort(shuffle, {}, [&](std::size_t place) {
        return hash64(question.kind == QuestionKind::order ? question.steps[place] : question.options[place].text);
    });
    // By hand, since what std::shuffle does is not the same everywhere.
    std::mt19937_64 random(seed ^ hash64(question.id));
    for (std::size_t i = shuffle.size() - 1; i > 0; --i) {
        std::swap(shuffle[i], shuffle[random() % (i + 1)]);
    }
    // Steps that already stand in order would ask nothing.
    if (question.kind == QuestionKind::order && std::ranges::is_sorted(shuffle)) {
        std::ranges::rotate(shuffle, shuffle.begin() + 1);
    }
    return shuffle;
}

Grade grade(const Question& question, const Shuffle& shuffle, std::string_view typed) {
    switch (question.kind) {
        case QuestionKind::choice:
        case QuestionKind::choices: return grade_options(question, shuffle, typed);
        case QuestionKind::order: return grade_order(question, shuffle, typed);
        case QuestionKind::number: return grade_number(question, typed);
        case QuestionKind::bug: return grade_line(question, typed);
        case QuestionKind::text: return grade_text(question, typed, question.accept, plain_words);
        case QuestionKind::output: return grade_output(question, typed);
        case QuestionKind::code: break;
    }
    const bool one_line = typed.find_first_of("\r\n") == std::string_view::npos;
    return trim(typed).empty() || !one_line ? unreadable(question) : Grade{Judgement::to_be_run, {}};
}

std::string how_to_answer(const Question& question) {
    const auto last = [&] { return std::string(1, letter_of(std::max<std::size_t>(choices_of(question), 1) - 1)); };
    switch (question.kind) {
        case QuestionKind::choice: return "one letter, a to " + last();
        case QuestionKind::choices: return "all letters that hold, such as `a c`, from a to " + last();
        case QuestionKind::order: return "all letters from a to " + last() + " in order, such as `b a c`";
        case QuestionKind::number: return "a number, such as 0.75, 75% or 3/4";
        case QuestionKind::bug: return "the number of a line, 1 to " + std::to_string(question.code.size());
        case QuestionKind::text: return "a word or a few";
        case QuestionKind::output: {
            const auto count = lines(question.answer).size();
            return count > 1 ? "the " + std::to_string(count) + " lines that it prints" : "the line that it prints";
        }
        case QuestionKind::code:
            return question.language == library::CodeLanguage::sql ? "one SELECT in a line"
                                                                   : "one expression in a line";
    }
    return {};
}

std::vector<std::string> right_answer(const Question& question, const Shuffle& shuffle) {
    std::vector<std::string> told;
    const auto put = [&](std::size_t place, const std::string& text) {
        told.push_back(std::string(1, letter_of(place)) + ") " + text);
    };
    switch (question.kind) {
        case QuestionKind::choice:
        case QuestionKind::choices:
            for (std::size_t place = 0; place < shuffle.size(); ++place) {
                if (question.options.at(shuffle[place]).right) {
                    put(place, question.options[shuffle[place]].text);
                }
            }
            break;
        case QuestionKind::order:
            for (std::size_t i = 0; i < question.steps.size(); ++i) {
                const auto place = std::ranges::find(shuffle, i) - shuffle.begin();
                put(static_cast<std::size_t>(place), question.steps[i]);
            }
            break;
        case QuestionKind::number: {
            // As short as one may answer.
            int digits = 3;
            const auto is_right = [&](const std::string& text) {
                const auto value = plain_number(text);
                return value && std::abs(*value - question.number) <= question.tolerance;
            };
            while (digits < all_digits && !is_right(figure(question.number, digits))) {
                ++digits;
            }
            told.push_back(figure(question.number, digits));
            break;
        }
        case QuestionKind::bug: told.push_back("line " + std::to_string(question.line) + ": " + question.fix); break;
        case QuestionKind::text: told.push_back(question.accept.empty() ? "" : question.accept.front()); break;
        case QuestionKind::output:
            for (const auto line : lines(question.answer)) {
                told.emplace_back(line);
            }
            break;
        case QuestionKind::code: told.push_back(question.answer); break;
    }
    return told;
}

}  // namespace mlpath::quiz
