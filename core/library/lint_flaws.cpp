// The flawed answers of a template: flaws.json, and the folders below flawed/.
#include <iterator>
#include <set>

#include "base/text.hpp"
#include "library/flaws.hpp"
#include "library/lint_patterns.hpp"
#include "library/paths.hpp"
#include "library/read.hpp"

namespace mlpath::library {

namespace {

class FlawsCheck {
public:
    FlawsCheck(Draft& draft, const Project& project, const ProjectDraft& files,
               std::map<std::string, std::string> folders)
        : m_draft(draft), m_project(project), m_files(files), m_folders(std::move(folders)) {}

    void run() {
        bool is_told = true;  // whether we know what flaws there are
        if (m_files.has_file("flaws.json")) {
            is_told = read();
        }
        for (std::size_t i = 0; i < m_flaws.size(); ++i) {
            lint_flaw(m_flaws[i], m_told[i], json::pointer_to("/flaws", i));
        }
        lint_folders(is_told);
        if (is_told && m_flaws.empty() && m_folders.empty()) {
            m_draft.warning(m_files.document, "",
                            "the project has no flawed answers, so nothing proves that its checks can fail");
        }
    }

private:
    bool read() {
        const auto path = flaws_path(m_project.id);
        auto file = Reader(m_draft.content()).read(path, "flaws");
        if (!file) {
            m_draft.file_error(path, 0, file.error().message, file.error().hint);
            return false;
        }
        m_draft.faults.insert(m_draft.faults.end(), file->faults.begin(), file->faults.end());
        if (!file->usable || has_errors(file->faults)) {
            return false;
        }
        m_document = std::move(file->document);
        each(m_document.root(), "flaws", [&](const auto& flaw) {
            m_told.push_back(flaw);
            m_flaws.push_back(read_flaw(flaw));
        });
        return true;
    }

    void lint_flaw(const Flaw& flaw, const json::Value& told, const std::string& at) {
        if (!m_names.insert(flaw.name).second) {
            m_draft.error(m_document, at + "/name", "there is a flaw `" + flaw.name + "` already",
                          "give each a name of its own");
            return;
        }
        lint_pattern(m_draft, m_document, at + "/message", flaw.message);
        lint_place(flaw, at);
        if (flaw.edits.empty() && !m_folders.contains(flaw.name)) {
            m_draft.error(
                m_document, at,
                "the flaw `" + flaw.name + "` has no `edits`, and there is no folder flawed/" + flaw.name + '/',
                "say in `edits` what differs from the solution, or lay the files there that do");
        }
        if (!lint_form(flaw, told, at)) {
            return;
        }
        const auto laid = flawed_files(m_draft.content(), m_project.id, flaw);
        if (!laid) {
            m_draft.file_error(laid.error().place.file, 0, laid.error().message, laid.error().hint);
            return;
        }
        for (const auto& fault : laid->faults) {
            m_draft.error(m_document, place_of_part(told, at, fault.edit, fault.part), fault.message, fault.suggestion);
        }
        for (std::size_t i = 0; i < flaw.edits.size(); ++i) {
            if (const auto& file = flaw.edits[i].file; laid->files.contains(file) && !is_source(file)) {
                m_draft.warning(m_document, place_of_part(told, at, i, "file"), no_source(file));
            }
        }
    }

    // What an edit leaves out may stand in the flaw.
    static std::string place_of_part(const json::Value& told, const std::string& at, std::size_t edit,
                                     std::string_view part) {
        const auto own = told.contains("edits") ? json::pointer_to(at + "/edits", edit) : at;
        if (part.empty()) {
            return own;
        }
        const bool is_own = !told.contains("edits") ||
                            std::next(told.at("edits").begin(), static_cast<std::ptrdiff_t>(edit))->contains(part);
        return json::pointer_to(is_own ? own : at, part);
    }

    // Whether its edits stand in one place.
    bool lint_form(const Flaw& flaw, const json::Value& told, const std::string& at) {
        if (told.contains("edits") && told.contains("find")) {
            m_draft.error(m_document, at + "/find", "the flaw `" + flaw.name + "` has `edits`, and one beside them",
                          "move this one into `edits`");
            return false;
        }
        if (told.contains("file") && flaw.edits.empty()) {
            m_draft.error(m_document, at + "/file", "the flaw `" + flaw.name + "` changes nothing in this file",
                          "say what differs from the solution in `find` and `replace`, or remove `file`");
            return false;
        }
        return true;
    }

    void lint_place(const Flaw& flaw, const std::string& at) {
        KnownIds milestones;
        KnownIds checks;
        for (const auto& milestone : m_project.milestones) {
            milestones.add(milestone.id);
            for (const auto& check : milestone.checks) {
                if (flaw.milestone.empty() || milestone.id == flaw.milestone) {
                    checks.add(check.id);
                }
            }
        }
        if (flaw.milestone.empty()) {
            m_draft.refer(m_document, at + "/check", "check", flaw.check, checks);
            return;
        }
        m_draft.refer(m_document, at + "/milestone", "milestone", flaw.milestone, milestones);
        if (milestones.contains(flaw.milestone) && !checks.contains(flaw.check)) {
            m_draft.error(m_document, at + "/check",
                          "the milestone `" + flaw.milestone + "` has no check `" + flaw.check + "`",
                          m_draft.guess(flaw.check, checks.ids()));
        }
    }

    void lint_folders(bool is_told) {
        for (const auto& path : m_files.files) {
            const auto whole = template_path(m_project.id, path);
            if (is_old_flaw(whole)) {
                auto error = old_flaw(m_project.id, whole);
                m_draft.file_error(whole, 0, std::move(error.message), std::move(error.hint));
                m_old.insert(path.substr(0, path.rfind('/')));
            } else if (const auto name = path.find('/', 7); path.starts_with("flawed/") && name != std::string::npos) {
                if (const auto file = path.substr(name + 1); !is_source(file)) {
                    m_draft.faults.push_back({Severity::warning, {whole, {}, 0}, no_source(file), {}});
                }
            }
        }
        for (const auto& [name, first] : m_folders) {
            if (is_told && !m_names.contains(name) && !m_old.contains("flawed/" + name)) {
                m_draft.file_error(
                    first, 0, "flaws.json has no flaw `" + printable(name) + "`, so nothing is done with this file",
                    "add it to `flaws` with the check that it fails at");
            }
        }
    }

    [[nodiscard]] bool is_source(const std::string& file) const { return any_glob_matches(m_project.sources, file); }
    static std::string no_source(const std::string& file) {
        return "`" + printable(file) + "` is none of the `sources`, so `verify` would not take it";
    }

    Draft& m_draft;
    const Project& m_project;
    const ProjectDraft& m_files;
    std::map<std::string, std::string> m_folders;  // each with a path in it
    json::Document m_document{};
    std::vector<Flaw> m_flaws{};
    std::vector<json::Value> m_told{};  // the flaws as they stand in m_document
    std::set<std::string> m_names{};
    std::set<std::string> m_old{};
};

}  // namespace

void lint_flaws(Draft& draft, const Project& project, const ProjectDraft& files) {
    auto folders = flaw_folders(draft.content(), project.id);
    if (!folders) {
        draft.file_error(template_path(project.id, "flawed"), 0, folders.error().message, folders.error().hint);
        return;
    }
    FlawsCheck(draft, project, files, std::move(*folders)).run();
}

}  // namespace mlpath::library
