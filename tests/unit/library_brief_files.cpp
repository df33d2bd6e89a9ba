// The files that a brief names: which of them lint knows, and which are faults.
#include <doctest/doctest.h>

#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using test::faults_of;
using test::sound_library;

namespace {

const std::string sink_folder = "templates/sink/";

struct Brief {
    std::string what;
    std::string text;
    std::string faults;
};

std::string not_there(const std::string& name, const std::string& hint, const std::string& line = "3") {
    return sink_folder + "brief.md:" + line + ": the brief names the file `" + name +
           "`, which the project does not have; " + hint;
}

const std::string put_it = "add it to skeleton/, or write it without backquotes if it is not a file of the project";

}  // namespace

TEST_CASE("a brief names files of the project and no others") {
    for (const auto& [what, text, faults] : std::vector<Brief>{
             {"of the skeleton", "Open `ships.py`, `./ships.py` or `lib/tools.py`.", ""},
             {"data, artifacts, what a check reads and lays",
              "`train.csv`, `predictions.csv`, `README.md`, `data/x.csv`", ""},
             {"programs that steps and checks run", "`predict.py`, and `python3 predict.py --help`", ""},
             {"ours", "`BRIEF.md` and `.gitignore`", ""},
             {"by its name alone", "`tools.py`", ""},
             {"a typing error", "Open `shpis.py`.", not_there("shpis.py", "did you mean `ships.py`?")},
             {"another folder", "Open `src/ships.py`.", not_there("src/ships.py", "did you mean `ships.py`?")},
             {"no such data", "Read `data/people.csv`.", not_there("data/people.csv", "did you mean `data/test.csv`?")},
             {"a program in a command", "`python3 quiz-me.py yes.txt`", not_there("quiz-me.py", put_it)},
             {"told once, where it stands first", "a\nb `quiz-me.py`\n\n`quiz-me.py`",
              not_there("quiz-me.py", put_it, "4")},
             {"the solution alone has it", "Write `helper.py`.",
              sink_folder +
                  "brief.md:3: the brief names the file `helper.py`, which the skeleton lacks and no check asks for; "
                  "add it to skeleton/, or let a check ask for it"},
             {"no files",
              "`np.log`, `model.fit`, `a.py b.py`, `*.py`, `request.json`, `data/`, `.`, `\"x.csv\"`, `.py`", ""},
             {"without code marks, in comments and in blocks of code",
              "quiz-me.py <!-- `quiz-me.py` -->\n\n```\npython3 quiz-me.py\n```", ""},
         }) {
        CAPTURE(what);
        auto content = sound_library();
        content.files[sink_folder + "skeleton/lib/tools.py"] = "";
        content.files[sink_folder + "solution/helper.py"] = "";
        content.files[sink_folder + "brief.md"] = "# Sink\n\n" + text + "\n\n{{checked}}\n";
        CHECK(faults_of(content) == faults);
    }
}

TEST_CASE("so do goals and claims") {
    auto content = sound_library();
    auto& manifest = content.files[sink_folder + "project.json"];
    manifest.replace(manifest.find("Read the rows."), 14, "Write `reed.py`.");
    manifest.replace(manifest.find("It reads."), 9, "`shops.py`");
    const auto faults = faults_of(content);
    CHECK_MESSAGE(faults.find("/milestones/0/goal: the goal names the file `reed.py`") != std::string::npos, faults);
    CHECK_MESSAGE(faults.find("/checks/0/says: the claim names the file `shops.py`") != std::string::npos, faults);
}

TEST_CASE("what grows out of another project may name its files") {
    auto content = sound_library();
    content.files["templates/swim/brief.md"] = "`ships.py`, `other.py`\n\n{{checked}}\n";
    CHECK(faults_of(content).empty());
}

TEST_CASE("a name in a comment is told to nobody") {
    auto content = sound_library();
    auto& manifest = content.files["templates/swim/project.json"];
    manifest.replace(manifest.find("It is there."), 12, "`<!-- swim.py -->` is there.");
    CHECK(faults_of(content).empty());  // in code it is no comment
    content = sound_library();
    content.files["templates/swim/brief.md"] = "<!--\n\n{{checked}}\n\n-->\n";
    CHECK_MESSAGE(
        faults_of(content).find("the check needs `swim.py`, and the brief does not tell it") != std::string::npos,
        faults_of(content));
}
