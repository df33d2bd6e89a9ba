#include "base/walk.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "base/text.hpp"

using namespace mlpath;

namespace {

// A tree with everything that may lie in one, and beside it what nobody may come to.
struct Tree {
    TemporaryFolder folder = std::move(*TemporaryFolder::make("mlpath-walk-"));
    fs::path root = folder.path() / "root";
    fs::path outside = folder.path() / "outside";

    Tree() {
        for (const auto* name : {"b.txt", "a/y.txt", "a/deep/x.txt", "a.txt"}) {
            REQUIRE(write_file(root / name, "x", Durability::cached));
        }
        REQUIRE(write_file(outside / "secret/key", "x", Durability::cached));
        fs::create_directory(root / "empty");
        fs::create_directory_symlink(outside, root / "away");
        fs::create_directory_symlink(root, root / "a/loop");
        fs::create_symlink(outside / "secret/key", root / "key");
        fs::create_symlink("nowhere", root / "nothing");
        REQUIRE(::mkfifo((root / "pipe").c_str(), 0600) == 0);
    }

    // What is met, each as "path kind depth"; `steps` decides by path.
    template <typename Steps>
    std::vector<std::string> met(Steps steps, Unreadable unreadable = Unreadable::fails) const {
        std::vector<std::string> all;
        const auto walked = walk(
            root,
            [&](const Met& met) -> Result<Step> {
                CHECK(met.path.ends_with(met.name));
                struct stat status{};
                CHECK(::fstatat(met.folder, met.name, &status, AT_SYMLINK_NOFOLLOW) == 0);
                constexpr std::string_view kinds = "fdlo";
                all.push_back(std::string(met.path) + ' ' + kinds[static_cast<std::size_t>(met.kind)] + ' ' +
                              std::to_string(met.depth));
                return steps(met);
            },
            unreadable);
        if (!walked) {
            all.push_back(walked.error().message);
        }
        return all;
    }
};

}  // namespace

TEST_CASE("a walk meets everything once, in order, and follows no link") {
    const Tree tree;
    CHECK(tree.met([](const Met&) { return Step::on; }) ==
          std::vector<std::string>{"a d 0", "a/deep d 1", "a/deep/x.txt f 2", "a/loop l 1", "a/y.txt f 1", "a.txt f 0",
                                   "away l 0", "b.txt f 0", "empty d 0", "key l 0", "nothing l 0", "pipe o 0"});
    CHECK(files_below(tree.root) == std::vector<std::string>{"a.txt", "a/deep/x.txt", "a/y.txt", "b.txt"});

    // The root may be a link: whoever names it means what it leads to.
    const auto link = tree.folder.path() / "link";
    fs::create_directory_symlink(tree.root, link);
    CHECK(files_below(link)->size() == 4);
}

TEST_CASE("a walk goes past a folder, and stops") {
    const Tree tree;
    CHECK(tree.met([](const Met& met) { return met.path == "a/deep" ? Step::past : Step::on; }).size() == 11);
    CHECK(tree.met([](const Met& met) { return met.path == "a/deep/x.txt" ? Step::stop : Step::on; }).size() == 3);
    const auto failed =
        walk(tree.root, [](const Met&) -> Result<Step> { return fail(ErrorKind::busy, "no more of this"); });
    CHECK(failed.error().message == "no more of this");
}

TEST_CASE("a folder that becomes a link while we look leads nowhere") {
    for (const auto unreadable : {Unreadable::fails, Unreadable::passed, Unreadable::passed_below}) {
        CAPTURE(static_cast<int>(unreadable));
        const Tree tree;
        const auto met = tree.met(
            [&](const Met& met) {
                if (met.path == "a") {
                    fs::rename(tree.root / "a", tree.folder.path() / "was");
                    fs::create_directory_symlink(tree.outside, tree.root / "a");
                }
                return Step::on;
            },
            unreadable);
        CHECK(join(met, "\n").find("secret") == std::string::npos);
        CHECK(met.size() == (unreadable == Unreadable::fails ? 2 : 8));
    }
}

TEST_CASE("a folder that goes away while we look is passed over where that is wanted") {
    for (const auto unreadable : {Unreadable::fails, Unreadable::passed_below}) {
        const Tree tree;
        const auto met = tree.met(
            [&](const Met& met) {
                if (met.path == "empty") {
                    fs::remove(tree.root / "empty");
                }
                return Step::on;
            },
            unreadable);
        CHECK(met.size() == (unreadable == Unreadable::fails ? 10 : 12));
    }
    const auto nowhere = walk("/nonexistent", [](const Met&) -> Result<Step> { return Step::on; }, Unreadable::passed);
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().kind == ErrorKind::not_found);
    CHECK(nowhere.error().message.starts_with("cannot list /nonexistent"));
    const auto no_folder =
        walk("/dev/null", [](const Met&) -> Result<Step> { return Step::on; }, Unreadable::passed, "cannot open");
    CHECK(no_folder.error().message.starts_with("cannot open /dev/null"));
}
