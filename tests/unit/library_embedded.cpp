#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "library/brief.hpp"
#include "library/embedded.hpp"
#include "library/index.hpp"
#include "library/told.hpp"

using namespace mlpath;

TEST_CASE("what the build embedded is whole: schemas, curricula, templates and the harness") {
    const auto content = library::blob_content(library::embedded_blob());
    CHECK(content->validated("curricula/topics.json"));
    for (const std::string path :
         {"curricula/schemas/project.schema.json", "curricula/levels.json", "curricula/topics.json",
          "templates/iris/project.json", "templates/iris/skeleton/flowers.py"}) {
        CAPTURE(path);
        CHECK(content->read(path));
    }
    CHECK_FALSE(content->list("harness/")->empty());
    const auto files = content->list("").value();
    CHECK(std::ranges::none_of(files, [](const std::string& path) { return path.ends_with(".pyc"); }));
    const auto source = library::folder_content(MLPATH_SOURCE_DIR);
    CHECK(content->read("templates/iris/brief.md").value() == source->read("templates/iris/brief.md").value());
}

TEST_CASE("one project and its brief are read without the others") {
    const auto content = library::blob_content(library::embedded_blob());
    const auto iris = library::load_project(*content, "iris");
    REQUIRE(iris);
    CHECK(iris->milestones.size() > 3);
    const auto brief = library::make_brief(*content, *iris);
    REQUIRE(brief);
    CHECK(brief->find("{{") == std::string::npos);
    CHECK(brief->find("`mlpath show iris 1`") != std::string::npos);
    const auto wrong = library::load_project(*content, "irsi");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::not_found);
    CHECK(wrong.error().message == "no project `irsi`");
    CHECK(wrong.error().hint == "did you mean `iris`? `mlpath list projects` shows what there is");
}

TEST_CASE("no brief of ours has more words than anyone reads, and each milestone tells the rest") {
    const auto content = library::blob_content(library::embedded_blob());
    const auto index = library::read_index(library::embedded_index());
    REQUIRE(index);
    std::size_t ready = 0;
    for (const auto& listed : index->projects) {
        if (listed.status != library::ProjectStatus::ready) {
            continue;
        }
        ++ready;
        CAPTURE(listed.id);
        const auto project = library::load_project(*content, listed.id);
        REQUIRE(project);
        const auto brief = library::make_brief(*content, *project);
        REQUIRE(brief);
        std::istringstream words(*brief);
        const auto count = std::distance(std::istream_iterator<std::string>(words), {});
        CHECK(count <= static_cast<std::ptrdiff_t>(library::most_brief_words));
        CHECK(brief->find("{{") == std::string::npos);
        std::set<std::string> calls;
        for (std::size_t i = 0; i < project->milestones.size(); ++i) {
            const auto told = library::tell_milestone(*content, *project, i);
            REQUIRE(told);
            CHECK_FALSE(told->task.empty());
            for (const auto& call : told->calls) {
                CHECK(calls.insert(call.name).second);  // each at one milestone
            }
        }
        CHECK(calls.size() == project->calls.size());
    }
    CHECK(ready >= 3);
}

TEST_CASE("the index has what the library has") {
    const auto index = library::read_index(library::embedded_index());
    REQUIRE(index);
    const auto* levels = index->curricula.find("levels");
    REQUIRE(levels != nullptr);
    CHECK(levels->stages.size() == 8);
    CHECK(levels->stages.front().label == "Level 0");
    const auto* iris = index->projects.find("iris");
    REQUIRE(iris != nullptr);
    CHECK(iris->status == library::ProjectStatus::ready);
    CHECK_FALSE(iris->milestones.empty());
    CHECK(index->topics.find("numpy")->resource_url.starts_with("https://"));
    CHECK(index->datasets.find("titanic")->bytes == 60302);
}
