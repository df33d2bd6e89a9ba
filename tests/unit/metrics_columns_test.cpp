// Reading columns of files of any size, and joining them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/files.hpp"
#include "metrics/column_reader.hpp"
#include "metrics/join.hpp"

using namespace mlpath;
using namespace mlpath::metrics;

namespace {

using Cells = std::vector<std::string>;

enum class As { labels, numbers, texts };

class Folder {
public:
    Folder() : m_folder(*TemporaryFolder::make("mlpath-columns-")) {}
    [[nodiscard]] Result<Columns> read(std::string_view name, std::string_view bytes, std::vector<As> uses,
                                       Header header = Header::detect, unsigned threads = 3) const {
        const auto path = m_folder.path() / name;
        REQUIRE(write_file(path, bytes, Durability::cached));
        const auto choose = [&](const std::vector<std::string>& names) -> Result<std::vector<Wanted>> {
            std::vector<Wanted> wanted;
            for (std::size_t i = 0; i < uses.size() && i < names.size(); ++i) {
                wanted.push_back(
                    {i, uses[i] == As::labels, uses[i] == As::numbers, uses[i] == As::texts, "`" + names[i] + "`"});
            }
            return wanted;
        };
        return read_columns(path, choose, {header, threads, {}});
    }

private:
    TemporaryFolder m_folder;
};

std::vector<std::string> labels_of(const Columns& columns, std::size_t column) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < columns.data[column].codes.size(); ++i) {
        labels.push_back(columns.labels[columns.data[column].codes[i]]);
    }
    return labels;
}

}  // namespace

TEST_CASE("columns of small files") {
    const Folder folder;
    struct Case {
        const char* name;
        std::string text;
        Cells labels;
    };
    const std::vector<Case> cases{
        {"header", "label\na\nb\n", {"a", "b"}},
        {"a header that occurs again is a row", "a\nb\na\n", {"a", "b", "a"}},
        {"numbers need no header", "1\n0\n1\n", {"1", "0", "1"}},
        {"no last line end", "label\na\nb", {"a", "b"}},
        {"CRLF and BOM", "\xEF\xBB\xBFlabel\r\na\r\nb\r\n", {"a", "b"}},
        {"quotes", "label\n\"a,1\"\n\"say \"\"b\"\"\"\n", {"a,1", "say \"b\""}},
        {"lines in cells", "label\n\"a\nb\"\nc\n", {"a\nb", "c"}},
        {"blank lines at the end", "label\na\n\n\n", {"a"}},
        {"blanks around, numbers as floats", "label\n1.0\n 1\n01\n", {"1", "1", "1"}},
        {"header alone", "label\n", {}},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        const auto columns = folder.read("x.csv", wanted.text, {As::labels});
        REQUIRE_MESSAGE(columns, (columns ? "" : columns.error().message));
        CHECK(columns->rows == wanted.labels.size());
        CHECK(labels_of(*columns, 0) == wanted.labels);
    }
    CHECK(folder.read("x.csv", "a\nb\n", {As::labels}, Header::absent)->rows == 2);
    CHECK(folder.read("x.csv", "a\nb\na\n", {As::labels}, Header::present)->rows == 2);
}

TEST_CASE("several columns, each as what it is") {
    const Folder folder;
    const auto columns = folder.read("x.tsv", "id\tlabel\tscore\nu 1\tdog\t0.25\nu2\tcat\t 1e-3 \r\n",
                                     {As::texts, As::labels, As::numbers});
    REQUIRE_MESSAGE(columns, (columns ? "" : columns.error().message));
    CHECK(columns->data[0].texts[0] == "u 1");
    CHECK(columns->data[0].texts[1] == "u2");
    CHECK(columns->labels == Cells{"cat", "dog"});
    CHECK(labels_of(*columns, 1) == Cells{"dog", "cat"});
    CHECK(columns->data[2].numbers == std::vector<double>{0.25, 1e-3});
}

