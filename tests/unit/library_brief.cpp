#include <doctest/doctest.h>

#include <array>

#include "library/brief.hpp"
#include "library/brief_words.hpp"
#include "library/kind.hpp"
#include "library/library.hpp"
#include "library/told.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

TEST_CASE("the brief tells in a line how to get the packages") {
    library::Project project{.id = "x"};
    project.python = {
        .version = "3.9",
        .packages = {
            {.import_name = "sklearn", .pypi = "scikit-learn", .debian = "python3-sklearn", .version = "1.0"}}};
    const auto part = library::overview_part(project);
    CHECK(part.find(
              "This project needs Python 3.9 or newer with `scikit-learn` 1.0 or newer. `mlpath doctor` says whether "
              "a Python here has them. If none does, run `python3 -m venv .venv && .venv/bin/python -m pip install "
              "'scikit-learn>=1.0'` in the folder of your workspace, or on Debian and Ubuntu `sudo apt install "
              "python3-sklearn`.\n") != std::string::npos);
    project.python.packages[0].debian.clear();
    CHECK(library::overview_part(project).find("Debian") == std::string::npos);
    project.milestones = {{.id = "load"}, {.id = "chart"}};
    project.python.packages[0].milestones = {"chart"};
    project.python.environment = "base";
    CHECK(library::overview_part(project).find(
              "This project needs Python 3.9 or newer, and no packages to begin with. Milestone 2 needs `scikit-learn` "
              "as "
              "well: `mlpath env base` makes an environment with it. `mlpath doctor` says") != std::string::npos);
    project.milestones.clear();
    project.python.environment.clear();
    project.python.packages = {{.import_name = "tkinter", .debian = "python3-tk"}};
    CHECK(library::overview_part(project).find("If none does, `sudo apt install python3-tk` brings it") !=
          std::string::npos);
    CHECK(library::overview_part(project).find("pip install") == std::string::npos);
}

TEST_CASE("the brief has the way in a line a milestone, the data and how it is run") {
    const auto content = test::sound_library();
    const auto project = library::load_project(content, "sink");
    REQUIRE(project);
    const auto brief = library::make_brief(content, *project);
    REQUIRE(brief);
    CHECK(brief->starts_with(
        "# Sink\n\n## The way\n\n1. **Read**: Read the rows.\n2. **Guess**: Predict.\n\n"
        "`mlpath show sink 1` tells exactly what milestone 1 asks, everything that is checked there, and "
        "how to look for yourself. "));
    CHECK(brief->find("It reads.") == std::string::npos);
    CHECK(brief->find("ships.load") == std::string::npos);
}

TEST_CASE("a part of the brief with the id of a milestone is told with the milestone") {
    auto content = test::sound_library();
    const auto project = library::load_project(content, "sink");
    const auto with = [&](const std::string& text) {
        content.files["templates/sink/brief.md"] = text;
        return library::read_brief(content, *project);
    };
    const auto parts = with(
        "# Sink\n\n### {{guess}}\n\nGuess well.\n\n#### How\n\n```\n# no heading\n```\n\n### Other\n\n{{checked}}\n\n"
        "### {{read}}\n\n    read well\n");
    REQUIRE(parts);
    CHECK(parts->story == "# Sink\n\n### Other\n\n{{checked}}\n\n");
    CHECK(parts->tasks ==
          std::map<std::string, std::string>{{"guess", "Guess well.\n\n#### How\n\n```\n# no heading\n```"},
                                             {"read", "    read well"}});
    // A heading is what a reader of Markdown sees as one.
    for (const auto& [text, story, task] : std::vector<std::array<std::string, 3>>{
             {"### {{guess}} ###\nGuess.\n", "", "Guess."},
             {"   ### {{ guess }}\nGuess.\n", "", "Guess."},
             {"{{guess}}\n---\nGuess.\n\nOther\n===\nMore.\n", "Other\n===\nMore.\n", "Guess."},
             {"### {{guess}}\n````\n```\n# a comment\n````\nGuess.\n", "", "````\n```\n# a comment\n````\nGuess."},
             {"### {{guess}}\n~~~\n```\n~~~\n\n## Other\n", "## Other\n", "~~~\n```\n~~~"},
             {"<!--\n### {{gone}}\n-->\n", "<!--\n### {{gone}}\n-->\n", ""},
             {"> ### {{guess}}\n", "> ### {{guess}}\n", ""},
             {"#{{guess}}\n", "#{{guess}}\n", ""},
         }) {
        CAPTURE(text);
        const auto read = with(text);
        REQUIRE(read);
        CHECK(read->story == story);
        CHECK((read->tasks.empty() ? "" : read->tasks.at("guess")) == task);
    }
    const auto unknown = with("{{checked}}\n\n### {{gues}}\n");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::malformed);
    CHECK(unknown.error().message == "the brief has a part for the milestone `gues`, which the project does not have");
    CHECK(unknown.error().place.line == 3);
    const auto twice = with("### {{read}}\n### {{read}}\n");
    REQUIRE_FALSE(twice);
    CHECK(twice.error().message == "the brief has a part for the milestone `read` twice");
}

