#include "app/verify/verify_judge.hpp"

#include <chrono>

#include "app/judge/authorship.hpp"
#include "app/verify/verify_recall.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

Result<report::Authorship> whose_work(const VerifyRun& bench, const Case& one, std::stop_token stop) {
    MLPATH_TRY(const auto harness, bench.tools.harness.folder());
    return authorship_of({bench.context.content, harness, bench.judge_python,
                          isolated_processes(bench.tools, harness, bench.judge_python)},
                         *one.project, one.copy->sources, stop);
}

// Whose work it is comes first: nothing of the learner's has run yet that could have touched the check_files.
Result<JudgedProject> judge_in_court(const VerifyRun& bench, std::uint64_t seed, Case& one, checks::Observer& observer,
                                     std::stop_token stop) {
    MLPATH_TRY(const auto check_files, CheckFiles::open(bench.context.content, one.project->id));
    // A failure to tell leaves `unknown`, which --require own does not accept.
    const auto authorship = whose_work(bench, one, stop);
    one.report.authorship = authorship.value_or(report::Authorship::unknown);
    if (!authorship) {
        one.key.reset();
    }
    const JudgingRequest judging{.project = *one.project,
                                 .check_files = check_files,
                                 .judge_python = bench.judge_python,
                                 .folder = one.copy->sources.folder,
                                 .origin = one.claim.path,
                                 .interpreters = portfolio_search(bench.context),
                                 .plan = {.order = checks::Order::everything},
                                 .seed = seed,
                                 .remembered = bench.remembered,
                                 .network = bench.network};
    return judge_folder(bench.context, bench.tools, judging, observer, stop);
}

}  // namespace

Status judge_case(const VerifyRun& bench, std::uint64_t seed, Case& one, checks::Observer& observer,
                  std::stop_token stop) {
    const auto begun = std::chrono::steady_clock::now();
    auto judged = judge_in_court(bench, seed, one, observer, stop);
    if (stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    if (!judged) {
        if (judged.error().kind == ErrorKind::interrupted) {
            return fail(judged.error());
        }
        one.report = not_judged(std::move(one.report), judged.error());
        return {};
    }
    one.report.verdict = judged->verdict;
    one.report.python = std::move(judged->python);
    one.report.seeds = std::move(judged->seeds);
    one.report.data_hashes = std::move(judged->data_hashes);
    one.report.milestones = std::move(judged->milestones);
    one.report.took = std::chrono::round<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    const bool as_the_key_says = bench.remembered != nullptr && one.key && judged->as_planned;
    if (const auto result = as_the_key_says ? written(one.report) : std::nullopt) {
        bench.remembered->keep(*one.key, *result);
    }
    return {};
}

}  // namespace mlpath::app
