#include "library/ahead.hpp"

#include <algorithm>
#include <map>
#include <thread>

#include "base/side_by_side.hpp"
#include "json/schema.hpp"
#include "json/tree.hpp"
#include "library/read.hpp"
#include "library/schemas.hpp"

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

// Those that there are; a file whose schema is missing or broken is left to `Reader`, which says so.
std::map<std::string, json::Schema> schemas_of(const Content& content, const std::vector<Ahead::File>& files) {
    std::map<std::string, json::Schema> schemas;
    for (const auto& file : files) {
        if (schemas.contains(file.schema) || content.validated(file.path)) {
            continue;
        }
        if (auto schema = compiled_schema(content, file.schema)) {
            schemas.emplace(file.schema, std::move(*schema));
        }
    }
    return schemas;
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
    return read_project(json);
}

void Ahead::read(const Content& content, const std::vector<File>& files) {
    const auto schemas = schemas_of(content, files);
    m_found.resize(files.size());
    m_places.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        m_places.emplace(files[i].path, i);
    }
    const auto look = [&](std::size_t i) -> Status {
        const auto schema = schemas.find(files[i].schema);
        if (schema == schemas.end() || content.validated(files[i].path)) {
            return {};
        }
        auto text = content.read(files[i].path);
        if (!text) {
            return {};
        }
        json::Tree tree;
        try {
            if (tree.read(*text) && schema->second.accepts(tree.root())) {
                m_found[i].held = held(files[i].schema, tree.root());
                m_found[i].text = std::move(*text);
            }
        } catch (const json::WrongType&) {  // the schema does not promise what a reader expects: `Reader` tells
            m_found[i].held = std::monostate{};
        }
        return {};
    };
    const auto threads = std::min<std::size_t>(std::thread::hardware_concurrency(), 1 + files.size() / files_a_thread);
    (void)side_by_side(files.size(), threads, look);
}

}  // namespace mlpath::library
