// From JSON that is valid against its schema to values. What a schema has promised is not looked at again.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"
#include "json/tree.hpp"
#include "library/curriculum.hpp"
#include "library/dataset.hpp"
#include "library/package_group.hpp"
#include "library/project.hpp"
#include "library/quiz.hpp"

namespace mlpath::library {

[[nodiscard]] Curriculum read_curriculum(const json::Value& json);
[[nodiscard]] Topic read_topic(const json::Value& json);
[[nodiscard]] Quiz read_quiz(const json::Value& json);
[[nodiscard]] Skill read_skill(const json::Value& json);
[[nodiscard]] Dataset read_dataset(const json::Value& json);
[[nodiscard]] Project read_project(const json::Value& json);
[[nodiscard]] PackageGroup read_package_group(const json::Value& json);
[[nodiscard]] Check read_check(const json::Value& json);
[[nodiscard]] Flaw read_flaw(const json::Value& json);

// Shared by the readers.
[[nodiscard]] std::optional<Hours> read_hours(const json::Value& json);
[[nodiscard]] std::vector<PythonPackage> read_packages(const json::Value& json);

// Also for the fields of a check, which are a `Json`.
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

// The error where a reader of a value or of a check's fields expected what the schema does not promise.
[[nodiscard]] inline Error not_as_promised(const std::exception& error) {
    return {ErrorKind::internal, std::string("the library could not be read: ") + error.what(), {}, {}};
}

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
