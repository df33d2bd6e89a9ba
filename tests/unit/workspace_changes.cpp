#include <doctest/doctest.h>

#include "unit/progress_support.hpp"
#include "workspace/changes.hpp"

using namespace mlpath;
using namespace mlpath::workspace;
using namespace mlpath::test;

namespace {

struct ChangesFixture {
    TemporaryFolder temporary = std::move(*TemporaryFolder::make("mlpath-changes-"));
    fs::path root = temporary.path() / "iris";
    Marker marker{"iris", 1, {{"iris.py", "a\nb\n"}, {"logo.png", std::string("\0x", 2)}, {"sub/notes.md", "notes\n"}}};
    ChangesFixture() {
        for (const auto& [path, bytes] : marker.skeleton) {
            REQUIRE(write_file(root / path, bytes));
        }
        REQUIRE(write_file(root / "mine.py", "mine\n"));
    }
    [[nodiscard]] std::string text_of(const fs::path& path) const { return read_file(root / path).value_or("(none)"); }
};

}  // namespace

TEST_CASE_FIXTURE(ChangesFixture, "each file of the skeleton against what became of it") {
    const auto untouched = *changes(root, marker);
    CHECK(untouched.size() == 3);
    for (const auto& change : untouched) {
        CHECK(change.standing == FileStanding::same);
        CHECK(change.text.empty());
    }
    REQUIRE(write_file(root / "iris.py", "a\nc\n"));
    REQUIRE(write_file(root / "logo.png", std::string("\0y", 2)));
    fs::remove(root / "sub/notes.md");
    auto found = *changes(root, marker);
    REQUIRE(found.size() == 3);
    CHECK(found[0].standing == FileStanding::changed);
    CHECK(found[0].text == "--- skeleton/iris.py\n+++ iris.py\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
    CHECK(found[1].standing == FileStanding::changed);
    CHECK(found[1].binary);
    CHECK(found[1].text.empty());
    CHECK(found[2].standing == FileStanding::missing);
    CHECK(changes(root, marker, "iris.py")->size() == 1);

    const auto unknown = changes(root, marker, "iris.pz");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == ErrorKind::not_found);
    CHECK(unknown.error().hint == "did you mean `iris.py`?");

    fs::remove(root / "iris.py");
    fs::create_symlink("/etc/passwd", root / "iris.py");
    CHECK(changes(root, marker)->front().standing == FileStanding::unreadable);
}

TEST_CASE_FIXTURE(ChangesFixture, "what is laid over is kept first") {
    REQUIRE(write_file(root / "iris.py", "the learner's\n"));
    fs::remove(root / "logo.png");
    const auto laid = lay_over(root, marker.skeleton, minute(5));
    REQUIRE(laid);
    CHECK(laid->written == std::vector<std::string>{"iris.py", "logo.png"});
    CHECK(laid->unchanged == std::vector<std::string>{"sub/notes.md"});
    CHECK(laid->kept == std::vector<std::string>{"iris.py"});
    REQUIRE(laid->backup);
    CHECK(*laid->backup == root / ".mlpath-backup/20261120-000500");
    CHECK(text_of(".mlpath-backup/20261120-000500/iris.py") == "the learner's\n");
    CHECK(text_of("iris.py") == "a\nb\n");
    CHECK(text_of("logo.png") == std::string("\0x", 2));
    CHECK(text_of("mine.py") == "mine\n");

    // Twice in a second: two backups.
    REQUIRE(write_file(root / "sub/notes.md", "again\n"));
    CHECK(lay_over(root, marker.skeleton, minute(5))->backup == root / ".mlpath-backup/20261120-000500-2");
    CHECK(text_of(".mlpath-backup/20261120-000500-2/sub/notes.md") == "again\n");
    CHECK_FALSE(lay_over(root, marker.skeleton, minute(5))->backup);
}

TEST_CASE_FIXTURE(ChangesFixture, "where the backup fails nothing is overwritten") {
    REQUIRE(write_file(root / "iris.py", "the learner's\n"));
    REQUIRE(write_file(root / "elsewhere/x", "x"));
    fs::create_directory_symlink(root / "elsewhere", root / ".mlpath-backup");
    CHECK_FALSE(lay_over(root, marker.skeleton, minute(5)));
    CHECK(text_of("iris.py") == "the learner's\n");
    CHECK(files_below(root / "elsewhere")->size() == 1);
    fs::remove(root / ".mlpath-backup");

    // Neither where one of the files is a link: all or nothing.
    fs::remove(root / "sub/notes.md");
    fs::create_symlink(root / "elsewhere/x", root / "sub/notes.md");
    CHECK_FALSE(lay_over(root, marker.skeleton, minute(5)));
    CHECK(text_of("iris.py") == "the learner's\n");
    CHECK(text_of("elsewhere/x") == "x");
}
