// Judges portfolios as if there were no warm interpreter, no sandbox, no cache and one program at a time: every step
// and every call into the learner's code is a cold `python3` process. What the bench compares `check`, `watch` and
// `verify` with: the same checks, the same verdicts. Ends with 0 where all pass.
#include <cstdio>
#include <string_view>
#include <vector>

#include "app/judge/check.hpp"
#include "app/verify/verify.hpp"
#include "library/embedded.hpp"
#include "library/library.hpp"
#include "system/launcher.hpp"

namespace {

using namespace mlpath;

Result<checks::Verdict> judge(const app::Context& context, const std::string& how, const std::vector<fs::path>& paths) {
    system::RealProcesses processes;
    run::Schedule one_at_a_time({.jobs = 1});
    app::Harness harness(context.content);
    const app::JudgingTools tools{.processes = processes, .harness = harness, .schedule = one_at_a_time};
    if (how == "check") {
        checks::Observer quiet;
        MLPATH_TRY(const auto desk, app::CheckDesk::open(context, tools, {.project = paths.front().string()}));
        MLPATH_TRY(const auto report, desk->run(tools, app::Freshness::fresh, quiet));
        return report.judged.verdict;
    }
    app::VerifyObserver quiet;
    MLPATH_TRY(
        const auto report,
        app::verify(context, tools,
                    {.paths = paths, .seed_from = app::SeedFrom::given, .seed = 1, .network = data::Network::offline},
                    quiet));
    return report.verdict;
}

int judge(const std::string& how, const std::vector<fs::path>& paths) {
    const system::RealEnvironment environment;
    const system::RealClock clock;
    system::RealRandom random;
    const auto content = library::blob_content(library::embedded_blob());
    const auto index = library::read_index(library::embedded_index());
    const auto verdict = index ? judge({environment, clock, random, *content, *index, fs::current_path()}, how, paths)
                               : fail(index.error());
    if (!verdict) {
        std::fprintf(stderr, "%s\n", verdict.error().message.c_str());
        return 3;
    }
    return *verdict == checks::Verdict::pass ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == system::launcher_command) {
        return system::launcher_main(argc, argv);
    }
    if (argc < 3) {
        std::fputs("usage: cold_driver check|verify FOLDER...\n", stderr);
        return 2;
    }
    return judge(argv[1], {argv + 2, argv + argc});
}
