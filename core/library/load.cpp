#include <algorithm>

#include "base/side_by_side.hpp"
#include "base/text.hpp"
#include "library/ahead.hpp"
#include "library/draft.hpp"
#include "library/library.hpp"
#include "library/read.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view topics_path = "curricula/topics.json";
constexpr std::string_view skills_path = "curricula/skills.json";
constexpr std::string_view datasets_path = "curricula/datasets.json";
constexpr std::string_view quizzes_folder = "curricula/quizzes/";
constexpr std::string_view environments_folder = "curricula/environments/";

// The id of a value that has faults, so that references to it are not faults as well.
std::optional<std::string> id_of(const json::Value& value) {
    const auto found = value.find("id");
    return found != value.end() && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

// The files that are lists, and those that are one thing.
struct SourceFiles {
    Ahead lists;
    Ahead files;
};

// A file of many: topics.json, skills.json, datasets.json.
template <typename T>
struct List {
    std::string path{};
    std::string key{};
    Catalogue<T>& catalogue;
    KnownIds& known;
    json::Document& document;

    // The entry at `place`; nothing where it has faults of its own.
    void add(Draft& draft, std::string id, std::size_t place, std::optional<T> value) {
        if (!known.add(id, place)) {
            const auto first = json::pointer_to("/" + key, known.place_of(id));
            draft.error(document, json::pointer_to(json::pointer_to("/" + key, place), "id"),
                        "the id `" + id + "` is taken: line " + std::to_string(document.line_of(first)) + " has it too",
                        "ids are unique");
        } else if (value) {
            catalogue.add(std::move(*value));
        }
    }
};

template <typename T>
Status load_list(Draft& draft, SourceFiles& source, List<T> list, T (*read)(const json::Value&)) {
    MLPATH_TRY(auto taken, source.lists.take<Catalogue<T>>(list.path));
    auto& [file, whole] = taken;
    draft.faults.insert(draft.faults.end(), file.faults.begin(), file.faults.end());
    list.document = std::move(file.document);
    if (whole) {
        list.catalogue = std::move(*whole);
        list.known.add(list.catalogue.places());
        return {};
    }
    const auto root = list.document.root();
    const auto entries = root.find(list.key);
    if (!file.usable || entries == root.end() || !entries->is_array()) {
        list.known.lose();
        return {};
    }
    const bool all_sound = !has_errors(file.faults);
    std::size_t place = 0;
    for (const auto entry : *entries) {
        if (auto id = id_of(entry)) {
            const bool sound = all_sound || file.sound(json::pointer_to("/" + list.key, place));
            list.add(draft, std::move(*id), place, sound ? std::optional(read(entry)) : std::nullopt);
        }
        ++place;
    }
    return {};
}

// What a file without errors holds, and the document that faults of meaning are placed in.
template <typename T>
struct Whole {
    T value{};
    json::Document document{};
};

// The faults of the file are added to the draft.
template <typename T>
Result<std::optional<Whole<T>>> read_whole(Draft& draft, SourceFiles& source, const std::string& path) {
    MLPATH_TRY(auto taken, source.files.take<T>(path));
    auto& [file, value] = taken;
    draft.faults.insert(draft.faults.end(), file.faults.begin(), file.faults.end());
    return value ? std::optional(Whole<T>{std::move(*value), std::move(file.document)}) : std::nullopt;
}

Status load_curriculum_file(Draft& draft, SourceFiles& source, const std::string& path) {
    MLPATH_TRY(auto file, read_whole<Curriculum>(draft, source, path));
    if (!file) {
        return {};
    }
    const auto id = file->value.id;
    const auto expected = path.substr(path.rfind('/') + 1, path.size() - path.rfind('/') - 6);
    if (id != expected) {
        draft.error(file->document, "/id", "the id is `" + id + "` and the file is named `" + expected + ".json`",
                    "give both the same name");
    }
    if (draft.library.curricula.add(std::move(file->value))) {
        draft.curricula.emplace(id, std::move(file->document));
    }
    return {};
}

Status load_quiz_file(Draft& draft, SourceFiles& source, const std::string& path) {
    MLPATH_TRY(auto file, read_whole<Quiz>(draft, source, path));
    if (!file) {
        return {};
    }
    const auto& id = file->value.id;
    const auto expected = path.substr(quizzes_folder.size(), path.size() - quizzes_folder.size() - 5);
    if (id != expected) {
        draft.error(file->document, "/id", "the id is `" + id + "` and the file is named `" + expected + ".json`",
                    "give both the same name");
        return {};
    }
    draft.quizzes.emplace(id, std::move(file->document));
    draft.library.quizzes.add(std::move(file->value));
    return {};
}

Status load_package_group_file(Draft& draft, SourceFiles& source, const std::string& path) {
    const auto name = path.substr(environments_folder.size(), path.size() - environments_folder.size() - 5);
    draft.environments.add(name);
    MLPATH_TRY(auto file, read_whole<PackageGroup>(draft, source, path));
    if (!file) {
        return {};
    }
    if (const auto& id = file->value.id; id != name) {
        draft.error(file->document, "/id", "the id is `" + id + "` and the file is named `" + name + ".json`",
                    "give both the same name");
        return {};
    }
    PackageGroupDraft group{.group = std::move(file->value), .document = std::move(file->document)};
    const auto text = draft.content().read(pins_path(name));
    if (!text) {
        draft.error(group.document, "", "its pins are missing: there is no " + name + ".txt beside it",
                    "write them with `scripts/pins " + name + "`");
    } else if (auto pins = read_pins(*text, pins_path(name))) {
        group.pins = std::move(*pins);
    } else {
        const auto& error = pins.error();
        draft.file_error(error.place.file, error.place.line, error.message, error.hint);
    }
    draft.package_groups.emplace(name, std::move(group));
    return {};
}

Status load_project_file(Draft& draft, SourceFiles& source, const std::string& id, std::vector<std::string> files) {
    draft.projects.add(id);
    const auto path = template_path(id, "project.json");
    if (!std::ranges::binary_search(files, "project.json")) {
        draft.file_error(path, 0, "the template has no manifest", "add project.json, or remove the folder");
        return {};
    }
    MLPATH_TRY(auto file, read_whole<Project>(draft, source, path));
    if (!file) {
        return {};
    }
    if (file->value.id != id) {
        draft.error(file->document, "/id", "the id is `" + file->value.id + "` and the folder is named `" + id + "`",
                    "give both the same name");
        return {};
    }
    draft.library.projects.add(std::move(file->value));
    draft.templates.emplace(id, ProjectDraft{std::move(file->document), std::move(files)});
    return {};
}

// A guest in a workspace may do without.
Status load_manifest_file(Draft& draft) {
    auto file = Reader(draft.content()).read(std::string(manifest_name), "library");
    if (!file) {
        return file.error().kind == ErrorKind::not_found ? Status() : fail(file.error());
    }
    draft.faults.insert(draft.faults.end(), file->faults.begin(), file->faults.end());
    const auto manifest = file->document.root();
    const auto spelling = manifest.find("spelling");
    draft.british = spelling != manifest.end() && spelling->is_string() && spelling->text() == "british";
    return {};
}

using Templates = std::map<std::string, std::vector<std::string>>;

// The paths of each template, from its own root.
Templates by_template(const std::vector<std::string>& paths) {
    constexpr std::string_view templates = "templates/";
    Templates files;
    for (const auto& path : paths) {
        const auto slash = path.find('/', templates.size());
        if (slash != std::string::npos) {
            files[path.substr(templates.size(), slash - templates.size())].push_back(path.substr(slash + 1));
        }
    }
    return files;
}

std::vector<Ahead::File> lists_of(const std::vector<std::string>& curricula) {
    std::vector<Ahead::File> lists;
    for (const auto& [path, schema] :
         {std::pair(topics_path, "topics"), std::pair(skills_path, "skills"), std::pair(datasets_path, "datasets")}) {
        if (std::ranges::binary_search(curricula, path)) {
            lists.push_back({std::string(path), schema});
        }
    }
    return lists;
}

std::vector<Ahead::File> files_of(const std::vector<std::string>& curricula, const std::vector<std::string>& quizzes,
                                  const std::vector<std::string>& environments, const Templates& templates) {
    std::vector<Ahead::File> files;
    for (const auto& path : curricula) {
        if (path != topics_path && path != skills_path && path != datasets_path) {
            files.push_back({path, "curriculum"});
        }
    }
    for (const auto& path : quizzes) {
        files.push_back({path, "quiz"});
    }
    for (const auto& path : environments) {
        files.push_back({path, "environment"});
    }
    for (const auto& [id, paths] : templates) {
        files.push_back({template_path(id, "project.json"), "project"});
    }
    return files;
}

Status read_all(Draft& draft) {
    MLPATH_TRY(const auto listed, draft.content().list("curricula/"));
    std::vector<std::string> curricula;
    std::vector<std::string> quizzes;
    std::vector<std::string> environments;
    for (const auto& path : listed) {
        if (path.ends_with(".json") && std::ranges::count(path, '/') == 1) {
            curricula.push_back(path);
        } else if (path.ends_with(".json") && path.starts_with(quizzes_folder)) {
            quizzes.push_back(path);
        } else if (path.ends_with(".json") && path.starts_with(environments_folder)) {
            environments.push_back(path);
        }
    }
    SourceFiles source{Ahead(draft.content()), Ahead(draft.content())};
    std::vector<std::string> paths;
    Templates templates;
    // The topics of a large library take about as long as its projects.
    MLPATH_CHECK(side_by_side(2, 2, [&](std::size_t half) -> Status {
        if (half == 0) {
            source.lists.read(lists_of(curricula));
            return {};
        }
        MLPATH_TRY(paths, draft.content().list("templates/"));
        templates = by_template(paths);
        source.files.read(files_of(curricula, quizzes, environments, templates));
        return {};
    }));
    if (curricula.empty() && paths.empty() && draft.guest().empty()) {
        return fail(ErrorKind::not_found, "there is no library in " + printable(draft.content().origin()),
                    "a library is a folder with curricula/ and templates/");
    }
    if (!draft.guest().empty()) {
        MLPATH_CHECK(load_manifest_file(draft));
    }
    for (const auto& path : curricula) {
        if (path == topics_path) {
            MLPATH_CHECK(load_list<Topic>(draft, source,
                                          {path, "topics", draft.library.topics, draft.topics, draft.topics_document},
                                          read_topic));
        } else if (path == skills_path) {
            auto& known = draft.skills ? *draft.skills : draft.skills.emplace();
            MLPATH_CHECK(load_list<Skill>(
                draft, source, {path, "skills", draft.library.skills, known, draft.skills_document}, read_skill));
        } else if (path == datasets_path) {
            MLPATH_CHECK(load_list<Dataset>(
                draft, source, {path, "datasets", draft.library.datasets, draft.datasets, draft.datasets_document},
                read_dataset));
        } else {
            MLPATH_CHECK(load_curriculum_file(draft, source, path));
        }
    }
    for (const auto& path : quizzes) {
        MLPATH_CHECK(load_quiz_file(draft, source, path));
    }
    for (const auto& path : environments) {
        MLPATH_CHECK(load_package_group_file(draft, source, path));
    }
    for (auto& [id, files] : templates) {
        MLPATH_CHECK(load_project_file(draft, source, id, std::move(files)));
    }
    return {};
}

void check_all(Draft& draft) {
    name_all_as_today(draft);
    lint_aliases(draft);
    lint_topics(draft);
    lint_datasets(draft);
    lint_package_groups(draft);
    std::unordered_map<std::string, std::string> goal_places;
    for (const auto& curriculum : draft.library.curricula) {
        lint_curriculum(draft, curriculum, draft.curricula.at(curriculum.id), goal_places);
    }
    for (const auto& quiz : draft.library.quizzes) {
        lint_quiz(draft, quiz, draft.quizzes.at(quiz.id));
    }
    for (const auto& project : draft.library.projects) {
        const auto& files = draft.templates.at(project.id);
        lint_project(draft, project, files);
        lint_template(draft, project, files);
    }
    lint_project_cycles(draft);
    lint_skills(draft);
    lint_spelling(draft);
    if (!draft.guest().empty()) {
        lint_names(draft);
    }
}

Result<LoadResult> finish(Draft draft) {
    try {
        MLPATH_CHECK(read_all(draft));
        check_all(draft);
    } catch (const std::exception& error) {
        return fail(not_as_promised(error));
    }
    std::ranges::stable_sort(draft.faults, [](const Fault& a, const Fault& b) {
        return std::tie(a.place.file, a.place.line) < std::tie(b.place.file, b.place.line);
    });
    return LoadResult{std::move(draft.library), std::move(draft.faults)};
}

}  // namespace

Result<LoadResult> load(const Content& content) { return finish(Draft(content)); }

Result<LoadResult> load_guest(const Content& content, const Basis& basis, const std::string& name) {
    return finish(Draft(content, basis, name));
}

}  // namespace mlpath::library
