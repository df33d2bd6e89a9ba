#include <thread>

#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using test::World;

namespace {

constexpr auto fine = R"({"id":"fine","kind":"file","path":"a.md"})";
constexpr auto wrong =
    R"({"id":"wrong","kind":"file","path":"gone.md","text":[{"matches":"x","because":"it was never written"}],"look":"ls"})";
constexpr auto table_check =
    R"({"id":"table","kind":"table","step":"predict","path":"predictions.csv","rows_as":"people"})";
constexpr auto order = R"({"id":"order","kind":"behaves","probe":"row-order","step":"predict","data":"people",
                          "predictions":"predictions.csv","column":"kind"})";
constexpr auto accuracy =
    R"({"id":"accuracy","kind":"score","step":"predict","data":"people","predictions":"predictions.csv",
                             "column":"kind","metric":"accuracy","baseline":{"kind":"majority"},"margin":0.1,"repeats":1})";
constexpr auto readme = R"({"id":"readme","kind":"document","path":"a.md",
                           "claims":[{"label":"Accuracy","check":"accuracy","within":0.05}]})";

struct SmallWorld : World {
    SmallWorld() : World(test::honest) { source("a.md", "Accuracy: 0.92\n"); }
};

// "m1: pass (fine pass) | m2: …"
std::string shown(const Result<std::vector<MilestoneResult>>& results) {
    if (!results) {
        return "error: " + results.error().message;
    }
    std::string text;
    for (const auto& milestone : *results) {
        text += (text.empty() ? "" : " | ") + milestone.id + ": " + std::string(to_string(milestone.verdict)) + " (";
        for (const auto& check : milestone.checks) {
            text += (text.ends_with('(') ? "" : ", ") + check.id + ' ' + std::string(to_string(check.finding.verdict));
        }
        text += ')';
    }
    return text;
}

}  // namespace

TEST_CASE("first failure: what comes after waits; everything: each milestone by itself") {
    SmallWorld world;
    const std::vector<std::pair<std::string, std::vector<const char*>>> project{
        {"m1", {fine}}, {"m2", {wrong, fine}}, {"m3", {fine}}};
    CHECK(shown(world.milestones(project)) ==
          "m1: pass (fine pass) | m2: fail (wrong fail, fine pass) | m3: skipped (fine skipped)");
    CHECK(shown(world.milestones(project, {.order = Order::everything})) ==
          "m1: pass (fine pass) | m2: fail (wrong fail, fine pass) | m3: pass (fine pass)");
    CHECK(shown(world.milestones(project, {.milestones = {"m3"}})) == "m3: pass (fine pass)");
}

TEST_CASE("one check can be judged alone, with the figures that it is held against") {
    SmallWorld world;
    const std::vector<std::pair<std::string, std::vector<const char*>>> project{{"m1", {wrong, accuracy}},
                                                                                {"m2", {fine, readme}}};
    const checks::Plan readme_alone{.order = Order::everything, .milestones = {"m2"}, .check = "readme"};
    CHECK(shown(world.milestones(project, readme_alone)) == "m2: pass (readme pass)");
    const checks::Plan score_alone{.order = Order::everything, .milestones = {"m1"}, .check = "accuracy"};
    const auto judged = world.milestones(project, score_alone);
    REQUIRE(shown(judged) == "m1: pass (accuracy pass)");
    const auto& number = judged->front().checks.front().finding.judged;
    REQUIRE(number.has_value());
    CHECK(number->required == 0.1);
    CHECK(number->to_spare() > 0);
}

