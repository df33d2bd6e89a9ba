#include "library/draft.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace mlpath::library {

void KnownIds::add(std::string id) {
    if (m_places.try_emplace(id, nowhere).second) {
        m_ids.push_back(std::move(id));
    }
}

bool KnownIds::add(std::string id, std::size_t place) {
    const auto [known, fresh] = m_places.try_emplace(id, place);
    if (fresh) {
        m_ids.push_back(std::move(id));
        return true;
    }
    return std::exchange(known->second, std::min(known->second, place)) == nowhere;
}

bool KnownIds::has_all(const std::vector<std::string>& ids) const {
    return m_lost || std::ranges::all_of(ids, [&](const std::string& id) { return contains(id); });
}

std::size_t KnownIds::place_of(const std::string& id) const {
    if (m_list != nullptr) {
        if (const auto found = m_list->find(id); found != m_list->end()) {
            return found->second;
        }
    }
    return m_places.at(id);
}

std::vector<std::string> KnownIds::ids() const {
    auto ids = m_ids;
    if (m_list != nullptr) {
        ids.resize(m_ids.size() + m_list->size());
        for (const auto& [id, place] : *m_list) {
            ids[m_ids.size() + place] = id;
        }
    }
    return ids;
}

Draft::Draft(const Content& content, const Basis& basis, std::string name)
    : m_content(content), m_basis(&basis), m_guest(std::move(name)) {
    const auto know = [](KnownIds& known, const auto& catalogue) {
        for (const auto& value : catalogue) {
            known.add(value.id);
        }
    };
    know(topics, basis.index->topics);
    know(datasets, basis.index->datasets);
    know(projects, basis.index->projects);
    for (const auto& [id, pins] : basis.package_groups) {
        environments.add(id);
    }
    if (!basis.index->skills.empty()) {
        know(skills.emplace(), basis.index->skills);
    }
}

const Dataset* Draft::dataset(const std::string& id) const {
    const auto* const own = library.datasets.find(id);
    return own != nullptr || m_basis == nullptr ? own : m_basis->datasets.find(id);
}

const std::vector<Pin>* Draft::pins(const std::string& environment) const {
    if (const auto own = package_groups.find(environment); own != package_groups.end()) {
        return own->second.pins ? &*own->second.pins : nullptr;
    }
    if (m_basis == nullptr) {
        return nullptr;
    }
    const auto known = m_basis->package_groups.find(environment);
    return known == m_basis->package_groups.end() ? nullptr : &known->second;
}

std::optional<ProjectStatus> Draft::status_of_project(const std::string& id) const {
    if (const auto* const own = library.projects.find(id)) {
        return own->status;
    }
    const auto* const known = m_basis == nullptr ? nullptr : m_basis->index->projects.find(id);
    return known == nullptr ? std::nullopt : std::optional(known->status);
}

std::span<const std::string> Draft::required_by_project(const std::string& id) const {
    if (const auto* const own = library.projects.find(id)) {
        return own->requires_projects;
    }
    const auto* const known = m_basis == nullptr ? nullptr : m_basis->index->projects.find(id);
    return known == nullptr ? std::span<const std::string>() : known->requires_projects;
}

bool ProjectDraft::has_file(const std::string& path) const { return std::ranges::binary_search(files, path); }

bool ProjectDraft::has_folder(const std::string& path) const {
    const auto prefix = path.ends_with('/') ? path : path + '/';
    const auto at = std::ranges::lower_bound(files, prefix);
    return at != files.end() && at->starts_with(prefix);
}

void Draft::error(const json::Document& document, std::string pointer, std::string message, std::string suggestion) {
    faults.push_back(
        {Severity::error, document.place_of(std::move(pointer)), std::move(message), std::move(suggestion)});
}

void Draft::warning(const json::Document& document, std::string pointer, std::string message, std::string suggestion) {
    faults.push_back(
        {Severity::warning, document.place_of(std::move(pointer)), std::move(message), std::move(suggestion)});
}

void Draft::file_error(std::string path, std::size_t line, std::string message, std::string suggestion) {
    faults.push_back({Severity::error, {std::move(path), {}, line}, std::move(message), std::move(suggestion)});
}

std::string Draft::guess(std::string_view id, const std::vector<std::string>& ids) {
    if (m_guesses_left == 0) {
        return {};
    }
    --m_guesses_left;
    const auto meant = nearest(id, ids);
    return meant ? "did you mean `" + *meant + "`?" : std::string{};
}

void Draft::refer(const json::Document& document, std::string pointer, std::string_view what, const std::string& id,
                  const KnownIds& known) {
    if (!known.lost() && !known.contains(id)) {
        error(document, std::move(pointer), "no " + std::string(what) + " `" + id + "`", guess(id, known.ids()));
    }
}

std::string Draft::pointer_of_topic(const std::string& id) const {
    return json::pointer_to("/topics", topics.place_of(id));
}

std::string Draft::pointer_of_skill(const std::string& id) const {
    return json::pointer_to("/skills", skills->place_of(id));
}

std::string Draft::pointer_of_dataset(const std::string& id) const {
    return json::pointer_to("/datasets", datasets.place_of(id));
}

}  // namespace mlpath::library
