#include "checks/memory.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <limits>

#include "base/hash.hpp"
#include "checks/finding_json.hpp"
#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using test::World;

namespace {

constexpr auto runs = R"({"id":"table","kind":"table","step":"predict","path":"predictions.csv","rows_as":"people"})";
constexpr auto reads = R"({"id":"code","kind":"file","path":"p.py","text":[{"matches":"model"}]})";
constexpr auto readme_text =
    R"({"id":"readme","kind":"document","path":"README.md","links":{},"claims":[{"label":"n","check":"table"}]})";

// Remembers in memory; what is visible is hashed anew for each evaluation.
class Remembering final : public Memory {
public:
    Visible seen{.judge = "mlpath 1", .programs = "python 3 " + run::Sandbox().seen(), .files = {}};
    std::optional<std::string> data_hash = "data 1";
    std::map<std::string, Finding, std::less<>> kept{};
    [[nodiscard]] const Visible& visible() const override { return seen; }
    [[nodiscard]] std::optional<std::string> data() override { return data_hash; }
    [[nodiscard]] std::optional<Finding> recall(std::string_view key) override {
        const auto found = kept.find(key);
        return found == kept.end() ? std::nullopt : std::optional(found->second);
    }
    void keep(std::string_view key, const Finding& finding) override { kept.emplace(key, finding); }
};

// What programs run in, where somebody has said `ulimit` before.
// Sanitizers map terabytes of addresses, and more while this limit holds.
std::string under_limit(int resource, rlim_t most) {
    using Resource = decltype(RLIMIT_AS);
    rlimit before{};
    REQUIRE(::getrlimit(static_cast<Resource>(resource), &before) == 0);
    auto limited = before;
    limited.rlim_cur = most;
    REQUIRE(::setrlimit(static_cast<Resource>(resource), &limited) == 0);
    auto seen = "python 3 " + run::Sandbox().seen();
    REQUIRE(::setrlimit(static_cast<Resource>(resource), &before) == 0);
    return seen;
}
std::string under_umask(mode_t mask) {
    const auto before = ::umask(mask);
    auto seen = "python 3 " + run::Sandbox().seen();
    ::umask(before);
    return seen;
}

struct Remembered : World {
    explicit Remembered(test::Model model = test::honest) : World(std::move(model)) {
        source("p.py", "model = 1\n");
        source("README.md", "[code](p.py) n 90\n");
    }
    Remembering memory{};
    // The verdict of each check and whether it was found before, and how many programs were run.
    std::string judged(const std::vector<const char*>& checks) {
        project.milestones.clear();
        for (const auto* text : checks) {
            auto check = test::check_of(text);
            project.milestones.push_back({.id = "m-" + check.id, .title = check.id, .checks = {check}});
        }
        const auto before = processes.runs.load();
        memory.seen.files.clear();
        const auto collected = *run::collect_sources(project, sources.path());
        for (const auto& file : collected.files) {
            memory.seen.files[file] = sha256_of(*read_file(sources.path() / file));
        }
        Observer quiet;
        memory_in_use = &memory;
        const auto results = with(
            [&](Evaluation& evaluation) { return judge_project(evaluation, {.order = Order::everything}, quiet); });
        REQUIRE(results);
        std::string told;
        for (const auto& milestone : *results) {
            const auto& finding = milestone.checks.front().finding;
            told += std::string(to_string(finding.verdict)) + (finding.remembered ? " before, " : " now, ");
        }
        return told + std::to_string(processes.runs - before) + " runs";
    }
};

}  // namespace

TEST_CASE("what has not changed is not run again") {
    Remembered world;
    CHECK(world.judged({reads, runs}) == "pass now, pass now, 1 runs");
    CHECK(world.judged({reads, runs}) == "pass before, pass before, 0 runs");
    world.source("p.py", "model = 2\n");
    CHECK(world.judged({reads, runs}) == "pass now, pass now, 1 runs");
}

