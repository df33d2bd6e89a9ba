// From JSON that is valid against its schema to values. What a schema has promised is not looked at again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "json/tree.hpp"
#include "library/curriculum.hpp"
#include "library/dataset.hpp"
#include "library/project.hpp"
#include "library/quiz.hpp"

namespace mlpath::library {

// Each is there for both kinds of JSON: `Json`, which `json::parse` makes while it looks for faults, and `json::Value`,
// for files without one.
template <typename In>
[[nodiscard]] Curriculum read_curriculum(const In& json);
template <typename In>
[[nodiscard]] Topic read_topic(const In& json);
template <typename In>
[[nodiscard]] Quiz read_quiz(const In& json);
template <typename In>
[[nodiscard]] Skill read_skill(const In& json);
template <typename In>
[[nodiscard]] Dataset read_dataset(const In& json);
template <typename In>
[[nodiscard]] Project read_project(const In& json);
template <typename In>
[[nodiscard]] Check read_check(const In& json);
[[nodiscard]] Flaw read_flaw(const Json& json);  // of which no library has so many that it is read ahead

// Shared by the readers.
template <typename In>
[[nodiscard]] std::optional<Hours> read_hours(const In& json);
template <typename In>
[[nodiscard]] std::string text_or(const In& json, const char* key, std::string fallback = {});
template <typename In>
[[nodiscard]] std::vector<std::string> texts(const In& json, const char* key);
template <typename In>
[[nodiscard]] bool flag(const In& json, const char* key);
// Whole numbers that a schema has found to be one (it takes 2.0 and 1e30 for one, too), kept within what the type
// holds.
template <typename In>
[[nodiscard]] std::uint64_t natural(const In& json, const char* key);
template <typename In>
[[nodiscard]] int whole(const In& json, const char* key, int fallback);

// Calls `take` with each entry of the list at `key`, if there is one.
template <typename In, typename Take>
void each(const In& json, const char* key, Take take) {
    if (const auto found = json.find(key); found != json.end()) {
        for (const auto& entry : *found) {
            take(entry);
        }
    }
}

}  // namespace mlpath::library