TEST_CASE("a milestone that cannot be tried here is skipped, never passed, and holds nothing back") {
    SmallWorld world;
    const std::vector<std::pair<std::string, std::vector<const char*>>> project{
        {"m1", {fine}}, {"m2", {fine}}, {"m3", {fine}}};
    for (const auto order : {Order::first_failure, Order::everything}) {
        const auto results = world.milestones(
            project, {.order = order, .untried = {{"m2", {"needs `matplotlib`", "run `mlpath env base`"}}}});
        CHECK(shown(results) == "m1: pass (fine pass) | m2: skipped (fine skipped) | m3: pass (fine pass)");
        CHECK((*results)[1].checks[0].finding.message == "needs `matplotlib`");
        CHECK((*results)[1].checks[0].finding.look == "run `mlpath env base`");
        CHECK((*results)[1].notes == std::vector<std::string>{"it needs `matplotlib`; run `mlpath env base`"});
    }
}

TEST_CASE("a step runs once for all the checks that need it") {
    SmallWorld world;
    CHECK(shown(world.milestones({{"m1", {table_check}}, {"m2", {order, accuracy}}, {"m3", {readme, table_check}}})) ==
          "m1: pass (table pass) | m2: pass (order pass, accuracy pass) | m3: pass (readme pass, table pass)");
    CHECK(world.processes.runs == 1 + 1 + 5);  // as it is, in another order, five folds
    CHECK(world.steps_run == 7);
    CHECK(world.provider.reads == 1);
}

TEST_CASE("costly checks come last, and only while all before them pass") {
    SmallWorld world;
    CHECK(shown(world.milestones({{"m", {accuracy, wrong, order}}})) ==
          "m: fail (accuracy skipped, wrong fail, order skipped)");
    CHECK(world.processes.runs == 0);
    SmallWorld claiming;
    // The figures that it claims would have to be measured first.
    CHECK(shown(claiming.milestones({{"m", {readme, wrong}}})) == "m: fail (readme skipped, wrong fail)");
    CHECK(claiming.processes.runs == 0);
    SmallWorld alone;
    CHECK(shown(alone.milestones({{"better", {accuracy}}, {"report", {readme}}}, {.milestones = {"report"}})) ==
          "report: pass (readme pass)");
    CHECK(alone.processes.runs == 5);
}

TEST_CASE("the author's cause is told where the claim was decided") {
    SmallWorld world;
    const auto decided = world.judge(wrong);
    // A missing file has a cause of its own: what the author says is about what stands in it.
    CHECK(decided.because == "It is not saved, has another name, or is in another folder.");
    CHECK(decided.look == "ls");
    World crashing(test::FakeProcesses::Program([](const system::ProcessSpec&) -> Result<system::ProcessOutcome> {
        return test::exited(1, "", "KeyError: 'Age'");
    }));
    const auto before = crashing.judge(
        R"({"kind":"table","step":"predict","path":"predictions.csv","likely":[{"seen":"`kind`","because":"you rounded the probabilities"}]})");
    CHECK(before.verdict == Verdict::fail);
    CHECK(before.because.empty());
    World silent(test::FakeProcesses::Program(
        [](const system::ProcessSpec&) -> Result<system::ProcessOutcome> { return test::exited(0); }));
    const auto absent = silent.judge(
        R"({"kind":"table","step":"predict","path":"predictions.csv","likely":[{"seen":"`kind`","because":"you rounded the probabilities"}]})");
    CHECK(test::tells(absent, "finished without an error but wrote no `predictions.csv`"));
    CHECK_FALSE(test::tells(absent, "rounded"));
}

TEST_CASE("what we cannot tell is no failure, and a failure outranks it") {
    World world(test::FakeProcesses::Program([](const system::ProcessSpec&) -> Result<system::ProcessOutcome> {
        return fail(ErrorKind::missing, "there is no such program", "install it");
    }));
    const auto finding = world.judge(table_check);
    CHECK(finding.verdict == Verdict::error);
    CHECK(finding.look == "install it");
    CHECK(shown(world.milestones({{"m", {table_check, wrong}}})) == "m: fail (table error, wrong fail)");
    CHECK(shown(world.milestones({{"m", {R"({"id":"odd","kind":"oracle"})"}}})) == "m: error (odd error)");
    CHECK(shown(world.milestones({{"m", {R"({"id":"bare","kind":"file"})"}}})) == "m: error (bare error)");
}

