// What the checks of a project's meaning share: the draft, the manifest, and its own names.
#pragma once

#include <set>
#include <string>
#include <unordered_map>

#include "library/check_lint.hpp"

namespace mlpath::library {

class ProjectLint {
public:
    ProjectLint(Draft& draft, const Project& project, const ProjectDraft& files)
        : m_draft(draft), m_project(project), m_files(files), m_document(files.document) {}

    void references();  // other projects, topics
    void data();
    void sources_and_calls();
    void steps();
    void milestones();  // and their checks, see lint_checks.cpp

private:
    void data_entry(const DataEntry& entry, const std::string& pointer);
    void data_origin(const DataEntry& entry, const std::string& pointer);
    void split_spec(const DataEntry& entry, const std::string& pointer);
    void laid_path(const std::string& path, const std::string& pointer);
    void step_predictions(const Step& step, const std::string& pointer);
    void step_cycles(const std::unordered_map<std::string, std::size_t>& places);
    void check(const Check& check, const std::string& pointer);
    [[nodiscard]] const Step* step_named(const std::string& id) const;

    void error(std::string pointer, std::string message, std::string suggestion = {}) {
        m_draft.error(m_document, std::move(pointer), std::move(message), std::move(suggestion));
    }

    Draft& m_draft;
    const Project& m_project;
    const ProjectDraft& m_files;
    const json::Document& m_document;
    std::set<std::string> m_laid{};  // paths in the learner's folder that data is laid at
    ChecksById m_checks{};           // by id
};

}  // namespace mlpath::library
