// What a program takes, against a reference; nothing is timed here.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

// The learner's program and the reference, each with what it takes: milliseconds, megabytes and bytes of model.
struct Taken {
    std::vector<int> milliseconds{100};
    int megabytes = 100;
    int bytes = 1000;
};
test::FakeProcesses::Program taking(Taken own, Taken reference) {
    auto runs = std::make_shared<std::atomic<std::size_t>>(0);
    return [=](const system::ProcessSpec& spec) -> Result<system::ProcessOutcome> {
        const bool theirs = spec.argv.at(1) == "reference.py";
        const auto& taken = theirs ? reference : own;
        REQUIRE(write_file(spec.folder / "model.bin", std::string(static_cast<std::size_t>(taken.bytes), 'm'),
                           Durability::cached));
        CHECK(spec.start == system::Start::cold);
        auto outcome = test::exited(taken.bytes == 0 ? 1 : 0);
        outcome.wall = std::chrono::milliseconds(taken.milliseconds[(*runs)++ / 2 % taken.milliseconds.size()]);
        outcome.peak_memory_bytes = static_cast<std::uint64_t>(taken.megabytes) << 20U;
        return outcome;
    };
}
Finding budget(const Taken& own, const Taken& reference, const std::string& limits) {
    World world(taking(own, reference));
    world.project.steps.front().writes = {"model.bin"};
    world.judging("checks/plain.py", "pass");
    return world.judge((R"({"kind":"budget","step":"predict","data":"people","reference":"checks/plain.py",)"
                        R"("model":"model.bin","at_most":)" +
                        limits + "}")
                           .c_str());
}

}  // namespace

TEST_CASE("budget: medians against a reference that runs in turns; noise is no verdict") {
    expect(budget({.milliseconds = {200}}, {}, R"({"time":5,"memory":3,"size":2})"), Verdict::pass,
           "training takes 2.000 times as long as the reference");
    expect(budget({.milliseconds = {900}}, {}, R"({"time":5})"), Verdict::fail, "9.000 times");
    expect(budget({.megabytes = 500}, {}, R"({"memory":3})"), Verdict::fail, "5.000 times as much memory");
    expect(budget({.bytes = 9000}, {}, R"({"size":2})"), Verdict::fail, "9.000 times as large");
    const auto noisy = budget({.milliseconds = {100, 900}}, {}, R"({"time":5})");
    expect(noisy, Verdict::error, "too close to call");
    CHECK(noisy.facts.at("rounds") == 11);
    // One slow moment of the machine in many rounds is forgiven.
    expect(budget({.milliseconds = {100, 100, 900, 100, 100, 100, 100, 100, 100, 100, 100}}, {}, R"({"time":5})"),
           Verdict::pass, "1.000 times");
    expect(budget({}, {.bytes = 0}, R"({"size":2})"), Verdict::error, "a fault of the project");
    expect(budget({.bytes = 0}, {}, R"({"size":2})"), Verdict::fail, "`python3 p.py` ended with exit code 1");
}

TEST_CASE("budget: what lint asks") {
    check_faults({
        {sink_manifest, "{ \"id\": \"model\",",
         R"({ "id": "n", "kind": "budget", "says": "Lean.", "step": "predict", "data": "rows", "reference": "checks/in.txt", "at_most": {} }, { "id": "model",)",
         sink_manifest + ":30: /milestones/1/checks/3/at_most: no limit is named, so the check could not fail"},
        {sink_manifest, "{ \"id\": \"model\",",
         R"({ "id": "n", "kind": "budget", "says": "Lean.", "step": "predict", "data": "rows", "reference": "checks/in.txt", "at_most": { "size": 2 } }, { "id": "model",)",
         sink_manifest + ":30: /milestones/1/checks/3/at_most/size: a limit of `size` and `model` go together"},
        {sink_manifest, "{ \"id\": \"model\",",
         R"({ "id": "n", "kind": "budget", "says": "Lean.", "step": "predict", "data": "rows", "predict": "train", "reference": "checks/in.txt", "at_most": { "latency": 2 } }, { "id": "model",)",
         sink_manifest +
             ":30: /milestones/1/checks/3/predict: the step `train` does not need `predict`, so it predicts with "
             "nothing; name `predict` in its `needs`"},
    });
}

TEST_CASE("budget: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"budget","step":"predict","data":"rows","reference":"checks/plain.py",
                                "model":"model.json","at_most":{"time":5,"size":2.5}})")) ==
          std::vector<std::string>{
              "we run a plain program of our own on the same data, in turns with yours, and compare the two",
              "the time of the step `predict` is at most 5 times that of ours",
              "the size of `model.json` is at most 2.5 times that of ours"});
}