TEST_CASE("one run of many that cannot be started leaves the check open, whatever the others said") {
    const auto count = std::make_shared<std::atomic<int>>(0);
    World world(
        test::FakeProcesses::Program([count](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
            return ++*count == 3 ? fail(ErrorKind::io, "the disk is full") : test::predicting(test::honest)(spec);
        }));
    const auto finding = world.judge(accuracy);
    CHECK(finding.verdict == Verdict::error);
    CHECK(finding.message == "the disk is full");
}

TEST_CASE("an interrupt ends the evaluation, and is no verdict") {
    World world(test::FakeProcesses::Program([](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        return test::predicting(test::honest)(spec);
    }));
    auto inner = world.processes.program;
    world.processes.program = [&](const system::ProcessSpec& spec) {
        world.stop.request_stop();
        return inner(spec);
    };
    const auto results = world.milestones({{"m", {accuracy}}, {"n", {fine}}});
    REQUIRE_FALSE(results.has_value());
    CHECK(results.error().kind == ErrorKind::interrupted);
    CHECK(world.processes.runs <= 3);  // those that were under way, and no more
}

TEST_CASE("a split that cannot be is our fault") {
    auto rows = test::sample_rows();
    rows.rows.resize(3);
    World world(test::predicting(test::honest), rows);
    CHECK(world.judge(accuracy).verdict == Verdict::error);
}

TEST_CASE("another seed, another split, the same project") {
    std::mutex mutex;
    std::vector<std::string> seen;
    const auto looking = [&](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const std::scoped_lock lock(mutex);
        seen.push_back(*read_file(spec.folder / "data/test.csv"));
        return test::predicting(test::honest)(spec);
    };
    for (const auto seed : {std::optional<std::uint64_t>(), std::optional<std::uint64_t>(1),
                            std::optional<std::uint64_t>(1), std::optional<std::uint64_t>(2)}) {
        World world{test::FakeProcesses::Program(looking)};
        world.seed = seed;
        CHECK(world.judge(table_check).verdict == Verdict::pass);
    }
    REQUIRE(seen.size() == 4);
    CHECK(seen[1] == seen[2]);
    CHECK(seen[0] != seen[1]);
    CHECK(seen[1] != seen[3]);
}

namespace {

// Two runs of the step.
std::string order_of(const std::string& step) {
    return R"({"id":")" + step + R"(","kind":"behaves","probe":"row-order","step":")" + step +
           R"(","data":"people","predictions":"predictions.csv","column":"kind"})";
}

// Waits for something that another thread does, if it ever does.
bool comes(const std::atomic<bool>& awaited) {
    for (int waited = 0; waited < 2000 && !awaited; ++waited) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return awaited;
}

// Three steps whose programs are told apart by their scripts.
struct ThreeSteps : World {
    explicit ThreeSteps(std::function<test::Model(const std::string&)> model_of)
        : World(test::FakeProcesses::Program(
              [model_of = std::move(model_of)](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
                  return test::predicting(model_of(spec.argv.at(1)))(spec);
              })) {
        project.steps.clear();
        for (const auto* id : {"a", "b", "c"}) {
            project.steps.push_back({.id = id, .run = {"{python}", id}});
        }
    }
};

std::vector<std::string> by_place_in_file(const table::Table&, const table::Table& test) {
    std::vector<std::string> cells(test.rows.size(), "yes");
    std::fill_n(cells.begin(), cells.size() / 2, "no");
    return cells;
}

}  // namespace

