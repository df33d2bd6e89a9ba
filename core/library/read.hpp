// From JSON that is valid against its schema to values. What a schema has promised is not looked at again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "library/curriculum.hpp"
#include "library/dataset.hpp"
#include "library/project.hpp"
#include "library/quiz.hpp"

namespace mlpath::library {

[[nodiscard]] Curriculum read_curriculum(const Json& json);
[[nodiscard]] Topic read_topic(const Json& json);
[[nodiscard]] Quiz read_quiz(const Json& json);
[[nodiscard]] Skill read_skill(const Json& json);
[[nodiscard]] Dataset read_dataset(const Json& json);
[[nodiscard]] Project read_project(const Json& json);
[[nodiscard]] Check read_check(const Json& json);
[[nodiscard]] Flaw read_flaw(std::string name, const Json& json);

// Shared by the readers.
[[nodiscard]] std::optional<Hours> read_hours(const Json& json);
[[nodiscard]] std::string text_or(const Json& json, const char* key, std::string fallback = {});
[[nodiscard]] std::vector<std::string> texts(const Json& json, const char* key);
[[nodiscard]] bool flag(const Json& json, const char* key);
// Whole numbers that a schema has found to be one (it takes 2.0 and 1e30 for one, too), kept within what the type
// holds.
[[nodiscard]] std::uint64_t natural(const Json& json, const char* key);
[[nodiscard]] int whole(const Json& json, const char* key, int fallback);

}  // namespace mlpath::library
