#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "library/check_lint.hpp"
#include "library/cycles.hpp"
#include "library/paths.hpp"
#include "library/project_lint.hpp"

namespace mlpath::library {

void ProjectLint::references() {
    const auto& p = m_project;
    lint_hours(m_draft, m_document, "", p.hours);
    refer_to_skills(m_draft, m_document, "", p.skills);
    for (std::size_t i = 0; i < p.requires_projects.size(); ++i) {
        m_draft.refer(m_document, json::pointer_to("/requires/projects", i), "project", p.requires_projects[i],
                      m_draft.projects);
    }
    for (std::size_t i = 0; i < p.requires_topics.size(); ++i) {
        m_draft.refer(m_document, json::pointer_to("/requires/topics", i), "topic", p.requires_topics[i],
                      m_draft.topics);
    }
    for (std::size_t i = 0; i < p.satisfies.size(); ++i) {
        const auto at = json::pointer_to("/satisfies", i);
        m_draft.refer(m_document, at, "project", p.satisfies[i], m_draft.projects);
        if (!m_draft.guest().empty() && !belongs_to(p.satisfies[i], m_draft.guest())) {
            error(at, "a project of `" + m_draft.guest() + "` cannot stand in for `" + p.satisfies[i] + "`",
                  "what a library satisfies is its own");
        }
        if (p.satisfies[i] == p.id) {
            error(at, "a project always satisfies itself", "remove it");
        }
    }
    if (!p.extends.empty()) {
        m_draft.refer(m_document, "/extends", "project", p.extends, m_draft.projects);
    }
    if (const auto& group = p.python.environment; !group.empty()) {
        m_draft.refer(m_document, "/python/environment", "environment", group, m_draft.environments);
        const auto* const pins = m_draft.pins(group);
        if (const auto lacks = pins == nullptr ? std::nullopt : lacking(*pins, p.python.packages)) {
            error("/python/environment", "the environment `" + group + "` " + *lacks,
                  "name another, or add it to `packages` there and run `scripts/pins " + group + "`");
        }
    }
    std::vector<std::string> known;
    std::ranges::transform(p.milestones, std::back_inserter(known), &Milestone::id);
    for (std::size_t i = 0; i < p.python.packages.size(); ++i) {
        for (const auto& named : p.python.packages[i].milestones) {
            if (std::ranges::find(known, named) == known.end()) {
                const auto meant = nearest(named, known);
                error(json::pointer_to("/python/packages", i) + "/milestones",
                      "the project has no milestone `" + named + "`", meant ? "did you mean `" + *meant + "`?" : "");
            }
        }
    }
}

void ProjectLint::data() {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < m_project.data.size(); ++i) {
        const auto& entry = m_project.data[i];
        const auto pointer = json::pointer_to("/data", i);
        if (!ids.insert(entry.id).second) {
            error(pointer + "/id", "the data id `" + entry.id + "` appears twice");
        }
        data_entry(entry, pointer);
    }
}

void ProjectLint::data_entry(const DataEntry& entry, const std::string& pointer) {
    data_origin(entry, pointer);
    if (!entry.split) {
        laid_path(entry.to, pointer + "/to");
        if (!entry.train.empty()) {
            error(pointer + "/train", "`train` is laid only by a `split`");
        }
        if (!entry.test.empty()) {
            error(pointer + "/test", "`test` is laid only by a `split`");
        }
        return;
    }
    if (!entry.to.empty()) {
        error(pointer + "/to", "data with a `split` is laid at `train` and `test`, not at `to`", "remove `to`");
    }
    laid_path(entry.train, pointer + "/train");
    laid_path(entry.test, pointer + "/test");
    split_spec(entry, pointer);
}

