#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/text.hpp"
#include "unit/progress_support.hpp"
#include "workspace/find.hpp"
#include "workspace/init.hpp"
#include "workspace/inside.hpp"
#include "workspace/marker.hpp"

using namespace mlpath;
using namespace mlpath::workspace;
using namespace mlpath::test;

namespace {

struct FindFixture {
    TemporaryFolder temporary = std::move(*TemporaryFolder::make("mlpath-work space-\xc3\xa9\xff-"));
    fs::path root = temporary.path();
    void write(const fs::path& path, std::string_view text) const { REQUIRE(write_file(root / path, text)); }
    void make_project(const fs::path& path, const std::string& id) const {
        write(path / marker_name, marker_text({id, 1, {}}));
    }
};

}  // namespace

TEST_CASE_FIXTURE(FindFixture, "a workspace and a project folder are found upwards") {
    write("ml/.mlpath/workspace.json", R"({"format":1,"curricula":["levels","math"],"python":"/usr/bin/python3"})");
    make_project("ml/iris", "iris");
    fs::create_directories(root / "ml/iris/deep/er");
    fs::create_directories(root / "ml/plain");
    for (const char* const from : {"ml", "ml/", "ml/iris", "ml/iris/deep/er", "ml/plain", "ml/plain/../iris/./deep"}) {
        CAPTURE(from);
        const auto found = find_workspace(root / from);
        REQUIRE(found);
        REQUIRE(*found);
        CHECK((*found)->folder == root / "ml");
        CHECK((*found)->settings.curricula == std::vector<std::string>{"levels", "math"});
        CHECK((*found)->settings.python == "/usr/bin/python3");
    }
    CHECK_FALSE(*find_workspace(root));
    CHECK(find_project_folder(root / "ml/iris/deep/er") == root / "ml/iris");
    CHECK(find_project_folder(root / "ml/iris/") == root / "ml/iris");
    CHECK_FALSE(find_project_folder(root / "ml/plain"));
    // A project folder around a workspace is not the project of what lies in the workspace.
    make_project("", "outer");
    CHECK_FALSE(find_project_folder(root / "ml/plain"));
    CHECK(find_project_folder(root) == root);
}

TEST_CASE_FIXTURE(FindFixture, "another user's workspace does not choose our interpreter") {
    write("ml/.mlpath/workspace.json", R"({"format":1,"curricula":["levels"],"python":"/tmp/evil"})");
    if (::geteuid() == 0) {
        REQUIRE(::chown((root / "ml/.mlpath/workspace.json").c_str(), 65534, 65534) == 0);
        const auto found = *find_workspace(root / "ml");
        CHECK(found->settings.python.empty());
        CHECK(found->note.find("another user") != std::string::npos);
    }
}

TEST_CASE_FIXTURE(FindFixture, "broken settings are an error with a place, never no workspace") {
    for (const char* const text :
         {"", "{", "[]", "{}", R"({"format":1})", R"({"format":1,"curricula":[]})",
          R"({"format":1,"curricula":["../x"]})", R"({"format":1,"curricula":"levels"})",
          R"({"format":1,"curricula":[1]})", R"({"format":1,"curricula":["levels"],"python":7})",
          R"({"format":2,"curricula":["levels"]})"}) {
        CAPTURE(text);
        write(".mlpath/workspace.json", text);
        const auto found = find_workspace(root);
        REQUIRE_FALSE(found);
        CHECK(found.error().kind == ErrorKind::malformed);
        CHECK_FALSE(found.error().place.file.empty());
    }
    CHECK(is_newer_format(find_workspace(root).error()));
    write(".mlpath/workspace.json", R"({"format":1,"curricula":["levels"],"format":1})");
    CHECK_FALSE(is_newer_format(find_workspace(root).error()));
    CHECK(find_workspace(root).error().hint.find("mlpath init") != std::string::npos);
    const Settings settings{{"a", "b"}, "/usr/bin/python3"};
    write(".mlpath/workspace.json", settings_text(settings));
    CHECK((*find_workspace(root))->settings.curricula == settings.curricula);
}

