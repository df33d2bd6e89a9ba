#include "app/author/project_like.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "app/author/names_in_text.hpp"
#include "base/text.hpp"
#include "json/document.hpp"
#include "library/read.hpp"
#include "markdown/document.hpp"

namespace mlpath::app {

namespace {

constexpr std::string_view manifest_path = "project.json";

// As FORMAT tells what after.md holds.
constexpr std::string_view after_text = R"(# Why we did it this way

## Our choices

TODO(author): two or three choices of the solution, and the reason of each. Each new term in bold, with one sentence.

## What else would have worked

TODO(author): the alternatives, and what each would cost, with numbers that you measured.

## What surprised us

TODO(author): one thing that you did not expect, with its measured number.

## The next step in a job

TODO(author): what would be asked next of someone who is paid for this.

## Three interview questions

TODO(author): three questions that an interviewer could ask about this project, each with what a good answer holds.
)";

std::string marked(std::string_view text) { return std::string(author_mark) + ": " + std::string(text); }

struct TextEdit {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text{};
};

std::string with_edits(std::string text, std::vector<TextEdit> edits) {
    std::ranges::sort(edits, std::greater<>(), &TextEdit::begin);
    for (const auto& edit : edits) {
        text.replace(edit.begin, edit.end - edit.begin, edit.text);
    }
    return text;
}

using Member = json::Value::Iterator;

// Behind the comma that follows the value, or before the one that it follows.
TextEdit without_member(std::string_view text, const Member& member) {
    const auto end = member->node()->end;
    const auto behind = text.find_first_not_of(" \t\r\n", end);
    if (behind != std::string_view::npos && text[behind] == ',') {
        const auto next = std::min(text.find_first_not_of(" \t\r\n", behind + 1), text.size());
        return {member.begins(), next, {}};
    }
    const auto before = text.find_last_not_of(" \t\r\n", member.begins() == 0 ? 0 : member.begins() - 1);
    const bool comma = before != std::string_view::npos && text[before] == ',';
    return {comma ? before : member.begins(), end, {}};
}

// At the beginning of a text.
TextEdit mark_in(const json::Value& text, std::string_view mark) {
    const std::size_t inside = text.node()->begin + 1;
    return {inside, inside, std::string(author_mark) + std::string(mark)};
}

std::string hint_role(std::size_t number) {
    return number == 0 ? "a question" : number == 1 ? "the idea, and what to look up" : "worked out on other data";
}

class ManifestCopy {
public:
    ManifestCopy(std::string_view text, std::string_view like, std::string_view id, std::string_view planned)
        : m_text(text),
          m_planned_text(planned),
          m_document(json::read(std::string(text), {}).document),
          m_planned(json::read(std::string(planned), {}).document) {
        replace("id", '"' + std::string(id) + '"');
        replace("version", "1");
        replace("title", Json(marked("the title of " + std::string(id))).dump());
        replace("summary",
                Json(marked("what is built, in a line or two; the rest is still as in " + std::string(like))).dump());
        if (!planned.empty()) {
            take_over();
        } else {
            for (const std::string_view key : {"satisfies", "aliases"}) {
                if (const auto member = find(m_document, key)) {
                    m_edits.push_back(without_member(m_text, *member));
                }
            }
        }
        library::each(m_document.root(), "milestones", [&](const auto& milestone) {
            if (const auto aliases = milestone.find("aliases"); aliases != milestone.end()) {
                m_edits.push_back(without_member(m_text, aliases));
            }
            std::size_t number = 0;
            library::each(milestone, "hints", [&](const auto& hint) {
                m_edits.push_back(mark_in(hint, " (" + hint_role(number++) + "): "));
            });
        });
    }

    [[nodiscard]] std::string take() && { return with_edits(std::string(m_text), std::move(m_edits)); }

private:
    static std::optional<Member> find(const json::Document& document, std::string_view key) {
        const auto member = document.root().find(key);
        return member == document.root().end() ? std::nullopt : std::optional(member);
    }

    // The last word on a value counts.
    void replace(std::string_view key, std::string text) {
        if (const auto member = find(m_document, key)) {
            const auto& node = *(*member)->node();
            std::erase_if(m_edits, [&](const TextEdit& edit) { return edit.begin == node.begin; });
            m_edits.push_back({node.begin, node.end, std::move(text)});
        }
    }

    // What was announced is written as it was announced.
    void take_over() {
        std::string added;
        for (const std::string_view key :
             {"version", "title", "summary", "hours", "skills", "requires", "extends", "satisfies", "aliases"}) {
            const auto ours = find(m_document, key);
            const auto theirs = find(m_planned, key);
            const bool goes = key == "requires" || key == "extends" || key == "satisfies" ||
                              key == "aliases";  // the others are wanted
            if (!theirs) {
                if (ours && goes) {
                    m_edits.push_back(without_member(m_text, *ours));
                }
                continue;
            }
            const auto& node = *(*theirs)->node();
            const std::string text(m_planned_text.substr(node.begin, node.end - node.begin));
            if (ours) {
                replace(key, text);
            } else {
                added += ",\n  \"" + std::string(key) + "\": " + text;
            }
        }
        if (const auto summary = find(m_document, "summary"); summary && !added.empty()) {
            const std::size_t end = (*summary)->node()->end;
            m_edits.push_back({end, end, added});
        }
    }

