// How a variant's run is set up: what is laid beside the data, under which conditions it runs, and what it leaves
// besides its artifacts.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "checks/evaluation.hpp"

namespace mlpath::checks {

[[nodiscard]] Result<std::vector<run::LaidFile>> files_of(const Variant& variant, const std::filesystem::path& harness,
                                                          const std::filesystem::path& template_root);
[[nodiscard]] run::Conditions conditions_for(const Variant& variant);
// The steps with what they are started by and leave where `step` is run under this variant. A reference is started with
// the step's id as its argument.
[[nodiscard]] library::Project project_for(const Variant& variant, std::string_view step,
                                           const library::Project& project);
// What the observer wrote in all steps.
[[nodiscard]] std::string observed_in(const run::Workplace& place, const library::Project& project);

}  // namespace mlpath::checks
