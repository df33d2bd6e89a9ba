#include "checks/finding_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace mlpath::checks {

namespace {

constexpr std::array finding_texts{std::pair{"message", &Finding::message}, std::pair{"expected", &Finding::expected},
                                   std::pair{"actual", &Finding::actual},   std::pair{"because", &Finding::because},
                                   std::pair{"look", &Finding::look},       std::pair{"code", &Finding::code},
                                   std::pair{"output", &Finding::output},   std::pair{"warning", &Finding::warning},
                                   std::pair{"drawing", &Finding::drawing}, std::pair{"legend", &Finding::legend},
                                   std::pair{"raised", &Finding::raised}};
constexpr std::array verdicts{Verdict::pass, Verdict::fail, Verdict::error, Verdict::skipped};

}  // namespace

// Most findings say little: what is empty is left out.
std::optional<Json> json_of(const Finding& finding) {
    Json json{{"verdict", to_string(finding.verdict)}};
    if (!finding.decided) {
        json["decided"] = false;
    }
    for (const auto& [name, text] : finding_texts) {
        if (!is_utf8(finding.*text)) {
            return std::nullopt;
        }
        if (!(finding.*text).empty()) {
            json[name] = finding.*text;
        }
    }
    if (const auto& place = finding.place; !place.file.empty()) {
        if (!is_utf8(place.file)) {
            return std::nullopt;
        }
        json["place"] = Json::array({place.file, place.line, place.column});
    }
    for (const auto& [name, value] : finding.facts) {
        if (!is_utf8(name) || !std::isfinite(value)) {
            return std::nullopt;
        }
        json["facts"][name] = value;
    }
    for (const auto& measurement : finding.measurements) {
        auto told = json_of(measurement);
        if (!told) {
            return std::nullopt;
        }
        json["measurements"].push_back(std::move(*told));
    }
    return json;
}

std::optional<Finding> finding_from(const Json& json) {
    try {
        const auto verdict = std::ranges::find(verdicts, json.at("verdict").get_ref<const std::string&>(),
                                               [](Verdict known) { return to_string(known); });
        if (verdict == verdicts.end()) {
            return std::nullopt;
        }
        Finding finding{.verdict = *verdict, .decided = json.value("decided", true)};
        for (const auto& [name, text] : finding_texts) {
            if (const auto said = json.find(name); said != json.end()) {
                finding.*text = said->get_ref<const std::string&>();
            }
        }
        if (const auto place = json.find("place"); place != json.end()) {
            finding.place = {.file = place->at(0).get<std::string>(),
                             .line = place->at(1).get<std::size_t>(),
                             .column = place->at(2).get<std::size_t>()};
        }
        if (const auto facts = json.find("facts"); facts != json.end()) {
            finding.facts = facts->get<std::map<std::string, double>>();
        }
        if (const auto measurements = json.find("measurements"); measurements != json.end()) {
            finding.measurements = measurements_from(*measurements);
            if (finding.measurements.size() != measurements->size()) {
                return std::nullopt;
            }
        }
        return finding;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

bool is_lasting(const Finding& finding) {
    return finding.lasting && (finding.verdict == Verdict::pass || finding.verdict == Verdict::fail);
}

}  // namespace mlpath::checks
