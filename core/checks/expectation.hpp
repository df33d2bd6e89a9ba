// What a text has to be like: an expectation of a check, `matches`, `lacks`, or `pointer` with `equals` (definitions of
// project.schema.json), of what a program printed or a file holds.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "checks/verdict.hpp"
#include "json/json.hpp"

namespace mlpath::checks {

// The beginning of what is told where it is not so.
struct Wording {
    std::string lacks_it{};  // "`a.py` printed something different on stdout"
    std::string holds_it{};
    std::string no_json{};
    std::string why_no_json{};  // the likely cause, without a full stop
    std::string json{};         // before "in which …"
};

// Nothing where the text is like that, else the failure, with the `says` and the `because` of the expectation. An Error
// where its pattern is none.
[[nodiscard]] Result<std::optional<Finding>> meets(const Json& expectation, const std::string& text,
                                                   const Wording& wording);

}  // namespace mlpath::checks
