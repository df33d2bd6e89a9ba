// Ids of before: what they mean, and that none of them means two things.
#include <functional>
#include <unordered_map>

#include "library/draft.hpp"
#include "library/references.hpp"

namespace mlpath::library {

Renamed renamed_in(const Library& library) {
    Renamed renamed;
    const auto take = [&](IdKind kind, const std::string& id, const std::vector<std::string>& aliases,
                          const std::string& within, const auto&) {
        for (const auto& before : aliases) {
            renamed.add(kind, before, id, within);
            if (kind == IdKind::topic) {
                renamed.add(IdKind::quiz, before, id);
            }
        }
    };
    const auto take_all = [&](const auto& catalogue) {
        for (const auto& value : catalogue) {
            each_named(value, take);
        }
    };
    take_all(library.curricula);
    take_all(library.topics);
    take_all(library.skills);
    take_all(library.datasets);
    take_all(library.projects);
    take_all(library.quizzes);
    return renamed;
}

namespace {

// Where in which document a value of the draft stands.
struct ValuePlace {
    const json::Document& document;
    std::string pointer{};
};
ValuePlace place_of(const Draft& draft, const Topic& topic) {
    return {draft.topics_document, draft.pointer_of_topic(topic.id)};
}
ValuePlace place_of(const Draft& draft, const Skill& skill) {
    return {draft.skills_document, draft.pointer_of_skill(skill.id)};
}
ValuePlace place_of(const Draft& draft, const Dataset& dataset) {
    return {draft.datasets_document, draft.pointer_of_dataset(dataset.id)};
}
ValuePlace place_of(const Draft& draft, const Curriculum& curriculum) { return {draft.curricula.at(curriculum.id)}; }
ValuePlace place_of(const Draft& draft, const Quiz& quiz) { return {draft.quizzes.at(quiz.id)}; }
ValuePlace place_of(const Draft& draft, const Project& project) { return {draft.templates.at(project.id).document}; }

class AliasCheck {
public:
    explicit AliasCheck(Draft& draft) : m_draft(draft) {}

    void run() {
        const auto& library = m_draft.library;
        each(library, [&](IdKind kind, const std::string& id, const auto&, const std::string& within, const auto&) {
            m_taken[key_of(kind, id, within)] = id;
        });
        each(library, [&](IdKind kind, const std::string& id, const std::vector<std::string>& aliases,
                          const std::string& within, const std::function<ValuePlace()>& place) {
            for (std::size_t i = 0; i < aliases.size(); ++i) {
                if (auto fault = fault_of(kind, id, aliases[i], within); !fault.empty()) {
                    const auto [document, pointer] = place();
                    m_draft.error(document, json::pointer_to(pointer + "/aliases", i), std::move(fault),
                                  "an id that was given up is not given to something else; choose another, or remove "
                                  "the alias");
                }
            }
        });
    }

private:
    static std::string key_of(IdKind kind, const std::string& id, const std::string& within) {
        return std::string(to_string(kind)).append(" ").append(within).append("/").append(id);
    }

    template <typename Visit>
    void each(const Library& library, const Visit& visit) {
        const auto all = [&](const auto& catalogue) {
            for (const auto& value : catalogue) {
                each_named(value, [&](IdKind kind, const std::string& id, const std::vector<std::string>& aliases,
                                      const std::string& within, const std::string& pointer) {
                    visit(kind, id, aliases, within, std::function<ValuePlace()>([&] {
                              const auto place = place_of(m_draft, value);
                              return ValuePlace{place.document, place.pointer + pointer};
                          }));
                });
            }
        };
        all(library.curricula);
        all(library.topics);
        all(library.skills);
        all(library.datasets);
        all(library.projects);
        all(library.quizzes);
    }

    // What is wrong with an id of before; empty where nothing is.
    std::string fault_of(IdKind kind, const std::string& id, const std::string& before, const std::string& within) {
        const std::string what(to_string(kind));
        if (before == id) {
            return "`" + before + "` is the id that the " + what + " has today, and an alias is one that it had before";
        }
        if (m_taken.contains(key_of(kind, before, within)) || is_in_basis(kind, before)) {
            return "there is another " + what + " `" + before + "`, so that cannot be an id that `" + id +
                   "` had before";
        }
        const auto [first, fresh] = m_before.try_emplace(key_of(kind, before, within), id);
        if (!fresh) {
            return first->second == id ? "the alias `" + before + "` appears twice"
                                       : "`" + before + "` is an alias of `" + first->second + "` already";
        }
        if (!m_draft.guest().empty() && within.empty() && !belongs_to(before, m_draft.guest())) {
            return "the alias `" + before + "` does not begin with `" + m_draft.guest() + "-`, the name of its library";
        }
        return {};
    }

    [[nodiscard]] bool is_in_basis(IdKind kind, const std::string& id) const {
        const auto* const basis = m_draft.basis();
        if (basis == nullptr) {
            return false;
        }
        switch (kind) {
            case IdKind::curriculum: return basis->curricula.contains(id);
            case IdKind::topic: return basis->topics.contains(id);
            case IdKind::skill: return basis->skills.contains(id);
            case IdKind::project: return basis->projects.contains(id);
            case IdKind::dataset: return basis->datasets.contains(id);
            case IdKind::quiz: return basis->quizzes.contains(id);
            default: return false;  // of a guest they begin with its name, or lie within something that does
        }
    }

    Draft& m_draft;
    std::unordered_map<std::string, std::string> m_taken{};   // ids of today
    std::unordered_map<std::string, std::string> m_before{};  // and whose id of today goes with one of before
};

}  // namespace

void name_all_as_today(Draft& draft) {
    auto renamed = renamed_in(draft.library);
    if (draft.basis() != nullptr) {
        renamed.add(draft.basis()->renamed);
    }
    if (renamed.empty()) {
        return;
    }
    const auto all = [&](auto& catalogue) {
        catalogue.change_each([&](auto& value) {
            each_reference(
                value, [&](IdKind kind, std::string& id, const std::string& within, const std::string& pointer) {
                    const std::string today(renamed.now(kind, id, within));
                    if (today != id) {
                        const auto place = place_of(draft, value);
                        draft.warning(
                            place.document, place.pointer + pointer,
                            "the " + std::string(to_string(kind)) + " `" + id + "` is called `" + today + "` today",
                            "write `" + today + "`; the id of before is still understood");
                        id = today;
                    }
                });
        });
    };
    all(draft.library.curricula);
    all(draft.library.topics);
    all(draft.library.projects);
    all(draft.library.quizzes);
}

void lint_aliases(Draft& draft) {
    if (!renamed_in(draft.library).empty()) {
        AliasCheck(draft).run();
    }
}

}  // namespace mlpath::library
