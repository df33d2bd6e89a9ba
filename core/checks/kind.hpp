// What the engine asks of a kind of check. Each kind is a folder of core/checks/kinds: schema.json has its fields,
// kind.cpp says with `Kind <name>_kind()` what this header and library/kind.hpp ask for, judge.cpp judges with
// `judge_<name>`. The table that the build makes of the folders puts in the name and the judge.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/evaluation.hpp"
#include "checks/verdict.hpp"
#include "library/kind.hpp"
#include "system/machine_program.hpp"

namespace mlpath::checks {

// Findings of other checks by id, for the numbers that a document claims.
using Findings = std::map<std::string, Finding>;

enum class Cost { cheap, reruns };       // reruns: the learner's program, many times
enum class Kept { found_again, never };  // never: a measured time is another each time
// Whether another draw of the held-out rows could change the verdict.
enum class Draw { does_not_matter, decides };
// functions: of the project's `calls`, whichever its script asks for.
enum class Tries { files, functions };

// What is tried at the same time.
enum class Company {
    any,
    others,  // one after the other with its like: what it measures or starts bears none of them beside it
    none,    // last, and alone
};

struct Kind {
    library::Kind told{};  // what the library asks of it
    // What was found; null: judge.py of the kind's folder finds it (checks/judge_script.hpp). An Error means that
    // mlpath itself could not go on (interrupted, disk, a dataset that cannot be had). `found` has the findings of the
    // checks that `needs` names.
    Result<Finding> (*judge)(const library::Check& check, Evaluation& evaluation, const Findings& found) = nullptr;
    Cost cost = Cost::cheap;
    Company company = Company::any;
    Kept kept = Kept::found_again;
    Draw draw = Draw::does_not_matter;
    Tries tries = Tries::files;
    // The ids of the checks whose findings it compares with; null: of none.
    std::vector<std::string> (*needs)(const library::Check& check) = nullptr;
    // What it looks at in the folder around the learner's sources, for the keys of kept results; `linked` is where that
    // folder really lies. None: it cannot be told. Null: it looks at nothing there.
    std::optional<Json> (*surroundings)(const library::Check& check, const std::filesystem::path& sources,
                                        const std::filesystem::path& linked) = nullptr;
    // The learner's file that it is about, where it has neither `step` nor `path`.
    std::string (*about)(const library::Check& check, const library::Project& project) = nullptr;
    // What it starts beside Python: without one of them the check is "could not tell", and `mlpath doctor` says so.
    std::vector<system::MachineProgram> starts{};
};

// All of them, by name: the table is made by the build from the folders.
[[nodiscard]] std::span<const Kind* const> all_kinds();
// Null where there is no such kind.
[[nodiscard]] const Kind* kind_of(const library::Check& check);
// Whether another draw of the rows could change what checks of that kind find; of an unknown kind: no.
[[nodiscard]] bool hangs_on_draw(std::string_view kind);
// What `needs` says, or nothing.
[[nodiscard]] std::vector<std::string> needed_checks(const library::Check& check);

}  // namespace mlpath::checks
