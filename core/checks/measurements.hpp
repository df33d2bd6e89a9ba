// The numbers behind a verdict that are more than one figure: the improvement in each split, a curve, a confusion
// matrix. Carried by a finding as values, so that reports, pages and interviews can show them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "json/json.hpp"

namespace mlpath::checks {

struct Series {
    std::vector<double> values{};
    friend bool operator==(const Series&, const Series&) = default;
};

struct Curve {
    std::string x{};  // what the axes are: "threshold"
    std::string y{};
    std::vector<std::pair<double, double>> points{};
    friend bool operator==(const Curve&, const Curve&) = default;
};

// Square: cells[i][j] is of the truth labels[i] and the prediction labels[j].
struct Matrix {
    std::vector<std::string> labels{};
    std::vector<std::vector<double>> cells{};
    friend bool operator==(const Matrix&, const Matrix&) = default;
};

struct Measurement {
    std::string name{};  // "confusion", "improvement"; once in a finding
    std::variant<Series, Curve, Matrix> shape{};
    friend bool operator==(const Measurement&, const Measurement&) = default;
};

inline constexpr std::size_t most_measurements = 16;  // of a finding
inline constexpr std::size_t most_numbers = 10'000;   // of a measurement

// {"name":…,"kind":"series","values":[…]}, {…,"kind":"curve","x":…,"y":…,"points":[[x,y],…]},
// {…,"kind":"matrix","labels":[…],"cells":[[…],…]}. Nothing where a number is not finite or a text is not UTF-8.
[[nodiscard]] std::optional<Json> json_of(const Measurement& measurement);

// Back again; nothing where it is not of that form, is larger than most_numbers, or is no square. What a check script
// passes on may be of the learner's making.
[[nodiscard]] std::optional<Measurement> measurement_from(const Json& json);

// All of them, as far as each is sound and no more than most_measurements.
[[nodiscard]] Json json_of(const std::vector<Measurement>& measurements);
[[nodiscard]] std::vector<Measurement> measurements_from(const Json& json);

}  // namespace mlpath::checks
