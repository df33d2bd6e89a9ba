#include "library/guest.hpp"

#include <algorithm>

#include "library/read.hpp"
#include "library/reader.hpp"

namespace mlpath::library {

namespace {

template <typename T>
std::optional<std::string> taken_in(const Catalogue<T>& catalogue, std::string_view name) {
    const auto found = std::ranges::find_if(catalogue, [&](const T& value) { return belongs_to(value.id, name); });
    return found == catalogue.end() ? std::nullopt : std::optional(found->id);
}

std::optional<std::string> taken_in(const std::vector<Stage>& stages, std::string_view name) {
    for (const auto& stage : stages) {
        for (const auto& goal : stage.goals) {
            if (belongs_to(goal.id, name)) {
                return goal.id;
            }
        }
        if (auto inner = taken_in(stage.stages, name)) {
            return inner;
        }
    }
    return std::nullopt;
}

template <typename T>
void add_all(Catalogue<T>& catalogue, Catalogue<T> others) {
    for (const auto& value : others) {
        catalogue.add(value);
    }
}

}  // namespace

Result<Manifest> load_manifest(const Content& content) {
    Reader reader(content);
    MLPATH_TRY(const auto file, reader.read(std::string(manifest_name), "library"));
    if (has_errors(file.faults)) {
        return fail(to_error(file.faults));
    }
    const auto value = file.document.root();
    return Manifest{text_or(value, "name"), text_or(value, "title"), text_or(value, "summary")};
}

std::string_view first_word(std::string_view id) { return id.substr(0, id.find('-')); }

bool belongs_to(std::string_view id, std::string_view guest) { return !guest.empty() && first_word(id) == guest; }

std::optional<std::string> taken_by(const Index& index, std::string_view name) {
    for (const std::string_view of_files : {"topics", "skills", "datasets", "quizzes", "schemas", "synthetic"}) {
        if (name == of_files) {
            return std::string(name);
        }
    }
    for (const auto& curriculum : index.curricula) {
        if (auto goal = taken_in(curriculum.stages, name)) {
            return goal;
        }
    }
    for (auto found : {taken_in(index.curricula, name), taken_in(index.topics, name), taken_in(index.skills, name),
                       taken_in(index.projects, name), taken_in(index.datasets, name), taken_in(index.quizzes, name)}) {
        if (found) {
            return found;
        }
    }
    // What an id of before means must stay as it is, too.
    auto before = index.renamed.find([&](const std::string& id) { return belongs_to(id, name); });
    return before.empty() ? std::nullopt : std::optional(std::move(before));
}

void add_guest(Index& index, Index guest) {
    add_all(index.curricula, std::move(guest.curricula));
    add_all(index.topics, std::move(guest.topics));
    add_all(index.skills, std::move(guest.skills));
    add_all(index.projects, std::move(guest.projects));
    add_all(index.datasets, std::move(guest.datasets));
    add_all(index.quizzes, std::move(guest.quizzes));
    index.renamed.add(guest.renamed);
}

}  // namespace mlpath::library
