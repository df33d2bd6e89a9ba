// The files of a template: brief, skeleton, solution, check scripts. Its flaws are in lint_flaws.cpp.
#include <algorithm>
#include <iterator>
#include <sstream>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "library/brief.hpp"
#include "library/lint_brief.hpp"
#include "library/paths.hpp"
#include "library/read.hpp"
#include "markdown/document.hpp"
#include "markdown/words.hpp"

namespace mlpath::library {

namespace {

class TemplateCheck {
public:
    TemplateCheck(Draft& draft, const Project& project, const ProjectDraft& files)
        : m_draft(draft), m_project(project), m_files(files) {}

    void run() {
        lint_folders();
        lint_brief();
        lint_reasons();
        lint_scripts();
        lint_flaws(m_draft, m_project, m_files);
    }

private:
    [[nodiscard]] std::string path_of(std::string_view path) const { return template_path(m_project.id, path); }

    // The text of a file of the template; a fault where it cannot be read.
    std::optional<std::string> text_of(const std::string& path) {
        auto text = m_draft.content().read(path_of(path));
        if (!text) {
            m_draft.file_error(path_of(path), 0, text.error().message, text.error().hint);
            return std::nullopt;
        }
        if (!is_utf8(*text)) {
            m_draft.file_error(path_of(path), 0, "the text is not UTF-8", "save the file as UTF-8");
            return std::nullopt;
        }
        return std::move(*text);
    }

    void lint_folders() {
        for (const std::string folder : {"skeleton", "solution"}) {
            if (!m_files.has_folder(folder)) {
                m_draft.error(m_files.document, "", "the template has no " + folder + "/",
                              folder == "skeleton" ? "it is what the learner starts from"
                                                   : "it is a whole, good answer, which selftest needs");
            }
        }
        for (const auto& path : m_files.files) {
            const auto own = path.starts_with("solution/") ? path.substr(9) : std::string{};
            if (!own.empty() && !any_glob_matches(m_project.sources, own)) {
                m_draft.faults.push_back({Severity::warning,
                                          {path_of(path), {}, 0},
                                          "`" + own + "` is none of the `sources`, so `verify` would not take it",
                                          {}});
            }
        }
    }

    void lint_brief();
    void lint_brief_length();
    void lint_reasons();
    void lint_scripts();
    void check_calls_in(const std::string& path, const std::string& text, std::set<std::string>& called);

