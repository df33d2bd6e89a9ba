#include "app/learn/list.hpp"

#include <memory>

#include "app/learn/goal.hpp"
#include "app/project/here.hpp"
#include "base/text.hpp"
#include "commands/all.hpp"
#include "host.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

using Rows = std::vector<std::vector<std::string>>;

void put_placed(Json& object, const app::Placed& placed) {
    put(object, "curriculum", placed.curriculum);
    put(object, "stage", placed.stage);
}

Json curricula_json(const library::Index& index) {
    auto list = Json::array();
    for (const auto& entry : app::list_curricula(index)) {
        list.push_back(Json{{"id", entry.curriculum->id},
                            {"title", entry.curriculum->title},
                            {"summary", entry.curriculum->summary},
                            {"stages", entry.stages},
                            {"topics", entry.topics},
                            {"projects", entry.projects},
                            {"ready", entry.ready}});
    }
    return list;
}

Json projects_json(const library::Index& index, const app::First& first) {
    auto list = Json::array();
    for (const auto& entry : app::list_projects(index, first)) {
        const auto& project = *entry.project;
        const bool ready = project.status == library::ProjectStatus::ready;
        Json object{{"id", project.id},
                    {"status", ready ? "ready" : "planned"},
                    {"title", project.title},
                    {"summary", project.summary}};
        if (project.hours) {
            object["hours"] = json_of(*project.hours);
        }
        object["milestones"] = project.milestones.size();
        put(object, "skills", project.skills);
        put(object, "requires", project.requires_projects);
        put(object, "datasets", project.datasets);
        put_placed(object, entry.placed);
        list.push_back(std::move(object));
    }
    return list;
}

Json datasets_json(const library::Index& index) {
    auto list = Json::array();
    for (const auto& entry : app::list_datasets(index)) {
        list.push_back(Json{{"id", entry.dataset->id},
                            {"title", entry.dataset->title},
                            {"rows", entry.dataset->rows},
                            {"bytes", entry.dataset->bytes},
                            {"license", entry.dataset->license},
                            {"projects", entry.projects}});
    }
    return list;
}

Json topics_json(const library::Index& index, const app::First& first) {
    auto list = Json::array();
    for (const auto& entry : app::list_topics(index, first)) {
        Json object{{"id", entry.topic->id}, {"title", entry.topic->title}, {"summary", entry.topic->summary}};
        if (entry.topic->hours) {
            object["hours"] = json_of(*entry.topic->hours);
        }
        put_placed(object, entry.placed);
        list.push_back(std::move(object));
    }
    return list;
}

Json goals_json(const library::Index& index, const app::First& first, const progress::State& state) {
    auto list = Json::array();
    for (const auto& entry : app::list_goals(index, first)) {
        Json object{{"id", entry.goal->id},
                    {"text", entry.goal->text},
                    {"decided_by", entry.goal->checks.empty() ? "you" : "checks"},
                    {"standing", app::to_string(app::standing_of(state, entry.goal->id))}};
        put_placed(object, entry.placed);
        list.push_back(std::move(object));
    }
    return list;
}

void write_curricula(Page& page, const library::Index& index) {
    for (const auto& entry : app::list_curricula(index)) {
        page.line(entry.curriculum->id, Tone::accent).line("  " + entry.curriculum->title);
        page.line("  " + count_of(entry.stages, "stage") + ", " + count_of(entry.topics, "topic") + ", " +
                  count_of(entry.projects, "project") + " (" + std::to_string(entry.ready) + " ready)");
    }
}

// Entries under the heading of their stage.
template <typename Listed, typename RowOf>
void write_by_stage(Page& page, const std::vector<Listed>& listed, RowOf row_of) {
    Rows rows;
    std::string heading;
    bool first = true;
    const auto flush = [&] {
        if (!rows.empty()) {
            if (!first) {
                page.line();
            }
            first = false;
            page.line(heading.empty() ? "In no curriculum" : heading, Tone::strong).table(rows, 2);
            rows.clear();
        }
    };
    for (const auto& entry : listed) {
        if (entry.placed.stage_title != heading) {
            flush();
            heading = entry.placed.stage_title;
        }
        rows.push_back(row_of(entry));
    }
    flush();
}

void write_projects(Page& page, const library::Index& index, const app::First& first) {
    write_by_stage(page, app::list_projects(index, first), [](const app::ListedProject& entry) {
        const auto& project = *entry.project;
        const bool ready = project.status == library::ProjectStatus::ready;
        return std::vector<std::string>{project.id, ready ? "ready" : "planned", project.title};
    });
    page.line().line("`mlpath show PROJECT` tells more; `mlpath new PROJECT` starts a ready one.");
}

void write_topics(Page& page, const library::Index& index, const app::First& first) {
    write_by_stage(page, app::list_topics(index, first), [](const app::ListedTopic& entry) {
        return std::vector<std::string>{entry.topic->id, entry.topic->title};
    });
    page.line().line("`mlpath show TOPIC` tells where to learn it; `mlpath done TOPIC` marks it as learned.");
}

void write_goals(Page& page, const library::Index& index, const app::First& first, const progress::State& state) {
    write_by_stage(page, app::list_goals(index, first), [&](const app::ListedGoal& entry) {
        return std::vector<std::string>{entry.goal->id,
                                        std::string(app::to_string(app::standing_of(state, entry.goal->id))),
                                        entry.goal->checks.empty() ? "you say" : "checks", entry.goal->text};
    });
    page.line().line(
        "`mlpath check GOAL` judges one that has checks; `mlpath done GOAL` says of another that it is "
        "reached.");
}

void write_datasets(Page& page, const library::Index& index) {
    Rows rows;
    for (const auto& entry : app::list_datasets(index)) {
        rows.push_back({entry.dataset->id, count_of(entry.dataset->rows, "row"),
                        entry.dataset->bytes == 0 ? "made here" : human_bytes(entry.dataset->bytes),
                        entry.dataset->title});
    }
    page.table(rows);
    page.line().line("`mlpath show DATASET` tells its license and quirks; `mlpath fetch DATASET` gets it.");
}

}  // namespace

Action make_list(Options& options) {
    auto what = std::make_shared<std::string>();
    options.required_choice("WHAT", "curricula, projects, datasets, topics or goals", *what,
                            {"curricula", "projects", "datasets", "topics", "goals"});
    return [what](Host& host) -> Result<Exit> {
        MLPATH_TRY(const auto context, host.context());
        const auto* const index = &context.index;
        const auto first = app::followed_curricula(context);
        if (host.json()) {
            auto list = *what == "curricula"  ? curricula_json(*index)
                        : *what == "projects" ? projects_json(*index, first)
                        : *what == "datasets" ? datasets_json(*index)
                        : *what == "goals"
                            ? goals_json(*index, first, app::state_here(context).value_or(progress::State()))
                            : topics_json(*index, first);
            Json object;
            object["format"] = 1;
            object[*what] = std::move(list);
            host.print(std::move(object));
            return Exit::done;
        }
        Page page(host.out_terminal());
        if (*what == "curricula") {
            write_curricula(page, *index);
        } else if (*what == "projects") {
            write_projects(page, *index, first);
        } else if (*what == "datasets") {
            write_datasets(page, *index);
        } else if (*what == "goals") {
            write_goals(page, *index, first, app::state_here(context).value_or(progress::State()));
        } else {
            write_topics(page, *index, first);
        }
        host.print(page);
        return Exit::done;
    };
}

}  // namespace mlpath::cli
