#include "table/table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "table/delimiter.hpp"
#include "table/gzip.hpp"

using namespace mlpath;
using table::CellKind;
using table::Dialect;

namespace {

using Rows = std::vector<std::vector<std::string>>;
using std::string_literals::operator""s;

struct Sound {
    const char* name;
    std::string text;
    Dialect dialect;
    std::vector<std::string> columns;
    Rows rows;
};

struct Refused {
    const char* name;
    std::string text;
    std::size_t line;
    const char* says;
};

}  // namespace

TEST_CASE("tables that are read") {
    const Dialect plain;
    const Dialect sms{'\t', false, false};
    const std::vector<Sound> cases{
        {"plain", "a,b\n1,2\n3,4\n", plain, {"a", "b"}, {{"1", "2"}, {"3", "4"}}},
        {"no last line end", "a,b\n1,2", plain, {"a", "b"}, {{"1", "2"}}},
        {"CRLF and BOM", "\xEF\xBB\xBF"s + "a,b\r\n1,2\r\n", plain, {"a", "b"}, {{"1", "2"}}},
        {"header only", "a,b\n", plain, {"a", "b"}, {}},
        {"header without line end", "a,b", plain, {"a", "b"}, {}},
        {"quotes", "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", plain, {"a", "b"}, {{"x,y", "say \"hi\""}}},
        {"a cell of two lines", "a,b\n\"x\ny\",2\n3,4\n", plain, {"a", "b"}, {{"x\ny", "2"}, {"3", "4"}}},
        {"a quote inside is text", "a\n5\" pipe\n", plain, {"a"}, {{"5\" pipe"}}},
        {"empty cells", "a,b\n,\n1,\n", plain, {"a", "b"}, {{"", ""}, {"1", ""}}},
        {"blank lines in a wide table", "a,b\n\n1,2\n\n", plain, {"a", "b"}, {{"1", "2"}}},
        {"a blank line in a narrow table", "a\n1\n\n2\n\n\n", plain, {"a"}, {{"1"}, {""}, {"2"}}},
        {"a quoted nothing in a narrow table", "a\n1\n\"\"\n", plain, {"a"}, {{"1"}, {""}}},
        {"literal quotes, no header",
         "ham\t\"hi\nspam\twin \"\"\n",
         sms,
         {"c0", "c1"},
         {{"ham", "\"hi"}, {"spam", "win \"\""}}},
        {"a carriage return inside a row is text", "a,b\n1\r2,3\n", plain, {"a", "b"}, {{"1\r2", "3"}}},
        {"a blank as it is", "a,b\n1, 2\n", plain, {"a", "b"}, {{"1", " 2"}}},
        {"not ASCII", "naïve,b\nß,日本\n", plain, {"naïve", "b"}, {{"ß", "日本"}}},
        {"a semicolon beside commas", "a;x,b\n1,2\n", plain, {"a;x", "b"}, {{"1", "2"}}},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        const auto table = table::parse_table(wanted.text, wanted.dialect);
        REQUIRE(table);
        CHECK(table->columns == wanted.columns);
        CHECK(table->rows == wanted.rows);
    }
}

TEST_CASE("tables that are refused, each by name") {
    const std::vector<Refused> cases{
        {"empty", "", 0, "empty"},
        {"blank", " \r\n\n", 0, "empty"},
        {"BOM alone", "\xEF\xBB\xBF", 0, "empty"},
        {"UTF-16 with BOM", "\xFF\xFE"s + "a\0,\0b\0\n\0"s, 0, "UTF-16"},
        {"UTF-16 without BOM", "a\0,\0b\0\n\0"s, 0, "UTF-16"},
        {"workbook", "PK\x03\x04"s + std::string(26, '\1') + "[Content_Types].xml", 0, "an Excel workbook"},
        {"zip", "PK\x03\x04"s + std::string(26, '\1') + "data.csv", 0, "a zip archive"},
        {"arrays", "PK\x03\x04"s + std::string(26, '\1') + "y.npy", 0, "NumPy arrays"},
        {"old workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", 0, "an old Excel workbook"},
        {"Parquet", "PAR1\x15\x04\x15", 0, "a Parquet file"},
        {"gzip", "\x1f\x8b\x08 and more", 0, "gzip data"},
        {"JSON", "[{\"y\": 1}]", 0, "JSON"},
        {"a page", "<!DOCTYPE html>\n<p>", 0, "a web page"},
        {"a pickle", "\x80\x04\x95", 0, "a pickle"},
        {"a zero byte", "a,b\n1,2\nx\0y,2\nmore text, so that it is no UTF-16\n"s, 3, "a zero byte (NUL)"},
        {"Excel's mark", "sep=;\na;b\n", 1, "`sep=;`"},
        {"semicolons", "a;b\n1;2\n", 1, "semicolons"},
        {"semicolons and decimal commas", "a;b\n1,5;2,5\n", 1, "decimal comma"},
        {"tabs", "a\tb\n1\t2\n", 1, "tabs"},
        {"more cells", "a,b\n1,2\n1,2,3\n", 3, "3 cells where the header has 2"},
        {"fewer cells", "a,b\n\n\n1\n", 4, "1 cell where the header has 2"},
        {"ragged after a long cell", "a,b\n\"x\ny\",2\n1,2,3\n", 4, "3 cells"},
        {"unclosed quote", "a,b\n1,2\n\"x,2\n3,4\n", 3, "never closed"},
        {"text after a quote", "a,b\n\"x\"y,2\n", 2, "follows a closing quote"},
        {"Latin-1", "a,b\n1,2\nna\xEFve,2\n", 3, "UTF-8"},
        {"duplicate names", "a,b,a\n1,2,3\n", 1, "two columns are named `a`"},
        {"old Mac", "a,b\r1,2\r", 0, "carriage returns"},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        const auto table = table::parse_table(wanted.text, {}, "their.csv");
        REQUIRE_FALSE(table);
        CHECK(table.error().kind == ErrorKind::malformed);
        CHECK(table.error().place.file == "their.csv");
        CHECK(table.error().place.line == wanted.line);
        CHECK_MESSAGE(table.error().message.find(wanted.says) != std::string::npos, table.error().message);
        CHECK(table.error().message.starts_with("their.csv"));
    }
}

