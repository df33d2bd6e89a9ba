#include "run/watched.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "library/kind.hpp"
#include "run/step.hpp"

namespace mlpath::run {

namespace {

std::vector<std::string> documents_of(const library::Project& project) {
    std::vector<std::string> paths;
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            if (library::reads_a_document(check) && check.fields.contains("path") && check.fields["path"].is_string()) {
                paths.push_back(check.fields["path"].get<std::string>());
            }
        }
    }
    return paths;
}

bool is_of_an_editor(std::string_view name) {
    const auto dot = name.rfind('.');
    const auto ending = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
    return name == "4913" ||       // vim asks whether it may write here
           name.ends_with('~') ||  // vim, emacs, gedit: the file as it was
           (name.starts_with('.') && (ending.starts_with(".sw") || name.starts_with(".#"))) ||  // vim, emacs
           (name.starts_with('#') && name.ends_with('#')) ||                  // emacs: saved by itself
           name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___");  // JetBrains
}

}  // namespace

Work look_at_work(const library::Project& project, const std::filesystem::path& folder) {
    Work work;
    const auto sources = collect_sources(project, folder);
    if (!sources) {
        work.folders = {""};
        work.contents.emplace("", sources.error().message);
        return work;
    }
    work.folders = sources->entered;
    for (const auto& path : sources->folders) {
        work.contents.emplace(path, "a folder");
    }
    auto paths = sources->files;
    const auto documents = documents_of(project);
    paths.insert(paths.end(), documents.begin(), documents.end());
    for (const auto& path : paths) {
        const auto bytes = read_file(folder / path);
        if (bytes) {
            work.contents.insert_or_assign(path, hash128_hex(*bytes));
        } else if (std::error_code ignored; fs::exists(fs::symlink_status(folder / path, ignored))) {
            work.contents.emplace(path, bytes.error().message);
        }
    }
    return work;
}

std::vector<std::string> changed_paths(const Work& before, const Work& now) {
    std::vector<std::string> changed;
    for (const auto& [path, content] : now.contents) {
        const auto known = before.contents.find(path);
        if (known == before.contents.end() || known->second != content) {
            changed.push_back(path);
        }
    }
    for (const auto& [path, content] : before.contents) {
        if (!now.contents.contains(path)) {
            changed.push_back(path);
        }
    }
    std::ranges::sort(changed);
    return changed;
}

bool is_worth_a_look(const library::Project& project, std::string_view path) {
    if (const auto documents = documents_of(project); std::ranges::find(documents, path) != documents.end()) {
        return true;
    }
    return path.empty() || (!is_of_an_editor(path.substr(path.rfind('/') + 1)) && may_hold_source(project, path));
}

}  // namespace mlpath::run
