// Whether a first line names the columns, is a row, or could be either.
#include "metrics/header.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"

using namespace mlpath;
using metrics::FirstLine;

namespace {

using Cells = std::vector<std::string>;

Cells cells_of(std::string_view line) {
    Cells cells;
    for (const auto cell : split(line, ',')) {
        cells.emplace_back(cell);
    }
    return cells;
}

FirstLine reading(std::string_view text, const Cells& named = {}) {
    std::vector<Cells> rows;
    for (const auto line : lines(text)) {
        rows.push_back(cells_of(line));
    }
    const auto first = rows.front();
    rows.erase(rows.begin());
    return metrics::read_first_line(first, rows, named);
}

}  // namespace

TEST_CASE("first lines") {
    struct Case {
        const char* name;
        const char* text;
        FirstLine reading;
        Cells named{};
    };
    using enum FirstLine;
    const std::vector<Case> cases{
        {"words", "label\n1\n0\n", names},
        {"words and numbers", "id,2020\n1,2\n", names},
        {"labels without a header", "1\n0\n1\n", row},
        {"numpy.savetxt", "0.000000000000000000e+00\n1.000000000000000000e+00\n", row},
        {"a negative number", "-1\n1\n", row},
        {"pandas' unnamed column of classes, or a class", "0\n1\n0\n2\n", doubtful},
        {"the same alone", "0\n", doubtful},
        {"pandas' unnamed column of numbers", "0\n0.5\n12.25\n", names},
        {"zero among whole and broken numbers", "0\n0.5\n1\n", doubtful},
        {"pandas' unnamed column of words", "0\ncat\ndog\n", names},
        {"words and a zero, one of which may be a class", "0\ncat\n0\n", doubtful},
        {"a year above small numbers", "2019\n1\n2\n", doubtful},
        {"years", "2019\n2020\n2018\n", row},
        {"an index and an unnamed column", ",0\n0,1\n1,0\n", names},
        {"the same without rows", ",0\n", names},
        {"an index and years", ",2019,2020\n0,1,2\n", names},
        {"a missing first cell above a missing one", ",5\n,6\n", doubtful},
        {"a missing first cell and a broken number", ",1.5\n2,3\n", doubtful},
        {"probabilities of two classes", "0,1\n0.25,0.75\n", names},
        {"probabilities of three classes from 1", "1,2,3\n0.25,0.5,0.25\n", names},
        {"an unnamed frame of two columns, or index and value", "0,1\n1,0\n2,1\n", doubtful},
        {"flags of two labels, or an unnamed frame", "0,1\n0,1\n1,0\n", doubtful},
        {"an unnamed frame of four columns", "0,1,2,3\n1,0,0,1\n", names},
        {"ids and numbers of an unnamed frame", "0,1\n17,0.5\n23,0.25\n", names},
        {"years as names", "2019,2020\n1,2\n3,4\n", names},
        {"years as values", "2019,2020\n2018,2021\n", row},
        {"index and class", "1,2\n2,0\n3,1\n", row},
        {"months as names, or a row", "1,2,3\n5,7,9\n", doubtful},
        {"the same twice", "0,0\n1,0\n", row},
        {"broken numbers", "0.5,1\n0.25,2\n", row},
        {"zeros in front", "01,02\n03,04\n", row},
        {"asked for by name", "0,1\n1,0\n", names, {"1"}},
        {"asked for by name, one column", "2019\n1\n", names, {"2019"}},
        {"asked for by place", "0,1\n1,0\n", row, {"c1"}},
        {"asked for by place where there are names for sure", ",0\n0,1\n", names, {"c1"}},
        {"asked for by another name", "0\n1\n", doubtful, {"label"}},
    };
    for (const auto& wanted : cases) {
        CAPTURE(wanted.name);
        CHECK(reading(wanted.text, wanted.named) == wanted.reading);
    }
}
