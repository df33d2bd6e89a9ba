// Loading one part of the library alone.
#include <algorithm>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "library/complete.hpp"
#include "library/flaws.hpp"
#include "library/guest.hpp"
#include "library/library.hpp"
#include "library/package_group.hpp"
#include "library/read.hpp"
#include "library/reader.hpp"
#include "library/references.hpp"

namespace mlpath::library {

namespace {

Result<json::Document> read_sound(const Content& content, const std::string& path, const std::string& schema) {
    Reader reader(content);
    MLPATH_TRY(auto file, reader.read(path, schema));
    if (has_errors(file.faults)) {
        return fail(to_error(file.faults));
    }
    return std::move(file.document);
}

// Calls `read` with the JSON; an exception means that the file is not what its schema promises.
template <typename Read>
auto reading(const std::string& path, Read read) -> Result<decltype(read())> {
    try {
        return read();
    } catch (const std::exception& error) {
        return fail({ErrorKind::malformed, std::string("it could not be read: ") + error.what(), {path, {}, 0}, {}});
    }
}

// The files beside the curricula, by what an id would be.
bool is_list(std::string_view id) { return id == "topics" || id == "skills" || id == "datasets"; }

// Where things of a kind lie, each in a file with its id in the path: templates/<id>/project.json.
struct FileKind {
    std::string_view name;  // as no_such says it, and the schema
    std::string_view before;
    std::string_view after;
};
constexpr FileKind projects{"project", "templates/", "/project.json"};
constexpr FileKind curricula{"curriculum", "curricula/", ".json"};
constexpr FileKind environments{"environment", "curricula/environments/", ".json"};
constexpr FileKind quizzes{"quiz", "curricula/quizzes/", ".json"};

bool is_id_of(const FileKind& kind, std::string_view id) {
    return is_id(id) && (kind.name != curricula.name || !is_list(id));
}

std::vector<std::string> ids_of(const Content& content, const FileKind& kind) {
    std::vector<std::string> ids;
    for (const auto& path : content.list(kind.before).value_or(std::vector<std::string>{})) {
        if (path.ends_with(kind.after)) {
            auto id = path.substr(kind.before.size(), path.size() - kind.before.size() - kind.after.size());
            if (is_id_of(kind, id)) {  // no folder between
                ids.push_back(std::move(id));
            }
        }
    }
    return ids;
}

template <typename T>
Result<T> load_by_id(const Content& content, const FileKind& kind, std::string_view id, T (*read)(const json::Value&)) {
    if (!is_id_of(kind, id)) {
        return fail(no_such(kind.name, id, ids_of(content, kind)));
    }
    const auto path = std::string(kind.before).append(id).append(kind.after);
    const auto document = read_sound(content, path, std::string(kind.name));
    if (!document && document.error().kind == ErrorKind::not_found) {
        return fail(no_such(kind.name, id, ids_of(content, kind)));
    }
    if (!document) {
        return fail(document.error());
    }
    return reading(path, [&] { return read(document->root()); });
}

template <typename T>
Result<Catalogue<T>> load_list(const Content& content, const std::string& name, T (*read)(const json::Value&)) {
    const auto file = "curricula/" + name + ".json";
    std::vector<std::string> paths{file};
    MLPATH_TRY(const auto of_guests, content.list("libraries/"));
    std::ranges::copy_if(of_guests, std::back_inserter(paths),
                         [&](const std::string& path) { return path.ends_with('/' + file); });
    Catalogue<T> catalogue;
    for (const auto& path : paths) {
        MLPATH_TRY(const auto document, read_sound(content, path, name));
        MLPATH_CHECK(reading(path, [&] {
            for (const auto entry : document.root().at(name)) {
                catalogue.add(read(entry));
            }
            return true;
        }));
    }
    return catalogue;
}

}  // namespace

std::string template_path(std::string_view project, std::string_view path) {
    std::string joined("templates/");
    joined += project;
    joined += '/';
    joined += path;
    return joined;
}

Error no_such(std::string_view what, std::string_view id, const std::vector<std::string>& ids) {
    const auto meant = nearest(id, ids);
    const auto plural = what == "curriculum" ? std::string("curricula")
                        : what == "quiz"     ? std::string("topics")
                                             : std::string(what) + 's';
    std::string hint = meant ? "did you mean `" + *meant + "`? " : "";
    hint += (what == "environment" ? "`mlpath env --list`" : "`mlpath list " + plural + "`") + " shows what there is";
    const auto word = first_word(id);
    if (word.size() < id.size() &&
        std::ranges::none_of(ids, [&](const auto& each) { return belongs_to(each, word); })) {
        hint += "; if it is of a library `" + std::string(word) + "`, `mlpath library` shows which are here";
    }
    return {ErrorKind::not_found, "no " + std::string(what) + " `" + printable(id) + "`", {}, std::move(hint)};
}

std::vector<std::string> package_group_ids(const Content& content) { return ids_of(content, environments); }

Result<PackageGroup> load_package_group(const Content& content, std::string_view id) {
    constexpr int deepest = 8;
    MLPATH_TRY(auto group, load_by_id<PackageGroup>(content, environments, id, read_package_group));
    auto above = group.extends;
    for (int depth = 0; !above.empty(); ++depth) {
        MLPATH_TRY(auto parent, load_by_id<PackageGroup>(content, environments, above, read_package_group));
        if (depth == deepest || parent.id == group.id) {
            return fail({ErrorKind::malformed,
                         "the environment `" + group.id + "` extends itself",
                         {.file = environment_path(group.id)},
                         {}});
        }
        group.packages.insert(group.packages.begin(), parent.packages.begin(), parent.packages.end());
        above = parent.extends;
    }
    return group;
}

Result<Project> load_project(const Content& content, std::string_view id) {
    MLPATH_TRY(auto project, load_by_id<Project>(content, projects, id, read_project));
    if (auto& python = project.python; !python.environment.empty()) {
        MLPATH_TRY(const auto pins, content.read(pins_path(python.environment)));
        python.pins = sha256_of(pins);
        if (python.packages.empty()) {
            MLPATH_TRY(auto group, load_package_group(content, python.environment));
            python.packages = std::move(group.packages);
        }
    }
    for (const auto& milestone : project.milestones) {
        for (const auto& check : milestone.checks) {
            if (const auto field = left_out(check)) {
                return fail(Error{ErrorKind::malformed,
                                  left_out_message(check, *field),
                                  {.file = template_path(id, "project.json")},
                                  left_out_hint(*field)});
            }
        }
    }
    return project;
}

Result<Project> load_project(const Content& content, const Renamed& renamed, std::string_view id) {
    MLPATH_TRY(auto project, load_project(content, renamed.now(IdKind::project, id)));
    name_as_today(project, renamed);
    return project;
}

Result<Curriculum> load_curriculum(const Content& content, std::string_view id) {
    return load_by_id<Curriculum>(content, curricula, id, read_curriculum);
}

Result<Quiz> load_quiz(const Content& content, std::string_view id) {
    return load_by_id<Quiz>(content, quizzes, id, read_quiz);
}

Result<Quiz> load_quiz(const Content& content, const Renamed& renamed, std::string_view id) {
    MLPATH_TRY(auto quiz, load_quiz(content, renamed.now(IdKind::quiz, id)));
    name_as_today(quiz, renamed);
    return quiz;
}

Result<std::vector<Flaw>> load_flaws(const Content& content, const Project& project) {
    MLPATH_TRY(const auto paths, content.list(template_path(project.id, "flaw")));
    if (const auto old = std::ranges::find_if(paths, is_old_flaw); old != paths.end()) {
        return fail(old_flaw(project.id, *old));
    }
    const auto path = flaws_path(project.id);
    if (std::ranges::find(paths, path) == paths.end()) {
        return std::vector<Flaw>{};
    }
    MLPATH_TRY(const auto document, read_sound(content, path, "flaws"));
    MLPATH_TRY(auto flaws, reading(path, [&] {
                   std::vector<Flaw> read;
                   each(document.root(), "flaws", [&](const auto& flaw) { read.push_back(read_flaw(flaw)); });
                   return read;
               }));
    for (auto& flaw : flaws) {
        if (flaw.milestone.empty()) {
            flaw.milestone = milestone_with(project, flaw.check);
        }
        if (flaw.milestone.empty()) {
            return fail({ErrorKind::malformed,
                         "the flaw `" + flaw.name + "` fails at `" + flaw.check + "`, which is no check of the project",
                         {.file = path},
                         "name a check of project.json"});
        }
    }
    return flaws;
}

Result<Catalogue<Topic>> load_topics(const Content& content) { return load_list<Topic>(content, "topics", read_topic); }

Result<Catalogue<Dataset>> load_datasets(const Content& content) {
    return load_list<Dataset>(content, "datasets", read_dataset);
}

}  // namespace mlpath::library
