// Meaning of a curriculum: ids, references, choices, and stages that wait for each other.
#include <algorithm>

#include "library/cycles.hpp"
#include "library/draft.hpp"
#include "library/lint_patterns.hpp"

namespace mlpath::library {

namespace {

class CurriculumCheck {
public:
    CurriculumCheck(Draft& draft, const json::Document& document,
                    std::unordered_map<std::string, std::string>& goal_places)
        : m_draft(draft), m_document(document), m_goal_places(goal_places) {}

    void run(const Curriculum& curriculum) {
        lint_length(curriculum.length, "");
        for (std::size_t i = 0; i < curriculum.stages.size(); ++i) {
            collect(curriculum.stages[i], json::pointer_to("/stages", i), nothing);
        }
        for (std::size_t i = 0; i < m_stages.size(); ++i) {
            lint_stage(i);
        }
        lint_cycles();
    }

private:
    static constexpr std::size_t nothing = static_cast<std::size_t>(-1);
    struct Place {
        const Stage* stage = nullptr;
        std::string pointer{};
        std::size_t parent = nothing;
    };

    void collect(const Stage& stage, const std::string& pointer, std::size_t parent) {
        const auto index = m_stages.size();
        m_stages.push_back({&stage, pointer, parent});
        if (const auto [known, fresh] = m_places.emplace(stage.id, index); !fresh) {
            m_draft.error(m_document, pointer + "/id",
                          "the stage id `" + stage.id + "` is taken: line " +
                              std::to_string(m_document.line_of(m_stages[known->second].pointer)) + " has it too");
        }
        m_ids.add(stage.id);
        for (std::size_t i = 0; i < stage.stages.size(); ++i) {
            collect(stage.stages[i], json::pointer_to(pointer + "/stages", i), index);
        }
    }

    void lint_length(const std::optional<Length>& length, const std::string& pointer) {
        if (length && !length->ongoing && length->min > length->max) {
            m_draft.error(m_document, pointer + "/length", "`min` is greater than `max`");
        }
    }

    void lint_stage(std::size_t index) {
        const auto& stage = *m_stages[index].stage;
        const auto& pointer = m_stages[index].pointer;
        lint_length(stage.length, pointer);
        for (std::size_t i = 0; i < stage.requires_stages.size(); ++i) {
            m_draft.refer(m_document, json::pointer_to(pointer + "/requires", i), "stage", stage.requires_stages[i],
                          m_ids);
        }
        std::set<std::string> topics;
        for (std::size_t i = 0; i < stage.topics.size(); ++i) {
            const auto at = json::pointer_to(pointer + "/topics", i) + "/topic";
            m_draft.refer(m_document, at, "topic", stage.topics[i].topic, m_draft.topics);
            if (!topics.insert(stage.topics[i].topic).second) {
                m_draft.error(m_document, at, "the topic `" + stage.topics[i].topic + "` is in this stage twice");
            }
        }
        std::set<std::string> projects;
        for (std::size_t i = 0; i < stage.projects.size(); ++i) {
            lint_entry(stage.projects[i], json::pointer_to(pointer + "/projects", i), projects);
        }
        for (std::size_t i = 0; i < stage.goals.size(); ++i) {
            lint_goal(stage.goals[i], json::pointer_to(pointer + "/goals", i));
        }
        if (stage.topics.empty() && stage.projects.empty() && stage.goals.empty() && stage.stages.empty()) {
            m_draft.warning(m_document, pointer, "the stage `" + stage.id + "` has nothing to learn or to build");
        }
    }

