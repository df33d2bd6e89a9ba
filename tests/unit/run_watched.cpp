#include "run/watched.hpp"

#include <doctest/doctest.h>

#include "base/files.hpp"
#include "run/installed.hpp"

using namespace mlpath;
using namespace mlpath::run;

namespace {

library::Project project() {
    library::Project made{.id = "p", .sources = {"*.py", "lib/**/*.py", ".github/*.yml"}};
    made.data = {{.id = "d", .to = "data"}};
    made.steps = {{.id = "s", .writes = {"predictions.csv", "out/model.json"}}};
    made.milestones = {{.id = "m", .checks = {{.id = "c", .kind = "document", .fields = {{"path", "notes.txt"}}}}}};
    return made;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("an event is a reason to look where a source or a document may be concerned") {
    struct Case {
        std::string_view path;
        bool worth;
    };
    for (const auto& [path, worth] : std::vector<Case>{{"", true},
                                                       {"a.py", true},
                                                       {"notes.txt", true},
                                                       {"lib", true},
                                                       {"lib/deep/a.py", true},
                                                       {"a_folder_or_a_file", true},
                                                       {".github", true},
                                                       {".github/ci.yml", true},
                                                       {".git", false},
                                                       {".git/index.lock", false},
                                                       {".venv/lib/a.py", false},
                                                       {".mlpath", false},
                                                       {"__pycache__", false},
                                                       {"lib/__pycache__/a.cpython-311.pyc", false},
                                                       {"node_modules/a.py", false},
                                                       {".a.py.swp", false},
                                                       {".a.py.swx", false},
                                                       {"lib/.a.py.swp", false},
                                                       {"4913", false},
                                                       {"a.py~", false},
                                                       {".#a.py", false},
                                                       {"#a.py#", false},
                                                       {"a.py___jb_tmp___", false},
                                                       {"data", false},
                                                       {"data/train.csv", false},
                                                       {"predictions.csv", false},
                                                       {"out/model.json", false},
                                                       {"out", true}}) {
        CAPTURE(path);
        CHECK(is_worth_a_look(project(), path) == worth);
    }
}

TEST_CASE("only what sources and documents hold makes the work another") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    const auto write = [&](const std::string& path, std::string_view text) {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    };
    write("a.py", "1");
    write("lib/b.py", "1");
    const auto first = look_at_work(project(), folder.path());
    CHECK(first.folders == Paths{"", "lib"});

    write("a.py", "1");             // another file with the same content
    write("predictions.csv", "1");  // what the project makes
    write("picture.png", "1");      // what is no source
    fs::last_write_time(folder.path() / "lib/b.py", fs::file_time_type::clock::now());
    CHECK(changed_paths(first, look_at_work(project(), folder.path())).empty());

    write("a.py", "2");
    write("notes.txt", "1");
    fs::remove(folder.path() / "lib/b.py");
    fs::create_directories(folder.path() / "lib/c.py/deep");
    const auto second = look_at_work(project(), folder.path());
    CHECK(changed_paths(first, second) == Paths{"a.py", "lib/b.py", "lib/c.py", "notes.txt"});
    CHECK(second.folders.size() == 4);

    fs::remove_all(folder.path());
    CHECK(changed_paths(second, look_at_work(project(), folder.path())).size() == 4);
}

TEST_CASE("a package that comes or goes is seen by the times of the folders alone") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    fs::create_directories(folder.path() / "here");
    const Interpreter python{.module_folders = {folder.path() / "here", folder.path() / "nowhere"}};
    const auto first = folder_times(python);
    CHECK(folder_times(python) == first);
    fs::create_directory(folder.path() / "here/package-1.0.dist-info");
    fs::last_write_time(folder.path() / "here", fs::file_time_type::clock::now() + std::chrono::hours(1));
    const auto second = folder_times(python);
    CHECK(second != first);
    fs::create_directory(folder.path() / "nowhere");
    CHECK(folder_times(python) != second);
}
