#include "app/verify.hpp"

#include <algorithm>
#include <set>

#include "app/portfolio.hpp"
#include "app/requirement.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "checks/authorship.hpp"
#include "library/library.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

constexpr std::uint64_t typeable = 1'000'000'000;  // seeds stay below, so that a person can type one again
constexpr std::string_view built_in = "built in";  // the origin of the library that needs no option to be used again

// One project of a portfolio on its way through: what it claims to be, and our copy of its sources.
struct Case {
    PortfolioProject claim{};
    std::optional<library::Project> project{};
    std::optional<PrivateCopy> copy{};
    report::ProjectReport report{};
};

report::ProjectReport not_judged(report::ProjectReport report, const Error& error) {
    report.verdict = checks::Verdict::error;
    report.message = error.message + (error.hint.empty() ? "" : " (" + error.hint + ")");
    return report;
}

Case open_case(const Context& context, PortfolioProject claim) {
    Case opened{.claim = std::move(claim)};
    opened.report = {.id = opened.claim.id, .folder = opened.claim.folder};
    // The id is a claim: only one that our own index has comes near a path.
    if (!context.index.projects.contains(opened.claim.id)) {
        const auto marker = workspace::read_marker(opened.claim.path);
        opened.report = not_judged(
            std::move(opened.report),
            marker ? library::no_such("project", marker->project, context.index.projects.ids()) : marker.error());
        return opened;
    }
    auto project = library::load_project(context.content, opened.claim.id);
    if (!project) {
        opened.report = not_judged(std::move(opened.report), project.error());
        return opened;
    }
    opened.report.title = project->title;
    opened.report.version = project->version;
    if (project->status == library::ProjectStatus::planned) {
        opened.report = not_judged(std::move(opened.report),
                                   {ErrorKind::usage, "this project is planned: it has no checks yet", {}, {}});
        return opened;
    }
    auto copy = take_sources(*project, opened.claim.path);
    if (!copy) {
        opened.report = not_judged(std::move(opened.report), copy.error());
        return opened;
    }
    opened.copy = std::move(*copy);
    opened.project = std::move(*project);
    return opened;
}

std::string below(const std::string& folder, const std::string& file) {
    return folder.empty() ? file : folder + '/' + file;
}

// Where the portfolio's seed comes from: its commit, so that an unchanged commit keeps its verdict; else what was
// taken.
void choose_seed(const VerifyRequest& request, const std::vector<Case>& cases, report::PortfolioReport& portfolio) {
    switch (request.seed_from) {
        case SeedFrom::given:
            portfolio.seed = request.seed;
            portfolio.seed_from = "--seed";
            return;
        case SeedFrom::fresh:
            portfolio.seed = request.seed;
            portfolio.seed_from = "--seed fresh";
            return;
        case SeedFrom::portfolio: break;
    }
    if (portfolio.commit && portfolio.dirty == false) {
        portfolio.seed = hash64(*portfolio.commit) % typeable;
        portfolio.seed_from = "the commit";
        return;
    }
    std::string content;
    for (const auto& one : cases) {
        content += one.claim.id + '\0' + (one.copy ? one.copy->content_hash : std::string()) + '\n';
    }
    portfolio.seed = hash64(content) % typeable;
    portfolio.seed_from = "the content";
}

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

Result<report::Authorship> authorship_of(const Context& context, const JudgingTools& tools, const Case& one,
                                         std::stop_token stop) {
    MLPATH_TRY(const auto place, TemporaryFolder::make("mlpath-authorship-"));
    checks::Works works{
        .skeleton = place.path() / "skeleton", .solution = place.path() / "solution", .work = one.copy->sources.folder};
    MLPATH_CHECK(make_folders(works.skeleton));
    MLPATH_CHECK(make_folders(works.solution));
    MLPATH_CHECK(lay_published(context.content, *one.project, works.skeleton, works.solution));
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
    MLPATH_TRY(const auto courtroom, Courtroom::open(context.content, one.project->id));
    MLPATH_TRY(const auto python, run::judge_interpreter(context.environment, tools.processes));
    MLPATH_TRY(const auto share, checks::published_share(works, courtroom.harness(), python, tools.processes, stop));
    if (!share) {
        return report::Authorship::unknown;
    }
    return *share >= checks::published_from ? report::Authorship::published : report::Authorship::own;
}

Status judge_case(const Context& context, const JudgingTools& tools, const VerifyRequest& request, std::uint64_t seed,
                  Case& one, VerifyObserver& observer, std::stop_token stop) {
    const JudgingRequest judging{.project = *one.project,
                                 .folder = one.copy->sources.folder,
                                 .origin = one.claim.path,
                                 .interpreters = {.trust = run::Trust::portfolio,
                                                  .cache = system::cache_folder(context.environment) / "interpreters"},
                                 .plan = {.order = checks::Order::everything},
                                 .seed = seed,
                                 .network = request.network};
    auto judged = judge_folder(context, tools, judging, observer, stop);
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
    // A failure to tell leaves `unknown`, which --require own does not accept.
    const auto authorship = authorship_of(context, tools, one, stop);
    if (stop.stop_requested()) {
        return fail(ErrorKind::interrupted, "interrupted");
    }
    one.report.authorship = authorship.value_or(report::Authorship::unknown);
    return {};
}

Result<std::string> library_hash(const library::Content& content) {
    MLPATH_TRY(const auto paths, content.list(""));
    Sha256 hash;
    for (const auto& path : paths) {
        MLPATH_TRY(const auto bytes, content.read(path));
        hash.update(path + '\0' + sha256_of(bytes) + '\n');
    }
    return hash.finish();
}

