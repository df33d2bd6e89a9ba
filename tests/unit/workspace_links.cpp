// Project folders behind links, and the folder that we stand in behind one.
#include "workspace/links.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workspace/marker.hpp"

using namespace mlpath;
using namespace mlpath::workspace;

namespace {

struct Places {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    fs::path root = fs::canonical(folder.path());
    fs::path before = fs::current_path();

    ~Places() { fs::current_path(before); }
    void workspace(const std::string& path) const {
        REQUIRE(write_file(root / path / ".mlpath/workspace.json", R"({"format":1,"curricula":["levels"]})"));
    }
    void project(const std::string& path, const std::string& id) const {
        REQUIRE(write_file(root / path / marker_name, marker_text({.project = id})));
    }
    void link(const std::string& from, const fs::path& to) const {
        fs::create_directories((root / from).parent_path());
        fs::create_directory_symlink(to, root / from);
    }
    [[nodiscard]] std::string stood_in(const std::string& where, const std::string& told) const {
        fs::current_path(root / where);
        const system::FixedEnvironment environment({{"PWD", told}});
        const auto found = folder_we_stand_in(environment);
        return found ? found->lexically_relative(root).generic_string() : "gone";
    }
};

std::string names(const fs::path& root, const std::vector<PlacedProject>& projects) {
    std::string text;
    for (const auto& placed : projects) {
        text += placed.folder.lexically_relative(root).generic_string() + ' ';
    }
    return text;
}

}  // namespace

TEST_CASE("a project folder behind a link is the workspace's, and of no other portfolio") {
    const Places places;
    places.workspace("w");
    places.project("w/iris", "iris");
    places.project("disk/titanic", "titanic");
    places.project("disk/deep/penguins", "penguins");
    places.link("w/titanic", "../disk/titanic");
    places.link("w/more", "../disk/deep");  // leads to no project folder itself
    places.link("w/again", "iris");         // the same folder twice
    places.link("w/self", ".");             // a circle
    places.link("w/text-analyzer", "../nowhere");
    const auto root = places.root / "w";
    CHECK(names(root, projects_below(root)) == "iris titanic ");
    CHECK(locate_project(root, "titanic", {}) == root / "titanic");
    CHECK_FALSE(locate_project(root, "penguins", {}));

    const auto handed_over = projects_within(root);
    CHECK(names(root, handed_over.projects) == "iris ");
    std::string links;
    for (const auto& link : handed_over.links) {
        links += link.filename().string() + ' ';
    }
    CHECK(links == "again more self text-analyzer titanic ");

    const auto left = links_left(root);
    REQUIRE(left.size() == 1);
    CHECK(left[0].path == root / "text-analyzer");
    CHECK(left[0].why == "is a link to ../nowhere, which is not there");
    if (::geteuid() == 0) {
        REQUIRE(::chown((places.root / "disk/titanic").c_str(), 65534, 65534) == 0);
        CHECK(names(root, projects_below(root)) == "iris ");
        CHECK(links_left(root)[1].why == "is a link to ../disk/titanic, which belongs to another user");
        REQUIRE(::chown(root.c_str(), 65534, 65534) == 0);  // to whom the workspace belongs, too
        CHECK(names(root, projects_below(root)) == "iris titanic ");
    }
}

TEST_CASE("the folder that we stand in has the name by which we came, where a workspace lies above that") {
    const Places places;
    places.workspace("w");
    places.project("disk/titanic", "titanic");
    places.project("w/iris", "iris");
    places.link("w/titanic", "../disk/titanic");
    places.link("short", "w/iris");
    fs::create_directories(places.root / "disk/titanic/src");
    const auto at = [&](const std::string& path) { return (places.root / path).string(); };
    CHECK(places.stood_in("w/titanic", at("w/titanic")) == "w/titanic");
    CHECK(places.stood_in("w/titanic/src", at("w/titanic/src")) == "w/titanic/src");
    CHECK(places.stood_in("short", at("short")) ==
          "w/iris");  // above the link there is none, above the folder there is
    CHECK(places.stood_in("w/iris", at("w/iris")) == "w/iris");
    // What is not true does not count.
    CHECK(places.stood_in("disk/titanic", at("w/iris")) == "disk/titanic");
    CHECK(places.stood_in("disk/titanic", at("w/../w/titanic")) == "disk/titanic");
    CHECK(places.stood_in("disk/titanic", "") == "disk/titanic");
    CHECK(places.stood_in("disk/titanic", "w/titanic") == "disk/titanic");
    CHECK(places.stood_in("disk/titanic", at("nowhere")) == "disk/titanic");
}
