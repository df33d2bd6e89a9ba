#include "app/author/lint_links.hpp"

#include <doctest/doctest.h>

#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

// "LINE ADDRESS" of each, a line each.
std::string found_in(const std::string& path, const std::string& text) {
    test::MemoryContent content;
    content.files[path] = text;
    const auto links = app::links_in(app::LintTarget(content));
    REQUIRE(links.has_value());
    std::string found;
    for (const auto& [url, place] : *links) {
        CHECK(place.file == path);
        found += std::to_string(place.line) + " " + url + "\n";
    }
    return found;
}

}  // namespace

TEST_CASE("every address of a JSON file, at its line") {
    CHECK(found_in("curricula/topics.json", R"({ "$schema": "https://schema.dev/x",
"topics": [ { "url": "http://localhost:8080/x",
"replaces": "http://dead.test/",
"summary": "See https://a.dev/b (and https://c.dev/d_(e)). Not https://example.org/." } ] })") ==
          "2 http://localhost:8080/x\n4 https://a.dev/b\n4 https://c.dev/d_(e)\n");
}

TEST_CASE("addresses in Markdown, without what is around them") {
    CHECK(found_in("templates/x/brief.md",
                   "# Title\n[one](https://a.dev/1), <https://a.dev/2>.\n"
                   "`curl http://127.0.0.1:8000/predict` and http://localhost/x\n"
                   "| https://a.dev/3 | **https://a.dev/4**!\n") ==
          "2 https://a.dev/1\n2 https://a.dev/2\n4 https://a.dev/3\n4 https://a.dev/4\n");
    CHECK(found_in("templates/x/brief.md",
                   "[one](https://a.dev/?b=1&amp;c\\_d) <!-- [two](https://a.dev/2) -->\n"
                   "`curl https://a.dev/3` [four]\n\n```\nget https://a.dev/5\n```\n\n[four]: <https://a.dev/4>\n") ==
          "1 https://a.dev/?b=1&c_d\n2 https://a.dev/4\n2 https://a.dev/3\n5 https://a.dev/5\n");
}

TEST_CASE("schemas, programs and what is not below the target are passed over") {
    CHECK(found_in("curricula/schemas/x.schema.json", R"({ "a": "https://a.dev/" })").empty());
    CHECK(found_in("templates/x/skeleton/x.py", "# https://a.dev/").empty());
    auto content = std::make_unique<test::MemoryContent>();
    content->files["curricula/road.json"] = R"({ "a": "https://a.dev/" })";
    content->files["curricula/topics.json"] = R"({ "b": "https://b.dev/" })";
    const app::LintTarget target(std::move(content), "curricula/topics.json", "topics.json");
    const auto links = app::links_in(target);
    REQUIRE(links->size() == 1);
    CHECK(links->front().url == "https://b.dev/");
    CHECK(links->front().place.file == "topics.json");
}
