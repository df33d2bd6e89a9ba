// What a report for people tells of a check beside its message: the same in every form.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/verdict.hpp"

namespace mlpath::report {

enum class DetailForm {
    prose,     // may be wrapped
    verbatim,  // stands as it is: a blank or a line end more or less makes something else of it
};
struct Detail {
    std::string_view label{};  // "expected", "found", "likely cause"
    std::string text{};        // as it came, perhaps of several lines
    DetailForm form = DetailForm::prose;
    bool aside = false;  // told whatever the verdict
};

// In the order in which a person needs them. Of a check that passes: what asks for a second look all the same.
[[nodiscard]] std::vector<Detail> details_of(const checks::Finding& finding);
// Whether a check is told of: it does not pass, or asks for a second look.
[[nodiscard]] bool is_told(const checks::Finding& finding);

// Whether two checks failed by the same: one mistake often fails several, and is told once.
[[nodiscard]] bool is_same(const checks::Finding& a, const checks::Finding& b);

}  // namespace mlpath::report
