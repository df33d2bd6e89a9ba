#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "base/text.hpp"
#include "run/step.hpp"

// The world of a learner's program, with real programs in it. Where namespaces cannot be had, the tests that need
// them say so and prove nothing.
using namespace mlpath;
using namespace mlpath::run;

namespace {

struct SandboxedProject {
    TemporaryFolder mine = *TemporaryFolder::make("mlpath-test-");
    TemporaryFolder secrets = *TemporaryFolder::make("mlpath-test-");
    system::RealProcesses processes;
    Sandbox sandbox = *Sandbox::open(SandboxWish::automatic, processes);
    library::Project project;

    SandboxedProject() {
        REQUIRE(write_file(secrets.path() / "truth.csv", "row_id,label\n1,yes\n"));
        project.id = "p";
        project.sources = {"*.py"};
    }
    [[nodiscard]] bool own_world() const {
        if (sandbox.walls() != confine::Walls::name_spaces) {
            std::cerr << "skipped: no namespaces here: " << sandbox.why_not() << '\n';
            return false;
        }
        return true;
    }
    StepOutcome run(std::string_view code, Workplace& place, std::vector<std::string> writes = {}) {
        project.steps = {
            {.id = "go", .run = {"{python}", "-c", std::string(code)}, .writes = std::move(writes), .seconds = 60}};
        const StepRunner runner(processes, Interpreter{.path = "/usr/bin/python3", .version = "3.11"}, sandbox);
        auto outcome = runner.run(project, "go", place);
        REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
        return std::move(*outcome);
    }
    Workplace place(const std::vector<LaidFile>& data = {}) {
        REQUIRE(write_file(mine.path() / "work.py", "value = 42\n"));
        const auto sources = collect_sources(project, mine.path());
        REQUIRE(sources);
        auto made = Workplace::make(*sources, data);
        REQUIRE_MESSAGE(made.has_value(), made.error().message);
        return std::move(*made);
    }
    std::string says(std::string_view code) {
        auto here = place({{"data/train.csv", "a\n1\n", {}}});
        const auto outcome = run(code, here);
        CHECK_MESSAGE(outcome.process.succeeded(), outcome.process.err.text());
        return std::string(trim(outcome.process.out.text()));
    }
};

}  // namespace

TEST_CASE("a learner's program finds its sources, its data, Python and its packages") {
    SandboxedProject world;
    CHECK(world.says("import work; print(work.value, open('data/train.csv').read().split())") == "42 ['a', '1']");
    CHECK(world.says("import numpy; print(numpy.zeros(2).sum())") == "0.0");
    CHECK(world.says("import os, tempfile; open(os.path.expanduser('~/x'), 'w'); "
                     "print(tempfile.TemporaryFile().write(b'12'))") == "2");
    CHECK(world.says("import multiprocessing as m; "
                     "p = m.Pool(2); print(p.map(abs, [-1, -2])); p.close()") == "[1, 2]");
}

TEST_CASE("neither the truth nor the user's files are in its world") {
    SandboxedProject world;
    if (!world.own_world()) {
        return;
    }
    CHECK(world.says("import os; print(os.path.exists('" + (world.secrets.path() / "truth.csv").string() + "'))") ==
          "False");
    CHECK(world.says("import os; print(os.path.exists('" + world.mine.path().string() + "'))") == "False");
    const char* home = std::getenv("HOME");
    if (home != nullptr && std::string_view(home).starts_with("/root")) {
        CHECK(world.says("import os; print(os.path.exists('/root'))") == "False");
    }
    CHECK(world.says("import os; print(os.getuid() == 0)") == "False");
}

TEST_CASE("what a step declares is taken back, and nothing else") {
    SandboxedProject world;
    auto here = world.place({{"data/train.csv", "a\n1\n", {}}});
    const auto outcome = world.run(
        "open('out.csv', 'w').write('x'); open('other.csv', 'w').write('y'); "
        "import os; os.makedirs('models', exist_ok=True); open('models/m.bin', 'w').write('z'); "
        "open('data/clean.csv', 'w').write('c')",
        here, {"out.csv", "models/m.bin", "data/clean.csv"});
    CHECK_MESSAGE(outcome.process.succeeded(), outcome.process.err.text());
    CHECK(here.artifact("out.csv") == "x");
    CHECK(here.artifact("models/m.bin") == "z");
    CHECK(here.artifact("data/clean.csv") == "c");
    if (world.own_world()) {
        CHECK_FALSE(here.artifact("other.csv"));
        CHECK(here.artifact("data/train.csv") == "a\n1\n");
    }
}

