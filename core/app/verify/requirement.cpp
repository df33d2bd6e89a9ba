#include "app/verify/requirement.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "library/library.hpp"
#include "report/words.hpp"

namespace mlpath::app {

namespace {

bool is_ready(const library::Index& index, const std::string& id) {
    const auto* project = index.projects.find(id);
    return project != nullptr && project->status == library::ProjectStatus::ready;
}

void demand_refs(const library::Index& index, const std::vector<library::ProjectRef>& refs,
                 std::vector<Demand>& demands) {
    for (const auto& ref : refs) {
        if (ref.optional) {
            continue;
        }
        if (ref.choose == 0) {
            if (is_ready(index, ref.project)) {
                demands.push_back({{ref.project}, 1});
            }
            continue;
        }
        Demand demand;
        for (const auto& choice : ref.from) {
            if (is_ready(index, choice.project)) {
                demand.projects.push_back(choice.project);
            }
        }
        demand.needed = std::min<std::size_t>(static_cast<std::size_t>(ref.choose), demand.projects.size());
        if (demand.needed > 0) {
            demands.push_back(std::move(demand));
        }
    }
}

void demand_stage(const library::Index& index, const library::Stage& stage, std::vector<Demand>& demands) {
    demand_refs(index, stage.projects, demands);
    for (const auto& inner : stage.stages) {
        if (!inner.optional) {
            demand_stage(index, inner, demands);
        }
    }
}

const library::Stage* find_stage(const std::vector<library::Stage>& stages, std::string_view id,
                                 std::vector<std::string>& ids) {
    for (const auto& stage : stages) {
        ids.push_back(stage.id);
        if (stage.id == id) {
            return &stage;
        }
        if (const auto* inner = find_stage(stage.stages, id, ids)) {
            return inner;
        }
    }
    return nullptr;
}

// `id` is a stage's, or "curriculum/stage" where several curricula have one of that name.
Result<std::vector<Demand>> demands_of_stage(const library::Index& index, const std::string& id) {
    const auto slash = id.find('/');
    const auto name = slash == std::string::npos ? id : id.substr(slash + 1);
    std::vector<std::string> ids;
    std::vector<std::string> found_in;
    const library::Stage* found = nullptr;
    for (const auto& curriculum : index.curricula) {
        if (slash != std::string::npos &&
            curriculum.id != index.renamed.now(library::IdKind::curriculum, std::string_view(id).substr(0, slash))) {
            continue;
        }
        const std::string today(index.renamed.now(library::IdKind::stage, name, curriculum.id));
        if (const auto* stage = find_stage(curriculum.stages, today, ids)) {
            found = stage;
            found_in.push_back(curriculum.id + '/' + today);
        }
    }
    if (found == nullptr) {
        const auto near = nearest(name, ids);
        return fail(ErrorKind::usage, "there is no stage `" + printable(name) + "`",
                    near ? "did you mean `stage:" + *near + "`?" : "the stages are " + list_of(ids));
    }
    if (found_in.size() > 1) {
        return fail(ErrorKind::usage, "several curricula have a stage `" + found->id + "`",
                    "say which: stage:" + join(found_in, " or stage:"));
    }
    std::vector<Demand> demands;
    demand_stage(index, *found, demands);
    if (demands.empty()) {
        return fail(ErrorKind::usage, "stage `" + found->id + "` has no project that can be verified yet",
                    "`mlpath list projects` shows which are ready");
    }
    return demands;
}

bool counts_for(const library::Index& index, const std::string& id, const std::string& wanted) {
    if (id == wanted) {
        return true;
    }
    const auto* entry = index.projects.find(id);
    return entry != nullptr && std::ranges::find(entry->satisfies, wanted) != entry->satisfies.end();
}

bool counts_for(const library::Index& index, const std::string& id, const Demand& demand) {
    return std::ranges::any_of(demand.projects,
                               [&](const std::string& wanted) { return counts_for(index, id, wanted); });
}

// The verdict of the portfolio's best try at a project, or at one that satisfies it.
std::optional<checks::Verdict> best_verdict(const library::Index& index, const std::string& id,
                                            const report::PortfolioReport& portfolio) {
    std::optional<checks::Verdict> best;
    for (const auto& project : portfolio.projects) {
        if (counts_for(index, project.id, id) && (!best || checks::worst(*best, project.verdict) == *best)) {
            best = project.verdict;
        }
    }
    return best;
}

// Folders that do not tell which project they are.
std::vector<std::string> nameless_in(const report::PortfolioReport& portfolio) {
    std::vector<std::string> folders;
    for (const auto& project : portfolio.projects) {
        if (project.id.empty()) {
            folders.push_back(project.folder.empty() ? portfolio.path : project.folder);
        }
    }
    return folders;
}

// What became of the projects of one demand.
struct Tally {
    std::size_t passed = 0;
    std::size_t open = 0;    // could not be judged
    std::size_t absent = 0;  // not among what was brought
    std::vector<std::string> others{};
};

Tally tally_of(const library::Index& index, const Demand& demand, const report::PortfolioReport& portfolio) {
    Tally tally;
    for (const auto& id : demand.projects) {
        const auto verdict = best_verdict(index, id, portfolio);
        if (verdict == checks::Verdict::pass) {
            ++tally.passed;
            continue;
        }
        tally.absent += verdict ? 0 : 1;
        tally.open += verdict == checks::Verdict::error || verdict == checks::Verdict::skipped ? 1 : 0;
        tally.others.push_back(
            "`" + id + "` " +
            (verdict ? (*verdict == checks::Verdict::fail ? "fails" : "could not be judged") : "is not there"));
    }
    return tally;
}

report::RequirementReport judge_own(const std::string& asked, const report::PortfolioReport& portfolio) {
    // Of nothing nobody can say whose it is.
    report::RequirementReport result{
        .asked = asked, .verdict = checks::Verdict::skipped, .message = "it holds nothing that is demanded"};
    for (const auto& project : portfolio.projects) {
        if (project.standing != report::Standing::demanded) {
            continue;
        }
        if (project.authorship == report::Authorship::published) {
            return {asked, checks::Verdict::fail, "`" + project.id + "` is the published solution"};
        }
        if (project.authorship == report::Authorship::unknown) {
            result.verdict = checks::Verdict::error;
            result.message = "whose work `" + name_of(portfolio, project) + "` is could not be told";
        } else if (result.verdict == checks::Verdict::skipped) {
            result.verdict = checks::Verdict::pass;
            result.message = "all of it is the learner's own work";
        }
    }
    return result;
}

}  // namespace

Result<Requirement> parse_requirement(const library::Index& index, const std::string& text) {
    Requirement requirement{.asked = text};
    if (text == "own") {
        requirement.kind = RequirementKind::own;
        return requirement;
    }
    if (text == "all") {
        for (const auto& project : index.projects) {
            if (project.status == library::ProjectStatus::ready) {
                requirement.demands.push_back({{project.id}, 1});
            }
        }
        return requirement;
    }
    const auto colon = text.find(':');
    const auto kind = text.substr(0, colon);
    auto id = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    if (kind == "project" && !id.empty()) {
        id = std::string(index.renamed.now(library::IdKind::project, id));
        if (!index.projects.contains(id)) {
            return fail(library::no_such("project", id, index.projects.ids()));
        }
        if (!is_ready(index, id)) {
            return fail(ErrorKind::usage, "project `" + id + "` is planned: it has no checks yet",
                        "`mlpath list projects` shows which are ready");
        }
        requirement.kind = RequirementKind::project;
        requirement.demands.push_back({{id}, 1});
        return requirement;
    }
    if (kind == "stage" && !id.empty()) {
        requirement.kind = RequirementKind::stage;
        MLPATH_TRY(requirement.demands, demands_of_stage(index, id));
        return requirement;
    }
    return fail(ErrorKind::usage, "`" + printable(text) + "` cannot be required",
                "use own, all, stage:ID or project:ID");
}

bool looks_required(std::string_view text) {
    return text == "own" || text == "all" || text.starts_with("stage:") || text.starts_with("project:");
}

bool demands_projects(const std::vector<Requirement>& requirements) {
    return std::ranges::any_of(requirements,
                               [](const Requirement& asked) { return asked.kind != RequirementKind::own; });
}

bool demands(const library::Index& index, const std::vector<Requirement>& requirements, const std::string& id) {
    return !demands_projects(requirements) || std::ranges::any_of(requirements, [&](const Requirement& asked) {
        return std::ranges::any_of(asked.demands, [&](const Demand& demand) { return counts_for(index, id, demand); });
    });
}

report::Standing standing_of(const library::Index& index, const std::vector<Requirement>& requirements,
                             const report::ProjectReport& project, const report::PortfolioReport& portfolio) {
    if (!demands_projects(requirements) || project.verdict == checks::Verdict::pass) {
        return report::Standing::demanded;
    }
    for (const auto& asked : requirements) {
        for (const auto& demand : asked.demands) {
            if (counts_for(index, project.id, demand) && tally_of(index, demand, portfolio).passed < demand.needed) {
                return report::Standing::demanded;
            }
        }
    }
    return report::Standing::not_needed;
}

report::RequirementReport judge_requirement(const library::Index& index, const Requirement& requirement,
                                            const report::PortfolioReport& portfolio) {
    if (portfolio.reach == report::Reach::out_of_reach) {
        return {requirement.asked, checks::Verdict::error, "what the folder holds could not be told"};
    }
    if (requirement.kind == RequirementKind::own) {
        return judge_own(requirement.asked, portfolio);
    }
    report::RequirementReport result{.asked = requirement.asked};
    std::size_t held = 0;
    const auto nameless = nameless_in(portfolio);
    std::size_t could_be = nameless.size();  // each for one project at most
    std::vector<std::string> lacking;
    for (const auto& demand : requirement.demands) {
        const auto tally = tally_of(index, demand, portfolio);
        if (tally.passed >= demand.needed) {
            ++held;
            continue;
        }
        // What could not be judged leaves it open, where it would be enough.
        const auto known = tally.passed + tally.open;
        const auto guesses = demand.needed > known ? demand.needed - known : 0;
        const bool open = guesses <= std::min(tally.absent, could_be);
        could_be -= open ? guesses : 0;
        result.verdict = checks::worst(result.verdict, open ? checks::Verdict::error : checks::Verdict::fail);
        lacking.push_back(demand.projects.size() == 1
                              ? tally.others.front()
                              : std::to_string(tally.passed) + " of the " + std::to_string(demand.needed) +
                                    " that are to be chosen (" + join(tally.others, ", ") + ")");
    }
    // Of one demand there is no number to tell.
    const auto held_of_all = std::to_string(held) + " of " + std::to_string(requirement.demands.size()) + " hold";
    const bool single = requirement.demands.size() == 1;
    result.message = lacking.empty() ? (single ? "it holds" : held_of_all)
                                     : (single ? std::string() : held_of_all + ": ") + join(lacking, ", ");
    if (could_be < nameless.size()) {
        result.message += ", unless the folder with a broken marker is it: " + list_of(nameless);
    }
    return result;
}

}  // namespace mlpath::app
