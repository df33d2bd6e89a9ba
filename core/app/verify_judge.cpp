#include "app/verify_judge.hpp"

#include <set>

#include "app/verify_recall.hpp"
#include "checks/authorship.hpp"
#include "library/library.hpp"

namespace mlpath::app {

namespace {

// Lays the template's skeleton, and the solution over it, where the fingerprint can compare them.
Status lay_published(const library::Content& content, const library::Project& project, const fs::path& skeleton,
                     const fs::path& solution) {
    for (const auto& [part, folders] : {std::pair{std::string("skeleton/"), std::vector{skeleton, solution}},
                                        std::pair{std::string("solution/"), std::vector{solution}}}) {
        const auto prefix = library::template_path(project.id, part);
        MLPATH_TRY(const auto paths, content.list(prefix));
        for (const auto& path : paths) {
            MLPATH_TRY(const auto bytes, content.read(path));
            for (const auto& folder : folders) {
                MLPATH_CHECK(write_file(folder / fs::path(path.substr(prefix.size())), bytes, Durability::cached));
            }
        }
    }
    return {};
}

Result<report::Authorship> authorship_of(const Bench& bench, const Case& one, std::stop_token stop) {
    MLPATH_TRY(const auto place, TemporaryFolder::make("mlpath-authorship-"));
    checks::Works works{
        .skeleton = place.path() / "skeleton", .solution = place.path() / "solution", .work = one.copy->sources.folder};
    MLPATH_CHECK(make_folders(works.skeleton));
    MLPATH_CHECK(make_folders(works.solution));
    MLPATH_CHECK(lay_published(bench.context.content, *one.project, works.skeleton, works.solution));
    // Every Python file of either side: work may be moved to another file.
    std::set<std::string> files;
    MLPATH_TRY(const auto published, files_below(works.solution));
    for (const auto* side : {&published, &one.copy->sources.files}) {
        for (const auto& file : *side) {
            if (file.ends_with(".py")) {
                files.insert(file);
            }
        }
    }
    works.files.assign(files.begin(), files.end());
    MLPATH_TRY(const auto harness, bench.tools.harness.folder());
    MLPATH_TRY(const auto share,
               checks::published_share(works, harness, bench.judge_python,
                                       isolated_processes(bench.tools, harness, bench.judge_python), stop));
    if (!share) {
        return report::Authorship::unknown;
    }
    return *share >= checks::published_from ? report::Authorship::published : report::Authorship::own;
}

// Whose work it is comes first: nothing of the learner's has run yet that could have touched the courtroom.
Result<JudgedProject> judge_in_court(const Bench& bench, std::uint64_t seed, Case& one, VerifyObserver& observer,
                                     std::stop_token stop) {
    MLPATH_TRY(const auto courtroom, Courtroom::open(bench.context.content, one.project->id));
    // A failure to tell leaves `unknown`, which --require own does not accept.
    const auto authorship = authorship_of(bench, one, stop);
    one.report.authorship = authorship.value_or(report::Authorship::unknown);
    if (!authorship) {
        one.key.reset();
    }
    const JudgingRequest judging{.project = *one.project,
                                 .courtroom = courtroom,
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

Status judge_case(const Bench& bench, std::uint64_t seed, Case& one, VerifyObserver& observer, std::stop_token stop) {
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
    if (const auto result = bench.remembered != nullptr && one.key ? written(one.report) : std::nullopt) {
        bench.remembered->keep(*one.key, *result);
    }
    return {};
}

}  // namespace mlpath::app
