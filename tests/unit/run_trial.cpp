#include "run/trial.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "run/step.hpp"

// Whether programs reach what they need, with real ones; what only root meets is skipped by others.
using namespace mlpath;
using namespace mlpath::run;

namespace {

class CountedTrials final : public system::Processes {
public:
    Result<system::ProcessOutcome> run(const system::ProcessSpec& spec, std::stop_token stop) override {
        ++runs;
        return m_real.run(spec, stop);
    }
    Result<std::unique_ptr<system::Conversation>> converse(const system::ProcessSpec& spec,
                                                           std::stop_token stop) override {
        return m_real.converse(spec, stop);
    }
    int runs = 0;

private:
    system::RealProcesses m_real;
};

struct TrialWorld {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    CountedTrials processes;
    Sandbox sandbox = *Sandbox::open(SandboxWish::automatic, processes);
    Trials trials{processes};
    Interpreter python{.path = "/usr/bin/python3", .version = "3.11"};

    TrialWorld() {
        REQUIRE(::chmod(folder.path().c_str(), S_ISVTX | 0755) == 0);  // where rules alone are walls, parents count
        processes.runs = 0;
    }
    // A folder of modules with one package, as `pip install` makes it, that the interpreter looks into.
    void package(const std::string& name, mode_t folders, mode_t files) {
        const auto place = folder.path() / "site";
        REQUIRE(write_file(place / name / "__init__.py", "", Durability::cached));
        REQUIRE(::chmod((place / name / "__init__.py").c_str(), files) == 0);
        REQUIRE(::chmod((place / name).c_str(), folders) == 0);
        REQUIRE(::chmod(place.c_str(), 0755) == 0);
        python.folders = {place};
        python.module_folders = {place};
        python.packages = {{name, "1.0"}};
    }
};

}  // namespace

TEST_CASE("what can be reached is tried once, and the sandbox is the planned one") {
    TrialWorld world;
    if (world.sandbox.walls() == confine::Walls::none) {
        MESSAGE("skipped: no sandbox can be had here");
        return;
    }
    world.package("learning", 0755, 0644);
    const std::vector<fs::path> shown{world.folder.path() / "shown.txt"};
    REQUIRE(write_file(shown.front(), "shown"));
    REQUIRE(::chmod(shown.front().c_str(), 0644) == 0);
    const auto trial = world.trials.of(world.sandbox, world.python, shown);
    CHECK(trial->as_planned());
    const auto found = trial->sandbox();
    REQUIRE_MESSAGE(found.has_value(), found.error().message);
    CHECK(found->seen() == world.sandbox.seen());
    CHECK(world.processes.runs == 1);
    CHECK(world.trials.of(world.sandbox, world.python, shown) == trial);
    CHECK(trial->sandbox().has_value());
    CHECK(world.processes.runs == 1);
    CHECK(trial->as_planned());
    CHECK_FALSE(world.trials.weakest().has_value());
}

TEST_CASE("without walls nothing has to be tried") {
    TrialWorld world;
    CHECK(world.trials.of(Sandbox(), world.python, {}) == nullptr);
}

TEST_CASE("what cannot be reached is named, and is no program's fault") {
    TrialWorld world;
    if (world.sandbox.walls() == confine::Walls::none) {
        MESSAGE("skipped: no sandbox can be had here");
        return;
    }
    SUBCASE("a package that is not there") { world.python.packages = {{"no_such_package", "1.0"}}; }
    SUBCASE("an interpreter that is not there") { world.python.path = "/usr/bin/no-such-python"; }
    const auto trial = world.trials.of(world.sandbox, world.python, {});
    const auto found = trial->sandbox();
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().kind == ErrorKind::missing);
    CHECK(found.error().message.find("no") != std::string::npos);
    CHECK(found.error().hint.find("MLPATH_PYTHON") != std::string::npos);
    CHECK_FALSE(trial->as_planned());
    // The same comes out of whatever would have run a program.
    const StepRunner runner(world.processes, world.python, world.sandbox, 1, trial);
    auto place = Workplace::make({}, {});
    REQUIRE(place.has_value());
    const auto ran = runner.run_command({"/bin/true"}, {}, {}, 10, *place);
    REQUIRE_FALSE(ran.has_value());
    CHECK(ran.error().message == found.error().message);
}

TEST_CASE("a package that was installed with a umask of 077 is read all the same, and it is said how") {
    TrialWorld world;
    if (::geteuid() != 0 || world.sandbox.becomes() != confine::Becomes::another || world.sandbox.landlock() < 3) {
        MESSAGE("skipped: not root, or no Landlock that could hold a reader");
        return;
    }
    world.package("learning", 0700, 0600);
    const auto trial = world.trials.of(world.sandbox, world.python, {});
    const auto found = trial->sandbox();
    REQUIRE_MESSAGE(found.has_value(), found.error().message);
    CHECK(found->becomes() == confine::Becomes::reader);
    CHECK_FALSE(trial->as_planned());
    REQUIRE(found->compromises().size() == 1);
    CHECK(found->compromises().front().find("learning") != std::string::npos);
    REQUIRE(world.trials.weakest().has_value());
    // It reads what it is shown, and is root in nothing else.
    const StepRunner runner(world.processes, world.python, world.sandbox, 1, trial);
    auto place = Workplace::make({}, {});
    REQUIRE(place.has_value());
    const auto ran = runner.run_command(
        {"{python}", "-c",
         "import os, sys\nsys.path.insert(0, '" + (world.folder.path() / "site").string() +
             "')\nimport learning\nprint(os.getuid())\n"
             "for path in ('/proc/sys/kernel/hostname', '/etc/hosts', '/usr/x'):\n"
             "    try:\n        open(path, 'a').close(); print('wrote', path)\n    except OSError:\n        pass\n"},
        {}, {}, 30, *place);
    REQUIRE_MESSAGE(ran.has_value(), ran.error().message);
    CHECK_MESSAGE(ran->out.text() == "65534\n", ran->err.text());
}
