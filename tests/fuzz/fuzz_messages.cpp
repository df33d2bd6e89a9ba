// What programs say to mlpath while they run: the judge's lines, which carry the learner's texts, and the answer of a
// warm interpreter.
#include "base/text.hpp"
#include "checks/judge_lines.hpp"
#include "fuzz/support.hpp"
#include "run/warm_answer.hpp"

using namespace mlpath;

FUZZ(input) {
    static const run::Scene scene{.packages = {"pandas"}, .data = {"data/train.csv"}, .folder = {}, .in_the_way = {}};
    fuzz::insist(checks::word_of(input).size() <= 300 && checks::name_of(input).size() <= 300, "a word is short");
    static_cast<void>(run::read_warm_answer(input));

    const auto finding = checks::read_verdict(input, scene);
    fuzz::insist(finding.verdict != checks::Verdict::skipped, "a judge does not skip");
    constexpr std::size_t longest = checks::max_verdict_text * 6;  // each byte of it may be shown as an escape
    for (const auto& text : {finding.message, finding.expected, finding.actual, finding.look, finding.because}) {
        fuzz::insist(text.size() <= longest, "what a finding says is bounded");
        fuzz::insist(is_utf8(text), "what a finding says is text");
    }
    if (const auto file = checks::read_lay(input)) {
        fuzz::insist(stays_inside(file->path), "what is laid stays inside");
        fuzz::insist(file->bytes.size() <= input.size(), "the size is bounded");
    }
}
