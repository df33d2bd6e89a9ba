#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/kinds.hpp"
#include "checks/scoring.hpp"
#include "table/table.hpp"

namespace mlpath::checks {

namespace {

// Headings of Markdown: "# Title" and "Title\n=====", outside of fenced code.
std::vector<std::string> headings_of(std::string_view text) {
    std::vector<std::string> headings;
    std::string_view previous;
    bool in_fence = false;
    for (const auto line : lines(text)) {
        const auto stripped = trim(line);
        if (stripped.starts_with("```") || stripped.starts_with("~~~")) {
            in_fence = !in_fence;
        } else if (!in_fence && stripped.starts_with('#')) {
            const auto title = stripped.find_first_not_of('#');
            if (title != std::string_view::npos && stripped[title] == ' ') {
                headings.emplace_back(trim(stripped.substr(title)));
            }
        } else if (!in_fence && stripped.size() >= 3 && !trim(previous).empty() &&
                   (stripped.find_first_not_of('=') == std::string_view::npos ||
                    stripped.find_first_not_of('-') == std::string_view::npos)) {
            headings.emplace_back(trim(previous));
        }
        previous = line;
    }
    return headings;
}

std::size_t words_in(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        words += !blank && !inside ? 1 : 0;
        inside = !blank;
    }
    return words;
}

// "my%20notes.md" is "my notes.md".
std::string unescaped(const std::string& link) {
    std::string path;
    for (std::size_t i = 0; i < link.size(); ++i) {
        unsigned code = 0;
        const auto* digits = link.data() + i + 1;
        if (link[i] == '%' && i + 2 < link.size() && std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2) {
            path += static_cast<char>(code);
            i += 2;
        } else {
            path += link[i];
        }
    }
    return path;
}

std::vector<std::string> link_targets(const std::string& text) {
    static const auto pattern = Pattern::compile(R"(\]\(\s*<?([^)\s>]+))");
    return pattern->all_in(text);
}

std::optional<Finding> wrong_links(const std::string& text, const Json& rule, Evaluation& evaluation,
                                   const std::string& path) {
    const auto name = "`" + path + "`";
    const auto targets = link_targets(text);
    if (const auto least = rule.value("min", std::size_t{0}); targets.size() < least) {
        auto finding = failed(name + " has too few links");
        finding.expected = "at least " + count_of(least, "link") + " of the form [text](target)";
        finding.actual = count_of(targets.size(), "link");
        return finding;
    }
    for (const auto& link : local_links(text)) {
        const auto& input = evaluation.input();
        if (!leads_into(link, input.linked_folder(), path)) {
            return failed(name + " links to `" + link.written + "`, which is not in " + input.where,
                          "the file was renamed, or the link leaves the folder");
        }
    }
    return std::nullopt;
}

// What a written number may mean: "0,85" is 0.85, "1.234,5" and "1,234.5" are 1234.5; "49,500" may be either.
std::vector<double> readings_of(const std::string& digits) {
    const auto last = digits.find_last_of(".,");
    const auto first = digits.find_first_of(".,");
    if (last == std::string::npos) {
        return {table::parse_cell(digits).number};
    }
    const auto without_marks = replace_all(replace_all(digits, ",", ""), ".", "");
    const double whole = table::parse_cell(without_marks).number;
    const auto decimals = digits.size() - last - 1;
    const double parted = table::parse_cell(without_marks.substr(0, without_marks.size() - decimals) + "." +
                                            without_marks.substr(without_marks.size() - decimals))
                              .number;
    if (first != last) {
        return {digits[first] == digits[last] ? whole : parted};
    }
    const bool may_be_thousands = digits[last] == ',' && decimals == 3 && !digits.starts_with('0') && last <= 3;
    return may_be_thousands ? std::vector{parted, whole} : std::vector{parted};
}

// The readings of the first number that stands behind the label on its line: "ROC AUC: 0.85", "**ROC AUC** is about
// 85 %", "| ROC AUC | 0,85 |".
std::vector<double> stated_after(const std::string& text, const std::string& label) {
    const auto quoted = replace_all(pattern_quote(label), "\\ ", "[ _-]+");
    const auto pattern =
        Pattern::compile("(?i)(?:^|[^\\pL\\pN])" + quoted +
                         R"((?:[^\pL\pN\n][^0-9\n]*?)?(-?(?:[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)(?:\s*%|\s*per ?cent)?))");
    const auto found = pattern ? pattern->all_in(text) : std::vector<std::string>();
    if (found.empty()) {
        return {};
    }
    const auto& number = found.front();
    const bool negative = number.starts_with('-');
    const auto end = number.find_first_not_of("0123456789.,", negative ? 1 : 0);
    auto readings =
        readings_of(number.substr(negative ? 1 : 0, end == std::string::npos ? end : end - (negative ? 1 : 0)));
    for (auto& reading : readings) {
        reading = (negative ? -reading : reading) / (end == std::string::npos ? 1 : 100);
    }
    return readings;
}

Finding judge_claim(const std::string& text, const Json& claim, const Findings& verified, const std::string& name) {
    const auto label = claim.at("label").get<std::string>();
    const auto within = claim.value("within", 0.02);
    const auto source = verified.find(claim.at("check").get<std::string>());
    if (source == verified.end() || !source->second.facts.contains("mean")) {
        return {.verdict = Verdict::skipped,
                .message = "the claim of " + label + " waits for the check `" + claim.at("check").get<std::string>() +
                           "`, which has verified no number yet"};
    }
    const auto& facts = source->second.facts;
    const double mean = facts.at("mean");
    // A learner measured on one split; one split differs from the mean by its own noise.
    const double noise = std::max(within, 2 * (facts.contains("sd") ? facts.at("sd") : 0.0));
    const auto stated = stated_after(text, label);
    if (stated.empty()) {
        auto finding =
            failed(name + " does not state your " + label, "the number is missing, or stands too far behind its name");
        finding.expected =
            "a line such as \"" + label + ": " + three_decimals(mean).substr(0, 4) + "\", with the number you measured";
        return finding;
    }
    const double number = std::ranges::min(stated, {}, [&](double reading) { return std::abs(reading - mean); });
    if (std::abs(number - mean) > noise) {
        auto finding =
            failed(name + " states a " + label + " that was not verified",
                   "the number is of an older version of your model, of the training rows, or of a lucky split");
        finding.expected = three_decimals(mean) + ", give or take " + three_decimals(noise);
        finding.actual = three_decimals(number);
        return finding;
    }
    return passed(label + " is " + three_decimals(number) + ", as verified");
}

}  // namespace

