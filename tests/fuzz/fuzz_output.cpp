// What a learner's program prints when it fails: where it was raised, and the likely cause.
#include "base/text.hpp"
#include "fuzz/support.hpp"
#include "run/causes.hpp"

using namespace mlpath;

FUZZ(input) {
    static const run::Scene scene{.packages = {"pandas", "sklearn"},
                                  .data = {"data/train.csv", "data/test.csv"},
                                  .folder =
                                      [] {
                                          fuzz::put("flowers.py", "x = 1\n");
                                          return fuzz::scratch();
                                      }(),
                                  .in_the_way = {"model.py"}};
    const auto where = run::raised_at(input);
    const auto raised = run::raised(input);
    fuzz::insist(where.size() < 700 && raised.size() < 350, "the size is bounded");
    fuzz::insist_on_line(where, "where it was raised is one line");
    fuzz::insist_on_line(raised, "what was raised is one line");
    const auto cause = run::cause_of_exception(raised, scene);
    fuzz::insist_on_line(cause, "a cause is one line, without control characters");
    for (const auto& text : {cause, run::cause_of_exception(input, scene)}) {
        fuzz::insist(text.size() <= 2000 + 4 * input.size(), "a cause is bounded");
    }
}