    std::string_view m_text;
    std::string_view m_planned_text;
    json::Document m_document;
    json::Document m_planned;
    std::vector<TextEdit> m_edits{};
};

// Each `why` of a flaw is the author's to say.
std::string flaws_copy(const std::string& text) {
    const auto document = json::read(text, {}).document;
    std::vector<TextEdit> edits;
    library::each(document.root(), "flaws", [&](const json::Value& flaw) {
        if (const auto why = flaw.find("why"); why != flaw.end()) {
            edits.push_back(mark_in(*why, " (where was it seen?): "));
        }
    });
    return with_edits(text, std::move(edits));
}

// Behind the title that a text begins with; 0 where there is none.
std::size_t behind_title(const std::string& text) {
    const auto document = markdown::read(text);
    if (!document || document->headings.empty()) {
        return 0;
    }
    const auto& first = document->headings.front();
    std::size_t end = 0;
    for (std::size_t line = 0; line < first.last_line && end < text.size(); ++line) {
        end = std::min(text.find('\n', end), text.size() - 1) + 1;
    }
    return first.line == 1 && first.level == 1 && first.on_top ? end : 0;
}

std::string with_title(const std::string& text, const std::string& title) {
    const auto end = behind_title(text);
    return end == 0 ? text : "# " + title + '\n' + text.substr(end);
}

// What was planned, without the backquotes: files that it names are not there yet.
std::string planned_way(const Json& planned) {
    std::string way;
    for (const auto& milestone : planned.value("milestones", Json::array())) {
        const auto said = [&](const char* key) {
            return milestone.is_object() && milestone.contains(key) && milestone[key].is_string()
                       ? replace_all(milestone[key].get<std::string>(), "`", "")
                       : std::string();
        };
        way += "\n- " + said("title") + ": " + said("goal");
    }
    return way.empty() ? way : '\n' + marked("the milestones as they were planned:") + '\n' + way + '\n';
}

std::string brief_copy(const std::string& text, std::string_view like, const std::string& title, const Json& planned) {
    auto brief = with_title(text, title);
    const auto note =
        marked("the story, in a few sentences. Who wants this, why, and what will the learner have in the\n") +
        "end? What follows is as in " + std::string(like) +
        ": keep what is true of your project, and write over the rest.";
    brief.insert(behind_title(brief), '\n' + note + '\n' + planned_way(planned));
    return brief;
}

std::size_t marks_in(const TemplateFiles& files) {
    std::size_t count = 0;
    for (const auto& [path, text] : files) {
        for (auto at = text.find(author_mark); at != std::string::npos; at = text.find(author_mark, at + 1)) {
            ++count;
        }
    }
    return count;
}

}  // namespace

Result<ProjectCopy> project_like(const TemplateFiles& files, std::string_view like, std::string_view id,
                                 std::string_view planned) {
    Json announced = Json::object();
    if (!planned.empty()) {
        auto parsed = json::parse(planned, std::string(manifest_path));
        if (!parsed.ok() || !parsed.value.is_object()) {
            return fail(to_error(parsed.faults));
        }
        announced = std::move(parsed.value);
    }
    const auto module = module_names(files, like, id);
    ProjectCopy copy;
    for (const auto& [path, bytes] : files) {
        if (path.starts_with("data/") || !is_utf8(bytes)) {
            copy.files[path] = bytes;
            continue;
        }
        auto text = with_command_of(bytes, like, id);
        copy.files[module ? path_of_module(path, *module) : path] =
            module ? with_module(text, *module) : std::move(text);
    }
    if (module) {
        copy.module_before = module->before + ".py";
        copy.module_now = module->now + ".py";
    }
    const auto title = announced.contains("title") && announced["title"].is_string()
                           ? announced["title"].get<std::string>()
                           : marked("the title of " + std::string(id));
    const auto change = [&](const std::string& path, auto how) {
        if (const auto file = copy.files.find(path); file != copy.files.end()) {
            file->second = how(file->second);
        }
    };
    change(std::string(manifest_path),
           [&](const std::string& text) { return ManifestCopy(text, like, id, planned).take(); });
    change("flaws.json", flaws_copy);
    change("brief.md", [&](const std::string& text) { return brief_copy(text, like, title, announced); });
    change("skeleton/README.md", [&](const std::string& text) { return with_title(text, title); });
    copy.files["after.md"] = after_text;
    copy.marks = marks_in(copy.files);
    return copy;
}

}  // namespace mlpath::app
