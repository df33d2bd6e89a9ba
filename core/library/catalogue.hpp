// Things with an `id`, in the order of their file, found by id at once.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mlpath::library {

struct IdHash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view id) const { return std::hash<std::string_view>{}(id); }
};

// Which entry of a list has the id.
using Places = std::unordered_map<std::string, std::size_t, IdHash, std::equal_to<>>;

template <typename T>
class Catalogue {
public:
    // The first of an id wins; false where the id was there already.
    bool add(T value) {
        const bool fresh = m_places.try_emplace(value.id, m_values.size()).second;
        if (fresh) {
            m_values.push_back(std::move(value));
        }
        return fresh;
    }
    // Null where there is none; valid until the next `add`.
    [[nodiscard]] const T* find(std::string_view id) const {
        const auto found = m_places.find(id);
        return found == m_places.end() ? nullptr : &m_values[found->second];
    }
    // Which of the values it is, in their order.
    [[nodiscard]] std::optional<std::size_t> place_of(std::string_view id) const {
        const auto found = m_places.find(id);
        return found == m_places.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] const Places& places() const { return m_places; }
    // `change` may change all of a value but its id.
    template <typename Change>
    void change_each(const Change& change) {
        for (auto& value : m_values) {
            change(value);
        }
    }
    // How many are to come.
    void reserve(std::size_t count) {
        m_values.reserve(m_values.size() + count);
        m_places.reserve(m_places.size() + count);
    }
    [[nodiscard]] bool contains(std::string_view id) const { return find(id) != nullptr; }
    [[nodiscard]] std::vector<std::string> ids() const {
        std::vector<std::string> ids;
        ids.reserve(m_values.size());
        for (const auto& value : m_values) {
            ids.push_back(value.id);
        }
        return ids;
    }
    [[nodiscard]] auto begin() const { return m_values.begin(); }
    [[nodiscard]] auto end() const { return m_values.end(); }
    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    [[nodiscard]] bool empty() const { return m_values.empty(); }

private:
    std::vector<T> m_values{};
    Places m_places{};
};

}  // namespace mlpath::library