TEST_CASE_FIXTURE(FindFixture, "the projects of a workspace") {
    make_project("iris", "iris");
    make_project("level 1/titanic", "titanic");
    make_project("a/b/c", "deep");
    make_project("a/b/c2/d", "too-deep");
    make_project("iris/inner", "inner");
    make_project(".hidden/x", "hidden");
    make_project("venv/x", "vendored");
    make_project("outside/x", "linked");
    fs::rename(root / "outside", root / ".moved");
    fs::create_directory_symlink(root / ".moved", root / "link");
    write(fs::path("broken") / marker_name, "{");
    std::vector<std::string> found;
    for (const auto& placed : projects_below(root)) {
        found.push_back(placed.project + " " + placed.folder.lexically_relative(root).string());
    }
    CHECK(found == std::vector<std::string>{"deep a/b/c", "iris iris", "titanic level 1/titanic"});
    CHECK(locate_project(root, "titanic", {}) == root / "level 1/titanic");
    CHECK(locate_project(root, "iris", {}) == root / "iris");
    CHECK_FALSE(locate_project(root, "hidden", {}));
    CHECK_FALSE(locate_project(root, "a", {}));
}

TEST_CASE_FIXTURE(FindFixture, "a marker keeps every byte of the skeleton") {
    Marker marker{"titanic", 7, {}};
    marker.skeleton["titanic.py"] = "print('Grüße')\r\n\ttabs\n";
    marker.skeleton["a b/empty.txt"] = "";
    for (const std::size_t size : {1u, 2u, 3u, 4u, 255u}) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i) {
            bytes += static_cast<char>(255 - i);
        }
        marker.skeleton["binary-" + std::to_string(size)] = bytes;
    }
    marker.skeleton["nul"] = std::string("a\0b", 3);
    write(marker_name, marker_text(marker));
    const auto back = read_marker(root);
    REQUIRE(back);
    CHECK(back->project == "titanic");
    CHECK(back->version == 7);
    CHECK(back->skeleton == marker.skeleton);
    CHECK(project_of(root) == "titanic");
    CHECK(back->data == library::DataKind::real);
    CHECK(marker_text(marker).find("\"data\"") == std::string::npos);
    marker.data = library::DataKind::synthetic;
    write(marker_name, marker_text(marker));
    CHECK(read_marker(root)->data == library::DataKind::synthetic);
    CHECK(claimed_by(root).data == library::DataKind::synthetic);
    CHECK(projects_below(root).front().data == library::DataKind::synthetic);
    // Nothing that somebody writes there makes more of it.
    write(marker_name, R"({"format":1,"project":"a","version":1,"data":"Synthetic"})");
    CHECK(claimed_by(root).data == library::DataKind::real);
    write(marker_name, R"({"format":1,"project":"a","version":1,"data":"real"})");
    CHECK(read_marker(root)->data == library::DataKind::real);

    for (const char* const text :
         {"", "{", "[]", R"({"format":2,"project":"a","version":1})", R"({"format":1,"version":1})",
          R"({"format":1,"project":"../a","version":1})", R"({"format":1,"project":"a","version":"1"})",
          R"({"format":1,"project":"a/b","version":1})", R"({"format":1,"project":"a\u001b[2J","version":1})",
          R"({"format":1,"project":"a","version":1,"skeleton":{"../../etc/passwd":"x"}})",
          R"({"format":1,"project":"a","version":1,"skeleton":{"/etc/passwd":"x"}})",
          R"({"format":1,"project":"a","version":1,"skeleton":{"x":{"base64":"!"}}})",
          R"({"format":1,"project":"a","version":1,"data":"better"})",
          R"({"format":1,"project":"a","version":1,"data":1})",
          R"({"format":1,"project":"a","version":1,"skeleton":{"x":1}})"}) {
        CAPTURE(text);
        write(marker_name, text);
        const auto broken = read_marker(root);
        REQUIRE_FALSE(broken);
        CHECK((project_of(root).empty() || project_of(root) == "a"));
        CHECK(broken.error().kind == ErrorKind::malformed);
        CHECK_FALSE(broken.error().hint.empty());
    }
}

