#include "render/findings.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t word_width = 5;
constexpr std::size_t label_width = 8;
constexpr std::string_view as_before = " (as before)";  // nothing was run for it

void detail(Page& page, std::string_view label, const std::string& text) {
    if (!text.empty()) {
        page.labelled(label, Tone::faint, text, 2 + word_width + 1, label_width);
    }
}

void detail_as_it_is(Page& page, std::string_view label, const std::string& text) {
    if (!text.empty()) {
        page.labelled_as_it_is(label, Tone::faint, text, 2 + word_width + 1, label_width);
    }
}

// Whether a side of a comparison is a value, which is copied and pasted, and no sentence about one.
bool is_value(const std::string& text) {
    constexpr std::string_view openings = "[{('\"`";
    return text.find('\n') != std::string::npos || (!text.empty() && openings.find(text.front()) != std::string::npos);
}

void side(Page& page, std::string_view label, const std::string& text) {
    is_value(text) ? detail_as_it_is(page, label, text) : detail(page, label, text);
}

// What is told whatever the verdict.
void write_asides(Page& page, const checks::Finding& finding) {
    detail(page, "warning", finding.warning);
    detail(page, "spread", finding.drawing);
    detail(page, "legend", finding.legend);
}

// `before`: what was told of the check above. One mistake often fails several checks; it is told once.
void write_check(Page& page, const checks::CheckResult& check, const checks::Finding* before) {
    const auto& finding = check.finding;
    const auto& text = check.says.empty() ? check.id : check.says;
    page.labelled(verdict_word(finding.verdict), verdict_tone(finding.verdict),
                  text + std::string(finding.remembered ? as_before : ""), 2, word_width);
    if (finding.verdict == checks::Verdict::pass) {
        write_asides(page, finding);
        return;
    }
    const auto label = finding.verdict == checks::Verdict::fail ? "found" : "why";
    if (before != nullptr && before->verdict == finding.verdict && before->message == finding.message &&
        before->because == finding.because && before->actual == finding.actual) {
        detail(page, label, "the same as above");
        return;
    }
    detail(page, label, finding.message);
    detail_as_it_is(page, "code", finding.code);
    side(page, "expected", finding.expected);
    side(page, "got", finding.actual);
    detail_as_it_is(page, "printed", finding.output);
    detail(page, "likely", finding.because);
    detail(page, "look", finding.look);
    write_asides(page, finding);
}

}  // namespace

Tone verdict_tone(checks::Verdict verdict) {
    switch (verdict) {
        case checks::Verdict::pass: return Tone::good;
        case checks::Verdict::fail: return Tone::bad;
        case checks::Verdict::error: return Tone::doubtful;
        case checks::Verdict::skipped: return Tone::faint;
    }
    return Tone::usual;
}

std::string_view verdict_word(checks::Verdict verdict) {
    switch (verdict) {
        case checks::Verdict::pass: return "pass";
        case checks::Verdict::fail: return "fail";
        case checks::Verdict::error: return "error";
        case checks::Verdict::skipped: return "skip";
    }
    return "error";
}

void write_milestone(Page& page, const checks::MilestoneResult& milestone, std::string_view goal) {
    const auto& checks = milestone.checks;
    const bool nothing_new = !checks.empty() && std::ranges::all_of(checks, [](const checks::CheckResult& check) {
        return check.finding.remembered;
    });
    page.labelled(verdict_word(milestone.verdict), verdict_tone(milestone.verdict),
                  milestone.title + std::string(nothing_new ? as_before : ""), 0, word_width);
    if (milestone.verdict == checks::Verdict::fail && !goal.empty()) {
        page.line(std::string(word_width + 1, ' ').append(goal), Tone::faint);
    }
    const bool all_told = milestone.verdict != checks::Verdict::pass && milestone.verdict != checks::Verdict::skipped;
    const checks::Finding* before = nullptr;
    for (const auto& check : milestone.checks) {
        if (all_told || !check.finding.warning.empty() || !check.finding.drawing.empty()) {
            write_check(page, check, before);
            before = &check.finding;
        }
    }
    for (const auto& note : milestone.notes) {
        page.labelled("note", Tone::faint, note + ".", 2, word_width);
    }
}

void write_first_failure(Page& page, const checks::MilestoneResult& milestone) {
    page.labelled(verdict_word(milestone.verdict), verdict_tone(milestone.verdict), milestone.title, 0, word_width);
    const auto is_it = [&](const checks::CheckResult& check) { return check.finding.verdict == milestone.verdict; };
    const auto first = std::ranges::find_if(milestone.checks, is_it);
    if (first == milestone.checks.end()) {
        return;
    }
    write_check(page, *first, nullptr);
    std::vector<std::string> others;
    const auto count = [&](checks::Verdict verdict, std::string_view one, std::string_view many) {
        const auto found = std::ranges::count_if(milestone.checks,
                                                 [&](const auto& check) { return check.finding.verdict == verdict; });
        const auto left = found - (verdict == milestone.verdict ? 1 : 0);
        if (left > 0) {
            others.push_back(std::to_string(left) + " " + std::string(left == 1 ? one : many));
        }
    };
    count(checks::Verdict::fail, "fails", "fail");
    count(checks::Verdict::error, "could not be told", "could not be told");
    count(checks::Verdict::skipped, "waits", "wait");
    count(checks::Verdict::pass, "passes", "pass");
    if (!others.empty()) {
        page.line("  Of the other checks here, " + join(others, ", ") + ".", Tone::faint);
    }
}

Json json_of(const checks::MilestoneResult& milestone) {
    auto list = Json::array();
    for (const auto& check : milestone.checks) {
        const auto& finding = check.finding;
        Json entry{{"id", check.id},
                   {"kind", check.kind},
                   {"says", check.says},
                   {"verdict", checks::to_string(finding.verdict)}};
        put(entry, "message", finding.message);
        const auto place = checks::place_of(check);
        put(entry, "file", place.file);
        if (place.line > 0) {
            entry["line"] = place.line;
        }
        if (place.column > 0) {
            entry["column"] = place.column;
        }
        put(entry, "expected", finding.expected);
        put(entry, "actual", finding.actual);
        put(entry, "because", finding.because);
        put(entry, "look", finding.look);
        put(entry, "code", finding.code);
        put(entry, "output", finding.output);
        put(entry, "warning", finding.warning);
        put(entry, "drawing", finding.drawing);
        if (finding.remembered) {
            entry["from"] = "cache";
        }
        if (!finding.facts.empty()) {
            entry["facts"] = finding.facts;
        }
        if (auto measurements = checks::json_of(finding.measurements); !measurements.empty()) {
            entry["measurements"] = std::move(measurements);
        }
        list.push_back(std::move(entry));
    }
    Json object{{"id", milestone.id},
                {"title", milestone.title},
                {"verdict", checks::to_string(milestone.verdict)},
                {"checks", std::move(list)}};
    if (!milestone.notes.empty()) {
        object["notes"] = milestone.notes;
    }
    return object;
}

}  // namespace mlpath::cli
