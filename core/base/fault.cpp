#include "base/fault.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath {

namespace {

std::string where(const Place& place) {
    std::string text = printable(place.file);
    if (place.line > 0) {
        text += ':' + std::to_string(place.line);
    }
    if (!place.pointer.empty()) {
        text += (text.empty() ? "" : ": ") + printable(place.pointer);
    }
    return text;
}

}  // namespace

std::string to_line(const Fault& fault) {
    std::string line = where(fault.place);
    line += line.empty() ? "" : ": ";
    line += fault.severity == Severity::warning ? "warning: " : fault.severity == Severity::planned ? "planned: " : "";
    line += printable(fault.message);
    if (!fault.suggestion.empty()) {
        line += "; " + printable(fault.suggestion);
    }
    return line;
}

bool has_errors(const Faults& faults) {
    return std::ranges::any_of(faults, [](const Fault& fault) { return fault.severity == Severity::error; });
}

Error to_error(const Faults& faults) {
    const auto first = std::ranges::find(faults, Severity::error, &Fault::severity);
    if (first == faults.end()) {
        return {ErrorKind::internal, "no fault was found", {}, {}};
    }
    const auto more = std::ranges::count(faults, Severity::error, &Fault::severity) - 1;
    std::string message = printable(first->message);
    if (more > 0) {
        message += " (and " + count_of(static_cast<std::size_t>(more), "more fault") + ")";
    }
    return {ErrorKind::malformed, std::move(message), first->place, printable(first->suggestion)};
}

}  // namespace mlpath
