// What a report says of the commit that a portfolio is of, and of links in it.
#include <doctest/doctest.h>

#include "report/words.hpp"

using namespace mlpath;
using namespace mlpath::report;

TEST_CASE("whether the files are the commit's is told with the reason") {
    PortfolioReport portfolio{.commit = std::string(40, 'c'), .dirty = false, .seed = 7, .seed_from = "the commit"};
    CHECK(provenance(portfolio) == "seed 7 (from the commit), commit cccccccccccc");
    portfolio.commit_note = "1 project is not checked out";
    CHECK(provenance(portfolio) == "seed 7 (from the commit), commit cccccccccccc (1 project is not checked out)");
    portfolio.dirty = true;
    portfolio.commit_note = "iris/iris.py differs from it";
    CHECK(
        provenance(portfolio) ==
        "seed 7 (from the commit), commit cccccccccccc, with changes that are not committed (iris/iris.py differs from "
        "it)");
    portfolio.dirty.reset();
    portfolio.commit_note = "a\x1b.py could not be compared with it";
    CHECK(provenance(portfolio) ==
          "seed 7 (from the commit), commit cccccccccccc, perhaps with changes that are not committed (a\\x1b.py could "
          "not "
          "be compared with it)");
    portfolio.commit.reset();
    CHECK(provenance(portfolio) == "seed 7 (from the commit)");
}

TEST_CASE("links are named with what to do") {
    PortfolioReport portfolio;
    CHECK(links_told(portfolio).empty());
    portfolio.links = {"iris/iris.py"};
    CHECK(links_told(portfolio) ==
          "`iris/iris.py` is a link, and no link is followed: put the file or folder itself into its place");
    portfolio.links = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    CHECK(links_told(portfolio).find(" and 2 more are links") != std::string::npos);
}
