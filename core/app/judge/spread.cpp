#include "app/judge/spread.hpp"

#include <algorithm>
#include <set>

#include "app/project/subject.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view measuring_kind = "score";
constexpr std::string_view series_name = "improvement";

const std::vector<double>* improvements_in(const checks::Finding& finding) {
    const auto found = std::ranges::find(finding.measurements, series_name, &checks::Measurement::name);
    const auto* series = found == finding.measurements.end() ? nullptr : std::get_if<checks::Series>(&found->shape);
    return series == nullptr || series->values.empty() ? nullptr : &series->values;
}

// What is measured, whatever is asked of it: two checks may ask of the same numbers.
std::string measured_by(const library::Check& check) {
    Json measured = Json::object();
    for (const auto* field : {"step", "data", "predictions", "column", "metric", "positive", "baseline"}) {
        measured[field] = check.fields.value(field, Json());
    }
    return measured.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// In time no draw changes the folds.
bool draws_folds(const library::Project& project, const library::Check& check) {
    const auto entry =
        std::ranges::find(project.data, check.fields.value("data", std::string()), &library::DataEntry::id);
    return entry != project.data.end() && entry->split && entry->split->method != library::SplitMethod::chronological;
}

// The project with the checks alone that measured an improvement, each over as many folds as make the splits.
library::Project measuring(const SpreadRequest& request, const std::string& who) {
    auto project = request.judging.project;
    std::set<std::string> known;
    for (auto& milestone : project.milestones) {
        const auto found = std::ranges::find(request.judged, milestone.id, &checks::MilestoneResult::id);
        std::erase_if(milestone.checks, [&](const library::Check& check) {
            if (check.kind != measuring_kind || found == request.judged.end()) {
                return true;
            }
            const auto result = std::ranges::find(found->checks, check.id, &checks::CheckResult::id);
            return result == found->checks.end() || improvements_in(result->finding) == nullptr ||
                   !known.insert(measured_by(check)).second;
        });
        for (auto& check : milestone.checks) {
            const auto folds = check.fields.at("folds").get<std::size_t>();
            check.fields["repeats"] =
                draws_folds(project, check) ? std::max<std::size_t>((request.splits + folds - 1) / folds, 1) : 1;
            check.says = who + " on many splits of the data";
        }
    }
    std::erase_if(project.milestones, [](const library::Milestone& milestone) { return milestone.checks.empty(); });
    return project;
}

// Passes on which checks begin: what they find is no verdict.
class Begun final : public checks::Observer {
public:
    explicit Begun(checks::Observer& observer) : m_observer(observer) {}
    void check_begins(const library::Check& check) override { m_observer.check_begins(check); }

private:
    checks::Observer& m_observer;
};

std::vector<double> first_of(const checks::Finding& finding, std::size_t count) {
    const auto* values = improvements_in(finding);
    return values == nullptr
               ? std::vector<double>()
               : std::vector<double>(values->begin(),
                                     values->begin() + static_cast<std::ptrdiff_t>(std::min(values->size(), count)));
}

std::size_t count_pairs(const ImprovementSpread& spread, bool (*holds)(double, double)) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::min(spread.yours.size(), spread.solution.size()); ++i) {
        count += holds(spread.yours[i], spread.solution[i]) ? 1 : 0;
    }
    return count;
}

}  // namespace

std::size_t ImprovementSpread::better() const {
    return count_pairs(*this, [](double own, double other) { return own > other; });
}

std::size_t ImprovementSpread::worse() const {
    return count_pairs(*this, [](double own, double other) { return own < other; });
}

Result<Spread> spread(const Context& context, const JudgingTools& tools, const SpreadRequest& request,
                      checks::Observer& observer, std::stop_token stop) {
    const auto& given = request.judging;
    Spread result{.splits = request.splits};
    for (const auto& milestone : given.project.milestones) {
        result.is_measured =
            result.is_measured || std::ranges::any_of(milestone.checks, [](const library::Check& check) {
                return check.kind == measuring_kind;
            });
    }
    const auto own = measuring(request, "your program");
    if (own.milestones.empty()) {
        return result;
    }
    Begun begun(observer);
    const auto judge = [&](const library::Project& project, const fs::path& folder) {
        const JudgingRequest judging{.project = project,
                                     .check_files = given.check_files,
                                     .judge_python = given.judge_python,
                                     .folder = folder,
                                     .interpreters = given.interpreters,
                                     .python = given.python,
                                     .plan = {.order = checks::Order::everything},
                                     .remembered = given.remembered,
                                     .network = given.network,
                                     .data = given.data,
                                     .secret = given.secret};
        return judge_folder(context, tools, judging, begun, stop);
    };
    MLPATH_TRY(const auto yours, judge(own, given.folder));
    for (const auto& milestone : yours.milestones) {
        for (const auto& check : milestone.checks) {
            const auto at = std::ranges::find(own.milestones, milestone.id, &library::Milestone::id);
            const auto& fields = std::ranges::find(at->checks, check.id, &library::Check::id)->fields;
            auto values = first_of(check.finding, request.splits);
            result.improvements.push_back({.milestone = milestone.id,
                                           .check = check.id,
                                           .metric = fields.at("metric").get<std::string>(),
                                           .required = fields.at("margin").get<double>(),
                                           .yours = std::move(values)});
            if (result.improvements.back().yours.empty()) {
                result.improvements.back().trouble = check.finding.message;
            }
        }
    }
    // A library may have no solution, or one that cannot be run here: then there is nothing to compare with.
    const auto files = files_of(context.content, given.project.id, {.kind = Subject::Kind::solution});
    const auto folder = files ? lay(*files) : Result<TemporaryFolder>(fail(files.error()));
    if (!folder) {
        return result;
    }
    MLPATH_TRY(const auto ours, judge(measuring(request, "the solution"), folder->path()));
    auto next = result.improvements.begin();
    for (const auto& milestone : ours.milestones) {
        for (const auto& check : milestone.checks) {
            (next++)->solution = first_of(check.finding, request.splits);
        }
    }
    return result;
}

}  // namespace mlpath::app
