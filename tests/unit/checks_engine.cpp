#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using test::World;

namespace {

constexpr auto fine = R"({"id":"fine","kind":"file","path":"a.md"})";
constexpr auto wrong = R"({"id":"wrong","kind":"file","path":"gone.md","because":"it was never written","look":"ls"})";
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
    CHECK(decided.because == "it was never written");
    CHECK(decided.look == "ls");
    World crashing(test::FakeProcesses::Program([](const system::ProcessSpec&) -> Result<system::ProcessOutcome> {
        return test::exited(1, "", "KeyError: 'Age'");
    }));
    const auto before = crashing.judge(
        R"({"kind":"table","step":"predict","path":"predictions.csv","because":"you rounded the probabilities"})");
    CHECK(before.verdict == Verdict::fail);
    CHECK(before.because.empty());
    World silent(test::FakeProcesses::Program(
        [](const system::ProcessSpec&) -> Result<system::ProcessOutcome> { return test::exited(0); }));
    const auto absent = silent.judge(
        R"({"kind":"table","step":"predict","path":"predictions.csv","because":"you rounded the probabilities"})");
    CHECK(test::tells(absent, "ended well but wrote no `predictions.csv`"));
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
