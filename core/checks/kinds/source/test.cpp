// What lint asks of a check of the source, and what a milestone tells of it. How it judges: test_judge.py.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("source: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"source","path":"a.py","shows":[{"what":"list-comprehension","in":"words"},
                                  {"what":"f-string"},{"what":"lambda","says":"a lambda says by what to sort"}]})")) ==
          std::vector<std::string>{"we read `a.py`", "`words` shows a list comprehension", "it shows an f-string",
                                   "a lambda says by what to sort"});
}
