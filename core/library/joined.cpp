// Several libraries as one.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "library/guest.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view lists[] = {"curricula/topics.json", "curricula/skills.json", "curricula/datasets.json"};
constexpr std::string_view libraries = "libraries/";
constexpr const char* groups_folder = "curricula/environments/";

bool is_joined_list(std::string_view path) { return std::ranges::find(lists, path) != std::end(lists); }

// The id that a path is about: "acme-chess" of templates/acme-chess/brief.md, of curricula/quizzes/acme-chess.json, of
// curricula/synthetic/acme-chess.py and of curricula/environments/acme-chess.txt.
std::string_view id_in(std::string_view path) {
    if (is_joined_list(path)) {
        return {};
    }
    struct Place {
        std::string_view before;
        std::string_view after;  // empty: a folder
    };
    constexpr std::array places{
        Place{"templates/", ""},      Place{"curricula/quizzes/", ".json"}, Place{"curricula/synthetic/", ".py"},
        Place{groups_folder, ".txt"}, Place{groups_folder, ".json"},        Place{"curricula/", ".json"}};
    for (const auto& [before, after] : places) {
        if (path.starts_with(before)) {
            const auto rest = path.substr(before.size());
            const auto slash = rest.find('/');
            if (after.empty()) {
                return slash == std::string_view::npos ? std::string_view() : rest.substr(0, slash);
            }
            if (slash == std::string_view::npos && rest.ends_with(after)) {
                return rest.substr(0, rest.size() - after.size());
            }
        }
    }
    return {};
}

class JoinedContent : public Content {
public:
    JoinedContent(std::shared_ptr<const Content> base, std::vector<Guest> guests)
        : m_base(std::move(base)), m_guests(std::move(guests)) {}

    Result<std::string> read(std::string_view path) const override {
        for (const auto& guest : m_guests) {
            if (const auto own = own_path(guest, path); !own.empty()) {
                return guest.content->read(own);
            }
        }
        return m_base->read(path);
    }

    Result<std::vector<std::string>> list(std::string_view prefix) const override {
        MLPATH_TRY(auto paths, m_base->list(prefix));
        for (const auto& guest : m_guests) {
            for (const std::string_view below : {"curricula/", "templates/"}) {
                MLPATH_TRY(const auto theirs, guest.content->list(below));
                for (const auto& path : theirs) {
                    auto shown = is_joined_list(path) ? std::string(libraries) + guest.name + '/' + path : path;
                    if (shown.starts_with(prefix) && !own_path(guest, shown).empty()) {
                        paths.push_back(std::move(shown));
                    }
                }
            }
        }
        std::ranges::sort(paths);
        return paths;
    }

    std::string origin() const override { return m_base->origin(); }
    bool validated(std::string_view path) const override {
        return m_base->validated(path) &&
               std::ranges::all_of(m_guests, [&](const Guest& guest) { return own_path(guest, path).empty(); });
    }

private:
    // Where the guest has what `path` names; empty where it is none of its.
    static std::string own_path(const Guest& guest, std::string_view path) {
        if (path.starts_with(libraries)) {
            const auto rest = path.substr(libraries.size());
            const auto slash = std::min(rest.find('/'), rest.size());
            const bool ours = rest.substr(0, slash) == guest.name && slash < rest.size();
            return ours && is_joined_list(rest.substr(slash + 1)) ? std::string(rest.substr(slash + 1)) : std::string();
        }
        return belongs_to(id_in(path), guest.name) ? std::string(path) : std::string();
    }

    std::shared_ptr<const Content> m_base;
    std::vector<Guest> m_guests;
};

}  // namespace

std::unique_ptr<Content> joined_content(std::shared_ptr<const Content> base, std::vector<Guest> guests) {
    return std::make_unique<JoinedContent>(std::move(base), std::move(guests));
}

}  // namespace mlpath::library
