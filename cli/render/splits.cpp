#include "render/splits.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/figures.hpp"
#include "base/text.hpp"
#include "checks/scoring.hpp"
#include "render/faults.hpp"

namespace mlpath::cli {

namespace {

constexpr const char* at_least_sign = "\u2265 ";
constexpr const char* at_most_sign = "\u2264 ";
constexpr std::size_t most_faults = 10;

// Counts as they are, the rest with three decimals.
std::string number(double value) {
    return value == std::floor(value) && std::abs(value) < 1e9 ? figure(value) : checks::three_decimals(value);
}

std::string required_in_words(const app::JudgedOverSplits& judged) {
    const auto& required = judged.required;
    const std::string sign = judged.side == checks::Judged::Side::at_least ? at_least_sign : at_most_sign;
    return sign + number(required.smallest) +
           (required.smallest == required.largest ? "" : " to " + number(required.largest));
}

std::string how_often(std::size_t count, std::size_t of) { return std::to_string(count) + " of " + std::to_string(of); }

void write_checks(Page& page, const app::SplitsReport& report) {
    std::vector<std::vector<std::string>> rows{
        {"the solution", "passed", "required", "smallest", "median", "largest", "what"}};
    for (const auto& check : report.checks) {
        std::vector<std::string> row{check.milestone + "/" + check.check, how_often(check.passed, check.splits)};
        if (const auto& judged = check.judged) {
            row.insert(row.end(), {required_in_words(*judged), number(judged->value.smallest),
                                   number(judged->value.median), number(judged->value.largest), judged->what});
        } else {
            row.insert(row.end(), {"", "", "", "", check.kind});
        }
        rows.push_back(std::move(row));
    }
    page.table(rows);
}

void write_flaws(Page& page, const app::SplitsReport& report) {
    std::vector<std::vector<std::string>> rows{{"flaw", "failed", "required", "nearest", "at"}};
    for (const auto& flaw : report.flaws) {
        const auto& judged = flaw.judged;
        rows.push_back({flaw.flaw, how_often(flaw.failed, flaw.splits), judged ? required_in_words(*judged) : "",
                        judged ? number(judged->nearest.value) : "", flaw.milestone + "/" + flaw.check});
    }
    page.table(rows);
}

Json variation_json(const checks::Variation& variation) {
    return Json{{"smallest", variation.smallest}, {"median", variation.median}, {"largest", variation.largest}};
}

Json judged_json(const std::optional<app::JudgedOverSplits>& judged) {
    if (!judged) {
        return nullptr;
    }
    return Json{{"what", judged->what},
                {"side", judged->side == checks::Judged::Side::at_least ? "at_least" : "at_most"},
                {"required", variation_json(judged->required)},
                {"value", variation_json(judged->value)},
                {"nearest", Json{{"value", judged->nearest.value},
                                 {"required", judged->nearest.required},
                                 {"seed", judged->nearest_seed}}}};
}

}  // namespace

void write_splits(Page& page, const app::SplitsReport& report) {
    page.line(report.project + (report.data == app::ProofData::synthetic ? " on synthetic data" : "") + ": " +
                  count_of(report.splits, "split") + "; a run of the solution takes " +
                  checks::three_decimals(report.run_seconds) + " s.",
              Tone::strong);
    page.line();
    write_checks(page, report);
    if (!report.flaws.empty()) {
        page.line();
        write_flaws(page, report);
    }
    page.line();
    if (report.judged_once > 0) {
        page.line(count_of(report.judged_once, "flaw") +
                  (report.judged_once == 1 ? " fails at a check that no split can change, and was judged once."
                                           : " fail at checks that no split can change, and were judged once."));
    }
    if (report.faults.empty()) {
        page.line("Never wrong: in " + count_of(report.splits, "split") +
                      " the solution passed and every flaw failed where it should.",
                  Tone::good);
        return;
    }
    page.line("Wrong in " + how_often(report.wrong_splits(), report.splits) + " splits:", Tone::bad);
    write_faults(page, std::span(report.faults).first(std::min(report.faults.size(), most_faults)));
    if (report.faults.size() > most_faults) {
        page.line("      and " + std::to_string(report.faults.size() - most_faults) + " more; `--json` has them all");
    }
}

Json json_of(const app::SplitsReport& report) {
    auto checks = Json::array();
    for (const auto& check : report.checks) {
        checks.push_back(Json{{"milestone", check.milestone},
                              {"check", check.check},
                              {"kind", check.kind},
                              {"splits", check.splits},
                              {"passed", check.passed},
                              {"judged", judged_json(check.judged)}});
    }
    auto flaws = Json::array();
    for (const auto& flaw : report.flaws) {
        flaws.push_back(Json{{"flaw", flaw.flaw},
                             {"milestone", flaw.milestone},
                             {"check", flaw.check},
                             {"splits", flaw.splits},
                             {"failed", flaw.failed},
                             {"judged", judged_json(flaw.judged)}});
    }
    auto faults = Json::array();
    for (const auto& fault : report.faults) {
        faults.push_back(json_of(fault));
    }
    return Json{{"project", report.project},
                {"data", app::name_of(report.data)},
                {"splits", report.splits},
                {"never_wrong", report.faults.empty()},
                {"wrong_splits", report.wrong_splits()},
                {"run_seconds", report.run_seconds},
                {"checks", std::move(checks)},
                {"flaws", std::move(flaws)},
                {"judged_once", report.judged_once},
                {"faults", std::move(faults)}};
}

}  // namespace mlpath::cli
