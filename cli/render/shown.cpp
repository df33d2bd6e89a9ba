#include "render/shown.hpp"

#include "base/text.hpp"
#include "render/prose.hpp"
#include "render/words.hpp"

namespace mlpath::cli {

namespace {

constexpr std::size_t shown_label_width = 10;

void field(Page& page, std::string_view label, const std::string& text) {
    if (!text.empty()) {
        page.labelled(label, Tone::faint, text, 2, shown_label_width);
    }
}

std::string words_or_nothing(const std::optional<library::Hours>& hours) {
    return hours ? words_for(*hours) + (hours->estimate ? " (our estimate)" : "") : std::string();
}

std::string project_in_words(const std::string& id, library::ProjectStatus status) {
    return id + (status == library::ProjectStatus::ready ? "" : " (planned: it cannot be started yet)");
}

void write(Page& page, const app::ShownProject& shown) {
    const auto& project = shown.project;
    const bool ready = project.status == library::ProjectStatus::ready;
    page.line(project.title, Tone::strong).line(project.summary).line();
    field(page, "project", project_in_words(project.id, project.status));
    field(page, "stage", shown.listed.placed.stage_title);
    field(page, "roadmap", shown.listed.placed.heading == project.title ? "" : shown.listed.placed.heading);
    field(page, "takes", words_or_nothing(project.hours));
    field(page, "skills", joined(shown.skills));
    field(page, "after", joined(project.requires_projects));
    field(page, "topics", joined(project.requires_topics));
    field(page, "extends", project.extends);
    field(page, "before", joined(shown.needed_by));
    if (shown.listed.project != nullptr) {
        field(page, "data", joined(shown.listed.project->datasets));
    }
    std::vector<std::string> packages;
    for (const auto& package : project.python.packages) {
        packages.push_back(package.name());
    }
    field(page, "python", joined(packages));
    if (!project.milestones.empty()) {
        page.line().line("Milestones", Tone::strong);
        std::size_t number = 0;
        for (const auto& milestone : project.milestones) {
            page.labelled(std::to_string(++number) + ".", Tone::accent,
                          milestone.title + (milestone.goal.empty() ? "" : ": " + milestone.goal), 2, 3);
        }
    }
    if (ready) {
        page.line()
            .line("What a milestone asks in full, and what is checked:")
            .command("mlpath show " + project.id + " 1");
        page.line().line("Start it:").command("mlpath new " + project.id);
    }
}

Status write(Page& page, const library::ToldMilestone& told) {
    page.line(std::to_string(told.number) + ". " + told.title, Tone::strong).line(told.goal).line();
    field(page, "milestone", told.id + " (" + std::to_string(told.number) + " of " + std::to_string(told.of) + ")");
    field(page, "project", project_in_words(told.project, told.status));
    if (!told.task.empty()) {
        page.line();
        Page task(page.terminal());
        MLPATH_CHECK(write_prose(task, told.task));
        page.append(task);
    }
    if (!told.calls.empty()) {
        page.line().line("What we call", Tone::strong);
        for (const auto& call : told.calls) {
            page.line("  `" + call.signature + "` in `" + call.name.substr(0, call.name.find('.')) + ".py`");
            page.line("    " + call.says);
        }
    }
    if (!told.checks.empty()) {
        page.line().line("What is checked", Tone::strong);
        for (const auto& check : told.checks) {
            page.labelled("-", Tone::faint, check.says.empty() ? check.id : check.says, 2);
            for (const auto& line : check.details) {
                page.labelled("-", Tone::faint, line, 4);
            }
        }
    }
    if (!told.looks.empty()) {
        page.line().line("How to look", Tone::strong);
        for (const auto& look : told.looks) {
            page.labelled("-", Tone::faint, look, 2);
        }
    }
    if (!told.checks.empty()) {
        page.line().line("Check it:").command("mlpath check " + told.project + ' ' + std::to_string(told.number));
    }
    if (told.hints > 0) {
        page.line("If you are stuck, " + count_of(told.hints, "hint") + ", one at a time:")
            .command("mlpath hint " + told.project + " --milestone " + std::to_string(told.number));
    }
    return {};
}

void write(Page& page, const app::ShownTopic& shown) {
    const auto& topic = shown.topic;
    page.line(topic.title, Tone::strong).line(topic.summary).line();
    field(page, "topic", topic.id);
    field(page, "stage", shown.listed.placed.stage_title);
    field(page, "roadmap", shown.listed.placed.heading == topic.title ? "" : shown.listed.placed.heading);
    field(page, "takes", words_or_nothing(topic.hours));
    field(page, "after", joined(topic.requires_topics));
    if (!topic.subtopics.empty()) {
        field(page, "covers", joined(topic.subtopics, "; "));
    }
    if (!topic.resources.empty()) {
        page.line().line("Where to learn it", Tone::strong);
        for (const auto& resource : topic.resources) {
            page.line("  " + resource.title + " (" + resource.kind + ")");
            if (!resource.url.empty()) {
                page.link(resource.url, 4);
            }
        }
    }
    page.line();
    if (shown.katas > 0) {
        page.line("To practice, " + count_of(shown.katas, "function") + " of a few lines:")
            .command("mlpath kata " + topic.id);
    }
    if (shown.questions > 0) {
        page.line("To show that you know it, " + count_of(shown.questions, "question") + " in all:")
            .command("mlpath quiz " + topic.id);
    } else {
        page.line("When you know it:").command("mlpath done " + topic.id);
    }
}

void write(Page& page, const app::ShownDataset& shown) {
    const auto& dataset = shown.dataset;
    page.line(dataset.title, Tone::strong).line();
    field(page, "dataset", dataset.id);
    field(page, "rows", std::to_string(dataset.rows));
    field(page, "license", dataset.license + (dataset.redistribute ? "" : " (do not put the files into a repository)"));
    field(page, "cite", dataset.citation);
    field(page, "used by", joined(shown.listed.projects));
    for (const auto& file : dataset.files) {
        field(page, "file",
              file.name + (file.sources.empty() ? "" : " (" + human_bytes(file.sources.front().bytes) + ")"));
    }
    if (!dataset.quirks.empty()) {
        page.line().line("Worth knowing", Tone::strong);
        for (const auto& quirk : dataset.quirks) {
            page.labelled("-", Tone::faint, quirk, 2);
        }
    }
    if (!dataset.is_hosted()) {
        page.line().line("Nobody hosts it: what a script of the library makes is the dataset.");
    }
    page.line().line("Get it:").command("mlpath fetch " + dataset.id);
    if (dataset.is_hosted() && dataset.synthetic) {
        page.line("Or data of its shape, without a network:").command("mlpath fetch " + dataset.id + " --synthetic");
    }
}

void write_stage_line(Page& page, const library::Stage& stage, std::size_t indent) {
    auto text = app::heading_of(stage);
    if (stage.length) {
        text += " (" + words_for(*stage.length) + ")";
    }
    page.labelled(stage.id, Tone::accent, text, indent, shown_label_width);
    for (const auto& inner : stage.stages) {
        write_stage_line(page, inner, indent + 2);
    }
}

void write(Page& page, const app::ListedCurriculum& listed) {
    page.line(listed.curriculum->title, Tone::strong).line(listed.curriculum->summary).line();
    for (const auto& stage : listed.curriculum->stages) {
        write_stage_line(page, stage, 2);
    }
    page.line().line("Follow it:").command("mlpath init --curriculum " + listed.curriculum->id);
}

using Rows = std::vector<std::vector<std::string>>;

// The roadmap's own heading, or the title of what it names.
std::string name_of(const app::ShownStage& shown, const std::string& id, const std::string& heading) {
    const auto title = shown.titles.find(id);
    return heading.empty() && title != shown.titles.end() ? title->second : heading;
}

void add_entry(Rows& rows, const app::ShownStage& shown, const library::ProjectRef& entry, const std::string& blanks) {
    if (!entry.project.empty()) {
        rows.push_back({blanks + entry.project,
                        name_of(shown, entry.project, entry.heading) + (entry.optional ? " (optional)" : "")});
        return;
    }
    rows.push_back({"choose " + std::to_string(entry.choose) + " of", entry.heading});
    for (const auto& alternative : entry.from) {
        add_entry(rows, shown, alternative, blanks + "  ");
    }
}

// "proved", "said, not proved", "open; its checks decide": what is known of it, and who decides.
std::string standing_in_words(const library::Goal& goal, app::GoalStanding standing) {
    switch (standing) {
        case app::GoalStanding::proved: return "proved";
        case app::GoalStanding::said: return "said, not proved";
        case app::GoalStanding::open: return goal.checks.empty() ? "open, you say when" : "open, checks decide";
    }
    return "";
}

void write(Page& page, const app::ShownGoal& shown) {
    const auto& goal = *shown.found.goal;
    page.line(goal.text, Tone::strong).line();
    field(page, "goal", goal.id);
    field(page, "stage", app::heading_of(*shown.found.stage) + " of `" + shown.found.curriculum->id + "`");
    field(page, "standing", standing_in_words(goal, shown.standing));
    if (goal.checks.empty()) {
        page.line().line("No machine can decide it. When you have reached it:").command("mlpath done " + goal.id);
        return;
    }
    page.line().line("Checked in your workspace", Tone::strong);
    for (const auto& check : goal.checks) {
        page.labelled("-", Tone::faint, check.says, 2);
    }
    page.line().line("See whether it holds:").command("mlpath check " + goal.id);
}

void write(Page& page, const app::ShownStage& shown, const progress::State& state) {
    const auto& stage = *shown.stage;
    page.line(app::heading_of(stage), Tone::strong).line(stage.goal).line();
    field(page, "stage", stage.id + " of `" + shown.curriculum->id + "`");
    field(page, "takes", stage.length ? words_for(*stage.length) : std::string());
    field(page, "after", joined(stage.requires_stages));
    if (!stage.topics.empty()) {
        page.line().line("To learn", Tone::strong);
        Rows rows;
        for (const auto& entry : stage.topics) {
            rows.push_back(
                {entry.topic, name_of(shown, entry.topic, entry.heading) + (entry.optional ? " (optional)" : "")});
        }
        page.table(rows, 2);
    }
    Rows core;
    Rows more;
    for (const auto& entry : stage.projects) {
        add_entry(stage.is_core(entry) ? core : more, shown, entry, "");
    }
    if (!core.empty()) {
        page.line().line("To build", Tone::strong).table(core, 2);
    }
    if (!more.empty()) {
        page.line().line("More practice, when you like", Tone::strong).table(more, 2);
    }
    if (!stage.goals.empty()) {
        page.line().line("To reach", Tone::strong);
        Rows rows;
        for (const auto& goal : stage.goals) {
            rows.push_back({goal.id, standing_in_words(goal, app::standing_of(state, goal.id)), goal.text});
        }
        page.table(rows, 2);
    }
}

}  // namespace

Status write_shown(Page& page, const app::Shown& shown) {
    const auto apart = [&page] {
        if (!page.empty()) {
            page.line();
        }
    };
    if (shown.milestone) {
        MLPATH_CHECK(write(page, *shown.milestone));
    }
    if (shown.project) {
        apart();
        write(page, *shown.project);
    }
    if (shown.curriculum) {
        apart();
        write(page, *shown.curriculum);
    }
    for (const auto& stage : shown.stages) {
        apart();
        write(page, stage, shown.state);
    }
    if (shown.goal) {
        apart();
        write(page, *shown.goal);
    }
    if (shown.topic) {
        apart();
        write(page, *shown.topic);
    }
    if (shown.dataset) {
        apart();
        write(page, *shown.dataset);
    }
    return {};
}

}  // namespace mlpath::cli
