#include "app/verify/verify_judge.hpp"

#include <chrono>

#include "app/judge/authorship.hpp"
#include "app/verify/verify_recall.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

Result<report::Authorship> whose_work(const VerifyRun& all, const Case& one, std::stop_token stop) {
    MLPATH_TRY(const auto harness, all.tools.harness.folder());
    return authorship_of(
        {all.context.content, harness, all.judge_python, isolated_processes(all.tools, harness, all.judge_python)},
        *one.project, one.copy->sources, stop);
}

// Whose work it is comes first: nothing of the learner's has run yet that could have touched the check_files.
Result<JudgedProject> judge_copy(const VerifyRun& all, std::uint64_t seed, Case& one, checks::Observer& observer,
                                 std::stop_token stop) {
    MLPATH_TRY(const auto check_files, CheckFiles::open(all.context.content, one.project->id));
    // A failure to tell leaves `unknown`, which --require own does not accept.
    const auto authorship = whose_work(all, one, stop);
    one.report.authorship = authorship.value_or(report::Authorship::unknown);
    if (!authorship) {
        one.key.reset();
    }
    const JudgingRequest judging{.project = *one.project,
                                 .check_files = check_files,
                                 .judge_python = all.judge_python,
                                 .folder = one.copy->sources.folder,
                                 .origin = one.claim.path,
                                 .interpreters = portfolio_search(all.context, run::MadeBy::verify),
                                 .plan = {.order = checks::Order::everything},
                                 .seed = seed,
                                 .remembered = all.remembered,
                                 .network = all.network,
                                 .data = one.data};
    return judge_folder(all.context, all.tools, judging, observer, stop);
}

}  // namespace

Status judge_case(const VerifyRun& all, std::uint64_t seed, Case& one, checks::Observer& observer,
                  std::stop_token stop) {
    const auto begun = std::chrono::steady_clock::now();
    auto judged = judge_copy(all, seed, one, observer, stop);
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
    const bool as_the_key_says = all.remembered != nullptr && one.key && judged->as_planned;
    if (const auto result = as_the_key_says ? written(one.report) : std::nullopt) {
        all.remembered->keep(*one.key, *result);
    }
    return {};
}

}  // namespace mlpath::app
