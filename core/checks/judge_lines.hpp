// The lines by which judge.py and mlpath talk, as values. judge.py is ours, but what it passes on may be of the
// learner's making. Inside of core/checks; others use judge.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/verdict.hpp"
#include "run/causes.hpp"
#include "run/step.hpp"

namespace mlpath::checks {

inline constexpr std::size_t max_verdict_text = 20'000;  // bytes of one of its texts; what is longer is cut

// What the line asks for ("call", "lay", "verdict"), and the function that it is about. Read without parsing what may
// be megabytes: judge.py writes "do" first, and then the "name". Empty where it is not so.
[[nodiscard]] std::string_view word_of(std::string_view line);
[[nodiscard]] std::string_view name_of(std::string_view line);

// Whether a verdict says that the script gave up since a request of its was refused.
[[nodiscard]] bool is_refusal(std::string_view line);

// An error verdict where the line tells none.
[[nodiscard]] Finding read_verdict(std::string_view line, const run::Scene& scene);

// What a "lay" is to put into the learner's folder; nothing where the line does not say, or the path leaves the folder.
[[nodiscard]] std::optional<run::LaidFile> read_lay(std::string_view line);

}  // namespace mlpath::checks