void ProjectLint::data_origin(const DataEntry& entry, const std::string& pointer) {
    if (!entry.bundled.empty()) {
        if (!entry.dataset.empty()) {
            error(pointer + "/dataset", "data is either `bundled` or from a `dataset`");
        }
        if (const auto fault = path_fault(entry.bundled)) {
            error(pointer + "/bundled", *fault);
        } else if (!m_files.has_file(entry.bundled) && !m_files.has_folder(entry.bundled)) {
            error(pointer + "/bundled", "the template has no `" + entry.bundled + "`",
                  m_draft.guess(entry.bundled, m_files.files));
        }
        return;
    }
    m_draft.refer(m_document, pointer + "/dataset", "dataset", entry.dataset, m_draft.datasets);
    const auto* dataset = m_draft.dataset(entry.dataset);
    if (dataset != nullptr && !dataset_has(*dataset, entry.file)) {
        const auto names = names_in(*dataset);
        const auto meant = m_draft.guess(entry.file, names);
        error(pointer + "/file", "the dataset `" + entry.dataset + "` has no `" + entry.file + "`",
              meant.empty() ? "it has " + list_of(names) : meant);
    }
}

void ProjectLint::laid_path(const std::string& path, const std::string& pointer) {
    if (const auto fault = path_fault(path)) {
        error(pointer, *fault);
        return;
    }
    if (!m_laid.insert(path).second) {
        error(pointer, "two data are laid at `" + path + "`");
    }
    if (any_glob_matches(m_project.sources, path)) {
        error(pointer, "`" + path + "` is data, and one of the `sources` takes it for the learner's work",
              "lay it below a folder such as data/");
    }
}

void ProjectLint::split_spec(const DataEntry& entry, const std::string& pointer) {
    const auto& split = *entry.split;
    const auto dropped = [&](const std::string& column) {
        return std::ranges::find(split.drop, column) != split.drop.end();
    };
    if (dropped(split.target)) {
        error(pointer + "/split/drop", "the target `" + split.target + "` is dropped, so nobody can learn it");
    }
    if (split.method != SplitMethod::grouped && !split.group.empty()) {
        error(pointer + "/split/group", "`group` is only for the method `grouped`");
    }
    if (split.method != SplitMethod::chronological && !split.time.empty()) {
        error(pointer + "/split/time", "`time` is only for the method `chronological`");
    }
    const auto* dataset = m_draft.dataset(entry.dataset);
    const DatasetFile* file = nullptr;
    for (std::size_t i = 0; dataset != nullptr && i < dataset->files.size(); ++i) {
        file = dataset->files[i].name == entry.file ? &dataset->files[i] : file;
    }
    if (file == nullptr || !file->table || file->table->columns.empty()) {
        return;
    }
    const auto& columns = file->table->columns;
    const auto known = [&](const std::string& column, const std::string& at) {
        if (!column.empty() && std::ranges::find(columns, column) == columns.end()) {
            error(at, "`" + entry.file + "` has no column `" + column + "`", "its columns are " + list_of(columns));
        }
    };
    known(split.target, pointer + "/split/target");
    known(split.group, pointer + "/split/group");
    known(split.time, pointer + "/split/time");
    for (std::size_t i = 0; i < split.drop.size(); ++i) {
        known(split.drop[i], json::pointer_to(pointer + "/split/drop", i));
    }
    for (std::size_t i = 0; i < split.ignore.size(); ++i) {
        known(split.ignore[i], json::pointer_to(pointer + "/split/ignore", i));
    }
}

void ProjectLint::sources_and_calls() {
    for (std::size_t i = 0; i < m_project.sources.size(); ++i) {
        if (const auto fault = path_fault(m_project.sources[i])) {
            error(json::pointer_to("/sources", i), *fault);
        }
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < m_project.calls.size(); ++i) {
        const auto& call = m_project.calls[i];
        const auto pointer = json::pointer_to("/calls", i);
        if (!names.insert(call.name).second) {
            error(pointer, "the call `" + call.name + "` appears twice");
        }
        const auto module = call.name.substr(0, call.name.find('.'));
        if (!any_glob_matches(m_project.sources, module + ".py") &&
            !any_glob_matches(m_project.sources, module + "/__init__.py")) {
            error(pointer, "no source of the learner can be the module `" + module + "`",
                  "a glob in `sources` must match " + module + ".py");
        }
        const auto function = call.name.substr(call.name.rfind('.') + 1);
        if (call.signature.find(function) == std::string::npos) {
            error(pointer + "/signature", "the signature is of another function than `" + function + "`");
        }
    }
}

