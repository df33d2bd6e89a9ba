// The use case behind `mlpath check`: judge the project where the user stands, and remember what that proves.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/judge/judging.hpp"
#include "app/judge/spread.hpp"
#include "app/project/here.hpp"
#include "app/project/which_python.hpp"
#include "run/installed.hpp"

namespace mlpath::app {

struct CheckRequest {
    std::string project{};    // empty: the one around the user
    std::string milestone{};  // only this one (see find_milestone); empty: all, up to the first that does not pass
    Freshness freshness = Freshness::cached;
    std::optional<std::size_t> spread{};  // over so many splits; none: it is not asked for
};

struct Reopened {
    std::string milestone{};
    std::string title{};
    TimePoint was_done{};  // since when it had passed
    Day was_done_day{};    // the same on the user's calendar
};

// The first milestone that fails: the one to work on.
struct OpenMilestone {
    std::size_t number = 0;  // from 1
    std::string id{};
    std::string goal{};
    std::string told_by{};  // the command that tells all of it: "mlpath show titanic 2"
};

struct CheckReport {
    std::string project{};
    std::string title{};
    fs::path folder{};
    JudgedProject judged{};
    std::vector<std::string> newly_done{};  // milestones that pass for the first time, or again
    std::vector<Reopened> reopened{};
    std::size_t done = 0;                      // milestones of the project that pass now, as this check saw …
    std::size_t of = 0;                        // … of so many
    std::vector<std::string> passed_before{};  // not looked at now
    Recorded recorded{};
    Isolation isolation{};
    int made_from = 0;                                 // the version of the template that the folder came from …
    int version = 0;                                   // … and the one that judged
    library::DataKind data = library::DataKind::real;  // that it was judged on
    std::optional<OpenMilestone> open{};
    std::string next{};                         // the command that goes on from here: "mlpath hint", "mlpath next"
    std::string reasons{};                      // the project is complete: the command that tells why ours is as it is
    std::optional<OtherPython> other_python{};  // where the learner's shell runs another one
    std::optional<Spread> spread{};             // where it was asked for
};

// One word may be a milestone of the project that the user stands in, before it is a project.
[[nodiscard]] Result<CheckRequest> read_check_words(const Context& context, CheckRequest words);
// A project with all that its checks need and that stays the same from one run to the next: `watch` runs it at every
// save, `check` once. The context must outlive it.
class CheckDesk {
public:
    // usage: no such milestone (with the nearest), no project here.
    [[nodiscard]] static Result<std::unique_ptr<CheckDesk>> open(const Context& context, const JudgingTools& tools,
                                                                 const CheckRequest& words);
    // The verdict decides the exit code: pass 0, fail 1, else 3. The learner's interpreter is sought by the first run
    // that finds one, and kept: some take longer to find than a check takes.
    [[nodiscard]] Result<CheckReport> run(const JudgingTools& tools, Freshness freshness, checks::Observer& observer,
                                          std::stop_token stop = {});
    // Whether packages of the learner's interpreter came or went since it was found: it is to be sought anew, and what
    // was kept warm holds the old ones.
    [[nodiscard]] bool is_dated() const { return m_python && run::folder_times(*m_python) != m_packages; }
    [[nodiscard]] const library::Project& project() const { return m_project; }
    [[nodiscard]] const ProjectHere& here() const { return m_here; }
    // Where a Python for the learner's programs is sought.
    [[nodiscard]] run::InterpreterSearch search() const;

private:
    CheckDesk(const Context& context, CheckRequest request, ProjectHere here, library::Project project, int made_from,
              library::DataKind data, run::Interpreter judge_python, CheckFiles check_files)
        : m_context(context),
          m_request(std::move(request)),
          m_here(std::move(here)),
          m_project(std::move(project)),
          m_made_from(made_from),
          m_data(data),
          m_judge_python(std::move(judge_python)),
          m_check_files(std::move(check_files)) {}
    const Context& m_context;
    CheckRequest m_request;
    ProjectHere m_here;
    library::Project m_project;
    int m_made_from;  // the version of the template that the folder came from
    library::DataKind m_data;
    run::Interpreter m_judge_python;
    CheckFiles m_check_files;
    std::optional<run::Interpreter> m_python{};
    std::string m_packages{};  // the folder times of it, when it was found
};

// Such a desk for one run.
[[nodiscard]] Result<CheckReport> check(const Context& context, const JudgingTools& tools, const CheckRequest& words,
                                        checks::Observer& observer, std::stop_token stop = {},
                                        Telling telling = Telling::once);

}  // namespace mlpath::app