    void lint_entry(const ProjectRef& entry, const std::string& pointer, std::set<std::string>& seen) {
        if (entry.from.empty()) {
            lint_project_named(entry.project, pointer + "/project", seen);
            return;
        }
        if (!entry.project.empty()) {
            m_draft.error(m_document, pointer + "/project", "an entry is either a `project` or a choice `from` some");
        }
        if (static_cast<std::size_t>(std::max(entry.choose, 0)) > entry.from.size()) {
            m_draft.error(m_document, pointer + "/choose",
                          "`choose` is " + std::to_string(entry.choose) + ", and `from` has only " +
                              std::to_string(entry.from.size()));
        }
        for (std::size_t i = 0; i < entry.from.size(); ++i) {
            lint_project_named(entry.from[i].project, json::pointer_to(pointer + "/from", i) + "/project", seen);
        }
    }

    void lint_project_named(const std::string& id, const std::string& pointer, std::set<std::string>& seen) {
        m_draft.refer(m_document, pointer, "project", id, m_draft.projects);
        if (m_draft.status_of_project(id) == ProjectStatus::planned) {
            m_draft.faults.push_back(
                {Severity::planned, m_document.place_of(pointer), "the project `" + id + "` is not there yet", {}});
        }
        if (!seen.insert(id).second) {
            m_draft.error(m_document, pointer, "the project `" + id + "` is in this stage twice");
        }
    }

    void lint_goal(const Goal& goal, const std::string& pointer) {
        const auto place = m_document.file + ':' + std::to_string(m_document.line_of(pointer));
        if (const auto [known, fresh] = m_goal_places.emplace(goal.id, place); !fresh) {
            m_draft.error(m_document, pointer + "/id",
                          "the goal id `" + goal.id + "` is taken: " + known->second + " has it too",
                          "the journal knows a goal by its id alone, so it is unique among all curricula");
        }
        std::set<std::string> ids;
        for (std::size_t i = 0; i < goal.checks.size(); ++i) {
            const auto at = json::pointer_to(pointer + "/checks", i);
            if (!ids.insert(goal.checks[i].id).second) {
                m_draft.error(m_document, at + "/id", "the check id `" + goal.checks[i].id + "` is in this goal twice");
            }
            lint_patterns(m_draft, m_document, at, goal.checks[i]);
        }
    }

    // A stage waits for those that it requires, and for those inside it; what is inside waits for what the outer one
    // requires.
    void lint_cycles() {
        Graph graph(m_stages.size());
        std::vector<std::string> names;
        for (std::size_t i = 0; i < m_stages.size(); ++i) {
            names.push_back(m_stages[i].stage->id);
            for (const auto& required : m_stages[i].stage->requires_stages) {
                if (const auto found = m_places.find(required); found != m_places.end()) {
                    graph[i].push_back(found->second);
                }
            }
        }
        for (std::size_t i = 0; i < m_stages.size(); ++i) {
            if (const auto parent = m_stages[i].parent; parent != nothing) {
                // Parents come first in the list, so theirs are complete.
                const auto inherited = graph[parent];
                for (const auto required : inherited) {
                    if (m_stages[required].parent != parent) {
                        graph[i].push_back(required);
                    }
                }
            }
        }
        for (std::size_t i = 0; i < m_stages.size(); ++i) {
            if (m_stages[i].parent != nothing) {
                graph[m_stages[i].parent].push_back(i);
            }
        }
        for (const auto& cycle : find_cycles(graph)) {
            m_draft.error(m_document, m_stages[cycle.front()].pointer,
                          "stages wait for each other: " + spell_cycle(cycle, names),
                          "a stage also waits for the stages inside it");
        }
    }

    Draft& m_draft;
    const json::Document& m_document;
    std::unordered_map<std::string, std::string>& m_goal_places;
    std::vector<Place> m_stages{};
    std::unordered_map<std::string, std::size_t> m_places{};
    KnownIds m_ids{};
};

}  // namespace

void lint_curriculum(Draft& draft, const Curriculum& curriculum, const json::Document& document,
                     std::unordered_map<std::string, std::string>& goal_places) {
    CurriculumCheck(draft, document, goal_places).run(curriculum);
    lint_core(draft, curriculum, document);
}

}  // namespace mlpath::library
