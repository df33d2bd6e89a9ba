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
constexpr auto at_least = Judged::Side::at_least;
constexpr std::array verdicts{Verdict::pass, Verdict::fail, Verdict::error, Verdict::skipped};

}  // namespace

Json json_of(const Judged& judged) {
    return Json::array({judged.what, judged.value, judged.required, judged.side == at_least});
}

std::optional<Judged> judged_from(const Json& json) {
    try {
        return Judged{.what = json.at(0).get<std::string>(),
                      .value = json.at(1).get<double>(),
                      .required = json.at(2).get<double>(),
                      .side = json.at(3).get<bool>() ? at_least : Judged::Side::at_most};
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

std::optional<Verdict> verdict_from(std::string_view name) {
    const auto* const found = std::ranges::find(verdicts, name, [](Verdict known) { return to_string(known); });
    return found == verdicts.end() ? std::nullopt : std::optional(*found);
}

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
    if (const auto& judged = finding.judged) {
        if (!is_utf8(judged->what) || !std::isfinite(judged->value) || !std::isfinite(judged->required)) {
            return std::nullopt;
        }
        json["judged"] = json_of(*judged);
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
        const auto verdict = verdict_from(json.at("verdict").get_ref<const std::string&>());
        if (!verdict) {
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
        if (const auto judged = json.find("judged"); judged != json.end()) {
            finding.judged = judged_from(*judged);
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