TEST_CASE("what is no regular file is refused by what it is, and does not lead out") {
    SandboxedProject world;
    struct Case {
        std::string code;
        std::string says;
    };
    for (const auto& [code, says] : std::vector<Case>{
             {"import os; os.symlink('/etc/passwd', 'out.csv')", "is a link"},
             {"import os; os.mkfifo('out.csv')", "named pipe"},
             {"import os; os.mkdir('out.csv')", "is a folder"},
             {"import os; open('a', 'w').write('x'); os.link('a', 'out.csv')", "hard link"},
             {"import os; f = open('out.csv', 'wb'); f.truncate(300 << 20)", "larger than"},
         }) {
        CAPTURE(code);
        auto here = world.place();
        const auto outcome = world.run(code, here, {"out.csv"});
        CHECK_MESSAGE(outcome.process.succeeded(), outcome.process.err.text());
        const auto artifact = here.artifact("out.csv");
        REQUIRE_FALSE(artifact);
        CHECK(artifact.error().message.find(says) != std::string::npos);
    }
}

TEST_CASE("system calls that reach beyond are refused") {
    SandboxedProject world;
    if (world.sandbox.walls() == confine::Walls::none) {
        std::cerr << "skipped: no sandbox here\n";
        return;
    }
    const std::string call = R"(
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def tried(number, *arguments):
    result = libc.syscall(number, *arguments)
    return 'allowed' if result >= 0 else os.strerror(ctypes.get_errno())
)";
#if defined(__x86_64__)  // the numbers are this processor's
    CHECK(world.says(call + "print(tried(101, 16, 1, 0, 0))") == "Operation not permitted");        // ptrace
    CHECK(world.says(call + "print(tried(272, 0x10000000))") == "Operation not permitted");         // unshare
    CHECK(world.says(call + "print(tried(56, 0x10000000 | 17, 0))") == "Operation not permitted");  // clone
    CHECK(world.says(call + "print(tried(435, 0, 0))") == "Function not implemented");              // clone3
    CHECK(world.says(call + "print(tried(425, 1, 0))") == "Function not implemented");              // io_uring_setup
#endif
    CHECK(world.says("import socket\ntry:\n    socket.socket(40, 1)\nexcept OSError as e:\n    print(e.strerror)") ==
          "Address family not supported by protocol");
}

TEST_CASE("without namespaces the rules hold the files and the network, and the project works") {
    SandboxedProject world;
    world.sandbox = *Sandbox::open(SandboxWish::automatic, world.processes, {}, confine::Walls::rules);
    REQUIRE(world.sandbox.walls() == confine::Walls::rules);
    CHECK(world.says("import work, numpy; print(work.value, open('data/train.csv').read().split())") ==
          "42 ['a', '1']");
    CHECK(world.says("import socket\ntry:\n    socket.socket()\nexcept OSError as e:\n    print(e.strerror)") ==
          "Operation not permitted");
    if (world.sandbox.landlock() == 0) {
        std::cerr << "skipped: no Landlock here\n";
        return;
    }
    const auto truth = (world.secrets.path() / "truth.csv").string();
    CHECK(world.says("try:\n    open('" + truth + "')\nexcept OSError as e:\n    print(e.strerror)") ==
          "Permission denied");
    CHECK(world.says("try:\n    open('/var/tmp/mlpath-x', 'w')\nexcept OSError as e:\n    print(e.strerror)") ==
          "Permission denied");
    auto here = world.place();
    const auto outcome = world.run("open('out.csv', 'w').write('x')", here, {"out.csv"});
    CHECK_MESSAGE(outcome.process.succeeded(), outcome.process.err.text());
    CHECK(here.artifact("out.csv") == "x");
}
