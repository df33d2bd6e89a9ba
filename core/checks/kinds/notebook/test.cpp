// What lint asks of a notebook's check, and what a milestone tells of it. How it judges: test_judge.py.
#include <thread>

#include "checks/subject.hpp"
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("notebook: what several checks ask for is found out once, and again where it could not be had") {
    World world(test::honest);
    int made = 0;
    world.with([&](Evaluation& evaluation) {
        const auto told = [&](const std::string& key, Result<Evaluation::Told> what) {
            return evaluation.once(key, [&] {
                ++made;
                return what;
            });
        };
        CHECK(!told("a", fail(ErrorKind::internal, "no room")));
        CHECK(**told("a", Evaluation::Told("first")) == "first");
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] { CHECK(**told("a", Evaluation::Told("later")) == "first"); });
        }
        threads.clear();
        CHECK(told("b", Evaluation::Told(tl::unexpected(failed("it hangs"))))->error().message == "it hangs");
        CHECK(made == 3);
        return 0;
    });
}

TEST_CASE("notebook: what a milestone tells of it") {
    CHECK(details_of(check_of(R"json({"kind":"notebook","path":"a.ipynb","saved":"required","runs":2,
                                  "values":[{"of":"a = 1\nf(a)","equals":2},{"of":"g(0)","raises":"ValueError"},
                                            {"of":"h","says":"`h` is a list"}],
                                  "figures":[{"marks":"line","y":"prices"}],
                                  "prose":{"headings":["What I found"],"min_words":40,"above":"each-cell"}})json")) ==
          std::vector<std::string>{
              // NOLINTBEGIN(bugprone-suspicious-missing-comma): long sentences are continued on the next line.
              "we run all cells of `a.ipynb` from top to bottom in 2 fresh kernels, which must show the same; they "
              "have 60 seconds",
              "each code cell was run, from top to bottom, before the notebook was saved, and what is saved below "
              "them is what they show",
              "`a = 1; f(a)` is 2", "`g(0)` raises ValueError", "`h` is a list",
              "it shows a figure with a line, y being `prices`; the figure has a title, a label of the x-axis and a "
              "label of the "
              "y-axis",
              // NOLINTEND(bugprone-suspicious-missing-comma)
              "its Markdown cells have the heading `What I found`", "its Markdown cells have at least 40 words",
              "a sentence in a Markdown cell, and not a heading alone, stands right above each code cell"});
}
