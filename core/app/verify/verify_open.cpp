#include "app/verify/verify_open.hpp"

#include "app/data/project_data.hpp"
#include "app/project/links.hpp"
#include "app/verify/verify_recall.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "library/guest.hpp"
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

// By its name: no library that is here begins its ids so. Whoever writes that into a marker only takes away from what
// counts.
bool is_of_another_library(const Context& context, std::string_view id) {
    const auto name = library::first_word(id);
    return !name.empty() && name.size() < id.size() && !library::taken_by(context.index, name);
}

// Where results are known only the hashes, so that what is unchanged need not be copied.
Status take(Opening& opening, Case& one) {
    if (opening.remembered == nullptr) {
        MLPATH_TRY(one.copy, take_sources(*one.project, one.claim.path));
        one.sources = one.copy->hashes;
        one.links = one.copy->sources.links;
        return {};
    }
    MLPATH_TRY(auto found, run::collect_sources(*one.project, one.claim.path));
    MLPATH_TRY(auto seen, opening.remembered->sources_seen(found));
    one.sources = std::move(seen.sha256);
    one.git_blobs = std::move(seen.git_blob);
    one.links = std::move(found.links);
    return {};
}

Case open_case(Opening& opening, PortfolioProject claim) {
    const auto& context = opening.context;
    Case opened{.claim = std::move(claim)};
    opened.report = {.id = opened.claim.id, .folder = opened.claim.folder};
    auto& report = opened.report;
    if (!demands(context.index, opening.requirements, opened.claim.id)) {
        report.standing = report::Standing::not_demanded;
        report.verdict = checks::Verdict::skipped;
        if (opened.claim.id.empty()) {
            report.message = told(unnamed(context, opened.claim));
        }
        return opened;
    }
    const auto known = opening.projects.find(opened.claim.id);
    if (known == opening.projects.end() && is_of_another_library(context, opened.claim.id)) {
        const auto name = std::string(library::first_word(opened.claim.id));
        report.standing = report::Standing::not_named;
        report.verdict = checks::Verdict::skipped;
        const auto meant = nearest(opened.claim.id, context.index.projects.ids());
        report.message = "no library that this command line names has it" +
                         (meant ? " (did you mean `" + *meant + "`?)" : std::string()) + "; if it is of a library `" +
                         name + "`, name that one's folder with `--library`";
        return opened;
    }
    if (known == opening.projects.end()) {
        report = not_judged(std::move(report),
                            opened.claim.id.empty()
                                ? unnamed(context, opened.claim)
                                : library::no_such("project", opened.claim.id, context.index.projects.ids()));
        return opened;
    }
    const auto& project = known->second;
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
    const auto kind = kind_in_use(context.content, *project, opened.claim.data);
    if (!kind) {
        report = not_judged(std::move(report), kind.error());
        return opened;
    }
    opened.data = report.data = *kind;
    if (*kind == library::DataKind::synthetic && opening.settled.on_synthetic == OnSynthetic::left_out) {
        report =
            not_judged(std::move(report), {ErrorKind::usage,
                                           "it was made on synthetic data, and what is proved on them counts only with "
                                           "`--allow-synthetic`",
                                           {},
                                           "on the real data it is made anew: `mlpath new " + project->id + "`"});
        return opened;
    }
    opened.project = &*project;
    if (const auto taken = take(opening, opened); !taken) {
        report = not_judged(std::move(report), taken.error());
        opened.sources.reset();
    }
    return opened;
}

// The links that may be meant as a part of the work. Of those in the place of a folder one that bears a project's name
// is, and where there is no project at all any may be.
void name_links(const Context& context, const std::vector<PortfolioProject>& claims, Opened& opened) {
    auto& report = opened.report;
    constexpr std::size_t most = 8;
    for (auto& link : links_in(opened.path, claims)) {
        const auto name = link.substr(link.rfind('/') + 1);
        const bool is_project =
            context.index.projects.contains(context.index.renamed.now(library::IdKind::project, name));
        if ((claims.empty() || is_project) && report.links.size() < most) {
            report.links.push_back(std::move(link));
        }
    }
    if (claims.empty()) {
        report.message = "there is no project folder in it";
        if (const auto links = links_in_words(opened.path); !links.empty()) {
            report.message += "; " + links;
        }
    }
    for (const auto& one : opened.cases) {
        for (const auto& link : one.links) {
            report.links.push_back(one.claim.folder.empty() ? link : one.claim.folder + '/' + link);
        }
    }
}