std::vector<LocalLink> local_links(const std::string& text) {
    std::vector<LocalLink> links;
    for (auto& target : link_targets(text)) {
        auto path = unescaped(target.substr(0, target.find('#')));
        if (!path.empty() && path.find("://") == std::string::npos && !path.starts_with("mailto:")) {
            links.push_back({std::move(target), std::move(path)});
        }
    }
    return links;
}

bool leads_into(const LocalLink& link, const std::filesystem::path& folder, const std::filesystem::path& document) {
    std::error_code ignored;
    const auto path = (document.parent_path() / link.path).lexically_normal();
    return !path.is_absolute() && *path.begin() != ".." && fs::exists(fs::symlink_status(folder / path, ignored));
}

std::vector<std::string> claimed_checks(const library::Check& check) {
    std::vector<std::string> ids;
    for (const auto& claim : check.fields.value("claims", Json::array())) {
        ids.push_back(claim.at("check").get<std::string>());
    }
    return ids;
}

Result<Finding> check_document(const library::Check& check, Evaluation& evaluation, const Findings& verified) {
    MLPATH_TRY(const auto text, subject_of(check, evaluation));
    if (!text) {
        return text.error();
    }
    const auto& fields = check.fields;
    const auto name = "`" + fields.at("path").get<std::string>() + "`";
    if (!is_utf8(*text)) {
        return undecided(name + " is not UTF-8 text", "it was saved with another encoding: save it as UTF-8");
    }
    const auto headings = headings_of(*text);
    for (const auto& wanted : fields.value("headings", std::vector<std::string>())) {
        const auto found = std::ranges::any_of(headings, [&](const std::string& heading) {
            return to_lower_ascii(heading).find(to_lower_ascii(wanted)) != std::string::npos;
        });
        if (!found) {
            auto finding = failed(name + " has no heading \"" + wanted + "\"");
            finding.expected = "a line such as \"## " + wanted + "\"";
            finding.actual = headings.empty() ? "no headings" : "headings " + list_of(headings);
            return finding;
        }
    }
    if (const auto least = fields.value("min_words", std::size_t{0}); words_in(*text) < least) {
        auto finding = failed(name + " is too short");
        finding.expected = "at least " + count_of(least, "word");
        finding.actual = count_of(words_in(*text), "word");
        return finding;
    }
    if (fields.contains("links")) {
        if (auto finding = wrong_links(*text, fields.at("links"), evaluation, fields.at("path").get<std::string>())) {
            return *finding;
        }
    }
    for (const auto& claim : fields.value("claims", Json::array())) {
        if (auto finding = judge_claim(*text, claim, verified, name); finding.verdict != Verdict::pass) {
            return finding;
        }
    }
    return passed(name + " has what it needs");
}

}  // namespace mlpath::checks
