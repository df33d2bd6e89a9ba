#include <doctest/doctest.h>

#include "workspace/address.hpp"
#include "workspace/libraries.hpp"

using namespace mlpath;
using workspace::read_address;

namespace {

// "URL TAG", "a folder", or what is said of it.
std::string read(std::string_view text) {
    const auto address = read_address(text);
    if (!address) {
        CHECK(address.error().kind == ErrorKind::usage);
        return address.error().message;
    }
    return *address ? (*address)->url + ' ' + (*address)->tag : "a folder";
}

const std::string some_hash(64, 'a');

}  // namespace

TEST_CASE("an address is of https or ssh and has a tag; all else is a folder or refused") {
    struct Case {
        const char* text;
        const char* read;
    };
    for (const auto& [text, wanted] : std::initializer_list<Case>{
             {"https://example.org/acme/library@v1.0", "https://example.org/acme/library v1.0"},
             {"https://example.org/@v1", "https://example.org/ v1"},
             {"ssh://git@example.org:22/acme@release/2", "ssh://git@example.org:22/acme release/2"},
             {"git@example.org:acme/library.git@v1", "git@example.org:acme/library.git v1"},
             {"../acme", "a folder"},
             {"/srv/acme@v1", "a folder"},
             {"acme:x@v1", "a folder"},
             {"ext::sh -c id@v1", "a folder"},
             {"--upload-pack=id@v1", "a folder"},
             {"git@example.org::acme@v1", "a folder"},
             {"-oProxyCommand=id@example.org:acme@v1", "a folder"},
             {"", "a folder"},
             {"https://example.org/acme", "`https://example.org/acme` does not say which tag: put it behind an @"},
             {"https://ann@example.org", "`https://ann@example.org` does not say which tag: put it behind an @"},
             {"git@example.org:acme", "`git@example.org:acme` does not say which tag: put it behind an @"},
             {"https://example.org/acme@", "`https://example.org/acme@` ends in no tag"},
             {"https://example.org/acme@-x", "`https://example.org/acme@-x` ends in no tag"},
             {"https://example.org/acme@a..b", "`https://example.org/acme@a..b` ends in no tag"},
             {"https://example.org/@ann/acme@v1", "https://example.org/@ann/acme v1"},
         }) {
        CAPTURE(text);
        CHECK(read(text) == wanted);
    }
    for (const std::string text : {"http://example.org/acme@v1", "file:///srv/acme@v1", "git://example.org/acme@v1",
                                   "ftp://example.org/acme@v1", "ext://example.org/acme@v1"}) {
        CAPTURE(text);
        CHECK(read(text).find("https and ssh are") != std::string::npos);
    }
    for (const std::string text : {"https://ann:secret@example.org/acme@v1", "https://ghp_token@example.org/acme@v1",
                                   "ssh://git:secret@example.org/acme@v1", "https://example.org/acme?token=1@v1"}) {
        CAPTURE(text);
        CHECK(read(text).find("would be written down") != std::string::npos);
        CHECK(read(text).find("secret") == std::string::npos);
    }
    CHECK(read("ssh://-oProxyCommand=id/acme@v1").find("begins with no hyphen") != std::string::npos);
    CHECK(read("https://example.org/a b@v1").find("what no address does") != std::string::npos);
}

TEST_CASE("what a workspace has added is read as it was written") {
    const std::vector<workspace::AddedLibrary> libraries{
        {"acme", "https://example.org/acme@v1", std::string(40, 'c'), some_hash},
        {"b2", "/srv/b \"2\"", "", some_hash}};
    const auto read = workspace::parse_libraries(workspace::libraries_text(libraries), "libraries.json");
    REQUIRE(read);
    REQUIRE(read->size() == 2);
    CHECK((*read)[0].name == "acme");
    CHECK((*read)[0].from == "https://example.org/acme@v1");
    CHECK((*read)[0].commit == std::string(40, 'c'));
    CHECK((*read)[0].sha256 == some_hash);
    CHECK((*read)[1].from == "/srv/b \"2\"");
    CHECK((*read)[1].commit.empty());
    CHECK(workspace::folder_of("/w", (*read)[0]) == "/w/.mlpath/libraries/acme-" + some_hash.substr(0, 16));

    const auto folder = TemporaryFolder::make("mlpath-libraries").value();
    CHECK(workspace::read_libraries(folder.path())->empty());
    REQUIRE(workspace::write_libraries(folder.path(), libraries));
    CHECK(workspace::read_libraries(folder.path())->size() == 2);
}

TEST_CASE("a broken list says where, and what helps") {
    const auto entry = [](const std::string& name, const std::string& sha256) {
        return R"({"name":")" + name + R"(","from":"x","sha256":")" + sha256 + R"("})";
    };
    const auto list = [](const std::string& entries) { return R"({"format":1,"libraries":[)" + entries + "]}"; };
    struct Case {
        std::string text;
        std::string says;
    };
    for (const auto& [text, says] : std::initializer_list<Case>{
             {"", "nothing in it"},
             {"[]", "has no `format`"},
             {R"({"format":"1","libraries":[]})", "has no `format`"},
             {R"({"format":2,"libraries":[]})", "format 2"},
             {R"({"format":1})", "no sound list"},
             {list("1"), "a library is an object"},
             {list(entry("../x", some_hash)), "no sound `name`"},
             {list(entry("a-b", some_hash)), "no sound `name`"},
             {list(entry("acme", "abc")), "no sound `name`"},
             {list(entry("acme", std::string(64, '/'))), "no sound `name`"},
             {list(entry("acme", some_hash) + ',' + entry("acme", some_hash)), "appears twice"},
         }) {
        CAPTURE(text);
        const auto read = workspace::parse_libraries(text, "libraries.json");
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == ErrorKind::malformed);
        CHECK_MESSAGE(read.error().message.find(says) != std::string::npos, read.error().message);
        CHECK_FALSE(read.error().hint.empty());
    }
}

TEST_CASE("a workspace's own library") {
    const auto folder = TemporaryFolder::make("mlpath-libraries").value();
    CHECK_FALSE(workspace::own_library(folder.path()));
    REQUIRE(make_folders(folder.path() / "library" / "books"));
    CHECK_FALSE(workspace::own_library(folder.path()));  // a folder of that name is not yet one
    REQUIRE(make_folders(folder.path() / "library" / "curricula"));
    CHECK(workspace::own_library(folder.path()) == folder.path() / "library");
}
