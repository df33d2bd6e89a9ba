#include "run/result_store.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/hash.hpp"

using namespace mlpath;
using run::ResultStore;

namespace {

const std::string a_key = sha256_of("a");
const std::string b_key = sha256_of("b");
const std::string secret = "a secret of a good many letters";

struct Shelf {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    fs::path root = folder.path() / "cache/results";
    [[nodiscard]] fs::path entry(const std::string& key) const { return root / key.substr(0, 2) / key.substr(2); }
    void overwrite(const std::string& key, const std::string& bytes) const {
        REQUIRE(write_file(entry(key), bytes, Durability::cached));
    }
};

}  // namespace

TEST_CASE("a result comes back by its key, in a folder of our own") {
    const Shelf shelf;
    const auto store = ResultStore::own(shelf.root);
    CHECK(!store.find(a_key));
    REQUIRE(store.keep(a_key, "found\nso"));
    CHECK(store.find(a_key) == "found\nso");
    CHECK(!store.find(b_key));
    REQUIRE(store.keep(a_key, ""));
    CHECK(store.find(a_key) == "");
    CHECK((fs::status(shelf.root).permissions() & fs::perms::all) == fs::perms::owner_all);
    CHECK(ResultStore::own(shelf.root).find(a_key) == "");
}

TEST_CASE("what is no whole entry of this key is absent") {
    const Shelf shelf;
    const auto store = ResultStore::own(shelf.root);
    REQUIRE(store.keep(a_key, "found"));
    REQUIRE(store.keep(b_key, "other"));
    const auto whole = *read_file(shelf.entry(a_key));
    for (const auto& bytes : {std::string(), whole.substr(0, 20), whole.substr(0, whole.size() - 1), whole + "x",
                              "mlpath result 2" + whole.substr(15), *read_file(shelf.entry(b_key)),
                              std::string("mlpath\n"), std::string(100, '\0')}) {
        CAPTURE(bytes);
        shelf.overwrite(a_key, bytes);
        CHECK(!store.find(a_key));
    }
    shelf.overwrite(a_key, whole);
    CHECK(store.find(a_key) == "found");
    fs::remove(shelf.entry(a_key));
    fs::create_directory(shelf.entry(a_key));
    CHECK(!store.find(a_key));
    for (const auto* wrong : {"", "../../etc/passwd", "abc"}) {
        CHECK(!store.keep(wrong, "x"));
        CHECK(!store.find(wrong));
    }
    CHECK(store.forged() == 0);
}

TEST_CASE("a folder that others may write is not believed") {
    const Shelf shelf;
    {
        const auto store = ResultStore::own(shelf.root);
        REQUIRE(store.keep(a_key, "found"));
    }
    REQUIRE(::chmod(shelf.root.c_str(), 0777) == 0);
    const auto store = ResultStore::own(shelf.root);
    CHECK(!store.find(a_key));
    CHECK(!store.keep(b_key, "other"));
    CHECK(!fs::exists(shelf.entry(b_key)));
    REQUIRE(::chmod(shelf.root.c_str(), 0700) == 0);
    CHECK(ResultStore::own(shelf.root).find(a_key) == "found");
    const auto link = shelf.folder.path() / "link";
    fs::create_directory_symlink(shelf.root, link);
    CHECK(!ResultStore::own(link).find(a_key));
}

TEST_CASE("entries that are shared count by their key alone") {
    const Shelf shelf;
    const auto store = ResultStore::shared(shelf.root, secret);
    REQUIRE(store.keep(a_key, "found"));
    CHECK(ResultStore::shared(shelf.root, secret).find(a_key) == "found");
    CHECK(read_file(shelf.entry(a_key))->find(secret) == std::string::npos);

    const auto other = ResultStore::shared(shelf.root, secret + "!");
    CHECK(!other.find(a_key));
    CHECK(other.forged() == 1);
    // An entry without a key, as the user's own store writes it, and one that was made for another result.
    const auto genuine = *read_file(shelf.entry(a_key));
    const auto plain = "mlpath result 1 sha256 " + sha256_of(a_key + "\npoison") + "\npoison";
    for (const auto& bytes : {plain, genuine + "!"}) {
        shelf.overwrite(a_key, bytes);
        const auto judging = ResultStore::shared(shelf.root, secret);
        CHECK(!judging.find(a_key));
        CHECK(judging.forged() == 1);
    }
    shelf.overwrite(b_key, genuine);
    CHECK(!store.find(b_key));
    REQUIRE(store.keep(a_key, "found again"));
    CHECK(store.find(a_key) == "found again");
    CHECK(!ResultStore::shared(shelf.root, "").find(a_key));
}

TEST_CASE("the oldest entries make room") {
    const Shelf shelf;
    const auto store = ResultStore::own(shelf.root);
    const std::string much(ResultStore::most_bytes / 256 / 3, 'x');
    const auto key = [](char last) { return std::string(63, '0') + last; };
    for (const char last : {'1', '2', '3', '4'}) {
        REQUIRE(store.keep(key(last), much));
        fs::last_write_time(shelf.entry(key(last)), fs::file_time_type::clock::now() - std::chrono::hours('9' - last));
    }
    REQUIRE(store.keep(key('5'), much));
    CHECK(!store.find(key('1')));
    CHECK(store.find(key('5')));
    CHECK(store.find(key('4')));
}
