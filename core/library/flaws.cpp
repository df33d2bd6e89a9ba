#include "library/flaws.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "library/library.hpp"
#include "library/paths.hpp"

namespace mlpath::library {

namespace {

constexpr std::string_view name_of_old = "/flaw.json";

// Where `sought` stands in the text, overlapping places too; not many more than need be told.
std::vector<std::size_t> places_of(std::string_view text, std::string_view sought) {
    constexpr std::size_t most = 100;
    std::vector<std::size_t> places;
    for (auto at = text.find(sought); at != std::string_view::npos && places.size() < most;
         at = text.find(sought, at + 1)) {
        places.push_back(at);
    }
    return places;
}

// Most texts that are not found differ from the file in their blanks, or below their first line.
std::string where_it_may_be(std::string_view text, std::string_view sought) {
    const auto first = trim(lines(sought).empty() ? std::string_view() : lines(sought).front());
    const auto at = first.empty() ? std::string_view::npos : text.find(first);
    return at == std::string_view::npos ? "copy it from there letter by letter"
                                        : "line " + std::to_string(line_at(text, at)) + " has `" + printable(first) +
                                              "`; compare its indentation and the lines below it";
}

struct Placed {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t edit = 0;
};

std::optional<Placed> placed(std::string_view text, const FlawEdit& edit, std::size_t number,
                             std::vector<EditFault>& faults) {
    const auto places = edit.find.empty() ? std::vector<std::size_t>() : places_of(text, edit.find);
    const auto file = '`' + printable(edit.file) + '`';
    if (places.empty()) {
        faults.push_back(
            {number, "find", file + " of the solution does not have this text", where_it_may_be(text, edit.find)});
        return std::nullopt;
    }
    if (places.size() > 1) {
        faults.push_back({number, "find",
                          file + " of the solution has this text more than once: at line " +
                              std::to_string(line_at(text, places[0])) + " and at line " +
                              std::to_string(line_at(text, places[1])),
                          "add what stands around it, so that one place is meant"});
        return std::nullopt;
    }
    if (edit.find == edit.replace) {
        faults.push_back(
            {number, "replace", "this is the text that stands there already", "write what the beginner wrote instead"});
    }
    return Placed{places[0], places[0] + edit.find.size(), number};
}

// A file of the solution, or else of the skeleton.
Result<std::optional<std::string>> text_of_answer(const Content& content, std::string_view project,
                                                  const std::string& file) {
    if (path_fault(file)) {
        return std::nullopt;  // it leads out of the folder
    }
    for (const std::string folder : {"solution/", "skeleton/"}) {
        auto text = content.read(template_path(project, folder + file));
        if (text) {
            return std::move(*text);
        }
        if (text.error().kind != ErrorKind::not_found) {
            return fail(text.error());
        }
    }
    return std::nullopt;
}

Result<std::vector<std::string>> files_below(const Content& content, const std::string& prefix) {
    MLPATH_TRY(auto paths, content.list(prefix));
    for (auto& path : paths) {
        path.erase(0, prefix.size());
    }
    return paths;
}

Result<EditFault> no_file(const Content& content, std::string_view project, const std::string& flaw,
                          const std::string& file, std::size_t number) {
    MLPATH_TRY(auto known, files_below(content, template_path(project, "solution/")));
    MLPATH_TRY(const auto more, files_below(content, template_path(project, "skeleton/")));
    known.insert(known.end(), more.begin(), more.end());
    const auto meant = nearest(file, known);
    return EditFault{number, "file", "neither the solution nor the skeleton has a file `" + printable(file) + '`',
                     meant ? "did you mean `" + *meant + "`?"
                           : "a file that they do not have lies in flawed/" + flaw + "/ as a whole"};
}

}  // namespace

EditedText edited(std::string_view text, std::string_view file, const std::vector<FlawEdit>& edits) {
    EditedText result;
    std::vector<Placed> places;
    for (std::size_t i = 0; i < edits.size(); ++i) {
        if (edits[i].file != file) {
            continue;
        }
        if (const auto place = placed(text, edits[i], i, result.faults)) {
            places.push_back(*place);
        }
    }
    std::ranges::sort(places, {}, &Placed::begin);
    std::size_t done = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& place = places[i];
        if (place.begin < done) {
            result.faults.push_back({std::max(place.edit, places[i - 1].edit), "find",
                                     "it overlaps another edit of `" + printable(file) + "`, at line " +
                                         std::to_string(line_at(text, place.begin)),
                                     "make one edit of the two"});
            done = std::max(done, place.end);
            continue;
        }
        result.text += text.substr(done, place.begin - done);
        result.text += edits[place.edit].replace;
        done = place.end;
    }
    result.text += text.substr(done);
    return result;
}