TEST_CASE("the checks of a milestone are tried side by side") {
    std::atomic<bool> begun_a{false};
    std::atomic<bool> begun_b{false};
    ThreeSteps world([&](const std::string& step) -> test::Model {
        (step == "a" ? begun_a : begun_b) = true;
        CHECK(comes(step == "a" ? begun_b : begun_a));  // each waits for the other
        return test::honest;
    });
    const auto a = order_of("a");
    const auto b = order_of("b");
    CHECK(shown(world.milestones({{"m", {a.c_str(), b.c_str()}}})) == "m: pass (a pass, b pass)");
}

TEST_CASE("a run that two checks want at once is made once, and both have it") {
    for (int time = 0; time < 20; ++time) {
        SmallWorld world;
        const auto twin = std::string(accuracy).replace(std::string(accuracy).find("accuracy"), 8, "twin");
        CHECK(shown(world.milestones({{"m", {accuracy, twin.c_str()}}})) == "m: pass (accuracy pass, twin pass)");
        CHECK(world.processes.runs == 5);
    }
    // Where it cannot be made, both are told.
    World world(test::FakeProcesses::Program([](const system::ProcessSpec&) -> Result<system::ProcessOutcome> {
        return fail(ErrorKind::io, "the disk is full");
    }));
    const auto twin = std::string(table_check).replace(std::string(table_check).find("table"), 5, "twin");
    CHECK(shown(world.milestones({{"m", {table_check, twin.c_str()}}})) == "m: error (table error, twin error)");
}

TEST_CASE("what is skipped does not hang on which check was faster") {
    struct Case {
        std::string fails;  // the steps
        std::string shown;
    };
    for (const auto& [fails, expected] : std::vector<Case>{{"b", "m: fail (a pass, b fail, c skipped)"},
                                                           {"ab", "m: fail (a fail, b skipped, c skipped)"},
                                                           {"c", "m: fail (a pass, b pass, c fail)"}}) {
        std::atomic<bool> ended_b{false};
        ThreeSteps world([&, fails = fails](const std::string& step) -> test::Model {
            CHECK((step != "a" || comes(ended_b)));  // the first is the slowest
            ended_b = ended_b || step == "b";
            return fails.find(step) != std::string::npos ? test::Model(by_place_in_file) : test::Model(test::honest);
        });
        const auto a = order_of("a");
        const auto b = order_of("b");
        const auto c = order_of("c");
        CHECK(shown(world.milestones({{"m", {a.c_str(), b.c_str(), c.c_str()}}})) == expected);
    }
}

TEST_CASE("what is timed, and what quotes others, begins when they have ended") {
    struct Order : Observer {
        void check_begins(const library::Check& check) override { began.push_back(check.id); }
        std::vector<std::string> began{};
    } observer;
    SmallWorld world;
    library::Milestone milestone{.id = "m"};
    for (const auto* text : {readme, R"({"id":"time","kind":"budget"})", accuracy, fine, order}) {
        milestone.checks.push_back(test::check_of(text));
    }
    world.project.milestones = {milestone};
    const auto results = world.with([&](Evaluation& evaluation) { return judge_project(evaluation, {}, observer); });
    // A budget that says nothing is malformed, which does not matter here.
    CHECK(shown(results) == "m: error (readme pass, time error, accuracy pass, fine pass, order pass)");
    REQUIRE(observer.began.size() == 5);
    CHECK(observer.began.front() == "fine");
    CHECK(observer.began[3] == "readme");
    CHECK(observer.began[4] == "time");
}

