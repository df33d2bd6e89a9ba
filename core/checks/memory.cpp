#include "checks/memory.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "checks/evaluation.hpp"
#include "checks/finding_json.hpp"
#include "checks/kind.hpp"

namespace mlpath::checks {

namespace {

// The one source that the check reads: its hash, or what stands in its place.
Json file_seen(const std::string& path, const Evaluation& evaluation, const Visible& visible) {
    const auto& sources = evaluation.input().sources;
    if (const auto file = visible.files.find(path); file != visible.files.end()) {
        return file->second;
    }
    const bool link = std::ranges::find(sources.links, path) != sources.links.end();
    return link ? Json("link") : Json(std::ranges::find(sources.folders, path) != sources.folders.end());
}

// What was found of the checks that this one compares with.
std::optional<Json> needed_seen(const library::Check& check, const std::map<std::string, Finding>& verified) {
    auto claims = Json::array();
    for (const auto& id : needed_checks(check)) {
        const auto found = verified.find(id);
        const auto told = found == verified.end() ? std::optional(Json()) : json_of(found->second);
        if (!told) {
            return std::nullopt;
        }
        claims.push_back(Json::array({id, *told}));
    }
    return claims;
}

// What is laid before a program, and what it runs in.
std::optional<Json> program_seen(const Evaluation& evaluation, Memory& memory) {
    const auto data = memory.data();
    if (!data) {
        return std::nullopt;
    }
    const auto& visible = memory.visible();
    const auto sources = evaluation.shown_to_programs();
    auto files = Json::array();
    for (const auto& file : sources.files) {
        const auto known = visible.files.find(file);
        if (known == visible.files.end()) {
            return std::nullopt;
        }
        files.push_back(Json::array({file, known->second}));
    }
    auto seeds = Json::array();
    for (const auto& entry : evaluation.project().data) {
        if (entry.split) {
            seeds.push_back(Json::array({entry.id, evaluation.seed_of(entry)}));
        }
    }
    return Json::array({visible.programs, *data, seeds, files, sources.folders, sources.links});
}

}  // namespace

std::optional<Json> surroundings_seen(const library::Check& check, const std::filesystem::path& sources,
                                      const std::filesystem::path& linked) {
    const auto* kind = kind_of(check);
    return kind == nullptr || kind->surroundings == nullptr ? Json::array()
                                                            : kind->surroundings(check, sources, linked);
}

std::optional<std::string> key_of(const library::Check& check, const Evaluation& evaluation,
                                  const std::map<std::string, Finding>& verified, Memory& memory) {
    const auto untouched = untouched_file(check, evaluation.project(), evaluation.input().untouched);
    auto seen = Json::array({"a check", memory.visible().judge, evaluation.project().id, check.fields, untouched});
    if (library::reads_a_source(check)) {
        seen.push_back(file_seen(check.fields.at("path").get<std::string>(), evaluation, memory.visible()));
    } else {
        const auto program = program_seen(evaluation, memory);
        if (!program) {
            return std::nullopt;
        }
        seen.push_back(*program);
    }
    const auto& input = evaluation.input();
    const auto around = surroundings_seen(check, input.sources.folder, input.linked_folder());
    const auto needed = needed_seen(check, verified);
    if (!around || !needed) {
        return std::nullopt;
    }
    seen.push_back(Json::array({*around, *needed}));
    try {
        return sha256_of(seen.dump());
    } catch (const Json::exception&) {
        return std::nullopt;  // a name that is not UTF-8: two of them might look the same
    }
}

}  // namespace mlpath::checks
