// Judges portfolios as if there were no warm interpreter, no sandbox, no cache and one program at a time: every step
// and every call into the learner's code is a cold `python3` process. What the bench compares `check`, `watch` and
// `verify` with: the same checks, the same verdicts. Ends with 0 where all pass.
#include <cstdio>
#include <string_view>
#include <vector>

#include "app/verify.hpp"
#include "library/embedded.hpp"
#include "library/library.hpp"
#include "system/launcher.hpp"

namespace {

using namespace mlpath;

int judge(const std::vector<fs::path>& paths) {
    const system::RealEnvironment environment;
    const system::RealClock clock;
    system::RealRandom random;
    const auto content = library::blob_content(library::embedded_blob());
    const auto index = library::read_index(library::embedded_index());
    if (!index) {
        return 3;
    }
    system::RealProcesses processes;
    run::Schedule one_at_a_time({.jobs = 1});
    app::VerifyObserver quiet;
    const auto report = app::verify(
        {environment, clock, random, *content, *index, fs::current_path()},
        {.processes = processes, .schedule = &one_at_a_time},
        {.paths = paths, .seed_from = app::SeedFrom::given, .seed = 1, .network = data::Network::offline}, quiet);
    if (!report) {
        std::fprintf(stderr, "%s\n", report.error().message.c_str());
        return 3;
    }
    return report->verdict == checks::Verdict::pass ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == system::launcher_command) {
        return system::launcher_main(argc, argv);
    }
    return judge({argv + 1, argv + argc});
}
