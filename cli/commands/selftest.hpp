// What `selftest` and `author` share: to judge the subjects of projects, and to tell what was found.
#pragma once

#include <utility>

#include "app/author/selftest.hpp"
#include "commands/judging_setup.hpp"
#include "host.hpp"
#include "render/fetch_display.hpp"
#include "render/live.hpp"

namespace mlpath::cli {

// Which subject is being judged.
class SelftestDisplay final : public app::SelftestObserver {
public:
    explicit SelftestDisplay(Host& host) : m_line(host.err(), host.err_terminal(), !host.json()) {}
    void subject_begins(const std::string& project, const std::string& subject, std::size_t split,
                        std::size_t of) override;
    void quizzes_begin(std::size_t count) override;
    void clear() { m_line.clear(); }

private:
    LiveLine m_line;
};

// `--library acme` may be the name of one that the workspace has; then it is where that lies.
[[nodiscard]] Status find_named(std::vector<std::string>& libraries);
// What `judge(tools, observer)` finds, with its progress on the terminal.
template <typename Judge>
auto with_progress(Host& host, const app::Context& context, const app::Asked& asked, const Judge& judge)
    -> decltype(judge(std::declval<const app::JudgingTools&>(), std::declval<SelftestDisplay&>())) {
    FetchDisplay fetches(host);
    SelftestDisplay display(host);
    MLPATH_TRY(const auto setup, JudgingSetup::open(host, context, run::SandboxWish::automatic, &fetches, asked));
    auto found = judge(setup.tools(), display);
    fetches.clear();
    display.clear();
    return found;
}
[[nodiscard]] Result<app::SelftestReport> run_selftest(Host& host, const app::Context& context,
                                                       const app::SelftestRequest& request, const app::Asked& asked);
[[nodiscard]] Json selftest_json(const app::SelftestReport& report);

}  // namespace mlpath::cli
