#include "app/learn/show.hpp"

#include <algorithm>
#include <utility>

#include "app/project/milestone.hpp"
#include "base/text.hpp"

namespace mlpath::app {

namespace {

void add_title(const library::Index& index, const std::string& id, std::map<std::string, std::string>& titles) {
    if (const auto* const topic = index.topics.find(id)) {
        titles[id] = topic->title;
    } else if (const auto* const project = index.projects.find(id)) {
        titles[id] = project->title;
    }
}

std::map<std::string, std::string> titles_in(const library::Stage& stage, const library::Index& index) {
    std::map<std::string, std::string> titles;
    for (const auto& entry : stage.topics) {
        add_title(index, entry.topic, titles);
    }
    for (const auto& entry : stage.projects) {
        add_title(index, entry.project, titles);
        for (const auto& alternative : entry.from) {
            add_title(index, alternative.project, titles);
        }
    }
    return titles;
}

void find_stages(const library::Curriculum& curriculum, const std::vector<library::Stage>& stages, std::string_view id,
                 std::vector<ShownStage>& found) {
    for (const auto& stage : stages) {
        if (stage.id == id) {
            found.push_back({&curriculum, &stage, {}});
        }
        find_stages(curriculum, stage.stages, id, found);
    }
}

void collect_ids(const std::vector<library::Stage>& stages, std::vector<std::string>& ids) {
    for (const auto& stage : stages) {
        ids.push_back(stage.id);
        for (const auto& goal : stage.goals) {
            ids.push_back(goal.id);
        }
        collect_ids(stage.stages, ids);
    }
}

Error nothing_named(const library::Index& index, std::string_view id) {
    std::vector<std::string> ids;
    for (auto&& more : {index.projects.ids(), index.topics.ids(), index.datasets.ids(), index.curricula.ids()}) {
        ids.insert(ids.end(), more.begin(), more.end());
    }
    for (const auto& curriculum : index.curricula) {
        collect_ids(curriculum.stages, ids);
    }
    const auto near = nearest(id, ids);
    const std::string lists = "`mlpath list projects`, `topics`, `datasets` or `curricula` shows what there is";
    return Error{ErrorKind::not_found,
                 "nothing is called `" + std::string(id) + "`",
                 {},
                 near ? "did you mean `" + *near + "`? " + lists : lists};
}

// The entry of a list whose value has the id.
template <typename Listed, typename Value>
Listed pick(std::vector<Listed> listed, Value Listed::* member, std::string_view id) {
    const auto found =
        std::find_if(listed.begin(), listed.end(), [&](const Listed& entry) { return (entry.*member)->id == id; });
    return found == listed.end() ? Listed{} : std::move(*found);
}

}  // namespace

Result<Shown> show(const library::Content& content, const library::Index& index, std::string_view named,
                   const First& first, progress::State state) {
    Shown shown;
    shown.state = std::move(state);
    bool found = false;
    const auto& renamed = index.renamed;
    if (const auto* const known = index.projects.find(renamed.now(library::IdKind::project, named))) {
        const auto& id = known->id;
        ShownProject project{pick(list_projects(index, first), &ListedProject::project, id), {}, {}, {}};
        MLPATH_TRY(project.project, library::load_project(content, renamed, id));
        for (const auto& other : index.projects) {
            const auto& needs = other.requires_projects;
            if (std::find(needs.begin(), needs.end(), id) != needs.end()) {
                project.needed_by.push_back(other.id);
            }
        }
        for (const auto& skill : project.project.skills) {
            const auto* const titled = index.skills.find(skill);
            project.skills.push_back(titled == nullptr ? skill : titled->title);
        }
        shown.project = std::move(project);
        found = true;
    }
    if (const auto* const known = index.topics.find(renamed.now(library::IdKind::topic, named))) {
        const auto& id = known->id;
        ShownTopic topic{pick(list_topics(index, first), &ListedTopic::topic, id), {}};
        MLPATH_TRY(const auto topics, library::load_topics(content));
        if (const auto* whole = topics.find(id)) {
            topic.topic = *whole;
        }
        if (const auto* const quiz = index.quizzes.find(id)) {
            topic.questions = quiz->questions.size();
            topic.katas = quiz->katas.size();
        }
        shown.topic = std::move(topic);
        found = true;
    }
    if (const auto* const known = index.datasets.find(renamed.now(library::IdKind::dataset, named))) {
        const auto& id = known->id;
        ShownDataset dataset{pick(list_datasets(index), &ListedDataset::dataset, id), {}};
        MLPATH_TRY(const auto datasets, library::load_datasets(content));
        if (const auto* whole = datasets.find(id)) {
            dataset.dataset = *whole;
        }
        shown.dataset = std::move(dataset);
        found = true;
    }
    if (const auto* const known = index.curricula.find(renamed.now(library::IdKind::curriculum, named))) {
        shown.curriculum = pick(list_curricula(index), &ListedCurriculum::curriculum, known->id);
        found = true;
    }
    for (const auto& curriculum : index.curricula) {
        find_stages(curriculum, curriculum.stages, renamed.now(library::IdKind::stage, named, curriculum.id),
                    shown.stages);
    }
    for (auto& stage : shown.stages) {
        stage.titles = titles_in(*stage.stage, index);
    }
    if (const auto goal = find_goal(index, named); goal.goal != nullptr) {
        shown.goal = ShownGoal{goal, standing_of(shown.state, goal.goal->id)};
        found = true;
    }
    if (!found && shown.stages.empty()) {
        return fail(nothing_named(index, named));
    }
    return shown;
}

namespace {

Result<library::ToldMilestone> tell(const Context& context, std::string_view project_id, std::string_view word) {
    MLPATH_TRY(const auto project, library::load_project(context.content, context.index.renamed, project_id));
    MLPATH_TRY(const auto index, find_milestone(project, word));
    return library::tell_milestone(context.content, project, index);
}

}  // namespace

Result<Shown> show(const Context& context, const ShowRequest& request) {
    MLPATH_TRY(const auto here, find_here(context));
    auto id = request.id;
    if (id.empty()) {
        MLPATH_TRY(const auto place, find_project(context, ""));
        id = place.project;
    }
    auto named = show(context.content, context.index, id, followed_curricula(context),
                      state_here(context).value_or(progress::State()));
    if (!request.milestone.empty()) {
        if (named && !named->project) {
            return fail(ErrorKind::usage, "`" + printable(id) + "` is no project, and only a project has milestones",
                        "`mlpath show " + shell_word(id) + "` shows it");
        }
        if (!named) {
            return fail(named.error());
        }
        MLPATH_TRY(auto told, tell(context, id, request.milestone));
        return Shown{.milestone = std::move(told)};
    }
    // A milestone of the project here by its id goes beside what else has that name; by its number or a beginning it is
    // meant only where nothing has that name.
    if (here.project.empty() || request.id.empty() || !context.index.projects.contains(here.project)) {
        return named;
    }
    auto told = tell(context, here.project, id);
    if (named && told && told->id == id) {
        named->milestone = std::move(*told);
    }
    if (named || !told) {
        return named;
    }
    return Shown{.milestone = std::move(*told)};
}

}  // namespace mlpath::app
