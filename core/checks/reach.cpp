#include "checks/reach.hpp"

#include "checks/isolated.hpp"
#include "json/document.hpp"

namespace mlpath::checks {

namespace {

std::set<std::string> names_in(const Json& answer, const char* key) {
    std::set<std::string> names;
    for (const auto& name : answer.value(key, Json::array())) {
        if (name.is_string()) {
            names.insert(name.get<std::string>());
        }
    }
    return names;
}

}  // namespace

Hangs::Reaching reaching(const std::string& what, const run::Sources& sources, const std::filesystem::path& harness,
                         const run::Interpreter& isolated, system::Processes& processes, std::stop_token stop) {
    auto spec = isolated_program(isolated, harness, "reach.py", {sources.folder.string(), what});
    spec.wall_limit = std::chrono::seconds(10);
    for (const auto& file : sources.files) {
        if (file.ends_with(".py")) {
            spec.argv.push_back(file);
        }
    }
    const auto outcome = processes.run(spec, std::move(stop));
    if (!outcome || !outcome->succeeded()) {
        return {};
    }
    const auto parsed = json::parse(outcome->out.text(), "what reaches it");
    if (!parsed.ok() || !parsed.value.is_object()) {
        return {};
    }
    return {.surely = names_in(parsed.value, "surely"), .maybe = names_in(parsed.value, "maybe")};
}

}  // namespace mlpath::checks