// A portfolio whose sources were taken, before anything of any portfolio has run.
struct Opened {
    fs::path path{};
    std::vector<Case> cases{};
    report::PortfolioReport report{};
};

Opened open_portfolio(const Context& context, const JudgingTools& tools, const VerifyRequest& settled,
                      const fs::path& given, std::vector<PortfolioProject> claims) {
    Opened opened{.path = given.is_absolute() ? given : context.folder / given, .report = {.path = given.string()}};
    std::vector<std::string> taken;
    for (auto& claim : claims) {
        const auto& one = opened.cases.emplace_back(open_case(context, std::move(claim)));
        for (const auto& file : one.copy ? one.copy->sources.files : std::vector<std::string>()) {
            taken.push_back(below(one.claim.folder, file));
        }
    }
    opened.report.left_out = left_out_of(opened.path, taken);
    if (const auto commit = commit_of(opened.path, taken, context.environment, tools.processes)) {
        opened.report.commit = commit->id;
        opened.report.dirty = commit->dirty;
    }
    choose_seed(settled, opened.cases, opened.report);
    return opened;
}

// Without a requirement everything that is there is demanded; `own` alone adds to that.
checks::Verdict overall(const report::Report& report, const std::vector<Requirement>& requirements) {
    auto verdict = checks::Verdict::pass;
    const bool demands_projects =
        std::ranges::any_of(requirements, [](const Requirement& asked) { return asked.kind != RequirementKind::own; });
    if (!demands_projects) {
        for (const auto& portfolio : report.portfolios) {
            verdict = checks::worst(verdict, portfolio.verdict);
        }
    }
    for (const auto& requirement : report.requirements) {
        verdict = checks::worst(verdict, requirement.verdict);
    }
    return verdict;
}

std::vector<std::string> reproducing_command(const VerifyRequest& request, const report::Report& report) {
    std::vector<std::string> command{"mlpath", "verify"};
    for (const auto& path : request.paths) {
        command.push_back(path.string());
    }
    for (const auto& asked : request.require) {
        command.insert(command.end(), {"--require", asked});
    }
    if (report.library_origin != built_in) {
        command.insert(command.end(), {"--library", report.library_origin});
    }
    if (request.seed_from != SeedFrom::portfolio && !report.portfolios.empty()) {
        command.insert(command.end(), {"--seed", std::to_string(report.portfolios.front().seed)});
    }
    return command;
}

}  // namespace

Result<report::Report> verify(const Context& context, const JudgingTools& tools, const VerifyRequest& request,
                              VerifyObserver& observer, std::stop_token stop) {
    std::vector<Requirement> requirements;
    for (const auto& text : request.require) {
        MLPATH_TRY(auto requirement, parse_requirement(context.index, text));
        requirements.push_back(std::move(requirement));
    }
    std::vector<std::vector<PortfolioProject>> claims;
    std::size_t count = 0;
    for (const auto& path : request.paths) {
        MLPATH_TRY(auto found, projects_in(path.is_absolute() ? path : context.folder / path));
        count += found.size();
        claims.push_back(std::move(found));
    }
    if (count == 0) {
        return fail(ErrorKind::usage,
                    "there is nothing to verify: no project folder in " +
                        (request.paths.size() == 1 ? "`" + printable(request.paths.front().string()) + "`"
                                                   : std::string("any of the paths")),
                    "a project folder is made by `mlpath new`, and holds `.mlpath-project.json`, which has to be "
                    "committed with it");
    }

    const auto isolation = isolation_in_force();
    report::Report report{.tool_version = MLPATH_VERSION,
                          .library_origin = context.content.origin(),
                          .truth_protected = isolation.truth_protected,
                          .isolation = isolation.detail};
    MLPATH_TRY(report.tool_sha256,
               sha256_of_file(request.binary.empty() ? fs::path("/proc/self/exe") : request.binary));
    MLPATH_TRY(report.library_sha256, library_hash(context.content));
    // One fresh seed for all, so that one number reproduces everything.
    auto settled = request;
    if (settled.seed_from == SeedFrom::fresh) {
        settled.seed = context.random.next() % typeable;
    }

    // All is taken before anything runs: what one portfolio's code does cannot change what is judged of another.
    std::vector<Opened> opened;
    for (std::size_t i = 0; i < request.paths.size(); ++i) {
        opened.push_back(open_portfolio(context, tools, settled, request.paths[i], std::move(claims[i])));
    }
    std::size_t number = 0;
    for (auto& one_portfolio : opened) {
        auto& portfolio = one_portfolio.report;
        for (auto& one : one_portfolio.cases) {
            observer.project_begins(portfolio.path, one.report.id, ++number, count);
            if (one.project) {
                MLPATH_CHECK(judge_case(context, tools, request, portfolio.seed, one, observer, stop));
            }
            one.copy.reset();
            portfolio.verdict = checks::worst(portfolio.verdict, one.report.verdict);
            observer.project_ended(one.report);
            portfolio.projects.push_back(std::move(one.report));
        }
        report.portfolios.push_back(std::move(portfolio));
    }
    for (const auto& requirement : requirements) {
        report.requirements.push_back(judge_requirement(context.index, requirement, report.portfolios));
    }
    report.verdict = overall(report, requirements);
    report.command = reproducing_command(request, report);
    return report;
}

}  // namespace mlpath::app
