#include "library/index.hpp"

#include <algorithm>

#include "library/references.hpp"

namespace mlpath::library {

namespace {

std::vector<std::string> datasets_of(const Project& project) {
    std::vector<std::string> ids;
    for (const auto& entry : project.data) {
        if (!entry.dataset.empty() && std::ranges::find(ids, entry.dataset) == ids.end()) {
            ids.push_back(entry.dataset);
        }
    }
    return ids;
}

IndexProject entry_of(const Project& project) {
    IndexProject entry{project.id,
                       project.version,
                       project.status,
                       project.title,
                       project.summary,
                       project.hours,
                       project.skills,
                       project.requires_projects,
                       project.requires_topics,
                       project.extends,
                       project.satisfies,
                       datasets_of(project),
                       {}};
    for (const auto& milestone : project.milestones) {
        entry.milestones.push_back({milestone.id, milestone.title, milestone.goal, milestone.checks.size()});
    }
    return entry;
}

IndexDataset entry_of(const Dataset& dataset) {
    IndexDataset entry{dataset.id, dataset.title, dataset.rows, 0, dataset.license};
    for (const auto& file : dataset.files) {
        entry.bytes += file.sources.empty() ? 0 : file.sources.front().bytes;
    }
    return entry;
}

void drop_fields(Stage& stage) {
    for (auto& goal : stage.goals) {
        for (auto& check : goal.checks) {
            check.fields = nullptr;
            check.because.clear();
            check.look.clear();
        }
    }
    std::ranges::for_each(stage.stages, drop_fields);
}

}  // namespace

bool has_question(const Index& index, std::string_view id) {
    const auto slash = std::min(id.find('/'), id.size());
    const auto* const quiz = index.quizzes.find(id.substr(0, slash));
    return quiz != nullptr && slash < id.size() &&
           std::ranges::find(quiz->questions, id.substr(slash + 1)) != quiz->questions.end();
}

Index make_index(const Library& library) {
    Index index{.renamed = renamed_in(library)};
    for (auto curriculum : library.curricula) {
        std::ranges::for_each(curriculum.stages, drop_fields);
        index.curricula.add(std::move(curriculum));
    }
    for (const auto& topic : library.topics) {
        const auto resource = topic.resources.empty() ? Resource{} : topic.resources.front();
        index.topics.add({topic.id, topic.title, topic.summary, topic.hours, topic.skills, topic.requires_topics,
                          resource.title, resource.url});
    }
    for (const auto& skill : library.skills) {
        index.skills.add(skill);
    }
    for (const auto& project : library.projects) {
        index.projects.add(entry_of(project));
    }
    for (const auto& dataset : library.datasets) {
        index.datasets.add(entry_of(dataset));
    }
    for (const auto& quiz : library.quizzes) {
        IndexQuiz entry{quiz.id, quiz.title, {}, {}};
        std::ranges::transform(quiz.questions, std::back_inserter(entry.questions), &Question::id);
        std::ranges::transform(quiz.katas, std::back_inserter(entry.katas), &Kata::id);
        index.quizzes.add(std::move(entry));
    }
    return index;
}

}  // namespace mlpath::library
