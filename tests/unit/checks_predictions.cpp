#include "checks/predictions.hpp"

#include "checks_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;

namespace {

// Test rows 1, 2 and 3.
data::Division three_rows() {
    return {.train = {.columns = {"row_id", "x", "y"}, .rows = {{"4", "0", "1"}}},
            .test = {.columns = {"row_id", "x"}, .rows = {{"2", "5"}, {"3", "6"}, {"1", "7"}}},
            .target = "y",
            .truth = {"1", "0", "1"}};
}

struct PredictionsCase {
    const char* what;
    std::string text;
    CellsAre cells;
    const char* told;  // empty: the cells are 20, 30, 10
};

// UTF-16 with a byte order mark, as PowerShell writes.
std::string utf16(std::string_view text) {
    std::string wide = "\xFF\xFE";
    for (const char c : text) {
        wide += c;
        wide += '\0';
    }
    return wide;
}

}  // namespace

TEST_CASE("predictions are joined by row_id, and each mistake has its own sentence") {
    const std::vector<PredictionsCase> cases{
        {"as asked", "row_id,y\n2,20\n3,30\n1,10\n", CellsAre::labels, ""},
        {"another order, and more columns", "row_id,z,y\n1,a,10\n2,b,20\n3,c,30\n", CellsAre::numbers, ""},
        {"ids as floats", "row_id,y\n1.0,10\n2.0,20\n3.0,30\n", CellsAre::labels, ""},
        {"BOM and CRLF", "\xEF\xBB\xBFrow_id,y\r\n1,10\r\n2,20\r\n3,30\r\n", CellsAre::labels, ""},
        {"no last line end, blanks around", "row_id,y\n1, 10 \n2,20\n 3,30", CellsAre::labels, ""},
        {"a row is missing", "row_id,y\n1,10\n2,20\n", CellsAre::labels, "lacks 1 row of the test file (row_id 3)"},
        {"unknown ids", "row_id,y\n1,10\n2,20\n3,30\n4,0\n", CellsAre::labels, "1 row with an unknown row_id (4)"},
        {"made-up ids", "row_id,y\n0,1\n1,10\n2,20\n", CellsAre::labels, "unknown row_id (0)"},
        {"twice", "row_id,y\n1,10\n2,20\n3,30\n3,31\n", CellsAre::labels, "predicts 1 row more than once (row_id 3)"},
        {"an id is missing", "row_id,y\n1,10\n2,20\n,30\n", CellsAre::labels, "unknown row_id"},
        {"NaN", "row_id,y\n1,10\n2,nan\n3,30\n", CellsAre::labels, "no value in `y` for 1 row (row_id 2)"},
        {"empty", "row_id,y\n1,10\n2,\n3,30\n", CellsAre::numbers, "no value in `y` for 1 row (row_id 2)"},
        {"text for numbers", "row_id,y\n1,10\n2,yes\n3,30\n", CellsAre::numbers,
         "is not a number for 1 row (row_id 2)"},
        {"infinite", "row_id,y\n1,10\n2,inf\n3,30\n", CellsAre::numbers, "is infinite for 1 row (row_id 2)"},
        {"no value column", "row_id,label\n1,10\n2,20\n3,30\n", CellsAre::labels, "has no column `y`"},
        {"no id column", "y\n10\n20\n30\n", CellsAre::labels, "has no column `row_id`"},
        {"header only", "row_id,y\n", CellsAre::labels, "a header and no rows"},
        {"nothing", "", CellsAre::labels, "empty"},
        {"UTF-16", utf16("row_id,y\n1,10\n2,20\n3,30\n"), CellsAre::labels, "UTF-16"},
        {"semicolons", "row_id;y\n1;10\n2;20\n3;30\n", CellsAre::labels, "semicolon"},
        {"semicolons and decimal commas", "row_id;y\n1;0,1\n2;0,2\n3;0,3\n", CellsAre::numbers, "semicolon"},
        {"ragged", "row_id,y\n1,10\n2,20,1\n3,30\n", CellsAre::labels, "line 3"},
        {"no UTF-8", "row_id,y\n1,\xE4\n2,b\n3,c\n", CellsAre::labels, "UTF-8"},
    };
    for (const auto& [what, text, cells, told] : cases) {
        CAPTURE(what);
        const auto found = aligned_predictions(text, "p.csv", "y", cells, three_rows());
        if (*told == '\0') {
            REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().message));
            CHECK(*found == std::vector<std::string>{"20", "30", "10"});
            continue;
        }
        REQUIRE_FALSE(found.has_value());
        CHECK_MESSAGE(test::tells(found.error(), told), test::told(found.error()));
        CHECK(found.error().verdict == Verdict::fail);
        CHECK_FALSE(found.error().decided);
    }
}

TEST_CASE("of many bad rows a few are named") {
    auto division = three_rows();
    std::string text = "row_id,y\n";
    for (int i = 10; i < 20; ++i) {
        division.test.rows.push_back({std::to_string(i), "0"});
        division.truth.emplace_back("0");
    }
    const auto found = aligned_predictions("row_id,y\n1,1\n", "p.csv", "y", CellsAre::labels, division);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().message == "`p.csv` lacks 12 rows of the test file (row_id 2, 3, 10, …)");
    CHECK(found.error().expected == "13 rows, one for each row of the test file");
    CHECK(found.error().actual == "1 row");
}
