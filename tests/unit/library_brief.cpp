#include <doctest/doctest.h>

#include "library/brief.hpp"
#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

TEST_CASE("the brief tells every name, number and signature that a check needs") {
    const auto content = test::sound_library();
    const auto project = library::load_project(content, "sink");
    REQUIRE(project);
    const auto brief = library::make_brief(content, *project);
    REQUIRE(brief);
    CHECK(brief->starts_with("# Sink\n\n## What is checked\n"));
    for (const std::string part : {
             "Your work is `*.py` and `README.md`",
             "- `data/train.csv`: rows to learn from, with the target `sank`",
             "- `data/test.csv`: rows to predict (20 % of all), without it",
             "`port` is left out",
             "- `data/crew`",
             "- `python3 train.py` (60 seconds at most) writes `model.json`",
             "- `python3 predict.py` (60 seconds at most) writes `predictions.csv`; `train` first",
             "- `load(path: str) -> list[dict]` in `ships.py` (`ships.load`): Reads.",
             "### 1. Read (`read`)\n\nRead the rows.\n\n- It reads.\n",
             "command: `python3 predict.py --help`, with a text on standard input, 10 seconds at most",
             "laid beside it: `data/x.csv`",
             "stdout is JSON, and the value at `/a` is looked at",
             "file: `predictions.csv`, written by the step `predict`, with the columns `row_id` and `sank` and no "
             "other",
             "rows: one for each test row of `rows`",
             "no value twice in `row_id`",
             "nothing missing in `sank`",
             "`sank`: from 0 to 1",
             "`sank` is one of `0` and `1`",
             "rows found by `row_id`",
             "metric: `accuracy`; baseline: guessing by `name` alone",
             "margin: on average over 2 × 5 fresh splits of `rows`, better than the baseline by at least 0.05",
             "the values of `name` are replaced: the predictions must not move",
             "file: `model.json`, written by the step `predict`, at least 1 bytes, at most 9 bytes",
             "headings: `Results`",
             "at least 5 words",
             "a line with `Accuracy` and the figure, within 0.1 of what the check `score` measures",
         }) {
        CAPTURE(part);
        CHECK(brief->find(part) != std::string::npos);
    }
}

TEST_CASE("a brief without a place for the generated part is malformed") {
    auto content = test::sound_library();
    const auto project = library::load_project(content, "sink");
    content.files["templates/sink/brief.md"] = "# Sink";
    const auto brief = library::make_brief(content, *project);
    REQUIRE_FALSE(brief);
    CHECK(brief.error().kind == ErrorKind::malformed);
}