    Draft& m_draft;
    const Project& m_project;
    const ProjectDraft& m_files;
};

// What the learner must know to pass the check: it may not be missing from the brief.
std::vector<std::string> names_needed(const Check& check) {
    std::vector<std::string> names;
    for (const char* key : {"path", "predictions", "column", "model"}) {
        if (auto text = text_or(check.fields, key); !text.empty()) {
            names.push_back(std::move(text));
        }
    }
    for (const char* key : {"columns", "unique", "complete", "headings"}) {
        const auto some = texts(check.fields, key);
        names.insert(names.end(), some.begin(), some.end());
    }
    for (const char* key : {"range", "allowed", "files"}) {
        const auto object = check.fields.value(key, Json::object());
        for (const auto& [name, value] : object.items()) {
            names.push_back(name);
        }
    }
    return names;
}

// What a learner sees of it: a name in a comment is told to nobody.
std::string seen_in(const std::string& brief) {
    const auto document = markdown::read(brief);
    if (!document) {
        return brief;
    }
    std::string seen;
    for (const auto& block : document->blocks) {
        seen += join(block.lines, "\n") + '\n';
    }
    for (const auto& link : document->links) {
        seen += link.target + '\n';
    }
    return seen;
}

void TemplateCheck::lint_brief() {
    constexpr std::string_view place = "{{checked}}";
    if (!m_files.has_file("brief.md")) {
        m_draft.error(m_files.document, "", "the template has no brief.md",
                      "it tells the learner what to build, and why");
        return;
    }
    const auto story = text_of("brief.md");
    if (!story) {
        return;
    }
    const auto first = story->find(place);
    if (first == std::string::npos) {
        m_draft.file_error(path_of("brief.md"), 0, "the brief has no place for what is checked",
                           "write {{checked}} on a line of its own");
        return;
    }
    if (const auto second = story->find(place, first + 1); second != std::string::npos) {
        m_draft.file_error(path_of("brief.md"), line_at(*story, second), "{{checked}} appears twice");
    }
    lint_brief_files(m_draft, m_project, m_files, *story);
    lint_brief_length();
    const auto brief = seen_in(replace_all(*story, place, checked_part(m_project)));
    for (std::size_t m = 0; m < m_project.milestones.size(); ++m) {
        const auto& checks = m_project.milestones[m].checks;
        for (std::size_t c = 0; c < checks.size(); ++c) {
            for (const auto& name : names_needed(checks[c])) {
                if (brief.find(name) == std::string::npos) {
                    m_draft.error(m_files.document, json::pointer_to(json::pointer_to("/milestones", m) + "/checks", c),
                                  "the check needs `" + name + "`, and the brief does not tell it",
                                  "name it in brief.md");
                }
            }
        }
    }
}

// What the learner reads first: what a milestone asks in full is told with it.
void TemplateCheck::lint_brief_length() {
    const auto brief = make_brief(m_draft.content(), m_project);
    if (!brief) {
        m_draft.file_error(path_of("brief.md"), brief.error().place.line, brief.error().message, brief.error().hint);
        return;
    }
    std::istringstream words(*brief);
    const auto count = static_cast<std::size_t>(std::distance(std::istream_iterator<std::string>(words), {}));
    if (count > most_brief_words) {
        m_draft.file_error(path_of("brief.md"), 0,
                           "BRIEF.md would have " + count_of(count, "word") + ", and at most " +
                               std::to_string(most_brief_words) + " are allowed",
                           "what only one milestone needs stands below a heading such as `### {{" +
                               m_project.milestones.front().id + "}}`, and is told with it");
    }
}

// What the learner reads after passing: short, or it is not read.
void TemplateCheck::lint_reasons() {
    constexpr std::size_t most_words = 400;
    const auto text = m_files.has_file("after.md") ? text_of("after.md") : std::nullopt;
    if (!text) {
        return;
    }
    const auto document = markdown::read(*text);
    const auto count = document ? markdown::words_in(*document) : 0;
    if (!document) {
        m_draft.file_error(path_of("after.md"), 0, document.error().message, document.error().hint);
    } else if (count == 0) {
        m_draft.file_error(path_of("after.md"), 0, "the file is empty",
                           "write why the solution is as it is, or remove the file");
    } else if (count > most_words) {
        m_draft.file_error(
            path_of("after.md"), 0,
            "it has " + count_of(count, "word") + ", and at most " + std::to_string(most_words) + " are allowed",
            "keep what the learner could not know without it");
    }
}

void TemplateCheck::check_calls_in(const std::string& path, const std::string& text, std::set<std::string>& called) {
    const auto calls = Pattern::compile(R"(\.(?:call|raises|compare)\(\s*["']([^"'\n]*)["'])");
    const auto hidden = Pattern::compile(R"((\bcheck\.(?:call|raises|compare)\(\s*[^"'\s)][^,)\n]*))");
    std::vector<std::string> known;
    for (const auto& call : m_project.calls) {
        known.push_back(call.name);
    }
    for (const auto& name : calls ? calls->all_in(text) : std::vector<std::string>{}) {
        if (std::ranges::find(known, name) == known.end() && called.insert(path + '\n' + name).second) {
            const auto meant = m_draft.guess(name, known);
            m_draft.file_error(path_of(path),
                               line_at(text, std::min(text.find('"' + name + '"'), text.find('\'' + name + '\''))),
                               "the script calls `" + name + "`, which is none of the `calls` of project.json",
                               meant.empty() ? "add it there, so that the brief tells the learner" : meant);
        }
        called.insert(name);
    }
    for (const auto& call : hidden ? hidden->all_in(text) : std::vector<std::string>{}) {
        m_draft.faults.push_back({Severity::warning,
                                  {path_of(path), {}, line_at(text, text.find(call))},
                                  "`" + call +
                                      "` does not name its function as a plain text, so it cannot be held "
                                      "against `calls`",
                                  {}});
        called.insert("*");
    }
}

void TemplateCheck::lint_scripts() {
    std::set<std::string> called;
    for (const auto& milestone : m_project.milestones) {
        for (const auto& check : milestone.checks) {
            called.insert(text_or(check.fields, "call"));  // of a kind that calls it by itself
        }
    }
    for (const auto& path : m_files.files) {
        if (!path.starts_with("checks/") || !path.ends_with(".py")) {
            continue;
        }
        if (const auto text = text_of(path)) {
            check_calls_in(path, *text, called);
        }
    }
    for (std::size_t i = 0; i < m_project.calls.size() && !called.contains("*"); ++i) {
        if (!called.contains(m_project.calls[i].name)) {
            m_draft.warning(m_files.document, json::pointer_to("/calls", i),
                            "no check calls `" + m_project.calls[i].name + "`");
        }
    }
}

}  // namespace

void lint_template(Draft& draft, const Project& project, const ProjectDraft& files) {
    if (project.status == ProjectStatus::ready) {
        TemplateCheck(draft, project, files).run();
    }
}

}  // namespace mlpath::library
