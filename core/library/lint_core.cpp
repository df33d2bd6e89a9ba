// The core of a stage: two or three of its own projects, which can be built without what is only more practice.
#include <algorithm>

#include "base/text.hpp"
#include "library/draft.hpp"

namespace mlpath::library {

namespace {

constexpr std::size_t least_in_core = 2;

class CoreCheck {
public:
    CoreCheck(Draft& draft, const Curriculum& curriculum, const json::Document& document)
        : m_draft(draft), m_document(document) {
        for (std::size_t i = 0; i < curriculum.stages.size(); ++i) {
            collect(curriculum.stages[i], json::pointer_to("/stages", i));
        }
    }

    void run() {
        for (const auto& place : m_places) {
            if (!place.stage->core.empty()) {
                names(place);
                count(place);
            }
            requirements(place);
        }
    }

private:
    struct Place {
        const Stage* stage = nullptr;
        std::string pointer{};
    };

    void collect(const Stage& stage, const std::string& pointer) {
        m_places.push_back({&stage, pointer});
        for (const auto& entry : stage.projects) {
            auto& known = stage.is_core(entry) || entry.optional || stage.optional ? m_not_more : m_more;
            known.insert(entry.project);
            for (const auto& choice : entry.from) {
                known.insert(choice.project);
            }
        }
        for (std::size_t i = 0; i < stage.stages.size(); ++i) {
            collect(stage.stages[i], json::pointer_to(pointer + "/stages", i));
        }
    }

    void names(const Place& place) {
        const auto& projects = place.stage->projects;
        for (std::size_t i = 0; i < place.stage->core.size(); ++i) {
            const auto& id = place.stage->core[i];
            const auto own = std::ranges::find(projects, id, &ProjectRef::project);
            const bool chosen = std::ranges::any_of(projects, [&](const ProjectRef& entry) {
                return std::ranges::find(entry.from, id, &ProjectRef::project) != entry.from.end();
            });
            const auto at = json::pointer_to(place.pointer + "/core", i);
            if (chosen) {
                m_draft.error(m_document, at, "`" + id + "` is one of a choice, which is in the core as it is",
                              "leave it out of `core`");
            } else if (own == projects.end()) {
                m_draft.error(m_document, at,
                              "`" + id + "` is in the core of `" + place.stage->id + "`, and is none of its projects");
            } else if (own->optional || place.stage->optional) {
                m_draft.error(m_document, at, "`" + id + "` is in the core, and optional",
                              "it is either the one or the other");
            }
        }
    }

    void count(const Place& place) {
        const auto& stage = *place.stage;
        const auto whole = std::ranges::count_if(
            stage.projects, [](const ProjectRef& entry) { return !entry.optional && entry.from.empty(); });
        const auto wanted = std::min(least_in_core, static_cast<std::size_t>(whole));
        if (stage.core.size() < wanted) {
            m_draft.error(m_document, place.pointer + "/core",
                          "the core of `" + stage.id + "` has " + count_of(stage.core.size(), "project") + " of " +
                              std::to_string(whole) + "; two or three make a core");
        }
    }

    // What it requires, to the end, is core somewhere, optional, or nowhere in this curriculum: then it is built by
    // the way.
    void requirements(const Place& place) {
        for (std::size_t i = 0; i < place.stage->projects.size(); ++i) {
            const auto& entry = place.stage->projects[i];
            if (entry.optional || !entry.from.empty() || !place.stage->is_core(entry)) {
                continue;
            }
            std::set<std::string_view> known;
            std::vector<std::string_view> open{entry.project};
            while (!open.empty()) {
                const std::string id(open.back());
                open.pop_back();
                for (const auto& needed : m_draft.required_by_project(id)) {
                    if (!known.insert(needed).second) {
                        continue;
                    }
                    open.push_back(needed);
                    if (m_more.contains(needed) && !m_not_more.contains(needed)) {
                        m_draft.error(
                            m_document, json::pointer_to(place.pointer + "/projects", i) + "/project",
                            "`" + entry.project + "` is in the core and requires `" + needed +
                                "`, which is only more practice here",
                            "put `" + needed + "` into the core of its stage, or let `" + id + "` require less");
                    }
                }
            }
        }
    }

    Draft& m_draft;
    const json::Document& m_document;
    std::vector<Place> m_places{};
    std::set<std::string_view> m_more{};      // somewhere more practice
    std::set<std::string_view> m_not_more{};  // somewhere in the core, or optional
};

}  // namespace

void lint_core(Draft& draft, const Curriculum& curriculum, const json::Document& document) {
    CoreCheck(draft, curriculum, document).run();
}

}  // namespace mlpath::library