const Step* ProjectLint::step_named(const std::string& id) const {
    const auto found = std::ranges::find(m_project.steps, id, &Step::id);
    return found == m_project.steps.end() ? nullptr : &*found;
}

void ProjectLint::steps() {
    std::unordered_map<std::string, std::size_t> places;
    KnownIds known;
    for (std::size_t i = 0; i < m_project.steps.size(); ++i) {
        if (!places.emplace(m_project.steps[i].id, i).second) {
            error(json::pointer_to("/steps", i) + "/id", "the step id `" + m_project.steps[i].id + "` appears twice");
        }
        known.add(m_project.steps[i].id);
    }
    for (std::size_t i = 0; i < m_project.steps.size(); ++i) {
        const auto& step = m_project.steps[i];
        const auto pointer = json::pointer_to("/steps", i);
        for (std::size_t n = 0; n < step.needs.size(); ++n) {
            m_draft.refer(m_document, json::pointer_to(pointer + "/needs", n), "step", step.needs[n], known);
        }
        for (std::size_t w = 0; w < step.writes.size(); ++w) {
            const auto at = json::pointer_to(pointer + "/writes", w);
            if (const auto fault = path_fault(step.writes[w])) {
                error(at, *fault);
            } else if (is_glob(step.writes[w])) {
                error(at, "what a step writes is named in full, without `*`, `?` or `[`");
            } else if (m_laid.contains(step.writes[w])) {
                error(at, "`" + step.writes[w] + "` is data; a step may not write over it");
            }
        }
        lint_programs(m_draft, m_project, m_document, step.run, pointer + "/run", Json::object());
        step_predictions(step, pointer);
    }
    step_cycles(places);
}

void ProjectLint::step_predictions(const Step& step, const std::string& pointer) {
    if (!step.data.empty()) {
        lint_split_data(m_draft, m_project, m_document, step.data, pointer + "/data");
    }
    if (!step.predictions.empty() && std::ranges::find(step.writes, step.predictions) == step.writes.end()) {
        const auto meant = m_draft.guess(step.predictions, step.writes);
        error(pointer + "/predictions", "the step `" + step.id + "` does not write `" + step.predictions + "`",
              meant.empty() ? "name it in `writes`" : meant);
    }
}

void ProjectLint::step_cycles(const std::unordered_map<std::string, std::size_t>& places) {
    Graph graph(m_project.steps.size());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < m_project.steps.size(); ++i) {
        names.push_back(m_project.steps[i].id);
        for (const auto& need : m_project.steps[i].needs) {
            if (const auto found = places.find(need); found != places.end()) {
                graph[i].push_back(found->second);
            }
        }
    }
    for (const auto& cycle : find_cycles(graph)) {
        error(json::pointer_to("/steps", cycle.front()) + "/needs",
              "steps wait for each other: " + spell_cycle(cycle, names));
    }
}

void lint_project(Draft& draft, const Project& project, const ProjectDraft& files) {
    ProjectLint check(draft, project, files);
    check.references();
    check.data();
    check.sources_and_calls();
    check.steps();
    check.milestones();
}

void lint_project_cycles(Draft& draft) {
    const auto& projects = draft.library.projects;
    Graph graph(projects.size());
    std::size_t i = 0;
    for (const auto& project : projects) {
        const auto wait = [&](const std::string& id) {
            if (const auto place = projects.place_of(id)) {
                graph[i].push_back(*place);
            }
        };
        std::ranges::for_each(project.requires_projects, wait);
        wait(project.extends);
        ++i;
    }
    const auto names = projects.ids();
    for (const auto& cycle : find_cycles(graph)) {
        const auto& first = *projects.find(names[cycle.front()]);
        draft.error(draft.templates.at(first.id).document,
                    first.requires_projects.empty() ? "/extends" : "/requires/projects",
                    "projects wait for each other: " + spell_cycle(cycle, names), "remove one of these requirements");
    }
}

}  // namespace mlpath::library