TEST_CASE("half a line end at the end of the file belongs to no cell") {
    const auto cut = table::parse_table("a,b\r\n1,\"2\"\r\n3,4\r");
    REQUIRE(cut);
    CHECK(cut->rows == std::vector<std::vector<std::string>>{{"1", "2"}, {"3", "4"}});
}

TEST_CASE("what is written is read back") {
    const table::Table table{{"a", "b,c"}, {{"1", "x\ny"}, {"", "say \"hi\""}, {"\r", "2"}}};
    const auto again = table::parse_table(table::write_table(table));
    REQUIRE(again);
    CHECK(again->columns == table.columns);
    CHECK(again->rows == table.rows);
    const table::Table narrow{{"a"}, {{""}, {"1"}, {""}}};
    const auto narrow_again = table::parse_table(table::write_table(narrow));
    REQUIRE(narrow_again);
    CHECK(narrow_again->rows == narrow.rows);
    CHECK(table::write_table({{"a", "b"}, {{"1", "2"}}}) == "a,b\n1,2\n");
    for (const std::string name : {"a;b", "a\tb", "a", " ",
                                   "\xEF\xBB\xBF"
                                   "a"}) {
        CAPTURE(name);
        const auto named = table::parse_table(table::write_table({{name}, {{"1;\t"}}}));
        REQUIRE(named);
        CHECK(named->columns == std::vector{name});
        CHECK(named->rows == std::vector<std::vector<std::string>>{{"1;\t"}});
    }
}

TEST_CASE("columns are found by name") {
    const table::Table table{{"a", "b"}, {}};
    CHECK(table.column("b") == 1);
    CHECK_FALSE(table.column("B"));
}

TEST_CASE("files: by name and by content") {
    const auto folder = TemporaryFolder::make("mlpath-table-");
    REQUIRE(folder);
    const auto write = [&](const char* name, std::string_view bytes) {
        const auto path = folder->path() / name;
        REQUIRE(write_file(path, bytes, Durability::cached));
        return path;
    };
    // "a,b\n1,2\n", packed by gzip -n; and twice, as two members.
    const auto packed =
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xd4\x49\xe2\x32\xd4\x31\xe2\x02\x00\x7b\x07\x97\x0a\x08\x00\x00\x00"s;
    SUBCASE("tsv") {
        const auto table = table::read_table(write("x.tsv", "a\tb\n1,5\t2\n"));
        REQUIRE(table);
        CHECK(table->rows == Rows{{"1,5", "2"}});
    }
    SUBCASE("gzip") {
        const auto table = table::read_table(write("x.csv.gz", packed));
        REQUIRE_MESSAGE(table, (table ? "" : table.error().message));
        CHECK(table->rows == Rows{{"1", "2"}});
    }
    SUBCASE("gzip of two members, padded with zeros") {
        const auto text = table::gunzip(packed + packed + std::string(100, '\0'), 100);
        REQUIRE(text);
        CHECK(*text == "a,b\n1,2\na,b\n1,2\n");
    }
    SUBCASE("gzip that is cut short") {
        const auto table = table::read_table(write("x.csv.gz", packed.substr(0, 22)));
        REQUIRE_FALSE(table);
        CHECK(table.error().kind == ErrorKind::malformed);
        CHECK(table.error().message.find("ends in the middle") != std::string::npos);
    }
    SUBCASE("gzip with a wrong checksum") {
        auto wrong = packed;
        wrong[21] = 'x';
        CHECK_FALSE(table::gunzip(wrong, 100));
    }
    SUBCASE("gzip that unpacks to more than is allowed") {
        const auto text = table::gunzip(packed, 7);
        REQUIRE_FALSE(text);
        CHECK(text.error().message.find("more than 7 B") != std::string::npos);
        CHECK(table::gunzip(packed, 8));
    }
    SUBCASE("gzip by name only") {
        const auto table = table::read_table(write("x.csv.gz", "a,b\n1,2\n"));
        REQUIRE_FALSE(table);
        CHECK(table.error().message.find("the name says gzip") != std::string::npos);
    }
    SUBCASE("absent") {
        const auto table = table::read_table(folder->path() / "none.csv");
        REQUIRE_FALSE(table);
        CHECK(table.error().kind == ErrorKind::not_found);
    }
}

