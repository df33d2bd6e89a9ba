// The files of a library, read before their turn comes and several at once, with what those without errors hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "library/catalogue.hpp"
#include "library/curriculum.hpp"
#include "library/dataset.hpp"
#include "library/package_group.hpp"
#include "library/project.hpp"
#include "library/quiz.hpp"
#include "library/reader.hpp"

namespace mlpath::library {

class Ahead {
public:
    // The schema names the kind: "topics", "curriculum", …
    struct File {
        std::string path{};
        std::string schema{};
    };
    explicit Ahead(const Content& content) : m_reader(content) {}
    // The earlier files are begun first.
    void read(const std::vector<File>& files);

    // A file, and the value that it is; none where it has errors, or is a list in which two have one id. Once for each.
    template <typename T>
    [[nodiscard]] Result<std::pair<ReadFile, std::optional<T>>> take(const std::string& path) {
        auto& [file, held] = m_found.at(m_places.at(path));
        if (!file) {
            return fail(file.error());
        }
        auto* value = std::get_if<T>(&held);
        return std::pair(std::move(*file), value == nullptr ? std::nullopt : std::optional<T>(std::move(*value)));
    }

private:
    using Held = std::variant<std::monostate, Catalogue<Topic>, Catalogue<Skill>, Catalogue<Dataset>, Curriculum, Quiz,
                              Project, PackageGroup>;
    struct Found {
        Result<ReadFile> file{};
        Held held{};
    };
    static Held held(std::string_view schema, const json::Value& json);
    [[nodiscard]] Found read_one(const File& file);

    Reader m_reader;
    std::vector<Found> m_found{};
    std::unordered_map<std::string, std::size_t> m_places{};
};

}  // namespace mlpath::library
