// Meaning of topics, skills and datasets.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "library/cycles.hpp"
#include "library/draft.hpp"
#include "library/paths.hpp"

namespace mlpath::library {

namespace {

bool in_order(const std::optional<Hours>& hours) { return !hours || hours->min <= hours->max; }

// What it requires, as places in the catalog; nothing of what is none of its topics, or of another library.
std::vector<std::size_t> required_by(const Topic& topic, const Catalogue<Topic>& topics) {
    std::vector<std::size_t> places;
    places.reserve(topic.requires_topics.size());
    for (const auto& required : topic.requires_topics) {
        if (const auto place = topics.place_of(required)) {
            places.push_back(*place);
        }
    }
    return places;
}

void check_topic_cycles(Draft& draft, const Graph& graph) {
    const auto cycles = find_cycles(graph);
    const auto names = cycles.empty() ? std::vector<std::string>{} : draft.library.topics.ids();
    for (const auto& cycle : cycles) {
        draft.error(draft.topics_document, draft.pointer_of_topic(names[cycle.front()]) + "/requires",
                    "topics wait for each other: " + spell_cycle(cycle, names), "remove one of these requirements");
    }
}

void check_file(Draft& draft, const DatasetFile& file, const std::string& pointer) {
    if (file.table && !file.table->header && file.table->columns.empty()) {
        draft.error(draft.datasets_document, pointer + "/table",
                    "a table without a header needs the names of its columns");
    }
    if (file.archive) {
        const auto& members = file.archive->members;
        for (std::size_t m = 0; m < members.size(); ++m) {
            if (const auto fault = path_fault(members[m])) {
                draft.error(draft.datasets_document, json::pointer_to(pointer + "/archive/members", m), *fault);
            }
        }
    }
}

}  // namespace

void lint_hours(Draft& draft, const json::Document& document, const std::string& pointer,
                const std::optional<Hours>& hours) {
    if (!in_order(hours)) {
        draft.error(document, pointer + "/hours", "`min` is greater than `max`");
    }
}

void refer_to_skills(Draft& draft, const json::Document& document, const std::string& pointer,
                     const std::vector<std::string>& skills) {
    for (std::size_t i = 0; i < skills.size() && draft.skills; ++i) {
        draft.refer(document, json::pointer_to(pointer + "/skills", i), "skill", skills[i], *draft.skills);
    }
}

void lint_topics(Draft& draft) {
    Graph graph;
    graph.reserve(draft.library.topics.size());
    for (const auto& topic : draft.library.topics) {
        const auto& required = graph.emplace_back(required_by(topic, draft.library.topics));
        if (in_order(topic.hours) && (!draft.skills || draft.skills->has_all(topic.skills)) &&
            (required.size() == topic.requires_topics.size() || draft.topics.has_all(topic.requires_topics))) {
            continue;  // nearly each: there is nothing to tell, and no place to look up
        }
        const auto pointer = draft.pointer_of_topic(topic.id);
        lint_hours(draft, draft.topics_document, pointer, topic.hours);
        refer_to_skills(draft, draft.topics_document, pointer, topic.skills);
        for (std::size_t i = 0; i < topic.requires_topics.size(); ++i) {
            draft.refer(draft.topics_document, json::pointer_to(pointer + "/requires", i), "topic",
                        topic.requires_topics[i], draft.topics);
        }
    }
    check_topic_cycles(draft, graph);
}

void lint_skills(Draft& draft) {
    if (has_errors(draft.faults)) {
        return;  // what teaches it may be what could not be read
    }
    std::set<std::string_view> taught;
    for (const auto& topic : draft.library.topics) {
        taught.insert(topic.skills.begin(), topic.skills.end());
    }
    for (const auto& project : draft.library.projects) {
        taught.insert(project.skills.begin(), project.skills.end());
    }
    for (const auto& skill : draft.library.skills) {
        if (!taught.contains(skill.id)) {
            draft.warning(draft.skills_document, draft.pointer_of_skill(skill.id),
                          "no topic and no project teaches `" + skill.id + "`");
        }
    }
}

void lint_datasets(Draft& draft) {
    const std::string scripts = "curricula/synthetic/";
    const auto listed = draft.content().list(scripts);
    std::set<std::string> there;
    if (listed) {
        there.insert(listed->begin(), listed->end());
    }
    for (const auto& dataset : draft.library.datasets) {
        const auto pointer = draft.pointer_of_dataset(dataset.id);
        const bool has_script = there.erase(scripts + dataset.id + ".py") > 0;
        if (dataset.synthetic && !has_script) {
            draft.error(draft.datasets_document, pointer + "/synthetic",
                        "there is no " + scripts + dataset.id + ".py that makes it",
                        "write it (curricula/FORMAT.md, Synthetic data), or remove `synthetic`");
        } else if (!dataset.synthetic && has_script) {
            draft.error(draft.datasets_document, pointer,
                        scripts + dataset.id + ".py makes synthetic data, and `synthetic` does not say with which seed",
                        "add `synthetic` (curricula/FORMAT.md, Synthetic data), or remove the script");
        }
        std::set<std::string_view> names;
        for (std::size_t f = 0; f < dataset.files.size(); ++f) {
            const auto& file = dataset.files[f];
            const auto at = json::pointer_to(pointer + "/files", f);
            if (!names.insert(file.name).second) {
                draft.error(draft.datasets_document, at + "/name",
                            "two files of `" + dataset.id + "` are named `" + file.name + "`");
            }
            check_file(draft, file, at);
            if (file.sources.empty() && !dataset.synthetic) {
                draft.error(draft.datasets_document, at, "nobody could get `" + file.name + "`: it has no `sources`",
                            "say where it is, or how `synthetic` data make it");
            } else if (file.sources.empty() == dataset.is_hosted()) {
                draft.error(draft.datasets_document, at,
                            "some files of `" + dataset.id + "` have `sources` and others have none",
                            "a dataset is fetched as a whole, or made as a whole");
            }
        }
    }
    const bool all_read = !has_errors(draft.faults);  // else its dataset may be what could not be read
    for (const auto& script : there) {
        if (all_read && script.ends_with(".py")) {
            draft.file_error(script, 0, "no dataset of curricula/datasets.json is made by it",
                             "its name is the id of one");
        }
    }
}

}  // namespace mlpath::library
