// A fault found in something that somebody wrote (a curriculum, a manifest): many may be found in one pass.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace mlpath {

enum class Severity {
    error,
    warning,
    planned,  // names what its author says is not there yet: nothing to mend now
};

struct Fault {
    Severity severity = Severity::error;
    Place place{};
    std::string message{};     // what is wrong and what was expected, one line
    std::string suggestion{};  // "did you mean `titanic`?" or what to do; may be empty
};

using Faults = std::vector<Fault>;

// curricula/levels.json:12: /stages/0/topics/3/topic: no topic `numpyy`; did you mean `numpy`?
[[nodiscard]] std::string to_line(const Fault& fault);
[[nodiscard]] bool has_errors(const Faults& faults);
// One Error of kind malformed that names the first fault, fit to be shown, and counts the rest.
[[nodiscard]] Error to_error(const Faults& faults);

}  // namespace mlpath
