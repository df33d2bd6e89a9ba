#include <algorithm>
#include <limits>

#include "library/read.hpp"

namespace mlpath::library {

std::string text_or(const Json& json, const char* key, std::string fallback) {
    const auto found = json.find(key);
    return found == json.end() ? std::move(fallback) : found->get<std::string>();
}

std::vector<std::string> texts(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() ? std::vector<std::string>{} : found->get<std::vector<std::string>>();
}

bool flag(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->get<bool>();
}

int whole(const Json& json, const char* key, int fallback) {
    const auto found = json.find(key);
    if (found == json.end()) {
        return fallback;
    }
    constexpr auto low = static_cast<double>(std::numeric_limits<int>::min());
    constexpr auto high = static_cast<double>(std::numeric_limits<int>::max());
    return static_cast<int>(std::clamp(found->get<double>(), low, high));
}

std::uint64_t natural(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) {
        return 0;
    }
    if (found->is_number_unsigned()) {
        return found->get<std::uint64_t>();
    }
    constexpr double most = 9223372036854775808.0;  // 2^63
    return static_cast<std::uint64_t>(std::clamp(found->get<double>(), 0.0, most));
}

std::optional<Hours> read_hours(const Json& json) {
    const auto found = json.find("hours");
    if (found == json.end()) {
        return std::nullopt;
    }
    return Hours{found->at("min").get<double>(), found->at("max").get<double>(), flag(*found, "estimate")};
}

Check read_check(const Json& json) {
    return {text_or(json, "id"),      text_or(json, "kind"), text_or(json, "says"),
            text_or(json, "because"), text_or(json, "look"), json};
}

Flaw read_flaw(std::string name, const Json& json) {
    return {std::move(name), text_or(json, "milestone"), text_or(json, "check"), text_or(json, "message"),
            text_or(json, "why")};
}

namespace {

// The value of `key` in the object, or an empty list to go through.
const Json& list_at(const Json& json, const char* key) {
    static const Json none = Json::array();
    const auto found = json.find(key);
    return found == json.end() ? none : *found;
}

PythonNeeds read_python(const Json& json) {
    PythonNeeds needs{text_or(json, "version"), {}};
    for (const auto& package : list_at(json, "packages")) {
        needs.packages.push_back({text_or(package, "import"), text_or(package, "pypi"), text_or(package, "debian"),
                                  text_or(package, "version")});
    }
    return needs;
}

SplitMethod split_method(const std::string& name) {
    return name == "stratified"      ? SplitMethod::stratified
           : name == "grouped"       ? SplitMethod::grouped
           : name == "chronological" ? SplitMethod::chronological
                                     : SplitMethod::random;
}

SplitSpec read_split(const Json& json) {
    return {
        split_method(text_or(json, "method")), text_or(json, "target"), text_or(json, "group"), text_or(json, "time"),
        json.at("test").get<double>(),         natural(json, "seed"),   texts(json, "drop"),    texts(json, "ignore")};
}

DataEntry read_data(const Json& json) {
    DataEntry entry{text_or(json, "id"),      text_or(json, "dataset"), text_or(json, "file"),
                    text_or(json, "bundled"), text_or(json, "to"),      {},
                    text_or(json, "train"),   text_or(json, "test")};
    if (const auto found = json.find("split"); found != json.end()) {
        entry.split = read_split(*found);
    }
    return entry;
}

Milestone read_milestone(const Json& json) {
    Milestone milestone{text_or(json, "id"), text_or(json, "title"), text_or(json, "goal"), texts(json, "hints"), {}};
    for (const auto& check : list_at(json, "checks")) {
        milestone.checks.push_back(read_check(check));
    }
    return milestone;
}

}  // namespace

Project read_project(const Json& json) {
    Project project;
    project.id = text_or(json, "id");
    project.version = whole(json, "version", 1);
    project.status = text_or(json, "status") == "planned" ? ProjectStatus::planned : ProjectStatus::ready;
    project.title = text_or(json, "title");
    project.summary = text_or(json, "summary");
    project.hours = read_hours(json);
    project.skills = texts(json, "skills");
    if (const auto found = json.find("requires"); found != json.end()) {
        project.requires_projects = texts(*found, "projects");
        project.requires_topics = texts(*found, "topics");
    }
    project.extends = text_or(json, "extends");
    project.satisfies = texts(json, "satisfies");
    if (const auto found = json.find("python"); found != json.end()) {
        project.python = read_python(*found);
    }
    for (const auto& entry : list_at(json, "data")) {
        project.data.push_back(read_data(entry));
    }
    project.sources = texts(json, "sources");
    for (const auto& step : list_at(json, "steps")) {
        project.steps.push_back({text_or(step, "id"), texts(step, "run"), texts(step, "needs"), texts(step, "writes"),
                                 step.value("seconds", 60.0)});
    }
    for (const auto& call : list_at(json, "calls")) {
        project.calls.push_back({text_or(call, "name"), text_or(call, "signature"), text_or(call, "says")});
    }
    for (const auto& milestone : list_at(json, "milestones")) {
        project.milestones.push_back(read_milestone(milestone));
    }
    return project;
}

}  // namespace mlpath::library
