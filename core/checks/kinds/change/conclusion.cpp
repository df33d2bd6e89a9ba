#include "checks/kinds/change/conclusion.hpp"

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "checks/claims.hpp"

namespace mlpath::checks {

namespace {

// The first word that decides; what may stand before it says how large, not which.
std::optional<Conclusion> read_conclusion(const std::string& text) {
    static const auto said = Pattern::compile(
        R"((?i)^[^\pL\pN]*(?:(?:an?|it|is|was|the|change|clear|clearly|real|small|slight|slightly|large|significant)\s+)*)"
        R"((no|not|none|neither|inconclusive|undecided|gain|gains|better|improvement|improved|improves|loss|worse|worsened)\b)");
    const auto words = said->all_in(text);
    if (words.empty()) {
        return std::nullopt;
    }
    const auto word = to_lower_ascii(words.front());
    if (word.starts_with("gain") || word == "better" || word.starts_with("improve")) {
        return Conclusion::gain;
    }
    return word == "loss" || word.starts_with("worse") ? Conclusion::loss : Conclusion::no_difference;
}

}  // namespace

std::string_view to_string(Conclusion conclusion) {
    switch (conclusion) {
        case Conclusion::gain: return "gain";
        case Conclusion::loss: return "loss";
        case Conclusion::no_difference: break;
    }
    return "no difference";
}

Concluded concluded_in(const markdown::Document& document) {
    Concluded found;
    for (const auto& text : texts_after(document, "Conclusion")) {
        const auto conclusion = read_conclusion(text);
        if (conclusion && found.conclusion && conclusion != found.conclusion) {
            return {.text = found.text + "\" and \"" + text};
        }
        if (found.text.empty() || (conclusion && !found.conclusion)) {
            found = {.conclusion = conclusion, .text = text};
        }
    }
    return found;
}

}  // namespace mlpath::checks
