// The report for machines: curricula/schemas/report.schema.json.
#include "json/json.hpp"
#include "base/text.hpp"
#include "report/words.hpp"

namespace mlpath::report {

namespace {

// Text from outside as valid UTF-8 without anything that steers a terminal: reports are printed by others.
std::string safe(std::string_view text) { return printable_block(text); }

Json json_of(const checks::CheckResult& check) {
    const auto place = checks::place_of(check);
    Json json{{"id", check.id},
              {"kind", check.kind},
              {"says", safe(check.says)},
              {"verdict", to_string(check.finding.verdict)},
              {"message", safe(check.finding.message)}};
    for (const auto& [name, text] :
         {std::pair{"file", &place.file}, std::pair{"expected", &check.finding.expected},
          std::pair{"actual", &check.finding.actual}, std::pair{"because", &check.finding.because},
          std::pair{"look", &check.finding.look}, std::pair{"code", &check.finding.code},
          std::pair{"output", &check.finding.output}, std::pair{"warning", &check.finding.warning},
          std::pair{"drawing", &check.finding.drawing}}) {
        if (!text->empty()) {
            json[name] = safe(*text);
        }
    }
    for (const auto& [name, number] : {std::pair{"line", place.line}, std::pair{"column", place.column}}) {
        if (number > 0) {
            json[name] = number;
        }
    }
    if (check.finding.remembered) {
        json["from"] = "cache";
    }
    if (!check.finding.facts.empty()) {
        json["facts"] = check.finding.facts;
    }
    if (auto measurements = checks::json_of(check.finding.measurements); !measurements.empty()) {
        json["measurements"] = std::move(measurements);
    }
    return json;
}

Json json_of(const checks::MilestoneResult& milestone) {
    Json checks = Json::array();
    for (const auto& check : milestone.checks) {
        checks.push_back(json_of(check));
    }
    return {{"id", milestone.id},
            {"title", safe(milestone.title)},
            {"verdict", to_string(milestone.verdict)},
            {"checks", checks}};
}

Json json_of(const ProjectReport& project) {
    Json json{{"id", safe(project.id)},
              {"folder", safe(project.folder)},
              {"version", project.version},
              {"authorship", to_string(project.authorship)},
              {"standing", to_string(project.standing)},
              {"verdict", to_string(project.verdict)}};
    if (!project.message.empty()) {
        json["message"] = safe(project.message);
    }
    if (project.python) {
        json["python"] = {{"path", safe(project.python->path.string())},
                          {"version", safe(project.python->version)},
                          {"packages", Json::object()}};
        for (const auto& [name, version] : project.python->packages) {
            json["python"]["packages"][safe(name)] = safe(version);
        }
    }
    if (project.data != library::DataKind::real) {
        json["data_kind"] = to_string(project.data);
    }
    if (!project.seeds.empty()) {
        json["seeds"] = project.seeds;
    }
    if (!project.data_hashes.empty()) {
        json["data"] = project.data_hashes;
    }
    json["milestones"] = Json::array();
    for (const auto& milestone : project.milestones) {
        json["milestones"].push_back(json_of(milestone));
    }
    return json;
}

Json json_of(const std::vector<RequirementReport>& requirements) {
    Json json = Json::array();
    for (const auto& requirement : requirements) {
        json.push_back({{"asked", safe(requirement.asked)},
                        {"verdict", to_string(requirement.verdict)},
                        {"message", safe(requirement.message)}});
    }
    return json;
}

Json json_of(const PortfolioReport& portfolio) {
    Json json{{"path", safe(portfolio.path)},
              {"commit", portfolio.commit ? Json(*portfolio.commit) : Json()},
              {"dirty", portfolio.dirty ? Json(*portfolio.dirty) : Json()},
              {"seed", portfolio.seed},
              {"seed_from", portfolio.seed_from},
              {"verdict", to_string(portfolio.verdict)},
              {"left_out", Json::array()},
              {"projects", Json::array()},
              {"requirements", json_of(portfolio.requirements)}};
    if (!portfolio.links.empty()) {
        json["links"] = Json::array();
        for (const auto& link : portfolio.links) {
            json["links"].push_back(safe(link));
        }
    }
    if (!portfolio.commit_note.empty()) {
        json["commit_note"] = safe(portfolio.commit_note);
    }
    if (!portfolio.message.empty()) {
        json["message"] = safe(portfolio.message);
    }
    for (const auto& file : portfolio.left_out) {
        json["left_out"].push_back(safe(file));
    }
    for (const auto& project : portfolio.projects) {
        json["projects"].push_back(json_of(project));
    }
    return json;
}

}  // namespace

std::string to_json(const Report& report) {
    Json json{{"format", 1},
              {"tool", {{"version", report.tool_version}, {"sha256", report.tool_sha256}}},
              {"library", {{"sha256", report.library_sha256}, {"origin", safe(report.library_origin)}}},
              {"command", Json::array()},
              {"isolation", {{"truth_protected", report.truth_protected}, {"detail", safe(report.isolation)}}},
              {"verdict", to_string(report.verdict)},
              {"portfolios", Json::array()},
              {"requirements", json_of(over_all_portfolios(report))}};
    if (!report.message.empty()) {
        json["message"] = safe(report.message);
    }
    for (const auto& remark : report.remarks) {
        json["remarks"].push_back(safe(remark));
    }
    for (const auto& word : report.command) {
        json["command"].push_back(safe(word));
    }
    for (const auto& portfolio : report.portfolios) {
        json["portfolios"].push_back(json_of(portfolio));
    }
    return json.dump(2) + '\n';
}

}  // namespace mlpath::report
