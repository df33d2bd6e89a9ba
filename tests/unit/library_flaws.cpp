#include <doctest/doctest.h>

#include "library/flaws.hpp"
#include "library/library.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;
using library::FlawEdit;

TEST_CASE("edits are made where their text stands once") {
    const std::string text = "import re\nimport sys\n\nrows = []\nprint(rows, re)\n";
    struct EditCase {
        const char* says;
        std::vector<FlawEdit> edits;
        std::string text;  // then
        std::string faults{};
    };
    const std::vector<EditCase> cases{
        {"nothing to do", {}, text},
        {"within a line", {{"a.py", "[]", "None"}}, "import re\nimport sys\n\nrows = None\nprint(rows, re)\n"},
        {"over lines", {{"a.py", "re\nimport", "io\nfrom"}}, "import io\nfrom sys\n\nrows = []\nprint(rows, re)\n"},
        {"removed with its end", {{"a.py", "import re\n", ""}}, "import sys\n\nrows = []\nprint(rows, re)\n"},
        {"the first and the last letter",
         {{"a.py", ", re)\n", ")"}, {"a.py", "import re", "x"}},
         "x\nimport sys\n\nrows = []\nprint(rows)"},
        {"in any order, and what one writes is not sought by another",
         {{"a.py", "sys", "json"}, {"a.py", "import re", "import sys"}},
         "import sys\nimport json\n\nrows = []\nprint(rows, re)\n"},
        {"side by side without a gap",
         {{"a.py", "rows = ", "x"}, {"a.py", "[]", "y"}},
         "import re\nimport sys\n\nxy\nprint(rows, re)\n"},
        {"of another file", {{"b.py", "rows", "x"}}, text},
        {"not at all",
         {{"a.py", "columns = []", "x"}},
         text,
         "0 find: `a.py` of the solution does not have this text; copy it from there letter by letter"},
        {"with other blanks",
         {{"a.py", "  rows = []\n\tprint", "x"}},
         text,
         "0 find: `a.py` of the solution does not have this text; line 4 has `rows = []`; compare its indentation and "
         "the lines below it"},
        {"the empty text",
         {{"a.py", "", "x"}},
         text,
         "0 find: `a.py` of the solution does not have this text; copy it from there letter by letter"},
        {"more than once",
         {{"a.py", "import", "x"}},
         text,
         "0 find: `a.py` of the solution has this text more than once: at line 1 and at line 2; add what stands around "
         "it, so that one place is meant"},
        {"the same text",
         {{"a.py", "rows = []", "rows = []"}},
         text,
         "0 replace: this is the text that stands there already; write what the beginner wrote instead"},
        {"overlapping",
         {{"a.py", "rows = []", "x"}, {"a.py", "[]\nprint", "y"}},
         "import re\nimport sys\n\nx(rows, re)\n",
         "1 find: it overlaps another edit of `a.py`, at line 4; make one edit of the two"},
        {"one within another, told of the later one",
         {{"a.py", "= []", "x"}, {"a.py", "rows = []\n", "y\n"}},
         "import re\nimport sys\n\ny\nprint(rows, re)\n",
         "1 find: it overlaps another edit of `a.py`, at line 4; make one edit of the two"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.says);
        const auto now = library::edited(text, "a.py", c.edits);
        CHECK(now.text == c.text);
        std::string faults;
        for (const auto& fault : now.faults) {
            faults += std::to_string(fault.edit) + ' ' + std::string(fault.part) + ": " + fault.message + "; " +
                      fault.suggestion;
        }
        CHECK(faults == c.faults);
    }
    CHECK(library::edited("aaa", "a.py", {{"a.py", "aa", "b"}}).faults.size() == 1);  // twice, though not side by side
}

TEST_CASE("a flaw's files are those of the solution, else of the skeleton, with edits, and those that lie whole") {
    auto content = test::sound_library();
    const std::string t = "templates/sink/";
    content.files[t + "skeleton/notes.py"] = "left = 1\n";
    content.files[t + "flawed/none/extra.py"] = "extra";
    auto flaw = library::load_flaws(content, library::load_project(content, "sink").value()).value()[1];
    flaw.edits.push_back({"notes.py", "1", "2"});
    auto laid = library::flawed_files(content, "sink", flaw).value();
    CHECK(laid.faults.empty());
    CHECK(laid.files == std::map<std::string, std::string>{{"extra.py", "extra"},
                                                           {"notes.py", "left = 2\n"},
                                                           {"ships.py", "def load():\n    pass\n"}});
    for (const std::string file : {"project.json", "../project.json", "../skeleton/notes.py", "ships.py/"}) {
        CAPTURE(file);
        flaw.edits = {{file, "1", "2"}};
        laid = library::flawed_files(content, "sink", flaw).value();
        REQUIRE(laid.faults.size() == 1);
        CHECK(laid.faults[0].part == "file");
    }
    flaw.edits = {{"", "1", "2"}};
    laid = library::flawed_files(content, "sink", flaw).value();
    REQUIRE(laid.faults.size() == 1);
    CHECK(laid.faults[0].message == "the edit has no `file`, and neither has the flaw `none`");
}
