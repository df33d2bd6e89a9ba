// What lint asks of a check of a PDF, and what a milestone tells of it.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("pdf: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"pdf","path":"report.pdf","chart":false})")) ==
          std::vector<std::string>{"`report.pdf` is a PDF"});
    CHECK(details_of(check_of(
              R"({"kind":"pdf","path":"report.pdf","pages":{"min":2,"max":9},"files":{"sales.csv":"checks/sales.csv"},)"
              R"("text":[{"has":"Sales"},{"lacks":"nan"}],"figures":[{"label":"Total","equals":1,"decimals":2}],)"
              R"("table":"checks/right.csv","chart":true})")) ==
          std::vector<std::string>{"`report.pdf` is a PDF of from 2 to 9 pages, made with `sales.csv` of ours",
                                   "it says `Sales`", "it does not say `nan`", "the right number stands after `Total`",
                                   "it has each row of the right table on a line",
                                   "it has a chart, as an image or drawn, which is another for other data"});
}
