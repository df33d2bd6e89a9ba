// What a README concludes from an experiment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "markdown/document.hpp"

namespace mlpath::checks {

enum class Conclusion { gain, loss, no_difference };
[[nodiscard]] std::string_view to_string(Conclusion conclusion);

struct Concluded {
    std::optional<Conclusion> conclusion{};  // none: there is none, or it is not clear which
    std::string text{};                      // what stands behind the label; empty: the label is nowhere
};

// Of the lines `Conclusion: …` that a reader sees. Two that disagree are not clear.
[[nodiscard]] Concluded concluded_in(const markdown::Document& document);

}  // namespace mlpath::checks
