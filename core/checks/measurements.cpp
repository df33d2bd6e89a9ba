#include "checks/measurements.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace mlpath::checks {

namespace {

constexpr std::size_t longest_text = 200;

bool all_finite(const std::vector<double>& values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

// What stands in an address of a page; the bytes of a PNG begin alike.
bool is_small_png(std::string_view base64) {
    const auto is_digit = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    };
    const auto end = base64.find_last_not_of('=');
    return base64.starts_with("iVBORw0KGgo") && base64.size() <= most_picture && base64.size() % 4 == 0 &&
           base64.size() - end <= 3 && std::ranges::all_of(base64.substr(0, end + 1), is_digit);
}

bool can_be_told(const std::string& text) { return text.size() <= longest_text && is_utf8(text); }

struct ToJson {
    std::optional<Json> operator()(const Series& series) const {
        return all_finite(series.values) ? std::optional(Json{{"kind", "series"}, {"values", series.values}})
                                         : std::nullopt;
    }

    std::optional<Json> operator()(const Curve& curve) const {
        auto points = Json::array();
        for (const auto& [x, y] : curve.points) {
            if (!std::isfinite(x) || !std::isfinite(y)) {
                return std::nullopt;
            }
            points.push_back(Json::array({x, y}));
        }
        if (!can_be_told(curve.x) || !can_be_told(curve.y)) {
            return std::nullopt;
        }
        return Json{{"kind", "curve"}, {"x", curve.x}, {"y", curve.y}, {"points", std::move(points)}};
    }

    std::optional<Json> operator()(const Matrix& matrix) const {
        if (!std::ranges::all_of(matrix.labels, can_be_told) || !std::ranges::all_of(matrix.cells, all_finite)) {
            return std::nullopt;
        }
        return Json{{"kind", "matrix"}, {"labels", matrix.labels}, {"cells", matrix.cells}};
    }

    std::optional<Json> operator()(const Picture& picture) const {
        return is_small_png(picture.png) && can_be_told(picture.alt)
                   ? std::optional(Json{{"kind", "picture"}, {"png", picture.png}, {"alt", picture.alt}})
                   : std::nullopt;
    }
};

// Throws where an entry is no number, as the rest of the reading does.
std::vector<double> numbers_in(const Json& json) {
    std::vector<double> values;
    for (const auto& value : json) {
        if (!value.is_number()) {
            throw Json::type_error::create(302, "a number was expected", &value);
        }
        values.push_back(value.get<double>());
    }
    return values;
}

std::optional<Curve> curve_from(const Json& json) {
    Curve curve{.x = json.value("x", std::string()), .y = json.value("y", std::string())};
    for (const auto& point : json.at("points")) {
        const auto numbers = numbers_in(point);
        if (numbers.size() != 2 || curve.points.size() == most_numbers / 2) {
            return std::nullopt;
        }
        curve.points.emplace_back(numbers[0], numbers[1]);
    }
    return curve;
}

std::optional<Matrix> matrix_from(const Json& json) {
    Matrix matrix{.labels = json.at("labels").get<std::vector<std::string>>()};
    const auto size = matrix.labels.size();
    if (size * size > most_numbers || json.at("cells").size() != size) {
        return std::nullopt;
    }
    for (const auto& row : json.at("cells")) {
        if (matrix.cells.emplace_back(numbers_in(row)).size() != size) {
            return std::nullopt;
        }
    }
    return matrix;
}

std::optional<Measurement> read_measurement(const Json& json) {
    Measurement measurement{.name = json.at("name").get<std::string>()};
    const auto& kind = json.at("kind").get_ref<const std::string&>();
    if (kind == "series" && json.at("values").size() <= most_numbers) {
        measurement.shape = Series{numbers_in(json.at("values"))};
        return measurement;
    }
    if (auto curve = kind == "curve" ? curve_from(json) : std::nullopt) {
        measurement.shape = std::move(*curve);
        return measurement;
    }
    if (auto matrix = kind == "matrix" ? matrix_from(json) : std::nullopt) {
        measurement.shape = std::move(*matrix);
        return measurement;
    }
    if (kind == "picture") {
        measurement.shape = Picture{json.at("png").get<std::string>(), json.value("alt", std::string())};
        return measurement;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Json> json_of(const Measurement& measurement) {
    auto shape = std::visit(ToJson{}, measurement.shape);
    if (!shape || measurement.name.empty() || !can_be_told(measurement.name)) {
        return std::nullopt;
    }
    Json json{{"name", measurement.name}};
    json.update(*shape);
    return json;
}

std::optional<Measurement> measurement_from(const Json& json) {
    try {
        auto measurement = read_measurement(json);
        // What could not be written again is not taken: numbers that are not finite, texts that are none.
        return measurement && json_of(*measurement) ? measurement : std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

Json json_of(const std::vector<Measurement>& measurements) {
    auto list = Json::array();
    for (const auto& measurement : measurements) {
        if (auto json = json_of(measurement); json && list.size() < most_measurements) {
            list.push_back(std::move(*json));
        }
    }
    return list;
}

std::vector<Measurement> measurements_from(const Json& json) {
    std::vector<Measurement> measurements;
    for (const auto& each : json.is_array() ? json : Json::array()) {
        auto measurement = measurement_from(each);
        const bool known =
            measurement && std::ranges::find(measurements, measurement->name, &Measurement::name) != measurements.end();
        if (measurement && !known && measurements.size() < most_measurements) {
            measurements.push_back(std::move(*measurement));
        }
    }
    return measurements;
}

}  // namespace mlpath::checks
