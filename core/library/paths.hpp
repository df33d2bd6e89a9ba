// What a path of a manifest may look like, and what a dataset's file may be called.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "library/dataset.hpp"

namespace mlpath::library {

// What is wrong with a relative path, in words; nothing where it stays inside the folder it starts from.
[[nodiscard]] std::optional<std::string> path_fault(std::string_view path);
[[nodiscard]] bool is_glob(std::string_view path);
[[nodiscard]] bool any_glob_matches(const std::vector<std::string>& globs, std::string_view path);

// Whether a data entry may name `file`: a plain file by its name, of an archive a member, what lies below a member that
// is a folder, or a folder above members.
[[nodiscard]] bool dataset_has(const Dataset& dataset, std::string_view file);
// What it may name, for a "did you mean".
[[nodiscard]] std::vector<std::string> names_in(const Dataset& dataset);

}  // namespace mlpath::library
