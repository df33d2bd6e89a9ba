// `mlpath next`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/learn/achieved.hpp"
#include "app/project/here.hpp"
#include "progress/next.hpp"

namespace mlpath::app {

struct Next {
    progress::Advice advice{};
    std::string command{};  // what does it: "mlpath new text-analyzer", "cd iris && mlpath check", "mlpath done numpy";
                            // empty when finished
    fs::path workspace{};
    std::optional<Achieved> achieved{};   // where nothing is left
    std::vector<progress::Note> notes{};  // of the journal
};

// The command for what is next. `mlpath new` where the project has no folder, "cd … && mlpath check" where it has one.
[[nodiscard]] std::string command_for(const Context& context, const fs::path& workspace,
                                      const progress::NextThing& thing);

// All that could be done now, the best first, each with its command.
struct Frontier {
    struct Thing {
        progress::NextThing thing{};
        std::string command{};
    };
    std::vector<Thing> things{};
    std::optional<Achieved> achieved{};   // where there are none
    std::vector<progress::Note> notes{};  // of the journal
};

// Both: not_found outside of a workspace, with `mlpath init` as the hint: the command line shows its welcome instead.
[[nodiscard]] Result<Next> next(const Context& context);
[[nodiscard]] Result<Frontier> frontier(const Context& context);

}  // namespace mlpath::app
