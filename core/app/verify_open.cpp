#include "app/verify_open.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "library/library.hpp"
#include "library/paths.hpp"
#include "workspace/marker.hpp"

namespace mlpath::app {

namespace {

std::string told(const Error& error) { return error.message + (error.hint.empty() ? "" : " (" + error.hint + ")"); }

// Why a folder does not tell which project it is, in words that name no path of this machine.
Error unnamed(const Context& context, const PortfolioProject& claim) {
    const auto does_not_say = "its `" + std::string(workspace::marker_name) + "` does not say which project it is: ";
    if (has_linked_marker(claim.path)) {
        return {
            ErrorKind::malformed, does_not_say + "it is a link, and verify follows none", {}, "commit the file itself"};
    }
    const auto marker = workspace::read_marker(claim.path);
    if (marker) {
        return library::no_such("project", marker->project, context.index.projects.ids());
    }
    auto error = marker.error();
    const auto file = printable((claim.path / workspace::marker_name).string()) + ": ";
    error.message = does_not_say + error.message.substr(error.message.starts_with(file) ? file.size() : 0);
    return error;
}

Case open_case(const Context& context, const std::vector<Requirement>& requirements, PortfolioProject claim) {
    Case opened{.claim = std::move(claim)};
    opened.report = {.id = opened.claim.id, .folder = opened.claim.folder};
    auto& report = opened.report;
    if (!demands(context.index, requirements, opened.claim.id)) {
        report.standing = report::Standing::not_demanded;
        report.verdict = checks::Verdict::skipped;
        if (opened.claim.id.empty()) {
            report.message = told(unnamed(context, opened.claim));
        }
        return opened;
    }
    // The id is a claim: only one that our own index has comes near a path.
    if (!context.index.projects.contains(opened.claim.id)) {
        report = not_judged(std::move(report),
                            opened.claim.id.empty()
                                ? unnamed(context, opened.claim)
                                : library::no_such("project", opened.claim.id, context.index.projects.ids()));
        return opened;
    }
    auto project = library::load_project(context.content, opened.claim.id);
    if (!project) {
        report = not_judged(std::move(report), project.error());
        return opened;
    }
    report.title = project->title;
    report.version = project->version;
    if (project->status == library::ProjectStatus::planned) {
        report =
            not_judged(std::move(report), {ErrorKind::usage, "this project is planned: it has no checks yet", {}, {}});
        return opened;
    }
    auto copy = take_sources(*project, opened.claim.path);
    if (!copy) {
        report = not_judged(std::move(report), copy.error());
        return opened;
    }
    opened.copy = std::move(*copy);
    opened.project = std::move(*project);
    return opened;
}

// As an annotation names it, where no repository tells: from where we stood, or in full.
std::string seen_from(const fs::path& folder, const fs::path& path) {
    const auto relative = path.lexically_normal().lexically_relative(folder.lexically_normal()).generic_string();
    if (relative == "." || relative.empty()) {
        return {};
    }
    return relative.starts_with("..") ? path.lexically_normal().generic_string() : relative;
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
        portfolio.seed = hash64(*portfolio.commit) % typeable_seeds;
        portfolio.seed_from = "the commit";
        return;
    }
    std::string content;
    for (const auto& one : cases) {
        content += one.claim.id + '\0' + (one.copy ? one.copy->content_hash : std::string()) + '\n';
    }
    portfolio.seed = hash64(content) % typeable_seeds;
    portfolio.seed_from = "the content";
}

// A marker that is gone took its project with it.
bool would_take(const std::vector<Case>& cases, std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    return name == workspace::marker_name || std::ranges::any_of(cases, [path](const Case& one) {
               const auto folder = one.claim.folder.empty() ? std::string() : one.claim.folder + '/';
               return one.copy && path.starts_with(folder) &&
                      library::any_glob_matches(one.project->sources, path.substr(folder.size()));
           });
}

}  // namespace

report::ProjectReport not_judged(report::ProjectReport report, const Error& error) {
    report.verdict = checks::Verdict::error;
    report.message = told(error);
    return report;
}

Opened open_portfolio(const Context& context, const JudgingTools& tools, const VerifyRequest& settled,
                      const std::vector<Requirement>& requirements, const fs::path& given,
                      std::vector<PortfolioProject> claims) {
    Opened opened{.path = given.is_absolute() ? given : context.folder / given, .report = {.path = given.string()}};
    if (claims.empty()) {
        opened.report.message = "there is no project folder in it";
    }
    std::vector<std::string> taken;
    std::vector<std::string> markers;  // they say what was taken for which project
    std::vector<std::string> untouched;
    for (auto& claim : claims) {
        const auto& one = opened.cases.emplace_back(open_case(context, requirements, std::move(claim)));
        for (const auto& file : one.copy ? one.copy->sources.files : std::vector<std::string>()) {
            taken.push_back(below(one.claim.folder, file));
        }
        if (!one.copy) {
            untouched.push_back(one.claim.folder);
        }
        if (one.copy || one.claim.id.empty()) {
            markers.push_back(below(one.claim.folder, std::string(workspace::marker_name)));
        }
    }
    opened.report.left_out = left_out_of(opened.path, taken, untouched);
    markers.insert(markers.end(), taken.begin(), taken.end());
    opened.report.from_root = folder_in_repository(opened.path, context.environment, tools.processes)
                                  .value_or(seen_from(context.folder, opened.path));
    if (const auto commit = commit_of(
            opened.path, markers, [&](std::string_view path) { return would_take(opened.cases, path); },
            context.environment, tools.processes)) {
        opened.report.commit = commit->id;
        opened.report.dirty = commit->dirty;
    }
    choose_seed(settled, opened.cases, opened.report);
    return opened;
}

}  // namespace mlpath::app
