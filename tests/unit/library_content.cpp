#include <doctest/doctest.h>

#include <filesystem>

#include "library/content.hpp"
#include "unit/library_support.hpp"

using namespace mlpath;

namespace {

std::unique_ptr<library::Content> memory(std::map<std::string, std::string> files) {
    auto content = std::make_unique<test::MemoryContent>();
    content->files = std::move(files);
    return content;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a folder is read below its root alone, without droppings and links") {
    const auto folder = TemporaryFolder::make("mlpath-content").value();
    const auto root = folder.path() / "library";
    for (const std::string path : {"curricula/a.json", "templates/x/skeleton/x.py", "templates/x/skeleton/.gitignore",
                                   "templates/x/checks/__pycache__/x.pyc", "templates/x/x.pyc", "templates/x/brief.md~",
                                   "templates/xy/brief.md"}) {
        REQUIRE(write_file(root / path, path, Durability::cached));
    }
    REQUIRE(write_file(folder.path() / "secret", "secret", Durability::cached));
    fs::create_symlink(folder.path() / "secret", root / "templates/x/link");
    const auto content = library::folder_content(root);
    CHECK(content->list("templates/x/").value() ==
          Paths{"templates/x/skeleton/.gitignore", "templates/x/skeleton/x.py"});
    CHECK(content->list("templates/x").value().size() == 3);
    CHECK(content->list("nothing/").value().empty());
    CHECK(content->list("../").value().empty());
    CHECK(content->read("curricula/a.json").value() == "curricula/a.json");
    for (const std::string path :
         {"../secret", "/etc/passwd", "curricula/../../secret", "curricula/b.json", "", "a//b"}) {
        CAPTURE(path);
        const auto text = content->read(path);
        REQUIRE_FALSE(text);
        CHECK(text.error().kind == ErrorKind::not_found);
    }
    CHECK_FALSE(content->validated("curricula/own.json"));
}

TEST_CASE("a blob holds what a folder held") {
    const auto source = memory({{"curricula/a.json", "{}"},
                                {"templates/x/empty", ""},
                                {"harness/h.py", std::string("\0\n", 2)},
                                {"README.md", "not of the library"}});
    const auto blob = library::write_blob(*source).value();
    const auto content = library::blob_content(blob);
    CHECK(content->list("").value() == Paths{"curricula/a.json", "harness/h.py", "templates/x/empty"});
    CHECK(content->list("templates/x/").value() == Paths{"templates/x/empty"});
    CHECK(content->read("harness/h.py").value() == std::string("\0\n", 2));
    CHECK(content->read("templates/x/empty").value().empty());
    CHECK(content->read("templates/x").error().kind == ErrorKind::not_found);
    CHECK(content->origin() == "built in");
    for (std::size_t length = 0; length < blob.size(); ++length) {
        CHECK(library::blob_content(std::string_view(blob).substr(0, length))->list("").value().empty());
    }
}

TEST_CASE("an author's folder borrows schemas and harness, and what else is lent") {
    const auto content = library::overlay_content(memory({{"curricula/own.json", "own"},
                                                          {"curricula/schemas/a.schema.json", "theirs"},
                                                          {"templates/x/project.json", "own"}}),
                                                  memory({{"curricula/own.json", "ours"},
                                                          {"curricula/levels.json", "ours"},
                                                          {"curricula/schemas/a.schema.json", "ours"},
                                                          {"harness/h.py", "ours"},
                                                          {"templates/x/brief.md", "ours"},
                                                          {"templates/y/project.json", "ours"}}));
    CHECK(content->list("").value() ==
          Paths{"curricula/own.json", "curricula/schemas/a.schema.json", "harness/h.py", "templates/x/project.json"});
    CHECK(content->read("curricula/own.json").value() == "own");
    CHECK(content->read("curricula/schemas/a.schema.json").value() == "ours");
    CHECK(content->read("harness/h.py").value() == "ours");
    CHECK_FALSE(content->read("curricula/levels.json"));
    CHECK_FALSE(content->read("templates/y/project.json"));
    CHECK_FALSE(content->validated("curricula/own.json"));
}

TEST_CASE("a template is lent as a whole or not at all") {
    const auto content = library::overlay_content(
        library::prefixed_content("templates/x/", memory({{"project.json", "own"}})),
        memory({{"curricula/levels.json", "ours"}, {"templates/x/brief.md", "ours"}, {"templates/y/brief.md", "ours"}}),
        {"curricula/", "templates/"});
    CHECK(content->list("templates/").value() == Paths{"templates/x/project.json", "templates/y/brief.md"});
    CHECK(content->read("templates/x/project.json").value() == "own");
    CHECK_FALSE(content->read("templates/x/brief.md"));
    CHECK(content->read("templates/y/brief.md").value() == "ours");
    CHECK(content->read("curricula/levels.json").value() == "ours");
}
