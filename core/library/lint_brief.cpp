#include "library/lint_brief.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/pattern.hpp"
#include "base/text.hpp"
#include "library/brief_words.hpp"
#include "library/paths.hpp"
#include "library/read.hpp"
#include "markdown/document.hpp"

namespace mlpath::library {

namespace {

// Whether it is written as files are. `df.csv` would be a file, `model.fit` is none, and neither is `np.log`.
bool looks_like_a_file(const std::string& word) {
    static const auto pattern = Pattern::compile(
        R"(\A(?:\./)?(?:[\w.-]+/)*[\w-][\w.-]*\.(?:py|ipynb|csv|tsv|jsonl?|txt|md|html|css|ya?ml|toml|ini|cfg|sh|sql|db|sqlite|)"
        R"(parquet|npy|npz|pkl|joblib|onnx|png|jpe?g|svg|pdf)\z)");
    constexpr std::array<std::string_view, 2> attributes{"request.json", "response.json"};  // of web libraries
    return pattern->found_in(word) && std::ranges::find(attributes, word) == attributes.end();
}

// Those that the code names: itself, or the program of a command.
std::vector<std::string> files_in(const std::string& code) {
    std::vector<std::string> words;
    for (const auto word : split(code, ' ')) {
        if (!word.empty()) {
            words.emplace_back(word.starts_with("./") ? word.substr(2) : word);
        }
    }
    const bool command = words.size() > 1 && (words[0] == "python3" || words[0] == "python");
    const auto name = words.size() == 1 ? words[0] : command ? words[1] : std::string();
    return looks_like_a_file(name) ? std::vector{name} : std::vector<std::string>{};
}

class BriefFiles {
public:
    BriefFiles(Draft& draft, const Project& project, const ProjectDraft& files) : m_draft(draft), m_project(project) {
        for (const auto& path : files.files) {
            if (path.starts_with("skeleton/")) {
                m_given.insert(path.substr(std::string_view("skeleton/").size()));
            } else if (path.starts_with("solution/")) {
                m_made.insert(path.substr(std::string_view("solution/").size()));
            }
        }
        m_given.insert({"BRIEF.md", ".gitignore"});
        for (const auto& entry : project.data) {
            m_given.insert({entry.to, entry.train, entry.test});
        }
        for (const auto& step : project.steps) {
            m_asked.insert(step.writes.begin(), step.writes.end());
            m_asked.insert(step.run.begin(), step.run.end());
        }
        for (const auto& call : project.calls) {
            m_asked.insert(call.name.substr(0, call.name.find('.')) + ".py");
        }
        for (const auto& milestone : project.milestones) {
            for (const auto& check : milestone.checks) {
                ask(check);
            }
        }
        for (const auto& source : project.sources) {
            if (!is_glob(source)) {
                m_asked.insert(source);
            }
        }
    }

    void look_at(const std::string& text, const Place& place, std::string_view where) {
        const auto document = markdown::read(text);
        if (!document) {
            return;
        }
        for (const auto& code : document->codes) {
            for (const auto& name : files_in(code.text)) {
                auto here = place;
                here.line = place.pointer.empty() ? code.line : place.line;
                judge(name, here, where);
            }
        }
    }

private:
    void ask(const Check& check) {
        for (const char* key : {"path", "predictions", "model"}) {
            m_asked.insert(text_or(check.fields, key));
        }
        const auto run = texts(check.fields, "run");
        m_asked.insert(run.begin(), run.end());
        const auto laid = check.fields.value("files", Json::object());
        for (const auto& [name, path] : laid.items()) {
            m_asked.insert(name);
        }
    }

    // The path itself, or its name alone: "`train.csv`" of data/train.csv.
    static bool has(const std::set<std::string>& paths, const std::string& name) {
        return paths.contains(name) ||
               (name.find('/') == std::string::npos &&
                std::ranges::any_of(paths, [&](const std::string& path) { return path.ends_with("/" + name); }));
    }

    void judge(const std::string& name, const Place& place, std::string_view where) {
        if (has(m_given, name) || has(m_asked, name) || !m_told.insert(name).second) {
            return;
        }
        // Files of the project that this one grows out of may be meant, and they are not here to be looked at.
        if (!m_project.extends.empty()) {
            return;
        }
        std::vector<std::string> known(m_given.begin(), m_given.end());
        known.insert(known.end(), m_asked.begin(), m_asked.end());
        const bool made = has(m_made, name);
        auto hint = made ? std::string("add it to skeleton/, or let a check ask for it") : m_draft.guess(name, known);
        if (hint.empty()) {
            hint = "add it to skeleton/, or write it without backquotes if it is not a file of the project";
        }
        m_draft.faults.push_back(
            {Severity::error, place,
             std::string(where) + " names the file `" + name +
                 (made ? "`, which the skeleton lacks and no check asks for" : "`, which the project does not have"),
             std::move(hint)});
    }

    Draft& m_draft;
    const Project& m_project;
    std::set<std::string> m_given{};  // what the learner finds
    std::set<std::string> m_made{};   // what the solution adds
    std::set<std::string> m_asked{};  // what steps and checks run, write and read
    std::set<std::string> m_told{};
};

}  // namespace

void lint_brief_files(Draft& draft, const Project& project, const ProjectDraft& files, const std::string& story) {
    BriefFiles check(draft, project, files);
    check.look_at(story, {template_path(project.id, "brief.md"), {}, 0}, "the brief");
    for (std::size_t m = 0; m < project.milestones.size(); ++m) {
        const auto pointer = json::pointer_to("/milestones", m);
        const auto& milestone = project.milestones[m];
        check.look_at(milestone.goal, files.document.place_of(pointer + "/goal"), "the goal");
        for (std::size_t c = 0; c < milestone.checks.size(); ++c) {
            check.look_at(milestone.checks[c].says,
                          files.document.place_of(json::pointer_to(pointer + "/checks", c) + "/says"), "the claim");
        }
    }
}

}  // namespace mlpath::library
