#include "library/defaults.hpp"
#include "library/package_group.hpp"
#include "library/read.hpp"

namespace mlpath::library {

PackageGroup read_package_group(const json::Value& json) {
    const auto python = json.at("python");
    PackageGroup group{.id = text_or(json, "id"),
                       .title = text_or(json, "title"),
                       .summary = text_or(json, "summary"),
                       .python_min = text_or(python, "min"),
                       .python_max = text_or(python, "max"),
                       .platforms = texts(json, "platforms"),
                       .index = text_or(json, "index"),
                       .extends = text_or(json, "extends"),
                       .packages = read_packages(json)};
    if (group.platforms.empty()) {
        group.platforms = default_at("environment", "", "platforms").get<std::vector<std::string>>();
    }
    return group;
}

std::string environment_path(std::string_view id) {
    return std::string("curricula/environments/").append(id).append(".json");
}

std::string pins_path(std::string_view id) { return std::string("curricula/environments/").append(id).append(".txt"); }

}  // namespace mlpath::library
