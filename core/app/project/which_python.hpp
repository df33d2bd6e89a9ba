// Whether the Python in the learner's shell is the one that judges, said once for a workspace and a pair of Pythons.
#pragma once

#include <optional>
#include <string>

#include "app/context.hpp"
#include "run/interpreter.hpp"

namespace mlpath::app {

enum class Telling { once, always };  // always: what was told before is told again, and nothing is remembered

struct OtherPython {
    run::ShellPython shell{};
    std::string says{};  // one sentence for people
    std::string hint{};  // what to do
};

// Nothing where the two are one, the shell has none, or it was told before. Cheap from the second time on.
[[nodiscard]] std::optional<OtherPython> other_python(const Context& context, const fs::path& home,
                                                      const library::PythonNeeds& needs,
                                                      const run::InterpreterSearch& search,
                                                      const run::Interpreter& judge, system::Processes& processes,
                                                      Telling telling = Telling::once);

}  // namespace mlpath::app
