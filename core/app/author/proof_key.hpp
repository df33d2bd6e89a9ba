// What decides how the proof of a project ends, so that a record kept beside the projects can say for which content it
// was made, and a machine that reads it whether that is the content it has. It holds nothing of one machine: no path,
// no sandbox, no processor. This program is not in it either, which is another at every commit: what changes in it is
// found by proving some projects whatever their record says.
#pragma once

#include <string>

#include "app/context.hpp"
#include "library/data_kind.hpp"
#include "library/project.hpp"
#include "run/interpreter.hpp"

namespace mlpath::app {

// What a project was proved on: data of the catalog, synthetic ones in their place, data of its own, or none.
enum class ProofData { none, bundled, real, synthetic };
[[nodiscard]] ProofData proof_data_of(const library::Project& project, library::DataKind kind);
[[nodiscard]] std::string name_of(ProofData data);

// What of the library decides verdicts, as hashes; the memory of selftest and a committed record have them in common.
// Our scripts that judge, and those that run beside the program.
[[nodiscard]] Result<std::string> harness_hash(const library::Content& content);
// The manifest, check scripts, skeleton, solution and data of a project, and where the catalog has the rest of its
// data from, or what makes them: all but what only people read, and the flaws, which are subjects.
[[nodiscard]] Result<std::string> project_hash(const library::Content& content, const library::Project& project,
                                               library::DataKind kind);

// Compared part by part, so that one can say what has changed.
struct ProofKey {
    std::string project{};
    std::string content{};   // of the project, with its flaws
    std::string harness{};   // of the scripts of ours
    std::string packages{};  // "Python 3.11.2, numpy 1.24.2, judged by Python 3.11.2"; what is lacking where none does
    ProofData data = ProofData::none;
};
// Nothing is run but the interpreters, to ask them who they are.
[[nodiscard]] Result<ProofKey> proof_key(const Context& context, const library::Project& project,
                                         library::DataKind kind, const run::Interpreter& judge,
                                         system::Processes& processes, const std::stop_token& stop);

}  // namespace mlpath::app
