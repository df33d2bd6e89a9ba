// The files of a library that have no faults, which is nearly all of them: read before their turn comes, several at
// once and at speed. A file that is not here has something about it, and `Reader` says what.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "json/tree.hpp"
#include "library/catalogue.hpp"
#include "library/content.hpp"
#include "library/curriculum.hpp"
#include "library/dataset.hpp"
#include "library/project.hpp"
#include "library/quiz.hpp"

namespace mlpath::library {

// What a file without errors holds, and the document that faults of meaning are placed in.
template <typename T>
struct Whole {
    T value{};
    json::Document document{};
};

class Ahead {
public:
    // The schema names the kind: "topics", "curriculum", …
    struct File {
        std::string path{};
        std::string schema{};
    };
    // The earlier files are begun first. A file that was validated when it was built in is left to `Reader`.
    void read(const Content& content, const std::vector<File>& files);

    // Once for each file: nothing the second time.
    template <typename T>
    [[nodiscard]] std::optional<Whole<T>> take(const std::string& path) {
        const auto found = m_places.find(path);
        if (found == m_places.end()) {
            return std::nullopt;
        }
        auto& [text, value] = m_found[found->second];
        auto* whole = std::get_if<T>(&value);
        if (whole == nullptr) {
            return std::nullopt;
        }
        std::optional<Whole<T>> taken(Whole<T>{std::move(*whole), {}});
        taken->document.file = path;
        taken->document.text = std::move(text);
        value = std::monostate{};
        return taken;
    }

private:
    using Held =
        std::variant<std::monostate, Catalogue<Topic>, Catalogue<Skill>, Catalogue<Dataset>, Curriculum, Quiz, Project>;
    struct Found {
        std::string text{};
        Held held{};
    };
    static Held held(std::string_view schema, const json::Value& json);

    std::vector<Found> m_found{};
    std::unordered_map<std::string, std::size_t> m_places{};
};

}  // namespace mlpath::library