TEST_CASE("a milestone is told with its task, its calls and all that is checked") {
    auto content = test::sound_library();
    content.files["templates/sink/brief.md"] = "{{checked}}\n\n### {{guess}}\n\nUse `load(path)`.\n";
    auto project = library::load_project(content, "sink");
    REQUIRE(project);
    project->milestones[1].checks[0].look = "Run it.";
    project->milestones[1].checks[1].look = "Run it.";
    const auto told = library::tell_milestone(content, *project, 1);
    REQUIRE(told);
    CHECK(told->project == "sink");
    CHECK(told->number == 2);
    CHECK(told->of == 2);
    CHECK(told->id == "guess");
    CHECK(told->goal == "Predict.");
    CHECK(told->task == "Use `load(path)`.");
    REQUIRE(told->calls.size() == 1);  // the first to name it
    CHECK(told->calls[0].name == "ships.load");
    REQUIRE(told->checks.size() == 5);
    CHECK(told->checks[0].says == "A table.");
    CHECK(told->checks[0].details.front() ==
          "`predictions.csv`, which `python3 predict.py` writes, has the columns `row_id` and `sank` and no other");
    CHECK(told->looks ==
          std::vector<std::string>{"In a Python shell (`python3`) in the project's folder: `from ships import load`. "
                                   "Then call it with values of your own.",
                                   "Run it."});
    CHECK(told->hints == 3);
    CHECK(library::tell_milestone(content, *project, 0)->calls.empty());
    // Where a goal names it, it comes up there; where nothing does, everywhere.
    project->milestones[0].goal = "Write `load`.";
    CHECK(library::tell_milestone(content, *project, 0)->calls.size() == 1);
    CHECK(library::tell_milestone(content, *project, 1)->calls.empty());
    project->milestones[0].goal = "Write `loads`.";
    content.files["templates/sink/brief.md"] = "{{checked}}";
    CHECK(library::tell_milestone(content, *project, 0)->calls.size() == 1);
    CHECK(library::tell_milestone(content, *project, 1)->calls.size() == 1);
}

TEST_CASE("every name, number and signature that a check needs is told") {
    const auto content = test::sound_library();
    const auto project = library::load_project(content, "sink");
    REQUIRE(project);
    const auto told = library::checked_part(*project);
    for (const std::string part : {
             "Your work is `*.py` and `README.md`",
             "\n\nThis project needs Python 3 and no packages; `mlpath doctor` says which Python here will do.\n\n",
             "- `data/train.csv`: the rows to learn from, with the answers in the column `sank`",
             "- `data/test.csv`: the rows to predict (20 % of all), without that column",
             "the column `port` is left out",
             "- `data/crew`",
             "- `python3 train.py` has 60 seconds and writes `model.json`",
             "- `python3 predict.py` has 60 seconds and writes `predictions.csv`; before it runs `python3 train.py`",
             "- `load(path: str) -> list[dict]` in `ships.py` (`ships.load`): Reads.",
             "### 1. Read (`read`)\n\nRead the rows.\n\n- It reads.\n",
             "  - we run `python3 predict.py --help` with our file `data/x.csv` in the folder and a text on standard "
             "input; it has 10 seconds\n",
             "  - it prints JSON, and in it `a` is what it should be\n",
             "  - `predictions.csv`, which `python3 predict.py` writes, has the columns `row_id` and `sank` and no "
             "other\n",
             "  - it has one row for each row of `data/test.csv`\n",
             "  - no value comes twice in `row_id`\n",
             "  - no value is missing in `sank`: no cell is empty, and none is NaN\n",
             "  - every value of `sank` is from 0 to 1\n",
             "  - every value of `sank` is `0` or `1`\n",
             "  - its rows, found by `row_id`, are those of the right table\n",
             "  - we read the columns `row_id` and `sank` of `predictions.csv`, which `python3 predict.py` writes\n",
             "  - the metric is `accuracy`; the baseline is guessing by `name` alone\n",
             "  - on average over 2 times 5 fresh splits of the data, it is better than the baseline by at least "
             "0.05\n",
             "  - the values of `name` are replaced; the predictions stay the same\n",
             "  - `model.json`, which `python3 predict.py` writes, has at least 1 byte and at most 9 bytes\n",
             "  - it has the heading `Results`\n",
             "  - it has at least 5 words, not counting code blocks, comments and addresses\n",
             "  - it has a line with `Accuracy` and the figure, at most 0.1 from what milestone 2 measures\n",
         }) {
        CAPTURE(part);
        CHECK(told.find(part) != std::string::npos);
    }
}

TEST_CASE("where a pointer leads, and how long something may take, is said in words") {
    CHECK(library::place_in_words("") == "the whole");
    CHECK(library::place_in_words("/lix") == "`lix`");
    CHECK(library::place_in_words("/top/0/a~1b") == "`a/b` of item 0 (counted from 0) of `top`");
    CHECK(library::seconds_in_words(1) == "1 second");
    CHECK(library::seconds_in_words(0.5) == "0.5 seconds");
}

TEST_CASE("a brief without a place for the generated part is malformed") {
    auto content = test::sound_library();
    const auto project = library::load_project(content, "sink");
    content.files["templates/sink/brief.md"] = "# Sink";
    const auto brief = library::make_brief(content, *project);
    REQUIRE_FALSE(brief);
    CHECK(brief.error().kind == ErrorKind::malformed);
}
