// What rows the judge draws of synthetic data. A generator is public, and what a learner's program sees (its own files,
// and with them the seed that `verify` takes from them) is no secret: so the judge's seeds are made with one. It is
// this machine's, in its cache, so that the same work meets the same rows again, verdicts do not flicker and results
// may be recalled; another machine, and a job of CI whose cache is empty, draws others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/context.hpp"

namespace mlpath::app {

// Made where there is none yet; where it cannot be kept it is another each time.
[[nodiscard]] std::string judges_secret(const Context& context);

// For proofs of the library's own projects, in which nobody has anything to gain: they end the same everywhere.
inline constexpr std::string_view known_secret = "selftest";

// For the rows of a dataset that are held out where the split's seed is `seed`.
[[nodiscard]] std::uint64_t seed_of_drawn(std::string_view secret, std::string_view dataset, std::uint64_t seed);

}  // namespace mlpath::app
