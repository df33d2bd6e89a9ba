// One spelling: texts of a library are American English, unless it says that they are British.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "library/draft.hpp"
#include "library/spelling.hpp"
#include "markdown/document.hpp"

namespace mlpath::library {

namespace {

// Members that hold somebody else's words, what a learner may type, or nothing to read: addresses, titles of books and
// pages, names of licenses, what is quoted of data, ids of before.
constexpr std::array<std::string_view, 12> passed_over{"$schema",  "accept",    "aliases",   "archive",
                                                       "citation", "data",      "files",     "license",
                                                       "quirks",   "resources", "synthetic", "url"};

// The words of one file, each told once, where it stands first.
class FileSpelling {
public:
    explicit FileSpelling(Draft& draft) : m_draft(draft) {}

    void see(const BritishWord& word, const Place& place) {
        const auto [known, fresh] = m_words.try_emplace(to_lower_ascii(word.word), Seen{place, word.american});
        known->second.times += 1;
    }
    template <typename PlaceOf>
    void see_all(std::string_view text, const PlaceOf& place_of) {
        for (const auto& word : british_words(text)) {
            see(word, place_of(word));
        }
    }

    void tell() {
        for (const auto& [word, seen] : m_words) {
            const auto times = seen.times == 1 ? "" : " (" + std::to_string(seen.times) + " times in this file)";
            m_draft.faults.push_back(
                {Severity::warning, seen.place,
                 "`" + word + "` is spelled `" + std::string(seen.american) + "` in American English" + times,
                 m_draft.guest().empty() ? std::string() : "or write `\"spelling\": \"british\"` in library.json"});
        }
        m_words.clear();
    }

private:
    struct Seen {
        Place place{};
        std::string_view american;
        std::size_t times = 0;
    };
    Draft& m_draft;
    std::map<std::string, Seen> m_words{};
};

void see_value(FileSpelling& file, const json::Document& document, const json::Value& value) {
    if (value.is_string()) {
        file.see_all(value.text(), [&](const auto&) { return document.place_of(value); });
    } else if (value.is_array()) {
        for (const auto entry : value) {
            see_value(file, document, entry);
        }
    } else if (value.is_object()) {
        for (auto member = value.begin(); member != value.end(); ++member) {
            if (std::ranges::find(passed_over, member.key()) == passed_over.end()) {
                see_value(file, document, *member);
            }
        }
    }
}

void see_document(Draft& draft, const json::Document& document) {
    if (document.tree) {
        FileSpelling file(draft);
        see_value(file, document, document.root());
        file.tell();
    }
}

std::string without_code(std::string_view line) {
    std::string words;
    bool code = false;
    for (const char c : line) {
        code = code != (c == '`');
        words += code || c == '`' ? ' ' : c;
    }
    return words;
}

// What a reader sees, without code.
void see_markdown(Draft& draft, const std::string& path, std::string_view text) {
    const auto document = markdown::read(text, markdown::CodeMarks::kept);
    if (!document) {
        return;  // told elsewhere
    }
    const auto in_source = british_words(text);
    FileSpelling file(draft);
    for (const auto& block : document->blocks) {
        for (const auto& line : block.kind == markdown::BlockKind::code ? std::vector<std::string>() : block.lines) {
            file.see_all(without_code(line), [&](const BritishWord& word) {
                const auto first = std::ranges::find(in_source, word.word, &BritishWord::word);
                const auto at = first == in_source.end() ? 0 : first->at;
                return Place{path, {}, 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'))};
            });
        }
    }
    file.tell();
}

void see_python(Draft& draft, const std::string& path, std::string_view text) {
    FileSpelling file(draft);
    file.see_all(text, [&](const BritishWord& word) {
        return Place{path, {}, 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, word.at), '\n'))};
    });
    file.tell();
}

void see_template(Draft& draft, const std::string& id, const ProjectDraft& files) {
    see_document(draft, files.document);
    for (const auto& path : files.files) {
        const bool markdown = path.ends_with(".md");
        const bool json = path == "flaws.json";
        if (!markdown && !json && !path.ends_with(".py")) {
            continue;
        }
        const auto whole = template_path(id, path);
        auto text = draft.content().read(whole);
        if (!text) {
            continue;  // told elsewhere
        }
        if (json) {
            see_document(draft, json::read(std::move(*text), whole).document);
        } else if (markdown) {
            see_markdown(draft, whole, *text);
        } else {
            see_python(draft, whole, *text);
        }
    }
}

}  // namespace

void lint_spelling(Draft& draft) {
    if (draft.british) {
        return;
    }
    for (const auto* document : {&draft.topics_document, &draft.skills_document, &draft.datasets_document}) {
        see_document(draft, *document);
    }
    for (const auto* documents : {&draft.curricula, &draft.quizzes}) {
        for (const auto& [id, document] : *documents) {
            see_document(draft, document);
        }
    }
    for (const auto& [id, files] : draft.templates) {
        see_template(draft, id, files);
    }
}

}  // namespace mlpath::library
