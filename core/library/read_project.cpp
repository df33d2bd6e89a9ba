#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "library/complete.hpp"
#include "library/defaults.hpp"
#include "library/read.hpp"

namespace mlpath::library {

template <typename In>
std::string text_or(const In& json, const char* key, std::string fallback) {
    const auto found = json.find(key);
    return found == json.end() ? std::move(fallback) : found->template get<std::string>();
}

template <typename In>
std::vector<std::string> texts(const In& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() ? std::vector<std::string>{} : found->template get<std::vector<std::string>>();
}

template <typename In>
bool flag(const In& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->template get<bool>();
}

template <typename In>
int whole(const In& json, const char* key, int fallback) {
    const auto found = json.find(key);
    if (found == json.end()) {
        return fallback;
    }
    constexpr auto low = static_cast<double>(std::numeric_limits<int>::min());
    constexpr auto high = static_cast<double>(std::numeric_limits<int>::max());
    return static_cast<int>(std::clamp(found->template get<double>(), low, high));
}

template <typename In>
std::uint64_t natural(const In& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) {
        return 0;
    }
    if (found->is_number_unsigned()) {
        return found->template get<std::uint64_t>();
    }
    constexpr double most = 9223372036854775808.0;  // 2^63
    return static_cast<std::uint64_t>(std::clamp(found->template get<double>(), 0.0, most));
}

std::optional<Hours> read_hours(const json::Value& json) {
    const auto found = json.find("hours");
    if (found == json.end()) {
        return std::nullopt;
    }
    return Hours{found->at("min").get<double>(), found->at("max").get<double>(), flag(*found, "estimate")};
}

Check read_check(const json::Value& json) {
    Check check{text_or(json, "id"),      text_or(json, "kind"), text_or(json, "says"),
                text_or(json, "because"), text_or(json, "look"), json_of(json)};
    put_defaults(check);
    return check;
}

std::vector<PythonPackage> read_packages(const json::Value& json) {
    std::vector<PythonPackage> packages;
    each(json, "packages", [&](const auto& package) {
        packages.push_back({text_or(package, "import"), text_or(package, "pypi"), text_or(package, "debian"),
                            text_or(package, "version"), texts(package, "milestones")});
    });
    return packages;
}

namespace {

PythonNeeds read_python(const json::Value& json) {
    return {text_or(json, "version"), text_or(json, "environment"), {}, read_packages(json)};
}

SplitMethod split_method(const std::string& name) {
    return name == "stratified"      ? SplitMethod::stratified
           : name == "grouped"       ? SplitMethod::grouped
           : name == "chronological" ? SplitMethod::chronological
                                     : SplitMethod::random;
}

SplitSpec read_split(const json::Value& json) {
    return {
        split_method(text_or(json, "method")), text_or(json, "target"), text_or(json, "group"), text_or(json, "time"),
        json.at("test").get<double>(),         natural(json, "seed"),   texts(json, "drop"),    texts(json, "ignore")};
}

DataEntry read_data(const json::Value& json) {
    DataEntry entry{text_or(json, "id"),      text_or(json, "dataset"), text_or(json, "file"),
                    text_or(json, "bundled"), text_or(json, "to"),      {},
                    text_or(json, "train"),   text_or(json, "test")};
    if (const auto found = json.find("split"); found != json.end()) {
        entry.split = read_split(*found);
    }
    return entry;
}

// That a step may take, where it says nothing.
double usual_seconds() {
    static const auto seconds = default_at("project", "/definitions/step", "seconds").get<double>();
    return seconds;
}

// Without a `name`, the signature begins with it: "titanic.load(path: str) -> pd.DataFrame".
LearnerCall read_call(const json::Value& json) {
    LearnerCall call{text_or(json, "name"), text_or(json, "signature"), text_or(json, "says")};
    if (call.name.empty()) {
        call.name = call.signature.substr(0, call.signature.find('('));
        call.signature.erase(0, call.name.rfind('.') + 1);
    }
    return call;
}

// What it predicts it writes.
Step read_step(const json::Value& json) {
    Step step{text_or(json, "id"),
              texts(json, "run"),
              texts(json, "needs"),
              texts(json, "writes"),
              json.value("seconds", usual_seconds()),
              text_or(json, "data"),
              text_or(json, "predictions")};
    if (!json.contains("writes") && !step.predictions.empty()) {
        step.writes = {step.predictions};
    }
    return step;
}

Milestone read_milestone(const json::Value& json) {
    Milestone milestone{text_or(json, "id"),   text_or(json, "title"), text_or(json, "goal"), texts(json, "hints"), {},
                        texts(json, "aliases")};
    each(json, "checks", [&](const auto& check) { milestone.checks.push_back(read_check(check)); });
    return milestone;
}

}  // namespace

Project read_project(const json::Value& json) {
    Project project;
    project.id = text_or(json, "id");
    project.aliases = texts(json, "aliases");
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
    each(json, "data", [&](const auto& entry) { project.data.push_back(read_data(entry)); });
    project.sources = texts(json, "sources");
    each(json, "steps", [&](const auto& step) { project.steps.push_back(read_step(step)); });
    each(json, "calls", [&](const auto& call) { project.calls.push_back(read_call(call)); });
    each(json, "milestones", [&](const auto& milestone) { project.milestones.push_back(read_milestone(milestone)); });
    for (auto& milestone : project.milestones) {
        std::ranges::for_each(milestone.checks, [&](Check& check) { take_from_project(check, project); });
    }
    return project;
}

namespace {

// A text within a line, or the lines of a longer one.
std::string text_or_lines(const json::Value& json, const char* key) {
    const auto value = json.at(key);
    return value.is_array() ? join(value.get<std::vector<std::string>>(), "\n") : value.get<std::string>();
}

}  // namespace

Flaw read_flaw(const json::Value& json) {
    Flaw flaw{text_or(json, "name"),    text_or(json, "milestone"), text_or(json, "check"),
              text_or(json, "message"), text_or(json, "why"),       {}};
    const auto file = text_or(json, "file");
    const auto add = [&](const json::Value& edit) {
        flaw.edits.push_back(
            {text_or(edit, "file", file), text_or_lines(edit, "find"), text_or_lines(edit, "replace")});
    };
    if (json.contains("find")) {
        add(json);
    }
    each(json, "edits", add);
    return flaw;
}

template std::string text_or(const Json&, const char*, std::string);
template std::string text_or(const json::Value&, const char*, std::string);
template std::vector<std::string> texts(const Json&, const char*);
template std::vector<std::string> texts(const json::Value&, const char*);
template bool flag(const Json&, const char*);
template bool flag(const json::Value&, const char*);
template std::uint64_t natural(const Json&, const char*);
template std::uint64_t natural(const json::Value&, const char*);
template int whole(const Json&, const char*, int);
template int whole(const json::Value&, const char*, int);

}  // namespace mlpath::library
