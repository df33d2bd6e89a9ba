#include <algorithm>
#include <cmath>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/claims.hpp"
#include "checks/kind.hpp"
#include "checks/kinds/document/links.hpp"
#include "checks/scoring.hpp"
#include "checks/subject.hpp"
#include "markdown/words.hpp"

namespace mlpath::checks {

namespace {

// Whether a heading has the words of it, in any case.
bool has_heading(const std::vector<markdown::Heading>& headings, const std::string& wanted) {
    const auto words = markdown::read("# " + wanted);  // an author may write `code` or *emphasis*
    const auto& plain = words && !words->headings.empty() ? words->headings.front().text : wanted;
    const auto straight = [](std::string text) {
        return replace_all(replace_all(std::move(text), "\u2019", "'"), "\u00A0", " ");
    };
    const auto pattern = Pattern::compile("(?i)" + replace_all(pattern_quote(straight(plain)), "\\ ", "\\s+"));
    return pattern && std::ranges::any_of(
                          headings, [&](const auto& heading) { return pattern->found_in(straight(heading.text)); });
}

std::string shown_headings(const markdown::Document& document) {
    std::vector<std::string> headings;
    for (const auto& heading : document.headings) {
        headings.push_back(heading.text);
    }
    return headings.empty() ? "no headings" : "headings " + list_of(headings);
}

std::optional<Finding> wrong_links(const markdown::Document& document, const Json& rule, Evaluation& evaluation,
                                   const std::string& path) {
    const auto name = "`" + path + "`";
    const auto count = document.links.size();
    if (const auto least = rule.value("min", std::size_t{0}); count < least) {
        auto finding = failed(name + " has too few links");
        finding.expected = "at least " + count_of(least, "link") + " of the form [text](target)";
        finding.actual = count_of(count, "link") + ", not counting code and comments";
        return finding;
    }
    for (const auto& link : local_links(document)) {
        const auto& input = evaluation.input();
        if (leads_into(link, input.linked_folder(), path)) {
            continue;
        }
        auto finding = failed(name + " links to `" + link.written + "` (line " + std::to_string(link.line) +
                                  "), which is not in " + input.where,
                              "the file was renamed, or the link leaves the folder");
        auto turned = link;
        turned.path = replace_all(link.path, "\\", "/");
        if (turned.path != link.path && leads_into(turned, input.linked_folder(), path)) {
            finding.because = "a link separates folders with /, on Windows too: `" + turned.path + "`";
        }
        return finding;
    }
    return std::nullopt;
}

Finding judge_claim(const markdown::Document& document, const Json& claim, const Findings& verified,
                    const std::string& name) {
    const auto label = claim.at("label").get<std::string>();
    const auto within = claim.at("within").get<double>();
    const auto source = verified.find(claim.at("check").get<std::string>());
    const auto fact = claim.at("fact").get<std::string>();
    if (source == verified.end() || !source->second.facts.contains(fact)) {
        return {.verdict = Verdict::skipped,
                .message = "the claim of " + label + " waits for the check `" + claim.at("check").get<std::string>() +
                           "`, which has verified no number yet"};
    }
    const auto& facts = source->second.facts;
    const double mean = facts.at(fact);
    const bool is_mean = fact == "mean";
    // A learner measured on one split; one split differs from the mean by its own noise.
    const double noise = std::max(within, 2 * (is_mean && facts.contains("sd") ? facts.at("sd") : 0.0));
    const auto stated = stated_after(document, label);
    if (stated.readings.empty()) {
        auto finding =
            failed(name + " does not state your " + label,
                   stated.in_code_alone ? "it is in a code block, and code blocks are not read: write it in the text"
                                        : "the number is missing, or stands too far behind its name");
        finding.expected = "a line such as \"" + label + ": " +
                           (is_mean ? three_decimals(mean).substr(0, 4) : std::string("…")) +
                           "\", with the number you measured";
        return finding;
    }
    const double number =
        std::ranges::min(stated.readings, {}, [&](double reading) { return std::abs(reading - mean); });
    const Judged judged{.what = "distance of what is claimed",
                        .value = std::abs(number - mean),
                        .required = noise,
                        .side = Judged::Side::at_most};
    if (std::abs(number - mean) > noise) {
        auto finding = failed(
            name + " states another " + label + " than the one we measured",
            is_mean ? "the number is of an older version of your model, of the training rows, or of a lucky split"
                    : "the number is of other data, of an older version of your program, or rounded too far");
        finding.expected = three_decimals(mean) + ", give or take " + three_decimals(noise);
        finding.actual = three_decimals(number);
        finding.judged = judged;
        return finding;
    }
    auto finding = passed(label + " is " + three_decimals(number) + ", as verified");
    finding.judged = judged;
    return finding;
}

}  // namespace

Result<Finding> judge_document(const library::Check& check, Evaluation& evaluation, const Findings& verified) {
    MLPATH_TRY(const auto text, subject_of(check, evaluation));
    if (!text) {
        return text.error();
    }
    const auto& fields = check.fields;
    const auto name = "`" + fields.at("path").get<std::string>() + "`";
    if (!is_utf8(*text)) {
        return undecided(name + " is not UTF-8 text", "it was saved with another encoding: save it as UTF-8");
    }
    const auto document = markdown::read(*text);
    if (!document) {
        return undecided(name + " is too long: " + document.error().message);
    }
    for (const auto& wanted : fields.value("headings", std::vector<std::string>())) {
        if (!has_heading(document->headings, wanted)) {
            auto finding = failed(name + " has no heading \"" + wanted + "\"");
            finding.expected = "a line such as \"## " + wanted + "\"";
            finding.actual = shown_headings(*document);
            return finding;
        }
    }
    const auto words = markdown::words_in(*document);
    if (const auto least = fields.value("min_words", std::size_t{0}); words < least) {
        auto finding = failed(name + " is too short");
        finding.expected = "at least " + count_of(least, "word");
        finding.actual = count_of(words, "word") + ", not counting code blocks, comments and addresses";
        return finding;
    }
    if (fields.contains("links")) {
        if (auto finding =
                wrong_links(*document, fields.at("links"), evaluation, fields.at("path").get<std::string>())) {
            return *finding;
        }
    }
    std::optional<Judged> nearest;  // to being wrong, of the claims
    for (const auto& claim : fields.value("claims", Json::array())) {
        auto finding = judge_claim(*document, claim, verified, name);
        if (finding.verdict != Verdict::pass) {
            return finding;
        }
        if (!nearest || finding.judged->to_spare() < nearest->to_spare()) {
            nearest = finding.judged;
        }
    }
    auto finding = passed(name + " has what it needs");
    finding.judged = nearest;
    return finding;
}

}  // namespace mlpath::checks
