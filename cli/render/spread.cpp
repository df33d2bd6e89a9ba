#include "render/spread.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "checks/drawing.hpp"
#include "checks/scoring.hpp"
#include "render/text.hpp"

namespace mlpath::cli {

namespace {

using checks::three_decimals;

constexpr std::size_t widest = 80;
constexpr std::size_t picture_label = 10;  // "  solution" and a blank
constexpr std::size_t most_marks = 60;
constexpr std::size_t fewest_marks = 16;

std::size_t reached(const std::vector<double>& values, double required) {
    return static_cast<std::size_t>(std::ranges::count_if(values, [&](double value) { return value >= required; }));
}

std::string range_in_words(const std::vector<double>& values, double required) {
    const auto variation = checks::variation_of(values);
    return three_decimals(variation.smallest) + " to " + three_decimals(variation.largest) + ", median " +
           three_decimals(variation.median) + "; " + std::to_string(reached(values, required)) + " of " +
           count_of(values.size(), "split") + " reach the required improvement.";
}

checks::Axis axis_of(const app::ImprovementSpread& one, const Terminal& terminal) {
    checks::Axis axis{.low = one.required, .high = one.required};
    for (const auto* values : {&one.yours, &one.solution}) {
        for (const double value : *values) {
            axis.low = std::min(axis.low, value);
            axis.high = std::max(axis.high, value);
        }
    }
    const auto room = std::min(terminal.width, widest);
    axis.width = std::clamp(room > picture_label + 2 ? room - picture_label - 2 : 0, fewest_marks, most_marks);
    return axis;
}

void write_picture(Page& page, const app::ImprovementSpread& one) {
    const auto axis = axis_of(one, page.terminal());
    const auto row = [&](std::string_view who, const std::vector<double>& values) {
        if (!values.empty()) {
            page.verbatim("  " + padded(who, picture_label - 2) + " " + checks::draw_marks(values, one.required, axis));
        }
    };
    row("yours", one.yours);
    row("solution", one.solution);
    const auto low = three_decimals(axis.low);
    const auto high = three_decimals(axis.high);
    const auto between = axis.width - std::min(axis.width, low.size() + high.size());
    page.verbatim(std::string(picture_label + 1, ' ') + low + std::string(between, ' ') + high, Tone::faint);
    page.line("  o is one split, 8 two, @ three or more; | is the required improvement (" +
                  three_decimals(one.required) + ").",
              Tone::faint);
}

void write_one(Page& page, const app::ImprovementSpread& one) {
    page.line("Improvement over the baseline in " + one.metric + " (the check " + one.check + "):", Tone::strong);
    if (one.yours.empty()) {
        page.line("  There is no picture: on another split of the data, " + one.trouble + ".", Tone::doubtful);
        return;
    }
    write_picture(page, one);
    page.labelled("yours:", Tone::accent, range_in_words(one.yours, one.required), 2, picture_label - 1);
    if (one.solution.empty()) {
        page.line("  The solution could not be run here, so yours stands alone.");
    } else {
        page.labelled("solution:", Tone::accent, range_in_words(one.solution, one.required), 2, picture_label - 1);
        page.line("  On the same splits yours is better in " + std::to_string(one.better()) + ", and worse in " +
                  std::to_string(one.worse()) + ".");
    }
    const auto variation = checks::variation_of(one.yours);
    if (variation.smallest < variation.largest) {
        page.line("  One split alone could have told you anything from " + three_decimals(variation.smallest) + " to " +
                  three_decimals(variation.largest) + ", though your program is the same: that is luck.");
    }
}

Json values_json(const std::vector<double>& values, double required) {
    if (values.empty()) {
        return nullptr;
    }
    const auto variation = checks::variation_of(values);
    return Json{{"improvements", values},
                {"smallest", variation.smallest},
                {"median", variation.median},
                {"largest", variation.largest},
                {"reached", reached(values, required)}};
}

}  // namespace

void write_spread(Page& page, const app::Spread& spread, const std::string& project) {
    page.line().line("Variation across splits", Tone::strong);
    if (spread.improvements.empty()) {
        page.line(spread.is_measured
                      ? "There is nothing to draw yet: no check that measures an improvement over the baseline has "
                        "been reached."
                      : "There is nothing to draw: no check of `" + project +
                            "` measures an improvement over a baseline.");
        return;
    }
    for (const auto& one : spread.improvements) {
        page.line();
        write_one(page, one);
    }
}

Json json_of(const app::Spread& spread) {
    auto improvements = Json::array();
    for (const auto& one : spread.improvements) {
        improvements.push_back(Json{{"milestone", one.milestone},
                                    {"check", one.check},
                                    {"metric", one.metric},
                                    {"required", one.required},
                                    {"yours", values_json(one.yours, one.required)},
                                    {"solution", values_json(one.solution, one.required)},
                                    {"better", one.better()},
                                    {"worse", one.worse()}});
    }
    return Json{{"splits", spread.splits}, {"improvements", std::move(improvements)}};
}

}  // namespace mlpath::cli