// The result of before, or the copy that it is judged by.
void settle_case(ProjectRecall& recall, std::uint64_t seed, Case& one) {
    if (!one.sources) {
        return;
    }
    const auto key = recall.key_of(one, *one.sources, one.claim.path, seed);
    if (key && recall.recall(*key, one)) {
        return;
    }
    auto copy = take_sources(*one.project, one.claim.path);
    if (!copy) {
        one.report = not_judged(std::move(one.report), copy.error());
        return;
    }
    one.copy = std::move(*copy);
    // What is remembered is what was copied, whatever happened to the portfolio since it was looked at.
    one.key = recall.key_of(one, one.copy->hashes, one.copy->sources.folder, seed);
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
        content += one.claim.id + '\0' + (one.sources ? content_hash(*one.sources) : std::string()) + '\n';
    }
    portfolio.seed = hash64(content) % typeable_seeds;
    portfolio.seed_from = "the content";
}

// The name that git gives to a file of the portfolio, where it need not be read for it.
std::optional<std::string> git_blob_of(Opening& opening, const Opened& portfolio, std::string_view file,
                                       std::size_t digits) {
    for (const auto& one : portfolio.cases) {
        const auto folder = one.claim.folder.empty() ? std::string() : one.claim.folder + '/';
        if (file.starts_with(folder)) {
            const auto known = one.git_blobs.find(file.substr(folder.size()));
            if (known != one.git_blobs.end() && known->second.size() == digits) {
                return known->second;
            }
        }
    }
    return opening.remembered == nullptr ? std::nullopt
                                         : opening.remembered->git_blob(portfolio.path / fs::path(file), digits);
}

// A marker that is gone took its project with it.
Expected expected_at(const std::vector<Case>& cases, std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    if (name == workspace::marker_name) {
        return Expected::project;
    }
    const bool is_source = std::ranges::any_of(cases, [path](const Case& one) {
        const auto folder = one.claim.folder.empty() ? std::string() : one.claim.folder + '/';
        return one.sources && path.starts_with(folder) &&
               library::any_glob_matches(one.project->sources, path.substr(folder.size()));
    });
    return is_source ? Expected::source : Expected::nothing;
}

}  // namespace

report::ProjectReport not_judged(report::ProjectReport report, const Error& error) {
    report.verdict = checks::Verdict::error;
    report.message = told(error);
    return report;
}

Projects load_projects(const Context& context, const std::vector<Requirement>& requirements,
                       const std::vector<Claims>& claims) {
    Projects projects;
    for (const auto& portfolio : claims) {
        for (const auto& claim : portfolio.value_or(std::vector<PortfolioProject>())) {
            // The id is a claim: only one that our own index has comes near a path.
            if (demands(context.index, requirements, claim.id) && context.index.projects.contains(claim.id) &&
                !projects.contains(claim.id)) {
                projects.emplace(claim.id, library::load_project(context.content, context.index.renamed, claim.id));
            }
        }
    }
    return projects;
}

Opened open_portfolio(Opening& opening, const fs::path& given, const Claims& claims) {
    const auto& context = opening.context;
    Opened opened{.path = given.is_absolute() ? given : context.folder / given, .report = {.path = given.string()}};
    if (!claims) {
        opened.report.reach = report::Reach::out_of_reach;
        // As it was given: a report names no folder of this machine that the command line does not.
        opened.report.message =
            replace_all(told(claims.error()), printable(opened.path.string()), printable(given.string()));
        choose_seed(opening.settled, opened.cases, opened.report);
        return opened;
    }
    std::vector<std::string> taken;
    std::vector<std::string> markers;  // they say what was taken for which project
    std::vector<std::string> untouched;
    for (const auto& claim : *claims) {
        const auto& one = opened.cases.emplace_back(open_case(opening, claim));
        for (const auto& [file, hash] : one.sources ? *one.sources : FileHashes()) {
            taken.push_back(below(one.claim.folder, file));
        }
        if (!one.sources) {
            untouched.push_back(one.claim.folder);
        }
        if (one.sources || one.claim.id.empty()) {
            markers.push_back(below(one.claim.folder, std::string(workspace::marker_name)));
        }
    }
    opened.report.left_out = left_out_of(opened.path, taken, untouched);
    name_links(context, *claims, opened);
    markers.insert(markers.end(), taken.begin(), taken.end());
    const auto place = opening.repositories.place_of(opened.path);
    opened.report.from_root = place ? place->folder : seen_from(context.folder, opened.path);
    const auto known_blob = [&](std::string_view file, std::size_t digits) {
        return git_blob_of(opening, opened, file, digits);
    };
    const auto would = [&](std::string_view path) { return expected_at(opened.cases, path); };
    if (const auto commit =
            place ? opening.repositories.commit_of(opened.path, *place, markers, would, known_blob) : std::nullopt) {
        opened.report.commit = commit->id;
        if (commit->differs != Commit::Differs::untold) {
            opened.report.dirty = commit->differs == Commit::Differs::yes;
        }
        opened.report.commit_note = commit->why;
    }
    choose_seed(opening.settled, opened.cases, opened.report);
    return opened;
}

void settle(ProjectRecall& recall, Opened& portfolio) {
    for (auto& one : portfolio.cases) {
        settle_case(recall, portfolio.report.seed, one);
    }
}

}  // namespace mlpath::app
