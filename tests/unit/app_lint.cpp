#include <doctest/doctest.h>

#include "app/author/lint.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

// The sound library of the library tests, laid into a folder.
void lay(const fs::path& root, const std::string& prefix = {}, const std::string& from = {}) {
    for (const auto& [path, text] : test::sound_library().files) {
        if (path.starts_with(from)) {
            REQUIRE(write_file(root / (prefix + path.substr(from.size())), text, Durability::cached));
        }
    }
}

std::unique_ptr<library::Content> built_in() { return std::make_unique<test::MemoryContent>(test::sound_library()); }

Result<app::LintReport> lint_at(const fs::path& path, std::shared_ptr<const library::Content> fallback) {
    const auto index = library::make_index(library::load(*fallback).value().library);
    const system::FixedEnvironment environment({});
    const system::RealClock clock;
    MLPATH_TRY(const auto target, app::lint_target(path, {std::move(fallback), index, {}, environment, clock}));
    return app::lint(target);
}

std::string lines_of(const Result<app::LintReport>& report) {
    if (!report) {
        return "error: " + report.error().message;
    }
    std::string text;
    for (const auto& fault : report->faults) {
        text += (text.empty() ? "" : "\n") + to_line(fault);
    }
    return text;
}

void spoil(const fs::path& path, const std::string& from, const std::string& to) {
    auto text = read_file(path).value();
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    REQUIRE(write_file(path, text.replace(at, from.size(), to), Durability::cached));
}

}  // namespace

TEST_CASE("a library, and the parts of it that a path picks") {
    const auto folder = TemporaryFolder::make("mlpath-lint").value();
    const auto root = fs::canonical(folder.path()) / "library";
    lay(root);
    const auto whole = lint_at(root, built_in());
    CHECK(lines_of(whole) == "");
    CHECK(whole->curricula == 1);
    CHECK(whole->topics == 2);
    CHECK(whole->skills == 1);
    CHECK(whole->datasets == 1);
    CHECK(whole->projects == 2);

    spoil(root / "curricula/road.json", "\"topic\": \"numpy\"", "\"topic\": \"nunpy\"");
    spoil(root / "templates/swim/project.json", "\"projects\": [\"sink\"]", "\"projects\": [\"snik\"]");
    const std::string road = "curricula/road.json:5: /stages/0/topics/0/topic: no topic `nunpy`; did you mean `numpy`?";
    const std::string swim =
        "templates/swim/project.json:3: /requires/projects/0: no project `snik`; did you mean `sink`?";
    struct Case {
        std::string path;
        std::string lines;
        std::size_t projects;
    };
    for (const auto& c :
         {Case{"", road + '\n' + swim, 2}, Case{"curricula", road, 0}, Case{"curricula/road.json", road, 0},
          Case{"templates", swim, 2}, Case{"templates/swim", swim, 1}, Case{"templates/swim/project.json", swim, 1},
          Case{"templates/sink", "", 1}}) {
        CAPTURE(c.path);
        const auto report = lint_at(root / c.path, built_in());
        CHECK(lines_of(report) == c.lines);
        CHECK(report->projects == c.projects);
    }
    CHECK(lint_at(root, built_in())->errors == 2);
}

TEST_CASE("a project or a file outside of a library is read against the one that is built in") {
    const auto folder = TemporaryFolder::make("mlpath-lint").value();
    lay(folder.path(), "swim/", "templates/swim/");
    CHECK(lines_of(lint_at(folder.path() / "swim", built_in())) == "");
    CHECK(lint_at(folder.path() / "swim", built_in())->projects == 1);
    spoil(folder.path() / "swim/project.json", "\"extends\": \"sink\"", "\"extends\": \"sunk\"");
    const std::string fault = "project.json:3: /extends: no project `sunk`; did you mean `sink`?";
    CHECK(lines_of(lint_at(folder.path() / "swim", built_in())) == fault);
    CHECK(lines_of(lint_at(folder.path() / "swim/project.json", built_in())) == fault);

    lay(folder.path(), "road.json", "curricula/road.json");
    CHECK(lines_of(lint_at(folder.path() / "road.json", built_in())) == "");
    spoil(folder.path() / "road.json", "\"topic\": \"numpy\"", "\"topic\": \"nunpy\"");
    CHECK(lines_of(lint_at(folder.path() / "road.json", built_in())) ==
          "road.json:5: /stages/0/topics/0/topic: no topic `nunpy`; did you mean `numpy`?");
    REQUIRE(write_file(folder.path() / "broken.json", "{\"stages\": [", Durability::cached));
    CHECK(lines_of(lint_at(folder.path() / "broken.json", built_in())) ==
          "broken.json:1: /stages: it ends too early: the `[` of line 1 is never closed");
}

TEST_CASE("what is nothing of ours is an error") {
    const auto folder = TemporaryFolder::make("mlpath-lint").value();
    REQUIRE(write_file(folder.path() / "other.json", "{\"a\": 1}", Durability::cached));
    CHECK(lint_at(folder.path(), built_in()).error().kind == ErrorKind::not_found);
    CHECK(lint_at(folder.path() / "none", built_in()).error().kind == ErrorKind::not_found);
    CHECK(lines_of(lint_at(folder.path() / "other.json", built_in())) ==
          "error: other.json is not a file of a library");
}