Result<FlawedFiles> flawed_files(const Content& content, std::string_view project, const Flaw& flaw) {
    FlawedFiles result;
    const auto folder = template_path(project, "flawed/" + flaw.name + '/');
    MLPATH_TRY(const auto whole, files_below(content, folder));
    for (std::size_t i = 0; i < flaw.edits.size(); ++i) {
        const auto& file = flaw.edits[i].file;
        if (file.empty()) {
            result.faults.push_back({i, "", "the edit has no `file`, and neither has the flaw `" + flaw.name + '`',
                                     "say `file` in the flaw: its edits take it from there"});
            continue;
        }
        if (std::ranges::find(whole, file) != whole.end()) {
            result.faults.push_back({i, "file",
                                     '`' + printable(file) + "` lies in flawed/" + flaw.name +
                                         "/ as a whole, so an edit of it changes nothing",
                                     "remove the one or the other"});
            continue;
        }
        if (result.files.contains(file)) {
            continue;  // all edits of a file are made with its first
        }
        MLPATH_TRY(const auto text, text_of_answer(content, project, file));
        if (!text) {
            MLPATH_TRY(auto fault, no_file(content, project, flaw.name, file, i));
            result.faults.push_back(std::move(fault));
        } else {
            auto now = edited(*text, file, flaw.edits);
            result.faults.insert(result.faults.end(), now.faults.begin(), now.faults.end());
            result.files[file] = std::move(now.text);
        }
    }
    std::ranges::stable_sort(result.faults, {}, &EditFault::edit);
    for (const auto& file : whole) {
        MLPATH_TRY(result.files[file], content.read(folder + file));
    }
    return result;
}

std::string milestone_with(const Project& project, std::string_view check) {
    const auto found = std::ranges::find_if(project.milestones, [&](const Milestone& milestone) {
        return std::ranges::find(milestone.checks, check, &Check::id) != milestone.checks.end();
    });
    return found == project.milestones.end() ? std::string() : found->id;
}

std::string flaws_path(std::string_view project) { return template_path(project, "flaws.json"); }

Result<std::map<std::string, std::string>> flaw_folders(const Content& content, std::string_view project) {
    const auto prefix = template_path(project, "flawed/");
    MLPATH_TRY(const auto paths, content.list(prefix));
    std::map<std::string, std::string> folders;
    for (const auto& path : paths) {
        if (const auto end = path.find('/', prefix.size()); end != std::string::npos) {
            folders.try_emplace(path.substr(prefix.size(), end - prefix.size()), path);
        }
    }
    return folders;
}

// templates/<project>/flawed/<name>/flaw.json
bool is_old_flaw(std::string_view path) {
    return path.ends_with(name_of_old) && path.find("/flawed/") != std::string_view::npos &&
           std::ranges::count(path, '/') == 4;
}

Error old_flaw(std::string_view project, const std::string& path) {
    const auto folder = path.substr(0, path.size() - name_of_old.size());
    const auto name = folder.substr(folder.rfind('/') + 1);
    return {ErrorKind::malformed,
            "flaws are told in " + flaws_path(project) + " now, not in a file each",
            {path, {}, 0},
            "make an entry of its `flaws` of this object, with \"name\": \"" + printable(name) +
                "\" in place of `$schema` and `format`, and remove this file; a copy with a few lines changed is "
                "better told as `edits`"};
}

}  // namespace mlpath::library
