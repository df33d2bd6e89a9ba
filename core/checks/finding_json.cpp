#include "checks/finding_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace mlpath::checks {

namespace {

constexpr std::array texts{std::pair{"message", &Finding::message}, std::pair{"expected", &Finding::expected},
                           std::pair{"actual", &Finding::actual},   std::pair{"because", &Finding::because},
                           std::pair{"look", &Finding::look},       std::pair{"warning", &Finding::warning},
                           std::pair{"drawing", &Finding::drawing}};
constexpr std::array verdicts{Verdict::pass, Verdict::fail, Verdict::error, Verdict::skipped};

}  // namespace

std::optional<Json> json_of(const Finding& finding) {
    Json json{{"verdict", to_string(finding.verdict)}, {"decided", finding.decided}, {"facts", Json::object()}};
    for (const auto& [name, text] : texts) {
        if (!is_utf8(finding.*text)) {
            return std::nullopt;
        }
        json[name] = finding.*text;
    }
    for (const auto& [name, value] : finding.facts) {
        if (!is_utf8(name) || !std::isfinite(value)) {
            return std::nullopt;
        }
        json["facts"][name] = value;
    }
    return json;
}

std::optional<Finding> finding_from(const Json& json) {
    try {
        const auto verdict = std::ranges::find(verdicts, json.at("verdict").get<std::string>(),
                                               [](Verdict known) { return std::string(to_string(known)); });
        if (verdict == verdicts.end()) {
            return std::nullopt;
        }
        Finding finding{.verdict = *verdict,
                        .decided = json.at("decided").get<bool>(),
                        .facts = json.at("facts").get<std::map<std::string, double>>()};
        for (const auto& [name, text] : texts) {
            finding.*text = json.at(name).get<std::string>();
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
