#include "checks/expectation.hpp"

#include <algorithm>
#include <cmath>

#include "base/figures.hpp"
#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/subject.hpp"
#include "json/document.hpp"
#include "library/brief_words.hpp"

namespace mlpath::checks {

namespace {

// Numbers may differ by the tolerance; everything else, and the shape, must be equal.
bool same_json(const Json& a, const Json& b, double tolerance) {
    if (a.is_number() && b.is_number()) {
        return std::abs(a.get<double>() - b.get<double>()) <= tolerance;
    }
    if (a.is_array() && b.is_array()) {
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const Json& x, const Json& y) {
                   return same_json(x, y, tolerance);
               });
    }
    if (a.is_object() && b.is_object()) {
        if (a.size() != b.size()) {
            return false;
        }
        for (const auto& [key, value] : a.items()) {
            if (!b.contains(key) || !same_json(value, b.at(key), tolerance)) {
                return false;
            }
        }
        return true;
    }
    return a.type() == b.type() && a == b;
}

// With the numbers in it as short as people read them.
Json with_figures(const Json& value, int digits) {
    if (value.is_number_float()) {
        return Json::parse(figure(value.get<double>(), digits), nullptr, false);
    }
    auto shown = value;
    if (value.is_structured()) {
        for (auto& part : shown) {
            part = with_figures(part, digits);
        }
    }
    return shown;
}

// Both as a person reads them: with as few digits as tell them apart.
std::pair<std::string, std::string> told_apart(const Json& wanted, const Json& got) {
    std::pair<std::string, std::string> told;
    for (const int digits : {3, 6, 9, 12, 15, all_digits}) {
        told = {with_figures(wanted, digits).dump(), with_figures(got, digits).dump()};
        if (told.first != told.second) {
            break;
        }
    }
    return told;
}

std::optional<Finding> unlike_value(const Json& expectation, const Json& value, const Wording& wording) {
    const auto pointer = expectation.at("pointer").get<std::string>();
    const Json::json_pointer where(pointer);
    const auto& wanted = expectation.at("equals");
    if (value.contains(where) && same_json(value.at(where), wanted, expectation.at("tolerance").get<double>())) {
        return std::nullopt;
    }
    auto finding = failed(wording.json + " in which " + library::place_in_words(pointer) + " is not what it should be");
    const auto [expected, actual] = told_apart(wanted, value.contains(where) ? value.at(where) : Json());
    finding.expected = expected;
    finding.actual = value.contains(where) ? shortened(actual) : "nothing there";
    return finding;
}

// The line of the text in which a match has its first letter: "line 3: `# TODO`".
std::string line_of(std::string_view match, std::string_view text) {
    const auto first = std::min(match.find_first_not_of(" \t\r\n"), match.size());
    const auto at = static_cast<std::size_t>(match.data() - text.data()) + (first == match.size() ? 0 : first);
    const auto above = text.substr(0, at);
    const auto begin = above.rfind('\n') == std::string_view::npos ? 0 : above.rfind('\n') + 1;
    const auto line = trim(text.substr(begin, text.find('\n', at) - begin));
    return "line " + std::to_string(std::ranges::count(above, '\n') + 1) +
           (line.empty() ? std::string() : ": `" + shortened(printable(line)) + "`");
}

// A pattern is how the author asks, not what the learner has to know: that stands in `says`.
Result<std::optional<Finding>> unlike_pattern(const Json& expectation, const std::string& text,
                                              const Wording& wording) {
    const bool wanted = expectation.contains("matches");
    MLPATH_TRY(const auto pattern, Pattern::compile(expectation.at(wanted ? "matches" : "lacks").get<std::string>()));
    const auto match = pattern.first_in(text);
    if (match.has_value() == wanted) {
        return std::optional<Finding>();
    }
    auto finding = failed(wanted ? wording.lacks_it : wording.holds_it);
    finding.actual = trim(text).empty() ? "nothing" : match ? line_of(*match, text) : "";
    return std::optional(std::move(finding));
}

}  // namespace

Result<std::optional<Finding>> meets(const Json& expectation, const std::string& text, const Wording& wording) {
    std::optional<Finding> finding;
    if (expectation.contains("pointer")) {
        const auto parsed = json::parse(text, "text");
        if (!parsed.ok()) {  // what `says` and `because` tell is about a value, and there is none
            return std::optional(
                failed(wording.no_json, wording.why_no_json + " (" + parsed.faults.front().message + ")."));
        }
        finding = unlike_value(expectation, parsed.value, wording);
    } else {
        MLPATH_TRY(finding, unlike_pattern(expectation, text, wording));
    }
    if (finding) {
        // What `says` claims is so where all is well. Behind "does not belong there" it would say the opposite.
        const auto says = expectation.value("says", std::string());
        if (expectation.contains("lacks")) {
            finding->expected = says;
        } else if (!says.empty()) {
            finding->message += ": " + says;
        }
        finding->because = expectation.value("because", finding->because);
    }
    return finding;
}

}  // namespace mlpath::checks
