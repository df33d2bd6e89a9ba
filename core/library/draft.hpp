// A library on its way to be found sound: the values, and for each the document that it came from, so that a fault of
// meaning can name its line. Each check_… function below looks at one kind of thing, and adds what it finds.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "library/guest.hpp"
#include "library/library.hpp"
#include "library/reader.hpp"
#include "library/renamed.hpp"

namespace mlpath::library {

// Ids that may be referred to: of what could be read, and of what is there but has faults of its own.
class KnownIds {
public:
    void add(std::string id);
    // An entry of the list that is read; false where an earlier one has the id.
    bool add(std::string id, std::size_t place);
    // All of a list without faults; the places must outlive this.
    void add(const Places& list) { m_list = &list; }
    [[nodiscard]] bool contains(const std::string& id) const {
        return (m_list != nullptr && m_list->contains(id)) || m_places.contains(id);
    }
    // Whether a reference to each of them is sound.
    [[nodiscard]] bool has_all(const std::vector<std::string>& ids) const;
    // Which entry of its list it is; of one that was added with a place.
    [[nodiscard]] std::size_t place_of(const std::string& id) const;
    // The file could not be read at all: nothing is said about references into it.
    void lose() { m_lost = true; }
    [[nodiscard]] bool lost() const { return m_lost; }
    [[nodiscard]] std::vector<std::string> ids() const;

private:
    std::vector<std::string> m_ids{};
    static constexpr auto nowhere = static_cast<std::size_t>(-1);
    Places m_places{};
    const Places* m_list = nullptr;
    bool m_lost = false;
};

// One template: its manifest and the paths of its files, from the template's root.
struct ProjectDraft {
    json::Document document{};
    std::vector<std::string> files{};  // sorted
    [[nodiscard]] bool has_file(const std::string& path) const;
    [[nodiscard]] bool has_folder(const std::string& path) const;
};

// A group of packages, and what it pins; nothing where the pins cannot be read.
struct PackageGroupDraft {
    PackageGroup group{};
    json::Document document{};
    std::optional<std::vector<Pin>> pins{};
};

class Draft {
public:
    explicit Draft(const Content& content) : m_content(content) {}
    // Of a guest `name`, which builds upon the basis; that must outlive the draft.
    Draft(const Content& content, const Basis& basis, std::string name);

    Library library{};
    KnownIds topics{};
    std::optional<KnownIds> skills{};  // none: the library does not say which there are, and any goes
    KnownIds datasets{};
    KnownIds projects{};
    KnownIds environments{};
    json::Document topics_document{};
    json::Document skills_document{};
    json::Document datasets_document{};
    std::map<std::string, json::Document> curricula{};          // by id
    std::map<std::string, json::Document> quizzes{};            // by id
    std::map<std::string, PackageGroupDraft> package_groups{};  // by id
    std::unordered_map<std::string, ProjectDraft> templates{};  // by id
    Faults faults{};
    bool british = false;  // its manifest says that it is written in British English

    [[nodiscard]] const Content& content() const { return m_content; }
    // The name of the guest; empty where it is none.
    [[nodiscard]] const std::string& guest() const { return m_guest; }
    [[nodiscard]] const Index* basis() const { return m_basis == nullptr ? nullptr : m_basis->index; }
    // Of the library or of what it builds upon; null where there is none.
    [[nodiscard]] const Dataset* dataset(const std::string& id) const;
    [[nodiscard]] const std::vector<Pin>* pins(const std::string& environment) const;
    [[nodiscard]] std::optional<ProjectStatus> status_of_project(const std::string& id) const;
    // The projects that it requires itself; none where there is no such project.
    [[nodiscard]] std::span<const std::string> required_by_project(const std::string& id) const;

    void error(const json::Document& document, std::string pointer, std::string message, std::string suggestion = {});
    void warning(const json::Document& document, std::string pointer, std::string message, std::string suggestion = {});
    void file_error(std::string path, std::size_t line, std::string message, std::string suggestion = {});
    // A fault where nothing in `known` has the id; `what` is its kind: "topic".
    void refer(const json::Document& document, std::string pointer, std::string_view what, const std::string& id,
               const KnownIds& known);
    // "/topics/7": where in its file the library has it.
    [[nodiscard]] std::string pointer_of_topic(const std::string& id) const;
    [[nodiscard]] std::string pointer_of_skill(const std::string& id) const;
    [[nodiscard]] std::string pointer_of_dataset(const std::string& id) const;
    // "did you mean `x`?", or nothing.
    [[nodiscard]] std::string guess(std::string_view id, const std::vector<std::string>& ids);

private:
    const Content& m_content;
    const Basis* m_basis = nullptr;
    std::string m_guest{};
    // Guessing looks at all ids. A library in which thousands of references are broken need not be guessed at so often.
    std::size_t m_guesses_left = 200;
};

// What names another by an id of before is read as if it had named it by that of today, with a warning. Before all
// else: the rest knows the ids of today alone.
void name_all_as_today(Draft& draft);
// That an id of before means one thing alone.
void lint_aliases(Draft& draft);
// Words that are spelled the British way.
void lint_spelling(Draft& draft);
// Of a guest: that each id begins with its name, and that no other library's does.
void lint_names(Draft& draft);
void lint_hours(Draft& draft, const json::Document& document, const std::string& pointer,
                const std::optional<Hours>& hours);
// Each of what a topic or project teaches is one of curricula/skills.json.
void refer_to_skills(Draft& draft, const json::Document& document, const std::string& pointer,
                     const std::vector<std::string>& skills);
// Each of curricula/skills.json is taught by something.
void lint_skills(Draft& draft);
void lint_topics(Draft& draft);
void lint_datasets(Draft& draft);
void lint_package_groups(Draft& draft);
// What the pins lack of the packages, in words; nothing where they have all.
[[nodiscard]] std::optional<std::string> lacking(const std::vector<Pin>& pins,
                                                 const std::vector<PythonPackage>& packages);
void lint_curriculum(Draft& draft, const Curriculum& curriculum, const json::Document& document,
                     std::unordered_map<std::string, std::string>& goal_places);
// The core of each stage: how many, of which, and that it can be built without the rest.
void lint_core(Draft& draft, const Curriculum& curriculum, const json::Document& document);
// References, steps, data and checks of one project, against its own parts, the library and the files of its template.
void lint_project(Draft& draft, const Project& project, const ProjectDraft& files);
void lint_quiz(Draft& draft, const Quiz& quiz, const json::Document& document);
void lint_project_cycles(Draft& draft);
// The flawed answers.
void lint_flaws(Draft& draft, const Project& project, const ProjectDraft& files);
// The brief, the check scripts and the flaws.
void lint_template(Draft& draft, const Project& project, const ProjectDraft& files);

}  // namespace mlpath::library