TEST_CASE_FIXTURE(FindFixture, "init makes a workspace and leaves the rest alone") {
    write("ml/mine.txt", "mine");
    const auto made = init(root / "ml/", "levels", Asked::no);
    REQUIRE(made);
    CHECK(made->outcome == InitOutcome::made);
    CHECK(made->workspace.folder == root / "ml");
    CHECK(made->written.size() == 3);
    CHECK_FALSE(made->inside);
    CHECK(*read_file(root / "ml/mine.txt") == "mine");

    CHECK(init(root / "ml", "levels", Asked::yes)->outcome == InitOutcome::already);
    CHECK(init(root / "ml", "math", Asked::no)->outcome == InitOutcome::already);
    CHECK((*find_workspace(root / "ml"))->settings.curricula == std::vector<std::string>{"levels"});
    CHECK(init(root / "ml", "math", Asked::yes)->outcome == InitOutcome::added);
    CHECK((*find_workspace(root / "ml"))->settings.curricula == std::vector<std::string>{"levels", "math"});

    const auto inner = init(root / "ml/new/er", "levels", Asked::no);
    REQUIRE(inner);
    CHECK(inner->inside == root / "ml");
    fs::create_directories(root / "ml/.git");
    CHECK(init(root / "ml/new/er", "levels", Asked::no)->in_git);

    const auto refused = init(root / "ml/mine.txt", "levels", Asked::no);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::usage);
    // What a later mlpath wrote is not touched; what is broken is repaired and kept beside.
    write("ml/.mlpath/workspace.json", R"({"format":2})");
    CHECK_FALSE(init(root / "ml", "levels", Asked::no));
    CHECK(*read_file(root / "ml/.mlpath/workspace.json") == R"({"format":2})");
    for (const std::string kept : {"workspace.json.damaged", "workspace.json.damaged-2"}) {
        write("ml/.mlpath/workspace.json", "{" + kept);
        CHECK(
            find_workspace(root / "ml").error().hint.find("`mlpath init " + shell_word((root / "ml").string()) + "`") !=
            std::string::npos);
        const auto repaired = init(root / "ml", "math", Asked::yes);
        REQUIRE(repaired);
        CHECK(repaired->outcome == InitOutcome::repaired);
        CHECK(repaired->kept == root / "ml/.mlpath" / kept);
        CHECK(*read_file(repaired->kept) == "{" + kept);
        CHECK((*find_workspace(root / "ml"))->settings.curricula == std::vector<std::string>{"math"});
    }
}

TEST_CASE_FIXTURE(FindFixture, "nothing is read or written outside of the folder") {
    for (const char* const path : {"", "/", "/etc/passwd", "..", "../x", "a/../../x", "a//b", "a/", "./a", "a/."}) {
        CAPTURE(path);
        CHECK_FALSE(stays_inside(path));
        CHECK_FALSE(write_inside(root, path, "x"));
        CHECK_FALSE(read_inside(root, path));
    }
    CHECK_FALSE(stays_inside(std::string_view("a\0b", 3)));

    write("outside/file", "untouched");
    const auto in = root / "in";
    fs::create_directory(in);
    fs::create_directory_symlink(root / "outside", in / "link");
    fs::create_symlink(root / "outside/file", in / "file");
    fs::create_symlink(root / "outside/new", in / "dangling");
    fs::create_directory(in / "folder");
    REQUIRE(::mkfifo((in / "pipe").c_str(), 0600) == 0);
    for (const char* const path : {"link/file", "link/new", "file", "dangling", "folder", "pipe", "pipe/x"}) {
        CAPTURE(path);
        const auto written = write_inside(in, path, "x");
        REQUIRE_FALSE(written);
        CHECK(written.error().kind == ErrorKind::malformed);
        CHECK_FALSE(read_inside(in, path));
    }
    CHECK(*read_file(root / "outside/file") == "untouched");
    CHECK_FALSE(fs::exists(root / "outside/new"));

    REQUIRE(write_inside(in, "a/b c/\xff.txt", "text", 0755));
    CHECK(**read_inside(in, "a/b c/\xff.txt") == "text");
    REQUIRE(write_inside(in, "a/b c/\xff.txt", "more", 0644));
    CHECK(**read_inside(in, "a/b c/\xff.txt") == "more");
    CHECK((fs::status(in / "a/b c/\xff.txt").permissions() & fs::perms::owner_exec) != fs::perms::none);
    CHECK_FALSE(*read_inside(in, "a/nothing"));
    CHECK_FALSE(*read_inside(in, "nothing/at/all"));
    CHECK_FALSE(read_inside(in, "a/b c/\xff.txt", 3));
    CHECK(files_below(in)->size() == 1);
}
