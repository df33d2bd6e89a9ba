#include "app/author/splits.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "app/project/subject.hpp"
#include "checks/kind.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

// A check in one split.
struct Seen {
    const DrawnCheck& check;
    std::uint64_t seed = 0;
    bool sound = true;  // its subject
};

std::vector<Seen> seen_of(const SelftestProject& found, const std::string& subject, const std::string& check) {
    std::vector<Seen> seen;
    for (const auto& one : found.subjects) {
        for (const auto& drawn : one.end.drawn) {
            if (one.subject == subject && drawn.check == check) {
                seen.push_back({drawn, one.seed, one.sound});
            }
        }
    }
    return seen;
}

std::optional<JudgedOverSplits> judged_over(const std::vector<Seen>& seen) {
    std::vector<double> values;
    std::vector<double> required;
    std::optional<JudgedOverSplits> over;
    for (const auto& each : seen) {
        const auto& judged = each.check.judged;
        if (!judged) {
            continue;
        }
        values.push_back(judged->value);
        required.push_back(judged->required);
        // Whichever side of the line it is on.
        if (!over || std::abs(judged->to_spare()) < std::abs(over->nearest.to_spare())) {
            over = JudgedOverSplits{
                .what = judged->what, .side = judged->side, .nearest = *judged, .nearest_seed = each.seed};
        }
    }
    if (over) {
        over->value = checks::variation_of(std::move(values));
        over->required = checks::variation_of(std::move(required));
    }
    return over;
}

std::string subject_of(const library::Flaw& flaw) { return Subject{Subject::Kind::flaw, flaw}.name(); }

}  // namespace

std::size_t splits_for(double run_seconds) { return run_seconds < 1 ? many_splits : few_splits; }

std::size_t SplitsReport::wrong_splits() const {
    std::set<std::uint64_t> seeds;
    for (const auto& fault : faults) {
        seeds.insert(fault.seed);
    }
    return seeds.size();
}

SplitsReport over_splits(const library::Project& project, const std::vector<library::Flaw>& flaws,
                         const SelftestProject& found) {
    SplitsReport report{.project = found.project, .data = found.data, .faults = found.faults};
    const auto solution = Subject{.kind = Subject::Kind::solution}.name();
    for (const auto& one : found.subjects) {
        if (one.subject == solution) {
            ++report.splits;
            report.run_seconds =
                report.run_seconds == 0 ? one.end.run_seconds : std::min(report.run_seconds, one.end.run_seconds);
        }
    }
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            if (!checks::hangs_on_draw(check.kind)) {
                continue;
            }
            const auto seen = seen_of(found, solution, check.id);
            const auto passed = std::ranges::count_if(
                seen, [](const Seen& each) { return each.check.verdict == checks::Verdict::pass; });
            report.checks.push_back({.milestone = milestone.id,
                                     .check = check.id,
                                     .kind = check.kind,
                                     .splits = seen.size(),
                                     .passed = static_cast<std::size_t>(passed),
                                     .judged = judged_over(seen)});
        }
    }
    for (const auto& flaw : flaws) {
        const auto seen = seen_of(found, subject_of(flaw), flaw.check);
        if (seen.empty()) {
            ++report.judged_once;
            continue;
        }
        report.flaws.push_back({.flaw = flaw.name,
                                .milestone = flaw.milestone,
                                .check = flaw.check,
                                .splits = seen.size(),
                                .failed = static_cast<std::size_t>(std::ranges::count(seen, true, &Seen::sound)),
                                .judged = judged_over(seen)});
    }
    return report;
}

Result<SplitsReport> splits(const Context& context, const JudgingTools& tools, const SplitsRequest& request,
                            SelftestObserver& observer, std::stop_token stop) {
    const auto id = context.index.renamed.now(library::IdKind::project, request.project);
    MLPATH_TRY(const auto project, library::load_project(context.content, context.index.renamed, std::string(id)));
    MLPATH_TRY(const auto flaws, library::load_flaws(context.content, project));
    if (std::ranges::none_of(project.data, [](const auto& entry) { return entry.split.has_value(); })) {
        return fail(ErrorKind::usage,
                    "`" + project.id + "` has no data that are split: no verdict of it hangs on a draw",
                    "`mlpath author try " + project.id + "` judges its answers");
    }
    SelftestRequest judging{.ids = {project.id},
                            .kinds = SelftestRequest::Kinds::projects,
                            .data = request.data,
                            .freshness = request.freshness};
    const auto judge = [&](std::size_t count) -> Result<SplitsReport> {
        judging.splits = count;
        MLPATH_TRY(const auto found, selftest(context, tools, judging, observer, stop));
        if (found.projects.empty()) {
            return fail(ErrorKind::usage, "there is no project `" + project.id + "` to judge");
        }
        return over_splits(project, flaws, found.projects.front());
    };
    MLPATH_TRY(auto first, judge(1));
    const bool never_ran = first.run_seconds == 0;  // another split would not help it
    const auto wanted = request.splits.value_or(splits_for(first.run_seconds));
    return never_ran || wanted == 1 ? std::move(first) : judge(wanted);
}

}  // namespace mlpath::app
