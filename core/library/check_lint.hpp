// One check on its way to be found sound, as the lint of its kind sees it. `below` is a JSON pointer below the check.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "library/draft.hpp"

namespace mlpath::library {

using ChecksById = std::unordered_map<std::string, const Check*>;

class CheckLint {
public:
    CheckLint(Draft& draft, const Project& project, const ProjectDraft& files, const ChecksById& checks,
              const Check& check, std::string pointer)
        : m_draft(draft),
          m_project(project),
          m_files(files),
          m_checks(checks),
          m_check(check),
          m_pointer(std::move(pointer)) {}

    [[nodiscard]] const Project& project() const { return m_project; }
    [[nodiscard]] const Json& fields() const { return m_check.fields; }
    // All checks of the project.
    [[nodiscard]] const ChecksById& checks() const { return m_checks; }

    void error(const std::string& below, std::string message, std::string suggestion = {}) {
        m_draft.error(m_files.document, m_pointer + below, std::move(message), std::move(suggestion));
    }
    // "did you mean `x`?", or nothing.
    [[nodiscard]] std::string guess(std::string_view word, const std::vector<std::string>& known) {
        return m_draft.guess(word, known);
    }
    // A fault where nothing in `known` has the id; `what` is its kind: "data entry".
    void refer(const std::string& below, std::string_view what, const std::string& id, const KnownIds& known) {
        m_draft.refer(m_files.document, m_pointer + below, what, id, known);
    }

    // The path in the field: an artifact of the check's `step`, or without one a source of the learner's.
    void artifact(const char* field);
    // Another check of the project, one that fits; `what` as in `refer`.
    void other_check(const std::string& below, std::string_view what, const std::string& id,
                     const std::function<bool(const Check&)>& fits);
    // A file of the template.
    void template_file(const std::string& path, const std::string& below);
    // That the template's script, named by one field, has the function that another names.
    void function_in(const char* script, const char* function);
    // A data entry with a test part.
    void split_data(const std::string& id, const std::string& below);
    // The check's `data`, which has to have a test part; what its step says of it is looked at there.
    void data();
    void bounds(const Json& range, const char* low, const char* high, const std::string& below);
    bool known_step(const std::string& id, const std::string& below);
    // Whether the step runs the other one before it.
    [[nodiscard]] bool needs(const std::string& id, const std::string& other) const;
    // Each program of the learner's that the command names is one of the sources, or laid beside them.
    void scripts_in(const std::vector<std::string>& argv, const std::string& below, const Json& laid);
    // What checks of predictions share: the file, its data, `metric`, `columns` and `baseline`.
    void predictions();

private:
    [[nodiscard]] bool is_from_step(const char* field) const;
    [[nodiscard]] const Step* step_named(const std::string& id) const;
    [[nodiscard]] std::vector<std::string> written_by(const std::string& step) const;

    Draft& m_draft;
    const Project& m_project;
    const ProjectDraft& m_files;
    const ChecksById& m_checks;
    const Check& m_check;
    std::string m_pointer;
};

// All that is asked of a kind that reads predictions, where it asks no more.
inline void lint_predictions(CheckLint& lint) { lint.predictions(); }

// A data entry with a test part.
void lint_split_data(Draft& draft, const Project& project, const json::Document& document, const std::string& id,
                     const std::string& pointer);

// A program that no source takes would be missing when the portfolio is verified.
void lint_programs(Draft& draft, const Project& project, const json::Document& document,
                   const std::vector<std::string>& argv, const std::string& pointer, const Json& laid);

}  // namespace mlpath::library