TEST_CASE("a finding comes back whole, also a failure with all that teaches") {
    Remembered world;
    const char* fails =
        R"({"id":"code","kind":"file","path":"p.py","text":[{"lacks":"model","because":"why"}],"look":"where"})";
    const auto finding_of = [&] {
        world.judged({fails});
        return world.memory.kept.begin()->second;
    };
    const auto first = finding_of();
    CHECK(first.verdict == Verdict::fail);
    CHECK(first.because == "why");
    CHECK(world.judged({fails}) == "fail before, 0 runs");
    const Finding full{.verdict = Verdict::fail,
                       .message = "a",
                       .expected = "b",
                       .actual = "c",
                       .because = "d",
                       .look = "e",
                       .warning = "f",
                       .drawing = "g",
                       .legend = "what g means",
                       .place = {.file = "h.py", .line = 7, .column = 3},
                       .raised = "i",
                       .decided = false,
                       .facts = {{"mean", 0.1}},
                       .judged = Judged{.what = "j", .value = 2, .required = 1.5, .side = Judged::Side::at_most}};
    const auto back = finding_from(*json_of(full));
    REQUIRE(back);
    CHECK(json_of(*back) == json_of(full));
    CHECK(back->facts == full.facts);
    CHECK(back->judged == full.judged);
    CHECK(!json_of({.judged = Judged{.value = std::numeric_limits<double>::infinity()}}));
    CHECK(back->place.file == "h.py");
    CHECK(back->place.line == 7);
    CHECK(back->place.column == 3);
    CHECK(back->raised == "i");
    CHECK(!json_of({.place = {.file = "\xFF", .line = 1}}));
    CHECK(!back->decided);
    CHECK(!json_of({.facts = {{"mean", std::numeric_limits<double>::quiet_NaN()}}}));
    CHECK(!json_of({.message = "\xFF"}));
    CHECK(!finding_from(Json::object()));
    CHECK(!finding_from(Json("text")));
}

TEST_CASE("everything that a check sees is in its key, and nothing else") {
    struct Case {
        const char* what;
        std::function<void(Remembered&)> change;
        bool file;      // whether the check that reads p.py sees it
        bool program;   // whether the check that runs a step sees it
        bool document;  // whether the check that reads README.md sees it
    };
    const std::vector<Case> cases{
        {"nothing", [](Remembered&) {}, false, false, false},
        {"the file", [](Remembered& w) { w.source("p.py", "model = 3\n"); }, true, true, false},
        {"another source", [](Remembered& w) { w.source("q.py", "x\n"); }, false, true, false},
        {"a name of a source", [](Remembered& w) { fs::rename(w.sources.path() / "p.py", w.sources.path() / "r.py"); },
         true, true, true},
        {"a folder with a source's name", [](Remembered& w) { fs::create_directory(w.sources.path() / "x.py"); }, false,
         true, false},
        {"the document", [](Remembered& w) { w.source("README.md", "[code](p.py) n 91\n"); }, false, false, true},
        {"a file that is no source", [](Remembered& w) { w.source("notes.txt", "x"); }, false, false, false},
        {"what a link leads to", [](Remembered& w) { fs::remove(w.sources.path() / "p.py"); }, true, true, true},
        {"mlpath", [](Remembered& w) { w.memory.seen.judge = "mlpath 2"; }, true, true, true},
        {"the interpreter", [](Remembered& w) { w.memory.seen.programs = "python 4"; }, false, true, false},
        {"a limit on memory", [](Remembered& w) { w.memory.seen.programs = under_limit(RLIMIT_AS, rlim_t{64} << 40U); },
         false, true, false},
        {"a limit on the stack", [](Remembered& w) { w.memory.seen.programs = under_limit(RLIMIT_STACK, 1U << 20U); },
         false, true, false},
        {"a umask, which we set for programs", [](Remembered& w) { w.memory.seen.programs = under_umask(077); }, false,
         false, false},
        {"the data", [](Remembered& w) { w.memory.data_hash = "data 2"; }, false, true, false},
        {"the seed", [](Remembered& w) { w.seed = 99; }, false, true, false},
        {"the project", [](Remembered& w) { w.project.id = "another"; }, true, true, true},
        {"a figure that is claimed", [](Remembered& w) { w.verified["table"].facts["mean"] = 0.5; }, false, false,
         true},
        {"the verdict of what is claimed", [](Remembered& w) { w.verified["table"].verdict = Verdict::fail; }, false,
         false, true},
        {"a finding that is not claimed", [](Remembered& w) { w.verified["other"].message = "x"; }, false, false,
         false},
    };
    const auto keys_of = [](Remembered& world) {
        world.judged({});
        const auto key = [&](const char* check) {
            return world.with([&](Evaluation& evaluation) {
                return key_of(test::check_of(check), evaluation, world.verified, world.memory);
            });
        };
        world.project.milestones = {{.id = "m", .checks = {test::check_of(readme_text)}}};
        return std::array{key(reads), key(runs), key(readme_text)};
    };
    Remembered plain;
    const auto before = keys_of(plain);
    for (const auto& key : before) {
        REQUIRE(key);
    }
    for (const auto& [what, change, file, program, document] : cases) {
        CAPTURE(what);
        Remembered world;
        change(world);
        const auto after = keys_of(world);
        CHECK((after[0] != before[0]) == file);
        CHECK((after[1] != before[1]) == program);
        CHECK((after[2] != before[2]) == document);
    }
    Remembered world;
    const auto other_rule = world.with([&](Evaluation& evaluation) {
        return key_of(test::check_of(R"({"id":"code","kind":"file","path":"p.py","text":[{"matches":"other"}]})"),
                      evaluation, {}, world.memory);
    });
    CHECK(other_rule != before[0]);
    world.memory.data_hash = std::nullopt;  // data that cannot be had: what needs none is remembered all the same
    const auto without_data = keys_of(world);
    CHECK(without_data[0] == before[0]);
    CHECK(!without_data[1]);
}

