// The names of a guest: whose an id is can be read off it.
#include "library/draft.hpp"

namespace mlpath::library {

namespace {

class NameCheck {
public:
    explicit NameCheck(Draft& draft) : m_draft(draft), m_name(draft.guest()) {}

    void run() {
        if (const auto taken = taken_by(*m_draft.basis(), m_name)) {
            m_draft.file_error(std::string(manifest_name), 0,
                               "the name `" + m_name + "` is taken: `" + *taken + "` begins with it",
                               "choose another word, and begin all ids with it");
            return;  // else each id would be told as well
        }
        for (const auto& topic : m_draft.library.topics) {
            look(topic.id, m_draft.topics_document, m_draft.pointer_of_topic(topic.id));
        }
        for (const auto& skill : m_draft.library.skills) {
            look(skill.id, m_draft.skills_document, m_draft.pointer_of_skill(skill.id));
        }
        for (const auto& dataset : m_draft.library.datasets) {
            look(dataset.id, m_draft.datasets_document, m_draft.pointer_of_dataset(dataset.id));
        }
        for (const auto& curriculum : m_draft.library.curricula) {
            const auto& document = m_draft.curricula.at(curriculum.id);
            look(curriculum.id, document, "");
            goals(curriculum.stages, document, "");
        }
        for (const auto& quiz : m_draft.library.quizzes) {
            look(quiz.id, m_draft.quizzes.at(quiz.id), "");
        }
        for (const auto& [id, each] : m_draft.package_groups) {
            look(id, each.document, "");
        }
        for (const auto& project : m_draft.library.projects) {
            look(project.id, m_draft.templates.at(project.id).document, "");
        }
    }

private:
    void look(const std::string& id, const json::Document& document, const std::string& pointer) {
        if (!belongs_to(id, m_name)) {
            m_draft.error(document, pointer + "/id",
                          "the id `" + id + "` does not begin with `" + m_name + "-`, the name of its library",
                          "name it `" + m_name + '-' + id + '`');
        }
    }

    // The journal knows a goal by its id alone.
    void goals(const std::vector<Stage>& stages, const json::Document& document, const std::string& pointer) {
        for (std::size_t i = 0; i < stages.size(); ++i) {
            const auto at = json::pointer_to(pointer + "/stages", i);
            for (std::size_t g = 0; g < stages[i].goals.size(); ++g) {
                look(stages[i].goals[g].id, document, json::pointer_to(at + "/goals", g));
            }
            goals(stages[i].stages, document, at);
        }
    }

    Draft& m_draft;
    const std::string& m_name;
};

}  // namespace

void lint_names(Draft& draft) { NameCheck(draft).run(); }

}  // namespace mlpath::library
