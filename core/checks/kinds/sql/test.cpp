// Queries and scripts in SQL: what lint asks of the check, what a milestone tells, what is found.
#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

TEST_CASE("sql: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"sql","path":"q.sql","answer":"checks/q.sql","databases":"checks/d.py",
        "columns":["name","tracks"],"ordered":true,"before":["i.sql"],"searches":["Track"]})")) ==
          std::vector<std::string>{
              "`q.sql` is run on other databases with the same tables, and gives the columns `name` and `tracks`, "
              "with the rows in the order that is asked",
              "`i.sql` is run before it", "by its plan, it finds the rows of `Track` through an index"});
    CHECK(details_of(check_of(R"({"kind":"sql","path":"s.sql","schema":"checks/s.sql",
        "refuses":[{"sql":"x","says":"a row without a name"}]})")) ==
          std::vector<std::string>{"`s.sql` is run in an empty database", "its tables refuse a row without a name"});
}

TEST_CASE("sql: what lint asks") {
    const std::string at = swim_manifest + ":7: /milestones/0/checks/0";
    const auto case_of = [](const std::string& kind, const std::string& faults) {
        return LibraryCase{swim_manifest, "\"kind\": \"file\"", kind, faults};
    };
    check_faults({
        case_of(R"("kind": "sql")",
                at + ": a check of the kind `sql` has either `answer` or `schema`; `answer` is for a "
                     "query, `schema` for a script that makes tables"),
        case_of(R"("kind": "sql", "schema": "checks/s.sql")", at + "/schema: the template has no `checks/s.sql`"),
        case_of(
            R"("kind": "sql", "answer": "checks/a.sql", "columns": ["a"])",
            at + ": a check with `answer` has `databases` too\n" + at + "/answer: the template has no `checks/a.sql`"),
    });
}
