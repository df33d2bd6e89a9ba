// What `mlpath watch` shows on a terminal, as a value, and the rows that it makes in a window of some size.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/judge/check.hpp"
#include "app/learn/next.hpp"
#include "app/project/hint.hpp"
#include "render/page.hpp"

namespace mlpath::cli {

// A milestone as the list shows it.
struct ListedMilestone {
    std::string title{};
    std::string state{};  // "pass", "fail", "error", "open"
    Tone tone = Tone::usual;
    std::string remark{};
};

enum class View { verdict, next, list, help };

struct Screen {
    std::string project{};
    std::string title{};
    std::string looking{};                     // how changes are found, where that has to be said
    std::string doing{};                       // what is being done; empty: nothing
    std::string last{};                        // of the last run: "14:03:22, 0.3 s"; empty: there was none
    std::optional<app::CheckReport> report{};  // of the last run …
    std::optional<Error> error{};              // … or why there is none
    std::optional<app::Hint> hint{};
    std::optional<app::Next> next{};
    std::vector<ListedMilestone> list{};
    std::string remark{};  // about what was asked for last
    View view = View::verdict;
    std::size_t scrolled = 0;  // rows
};

struct Frame {
    std::vector<std::string> rows{};  // painted; none wider, and not more of them, than the window
    std::size_t scrolled = 0;         // as far as there is something to scroll to
    std::size_t room = 0;             // rows of what can be scrolled that are seen at once
};
[[nodiscard]] Frame compose(const Screen& screen, const Terminal& terminal);

// The milestones, by what the last run and the journal know of them.
[[nodiscard]] std::vector<ListedMilestone> list_milestones(const library::Project& project,
                                                           const app::CheckReport* report,
                                                           const progress::State& state);
// The first that does not pass; null where all do.
[[nodiscard]] const checks::MilestoneResult* first_failure(const app::CheckReport& report);

// The parts, for where there is no screen.
void write_list(Page& page, const std::vector<ListedMilestone>& list);
void write_keys(Page& page);
// That all passes that is watched, and what comes then.
void write_complete(Page& page, const app::CheckReport& report, const std::optional<app::Next>& next);

}  // namespace mlpath::cli