TEST_CASE("a step that never ends is waited for once, on whatever data") {
    const auto endless = [](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        return system::ProcessOutcome{.ending = system::Ending::timed_out, .limit = spec.wall_limit};
    };
    const std::vector<std::pair<std::string, std::vector<const char*>>> project{
        {"m1", {table_check}}, {"m2", {order}}, {"m3", {accuracy}}};
    World world{test::FakeProcesses::Program(endless)};
    const auto results = world.milestones(project, {.order = Order::everything});
    CHECK(shown(results) == "m1: fail (table fail) | m2: fail (order fail) | m3: fail (accuracy fail)");
    CHECK(world.processes.runs == 1);
    REQUIRE(results.has_value());
    CHECK_FALSE(test::tells((*results)[0].checks[0].finding, "not tried again"));
    CHECK(test::tells((*results)[2].checks[0].finding, "; it was not tried again"));

    // What ends on the usual data, and on no other.
    std::atomic<int> begun{0};
    World other{test::FakeProcesses::Program([&](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        return begun++ == 0 ? test::predicting(test::honest)(spec) : endless(spec);
    })};
    CHECK(shown(other.milestones({{"m1", {table_check}}, {"m2", {accuracy}}, {"m3", {order}}},
                                 {.order = Order::everything})) ==
          "m1: pass (table pass) | m2: fail (accuracy fail) | m3: fail (order fail)");
    CHECK(other.processes.runs <= 1 + 3);  // three folds at a time, and no fourth

    // Another step of the same program is not waited for either; a reference program of ours is no program of theirs.
    World chain{test::FakeProcesses::Program(endless)};
    chain.project.steps = {{.id = "train", .run = {"{python}", "p.py", "train"}},
                           {.id = "predict", .run = {"{python}", "p.py", "predict"}, .needs = {"train"}}};
    CHECK(shown(chain.milestones(
              {{"m1", {R"({"id":"model","kind":"file","step":"train","path":"m.bin"})"}}, {"m2", {table_check}}},
              {.order = Order::everything})) == "m1: fail (model fail) | m2: fail (table fail)");
    CHECK(chain.processes.runs == 1);

    // Nor is it where a check lays files of its own.
    World laid{test::FakeProcesses::Program(endless)};
    laid.with([](Evaluation& evaluation) {
        for (const auto* text : {"1", "2"}) {
            const auto evidence = evaluation.run_with("predict", {{"data/more.csv", text, {}}});
            CHECK((evidence && !(*evidence)->succeeded() && (*evidence)->is_known == (*text == '2')));
        }
        return 0;
    });
    CHECK(laid.processes.runs == 1);
}

TEST_CASE("files that a check lays stand in place of what lies there") {
    World world{test::FakeProcesses::Program([](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        return test::exited(0, *read_file(spec.folder / "data/train.csv"));
    })};
    const auto printed = world.with([](Evaluation& evaluation) {
        const auto evidence = evaluation.run_with("predict", {{"data/train.csv", "laid", {}}});
        return evidence ? (*evidence)->outcome.process.out.text() : evidence.error().message;
    });
    CHECK(printed == "laid");
}

TEST_CASE("trials are meant to fail: each is made, and what does not end is not remembered") {
    World world{test::FakeProcesses::Program([](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const auto text = *read_file(spec.folder / "data/train.csv");
        auto outcome = test::exited(text == "wrong" ? 1 : 0, text);
        outcome.ending = text == "endless" ? system::Ending::timed_out : outcome.ending;
        outcome.limit = spec.wall_limit;
        return outcome;
    })};
    world.with([](Evaluation& evaluation) {
        const auto trials = evaluation.try_with("predict",
                                                {{{"data/train.csv", "wrong", {}}},
                                                 {{"data/train.csv", "endless", {}}},
                                                 {{"data/train.csv", "endless", {}}},
                                                 {{"data/train.csv", "right", {}}}},
                                                7);
        REQUIRE(trials);
        std::vector<std::string> printed;
        for (const auto& trial : *trials) {
            printed.push_back(trial->outcome.process.out.text());
            CHECK(trial->outcome.process.limit == std::chrono::seconds(7));
            CHECK(!trial->is_known);
        }
        CHECK(printed == std::vector<std::string>{"wrong", "endless", "endless", "right"});
        const auto own = evaluation.run("predict");
        CHECK((own && (*own)->succeeded()));
        return 0;
    });
    CHECK(world.processes.runs == 5);
}
