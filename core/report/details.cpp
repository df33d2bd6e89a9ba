#include "report/details.hpp"

namespace mlpath::report {

std::vector<Detail> details_of(const checks::Finding& finding) {
    std::vector<Detail> details;
    const auto add = [&](Detail detail) {
        if (!detail.text.empty()) {
            details.push_back(std::move(detail));
        }
    };
    if (finding.verdict == checks::Verdict::fail || finding.verdict == checks::Verdict::error) {
        add({.label = "expected", .text = finding.expected});
        add({.label = "found", .text = finding.actual});
        add({.label = "your lines", .text = finding.code, .form = DetailForm::verbatim});
        add({.label = "printed", .text = finding.output, .form = DetailForm::verbatim});
        add({.label = "likely cause", .text = finding.because});
        add({.label = "to look further", .text = finding.look});
    }
    add({.label = "warning", .text = finding.warning, .aside = true});
    if (!finding.drawing.empty()) {
        add({.label = "spread", .text = finding.drawing, .form = DetailForm::verbatim, .aside = true});
        add({.label = "legend", .text = finding.legend, .aside = true});
    }
    return details;
}

bool is_told(const checks::Finding& finding) {
    return finding.verdict != checks::Verdict::pass || !finding.warning.empty() || !finding.drawing.empty();
}

bool is_same(const checks::Finding& a, const checks::Finding& b) {
    return a.verdict == b.verdict && a.message == b.message && a.because == b.because && a.actual == b.actual &&
           a.expected == b.expected;
}

}  // namespace mlpath::report
