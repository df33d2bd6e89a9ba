// Runs programs that do nothing, in a sandbox and out of it, in turn, and prints the median of what the sandbox adds,
// in milliseconds: cold (/bin/true through the launcher) and warm (an empty Python program in a fork of a warm
// interpreter). The bench's, since a difference of milliseconds drowns in the time that a process of mlpath takes.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "run/step.hpp"
#include "run/warm.hpp"
#include "system/launcher.hpp"

namespace {

using namespace mlpath;

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

double milliseconds_of(system::Processes& processes, const run::Sandbox& sandbox, const run::Interpreter& python,
                       const std::vector<std::string>& argv, const fs::path& sources) {
    auto place = run::Workplace::make({sources, {"nothing.py"}}, {});
    const run::StepRunner runner(processes, python, sandbox);
    const auto begin = std::chrono::steady_clock::now();
    const auto outcome = place ? runner.run_command(argv, {}, {}, 20, *place) : fail(place.error());
    const auto end = std::chrono::steady_clock::now();
    if (!outcome || !outcome->succeeded()) {
        std::fputs("a program that does nothing failed\n", stderr);
        std::exit(1);
    }
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

int measure(const fs::path& warm_files, int rounds) {
    system::RealProcesses cold;
    run::WarmPool pool(cold, warm_files);
    const run::Interpreter python{.path = "/usr/bin/python3", .version = "3"};
    auto& warm = pool.processes({.python = python.path, .imports = {"pandas", "sklearn.linear_model"}});
    const auto walls = run::Sandbox::open(run::SandboxWish::required, cold);
    const auto folder = TemporaryFolder::make("mlpath-bench-");
    if (!walls || !folder || !write_file(folder->path() / "nothing.py", "")) {
        std::fputs("there is no sandbox here\n", stderr);
        return 1;
    }
    const run::Sandbox none;
    struct Case {
        const char* name;
        system::Processes& processes;
        std::vector<std::string> argv;
    };
    for (const auto& [name, processes, argv] :
         std::vector<Case>{{"cold", cold, {"/bin/true"}}, {"warm", warm, {"{python}", "nothing.py"}}}) {
        std::vector<double> with;
        std::vector<double> without;
        for (int i = 0; i <= rounds; ++i) {
            const auto confined = milliseconds_of(processes, *walls, python, argv, folder->path());
            const auto free = milliseconds_of(processes, none, python, argv, folder->path());
            if (i > 0) {  // the first warms up
                with.push_back(confined);
                without.push_back(free);
            }
        }
        std::printf("%s %.3f %.3f\n", name, median(with), median(without));
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == system::launcher_command) {
        return system::launcher_main(argc, argv);
    }
    if (argc != 3) {
        std::fputs("usage: sandbox_driver WARM_FILES ROUNDS\n", stderr);
        return 2;
    }
    return measure(argv[1], std::atoi(argv[2]));
}
