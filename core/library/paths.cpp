#include "library/paths.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace mlpath::library {

std::optional<std::string> path_fault(std::string_view path) {
    if (path.empty()) {
        return "the path is empty";
    }
    if (path.front() == '/' || (path.size() > 1 && path[1] == ':')) {
        return "the path is absolute; it must be relative";
    }
    if (path.find('\\') != std::string_view::npos) {
        return "the path has a backslash; folders are parted by `/`";
    }
    const auto controls = [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; };
    if (std::ranges::any_of(path, controls)) {
        return "the path has a control character";
    }
    auto rest = path;
    if (rest.ends_with('/')) {
        rest.remove_suffix(1);
    }
    for (const auto part : split(rest, '/')) {
        if (part == "..") {
            return "the path leads upwards (`..`)";
        }
        if (part.empty() || part == ".") {
            return "the path has an empty part (`//` or `.`)";
        }
    }
    return std::nullopt;
}

bool is_glob(std::string_view path) { return path.find_first_of("*?[") != std::string_view::npos; }

bool any_glob_matches(const std::vector<std::string>& globs, std::string_view path) {
    return std::ranges::any_of(globs, [&](const std::string& glob) { return glob_matches(glob, path); });
}

bool dataset_has(const Dataset& dataset, std::string_view file) {
    return std::ranges::any_of(dataset.files, [&](const DatasetFile& known) {
        if (!known.archive) {
            return known.name == file;
        }
        const auto& members = known.archive->members;
        return members.empty() || std::ranges::any_of(members, [&](const std::string& member) {
                   return member == file || file.starts_with(member + '/') ||
                          member.starts_with(std::string(file) + '/');
               });
    });
}

std::vector<std::string> names_in(const Dataset& dataset) {
    std::vector<std::string> names;
    for (const auto& file : dataset.files) {
        if (!file.archive) {
            names.push_back(file.name);
        } else {
            names.insert(names.end(), file.archive->members.begin(), file.archive->members.end());
        }
    }
    return names;
}

}  // namespace mlpath::library
