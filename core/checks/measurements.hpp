// What stands behind a verdict and is more than one figure: the improvement in each split, a curve, a confusion
// matrix, a picture that the learner drew. Carried by a finding as values, so that reports, pages and interviews can
// show them.
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

// Small, and of what the learner drew: whoever shows it decodes bytes that a sandbox made anew.
struct Picture {
    std::string png{};  // in base64
    std::string alt{};  // what it shows, for whoever cannot see it
    friend bool operator==(const Picture&, const Picture&) = default;
};

struct Measurement {
    std::string name{};  // "confusion", "improvement"; once in a finding
    std::variant<Series, Curve, Matrix, Picture> shape{};
    friend bool operator==(const Measurement&, const Measurement&) = default;
};

inline constexpr std::size_t most_measurements = 16;  // of a finding
inline constexpr std::size_t most_numbers = 10'000;   // of a measurement
inline constexpr std::size_t most_picture = 65'536;   // bytes of a picture, in base64

// {"name":…,"kind":"series","values":[…]}, {…,"kind":"curve","x":…,"y":…,"points":[[x,y],…]},
// {…,"kind":"matrix","labels":[…],"cells":[[…],…]}, {…,"kind":"picture","png":…,"alt":…}. Nothing where a number is
// not finite, a text is not UTF-8, or a picture is none.
[[nodiscard]] std::optional<Json> json_of(const Measurement& measurement);

// Back again; nothing where it is not of that form, is larger than the bounds above, or is no square. What a check
// script passes on may be of the learner's making.
[[nodiscard]] std::optional<Measurement> measurement_from(const Json& json);

// All of them, as far as each is sound and no more than most_measurements.
[[nodiscard]] Json json_of(const std::vector<Measurement>& measurements);
[[nodiscard]] std::vector<Measurement> measurements_from(const Json& json);

}  // namespace mlpath::checks
