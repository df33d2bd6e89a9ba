#include "library/ahead.hpp"

#include <algorithm>
#include <thread>

#include "base/side_by_side.hpp"
#include "library/read.hpp"

namespace mlpath::library {

namespace {

// More than a thread costs.
constexpr std::size_t files_a_thread = 16;

// The entries; nothing where two have one id, which is a fault.
template <typename Held, typename T>
Held read_list(const json::Value& json, std::string_view key, T (*read)(const json::Value&)) {
    const auto list = json.at(key);
    Catalogue<T> entries;
    entries.reserve(list.size());
    for (const auto entry : list) {
        if (!entries.add(read(entry))) {
            return std::monostate{};
        }
    }
    return entries;
}

}  // namespace

Ahead::Held Ahead::held(std::string_view schema, const json::Value& json) {
    if (schema == "topics") {
        return read_list<Held, Topic>(json, schema, read_topic);
    }
    if (schema == "skills") {
        return read_list<Held, Skill>(json, schema, read_skill);
    }
    if (schema == "datasets") {
        return read_list<Held, Dataset>(json, schema, read_dataset);
    }
    if (schema == "curriculum") {
        return read_curriculum(json);
    }
    if (schema == "quiz") {
        return read_quiz(json);
    }
    if (schema == "environment") {
        return read_package_group(json);
    }
    return read_project(json);
}

Ahead::Found Ahead::read_one(const File& file) {
    Found found{.file = m_reader.read(file.path, file.schema)};
    if (found.file && found.file->usable && !has_errors(found.file->faults)) {
        try {
            found.held = held(file.schema, found.file->document.root());
        } catch (const std::exception& error) {
            found.file = fail(not_as_promised(error));
        }
    }
    return found;
}

void Ahead::read(const std::vector<File>& files) {
    m_found.resize(files.size());
    m_places.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        m_places.emplace(files[i].path, i);
    }
    const auto threads = std::min<std::size_t>(std::thread::hardware_concurrency(), 1 + files.size() / files_a_thread);
    (void)side_by_side(files.size(), threads, [&](std::size_t i) -> Status {
        m_found[i] = read_one(files[i]);
        return {};
    });
}

}  // namespace mlpath::library