TEST_CASE("only what would be found again is kept") {
    struct Case {
        const char* what;
        test::FakeProcesses::Program program;
        const char* check;
        std::size_t kept;
    };
    const auto ending = [](system::Ending how, int number = 0) -> test::FakeProcesses::Program {
        return [=](const system::ProcessSpec&) -> Result<system::ProcessOutcome> {
            return system::ProcessOutcome{.ending = how, .signal = number};
        };
    };
    constexpr auto command = R"({"id":"c","kind":"command","run":["{python}","p.py"]})";
    for (const auto& [what, program, check, kept] : std::vector<Case>{
             {"a pass", test::predicting(test::honest), runs, 1},
             {"a disk that was full",
              [](const system::ProcessSpec&) {
                  return test::exited(1, "", "OSError: [Errno 28] No space left on device: 'predictions.csv'");
              },
              runs, 0},
             {"memory that was refused", [](const system::ProcessSpec&) { return test::exited(1, "", "MemoryError"); },
              runs, 0},
             {"a crash", [](const system::ProcessSpec&) { return test::exited(1, "", "Traceback"); }, runs, 1},
             {"a signal of its own", ending(system::Ending::signalled, SIGSEGV), command, 1},
             {"somebody's kill", ending(system::Ending::signalled, SIGKILL), command, 0},
             {"time that ran out", ending(system::Ending::timed_out), runs, 0},
             {"time that ran out in a command", ending(system::Ending::timed_out), command, 0},
             {"memory that ran out", ending(system::Ending::out_of_memory), runs, 0},
             {"an error",
              [](const system::ProcessSpec&) -> Result<system::ProcessOutcome> {
                  return fail(ErrorKind::io, "no processes");
              },
              runs, 0},
             {"a measured time", test::predicting(test::honest),
              R"({"id":"b","kind":"budget","step":"predict","seconds":100})", 0},
         }) {
        CAPTURE(what);
        Remembered world;
        world.processes.program = program;
        world.judged({check});
        CHECK(world.memory.kept.size() == kept);
    }
    Remembered world;  // a claim of a figure that nobody has verified: skipped
    world.judged({R"({"id":"d","kind":"document","path":"README.md","claims":[{"label":"n","check":"none"}]})"});
    CHECK(world.memory.kept.empty());
}

TEST_CASE("documents are read, and lie before no program") {
    Remembered world;
    std::vector<std::string> seen;
    world.processes.program = [&](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        seen = *files_below(spec.folder);
        return test::exited(0);
    };
    world.judged({readme_text, R"({"id":"c","kind":"command","run":["{python}","p.py"]})"});
    CHECK(std::ranges::find(seen, "p.py") != seen.end());
    CHECK(std::ranges::find(seen, "README.md") == seen.end());
    CHECK(world.judged({R"({"id":"c","kind":"command","run":["{python}","p.py"]})"}).find("pass") == 0);
    CHECK(std::ranges::find(seen, "README.md") != seen.end());
}
