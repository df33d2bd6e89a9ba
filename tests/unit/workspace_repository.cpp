#include "workspace/repository.hpp"

#include <doctest/doctest.h>

using namespace mlpath;
using workspace::repository_around;

namespace {

struct Scene {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    fs::path root = fs::canonical(folder.path());
    void make(const std::string& path) const { REQUIRE(make_folders(root / path)); }
    void write(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(root / path, text, Durability::cached));
    }
};

}  // namespace

TEST_CASE_FIXTURE(Scene, "the nearest repository upwards") {
    make("outer/.git");
    make("outer/inner/.git");
    make("outer/beside/deep");
    CHECK(repository_around(root / "outer/inner")->git == root / "outer/inner/.git");
    const auto found = repository_around(root / "outer/beside/deep");
    CHECK(found->git == root / "outer/.git");
    CHECK(found->folders == std::vector{root / "outer/.git"});
    make("nothing");
    const auto none = repository_around(root / "nothing");
    CHECK((!none || !none->git.string().starts_with(root.string())));
}

TEST_CASE_FIXTURE(Scene, "a linked worktree and a submodule have it elsewhere") {
    make("first/.git/worktrees/second");
    write("first/.git/worktrees/second/commondir", "../..\n");
    write("second/.git", "gitdir: " + (root / "first/.git/worktrees/second").string() + "\n");
    const auto worktree = repository_around(root / "second");
    CHECK(worktree->git == root / "first/.git/worktrees/second");
    CHECK(worktree->folders == std::vector{root / "first/.git"});
    make("first/.git/modules/sub");
    write("first/sub/.git", "gitdir: ../.git/modules/sub\n");
    const auto submodule = repository_around(root / "first/sub");
    CHECK(submodule->git == root / "first/.git/modules/sub");
    CHECK(submodule->folders == std::vector{root / "first/.git/modules/sub"});
}

TEST_CASE_FIXTURE(Scene, "a file of this name that says something else is passed over") {
    make("outer/.git");
    write("outer/inner/.git", "no repository\n");
    CHECK(repository_around(root / "outer/inner")->git == root / "outer/.git");
}