TEST_CASE("cells as numbers") {
    struct Case {
        const char* text;
        CellKind kind;
        double number;
    };
    const std::vector<Case> cases{
        {"1", CellKind::number, 1},
        {" 2.5 ", CellKind::number, 2.5},
        {"-1e-3", CellKind::number, -0.001},
        {"+7", CellKind::number, 7},
        {".5", CellKind::number, 0.5},
        {"5.", CellKind::number, 5},
        {"0.1", CellKind::number, 0.1},
        {"", CellKind::missing, 0},
        {"  ", CellKind::missing, 0},
        {"NaN", CellKind::missing, 0},
        {"nan", CellKind::missing, 0},
        {"NA", CellKind::missing, 0},
        {"None", CellKind::missing, 0},
        {"1,5", CellKind::text, 0},
        {"1 2", CellKind::text, 0},
        {"0x10", CellKind::text, 0},
        {"1_000", CellKind::text, 0},
        {"male", CellKind::text, 0},
        {"+-1", CellKind::text, 0},
        {"-", CellKind::text, 0},
        {"1e400", CellKind::number, HUGE_VAL},
        {"inf", CellKind::number, HUGE_VAL},
        {"nan(1)", CellKind::text, 0},
        {"?", CellKind::text, 0},
        {"1e", CellKind::text, 0},
        {"123456789012345678901234567890", CellKind::number, 123456789012345678901234567890.0},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.text);
        const auto cell = table::parse_cell(wanted.text);
        CHECK(cell.kind == wanted.kind);
        CHECK(cell.number == wanted.number);
    }
}

TEST_CASE("what separates the columns") {
    struct Case {
        const char* name;
        std::string text;
        char separator;  // 0: refused
        std::size_t skipped = 0;
    };
    const std::vector<Case> cases{
        {"commas", "a,b\n1,2\n", ','},
        {"one column", "a\n1\n", ','},
        {"semicolons", "a;b\n1;2\n", ';'},
        {"semicolons and decimal commas", "a;b\n1,5;2\n", ';'},
        {"the same without names", "1,5;2,5\n1,25;2,0\n", ';'},
        {"a comma in a name between semicolons", "name, first;age\nBob;3\n", ';'},
        {"semicolons in cells between commas", "a,b;c\n1,2\n", ','},
        {"both alike", "a,b;c\n1,d;e\n", 0},
        {"quoted commas", "\"a,b\";c\n\"d,e\";f\n", ';'},
        {"quoted semicolons", "\"a;b\",c\n\"d;e\",f\n", ','},
        {"tabs", "a\tb\n1\t2\n", '\t'},
        {"bars", "a|b\n1|2\n", '|'},
        {"a bar in one cell", "a|b\n1\n", ','},
        {"a lone semicolon in a name", "a;b\n1\n", ','},
        {"Excel's mark", "sep=;\na;b\n", ';', 6},
        {"Excel's mark behind a BOM", "\xEF\xBB\xBFsep=\t\r\na\tb\n", '\t', 10},
        {"a name that begins so", "sep=,b\n1,2\n", ','},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        const auto found = table::find_separation(wanted.text, "x.csv");
        CHECK((found ? found->separator : '\0') == wanted.separator);
        CHECK((found ? found->skipped : 0) == wanted.skipped);
    }
    CHECK(table::find_separation("a,b\n", "x.csv", ';')->separator == ';');
    CHECK(table::find_separation("a,b\n1,2\n", "x.tsv")->separator == ',');
    CHECK(table::find_separation("a,b\tc\n", "x.tsv")->separator == '\t');
    CHECK_FALSE(table::find_separation("sep=;\na;b\n", "x.csv", ','));
    CHECK(*table::parse_delimiter("tab") == '\t');
    CHECK(*table::parse_delimiter("\\t") == '\t');
    CHECK(*table::parse_delimiter("\t") == '\t');
    CHECK(*table::parse_delimiter(";") == ';');
    CHECK(*table::parse_delimiter("Semicolon") == ';');
    for (const char* word : {"", ";;", "\"", "a", "1", ".", "\n", "\xE4"}) {
        CAPTURE(word);
        CHECK_FALSE(table::parse_delimiter(word));
    }
}
