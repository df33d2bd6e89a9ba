// The likely cause of an exception or a crash of the learner's program, in plain words: one place for the programs that
// mlpath runs and for the functions that it calls.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_place.hpp"
#include "library/project.hpp"
#include "run/step.hpp"
#include "system/process.hpp"

namespace mlpath::run {

// What a cause may need to know of the project.
struct Scene {
    std::vector<std::string> packages{};    // that it needs, as they are imported
    std::vector<std::string> data{};        // files that its programs read, from the project folder
    std::filesystem::path folder{};         // with the learner's sources in it; empty: they are not looked into
    std::vector<std::string> in_the_way{};  // folders that stand where a source should be
};
[[nodiscard]] Scene scene_of(const library::Project& project, const Workplace& place);

// `raised` is the last line of a traceback: "KeyError: 'Agee'"; with its place before it, as `raised_at` has it, the
// line of the source tells more. Empty: nothing is known about it.
[[nodiscard]] std::string cause_of_exception(std::string_view raised, const Scene& scene);
[[nodiscard]] std::string cause_of_signal(int number);
// Of a program that did not succeed.
[[nodiscard]] std::string cause_of(const system::ProcessOutcome& outcome, const Scene& scene);

// What to do about a folder that stands where a file belongs.
[[nodiscard]] std::string folder_advice(const std::string& path);
// The last line of the last traceback in what a program printed; empty: there is none.
[[nodiscard]] std::string raised(std::string_view printed);
// The innermost line of the learner's in that traceback, as `raised_at` names it; no file: there is none.
[[nodiscard]] SourcePlace place_raised(std::string_view printed);
// The place, or none where it cannot be a line of a project: the learner's process told it.
[[nodiscard]] SourcePlace checked(SourcePlace told);

}  // namespace mlpath::run
