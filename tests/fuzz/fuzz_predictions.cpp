// A learner's predictions, laid beside the truth.
#include "checks/predictions.hpp"
#include "fuzz/support.hpp"

using namespace mlpath;

namespace {

data::Division three_rows() {
    data::Division division;
    division.target = "species";
    division.test = {.columns = {"row_id", "length"}, .rows = {{"1", "5.1"}, {"12", "4.9"}, {"3", ""}}};
    division.truth = {"setosa", "virginica", "setosa"};
    return division;
}

}  // namespace

FUZZ(input) {
    static const auto division = three_rows();
    for (const auto kind : {checks::CellsAre::labels, checks::CellsAre::numbers}) {
        const auto cells = checks::aligned_predictions(input, "predictions.csv", "species", kind, division);
        if (cells) {
            fuzz::insist(cells->size() == division.test.rows.size(), "there is a cell for each row");
            for (const auto& cell : *cells) {
                const auto value = table::parse_cell(cell);
                fuzz::insist(value.kind != table::CellKind::missing, "no cell is empty");
                fuzz::insist(kind == checks::CellsAre::labels || value.kind == table::CellKind::number,
                             "numbers are numbers");
            }
            continue;
        }
        const auto& finding = cells.error();
        fuzz::insist(finding.verdict == checks::Verdict::fail, "a file of the learner's is right or wrong");
        fuzz::insist(!finding.message.empty() && finding.message.size() < 1000 + input.size(),
                     "it is said what is wrong");
    }
}