TEST_CASE("faults name their line") {
    const Folder folder;
    struct Case {
        const char* name;
        std::string text;
        std::size_t line;
        const char* says;
    };
    const std::vector<Case> cases{
        {"no number", "label,score\na,1\nb,high\n", 3, "`score` `high` is not a number"},
        {"no number after a long cell", "label,score\n\"a\nb\",1\nb,high\n", 4, "`high`"},
        {"missing number", "label,score\na,\n", 2, "`score` is missing"},
        {"NaN", "label,score\na,1\n\na,nan\n", 4, "`score` is missing"},
        {"infinite", "label,score\na,inf\n", 2, "`score` is infinite"},
        {"missing label", "label,score\n,1\n", 2, "`label` is missing"},
        {"more cells", "label,score\na,1\na,1,2\n", 3, "3 cells where the first row has 2"},
        {"fewer cells", "label,score\na,1\na\n", 3, "1 cell where the first row has 2"},
        {"unclosed quote", "label,score\na,1\n\"a,1\nb,2\n", 3, "never closed"},
        {"a point between decimal commas", "label;score\na;1,5\na;1.234\n", 0, "others a point"},
        {"thousands between semicolons", "label;score\na;1.234,5\n", 2, "`1.234,5` is not a number"},
        {"thousands", "label,score\na,\"1,234\"\n", 2, "`1,234` is not a number"},
        {"a zero byte", std::string("label,score\na,1\nlabel\0b,2\nmore text\n", 37), 3, "a zero byte (NUL)"},
        {"empty", "", 0, "empty"},
        {"UTF-16", std::string("\xFF\xFEl\0", 4), 0, "UTF-16"},
        {"Latin-1", "label,score\nna\xEFve,1\n", 2, "UTF-8"},
        {"Latin-1 further on", "label,score\na,1\na,1\nna\xEFve,1\n", 0, "UTF-8"},
        {"old Mac line ends", "label,score\ra,1\rb,2", 0, "carriage returns"},
        {"a carriage return behind a quote", "label,score\n\"a\"\r,1\n", 2, "follows a closing quote"},
        {"decimal comma", "score\n0,5\n", 2, "2 cells"},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        const auto columns = folder.read("x.csv", wanted.text, {As::labels, As::numbers});
        REQUIRE_FALSE(columns);
        CHECK(columns.error().place.line == wanted.line);
        CHECK_MESSAGE(columns.error().message.find(wanted.says) != std::string::npos, columns.error().message);
    }
    const auto blank = folder.read("x.csv", "label\na\n\nb\n", {As::labels});
    REQUIRE_FALSE(blank);
    CHECK(blank.error().place.line == 3);
}

TEST_CASE("files of many blocks, by any number of threads") {
    const Folder folder;
    std::string text = "label,score\n";
    constexpr std::size_t rows = 400'000;
    for (std::size_t i = 0; i < rows; ++i) {
        text += std::to_string(i % 300) + "," + std::to_string(i) + ".5\n";
    }
    for (const unsigned threads : {1U, 2U, 5U}) {
        CAPTURE(threads);
        const auto columns = folder.read("x.csv", text, {As::labels, As::numbers}, Header::detect, threads);
        REQUIRE_MESSAGE(columns, (columns ? "" : columns.error().message));
        REQUIRE(columns->rows == rows);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            wrong += columns->labels[columns->data[0].codes[i]] != std::to_string(i % 300) ? 1 : 0;
            wrong += columns->data[1].numbers[i] != static_cast<double>(i) + 0.5 ? 1 : 0;
        }
        CHECK(wrong == 0);
    }
    SUBCASE("a fault in a late block") {
        const auto broken =
            folder.read("x.csv", text + "1,high\n" + text.substr(text.find('\n') + 1, 100'000) + "\n1,x\n",
                        {As::labels, As::numbers});
        REQUIRE_FALSE(broken);
        CHECK(broken.error().place.line == rows + 2);
    }
    SUBCASE("quoted cells with line ends, across the ends of blocks") {
        std::string quoted = "label,score\n";
        for (std::size_t i = 0; i < rows; ++i) {
            quoted += "\"line\n" + std::to_string(i % 7) + "\",2\n";
        }
        const auto columns = folder.read("x.csv", quoted, {As::labels, As::numbers});
        REQUIRE_MESSAGE(columns, (columns ? "" : columns.error().message));
        CHECK(columns->rows == rows);
        CHECK(columns->labels.size() == 7);
    }
}

TEST_CASE("rows are joined by key") {
    const auto texts = [](const Cells& keys) {
        Texts column;
        for (const auto& key : keys) {
            column.push_back(key);
        }
        return column;
    };
    const auto joined = join(texts({"a", "b", "c"}), texts({"c", "a", "b"}), "t.csv", "p.csv");
    REQUIRE(joined);
    CHECK(*joined == std::vector<std::uint32_t>{1, 2, 0});
    struct Case {
        Cells truth;
        Cells predictions;
        const char* says;
    };
    const std::vector<Case> cases{
        {{"a", "b"}, {"a"}, "1 row of the truth without a prediction: `b`"},
        {{"a"}, {"a", "b"}, "1 prediction of no row of the truth: `b`"},
        {{"a", "b"}, {"a", "c"}, "`b`; 1 prediction of no row of the truth: `c`"},
        {{"a", "a"}, {"a"}, "t.csv: the key `a` occurs twice, in rows 1 and 2"},
        {{"a", "b"}, {"b", "a", "b"}, "p.csv: the key `b` occurs twice, in rows 1 and 3"},
        {{"a", ""}, {"a"}, "t.csv: row 2 has no key"},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.says);
        const auto result = join(texts(wanted.truth), texts(wanted.predictions), "t.csv", "p.csv");
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == ErrorKind::malformed);
        CHECK_MESSAGE(result.error().message.find(wanted.says) != std::string::npos, result.error().message);
    }
}
