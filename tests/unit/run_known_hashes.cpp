#include "run/known_hashes.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/hash.hpp"
#include "run/installed.hpp"

using namespace mlpath;
using run::KnownHashes;

namespace {

class SetClock final : public system::Clock {
public:
    [[nodiscard]] TimePoint now() const override { return moment; }
    TimePoint moment{};
};

struct Files {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    fs::path kept = folder.path() / "hashes";
    fs::path work = folder.path() / "work.py";
    SetClock clock{};

    void write(std::string_view bytes) const { REQUIRE(write_file(work, bytes, Durability::cached)); }
    // So long after the file was last changed.
    void wait(std::chrono::milliseconds after) {
        const auto changed = identity_of(work)->changed_ns;
        clock.moment = TimePoint(std::chrono::microseconds(changed / 1000) + after);
    }
    // What a new run finds, and how many files it had to read.
    std::pair<std::string, std::size_t> look() {
        auto known = KnownHashes::load(kept, clock);
        const auto hash = known.sha256(work);
        REQUIRE(hash);
        REQUIRE(known.save());
        return {*hash, known.read()};
    }
};

}  // namespace

TEST_CASE("an unchanged file is not read again") {
    Files files;
    files.write("one");
    files.wait(std::chrono::seconds(1));
    CHECK(files.look() == std::pair(sha256_of("one"), std::size_t{1}));
    CHECK(files.look() == std::pair(sha256_of("one"), std::size_t{0}));
    fs::rename(files.work, files.folder.path() / "moved.py");
    files.work = files.folder.path() / "moved.py";
    CHECK(files.look().first == sha256_of("one"));
}

TEST_CASE("a change is seen whatever its times say") {
    Files files;
    files.write("one");
    files.wait(std::chrono::seconds(1));
    CHECK(files.look().second == 1);
    struct stat before{};
    REQUIRE(::stat(files.work.c_str(), &before) == 0);
    {
        const Descriptor in_place(::open(files.work.c_str(), O_WRONLY));
        REQUIRE(write_all(in_place.get(), "two") == 0);
    }
    const timespec times[] = {before.st_atim, before.st_mtim};
    REQUIRE(::utimensat(AT_FDCWD, files.work.c_str(), times, 0) == 0);
    struct stat after{};
    REQUIRE(::stat(files.work.c_str(), &after) == 0);
    REQUIRE(after.st_mtim.tv_nsec == before.st_mtim.tv_nsec);
    REQUIRE(after.st_ino == before.st_ino);
    CHECK(files.look() == std::pair(sha256_of("two"), std::size_t{1}));
}

TEST_CASE("what was read within the clock's tick of its change is read again") {
    Files files;
    files.write("one");
    for (const int later : {-5000, 0, 5, 19}) {
        CAPTURE(later);
        files.wait(std::chrono::milliseconds(later));
        CHECK(files.look().second == 1);
        CHECK(files.look().second == 1);
    }
    files.wait(std::chrono::milliseconds(100));
    CHECK(files.look().second == 1);
    CHECK(files.look().second == 0);
}

TEST_CASE("hashes that are damaged or not ours are not believed") {
    Files files;
    files.write("one");
    files.wait(std::chrono::seconds(1));
    CHECK(files.look().second == 1);
    const auto whole = *read_file(files.kept);
    auto forged = whole;
    forged.replace(forged.find(sha256_of("one")), 64, sha256_of("two"));
    for (const auto& bytes : {forged, whole.substr(0, whole.size() - 1), "mlpath hashes 1" + whole.substr(15),
                              std::string("x"), std::string()}) {
        CAPTURE(bytes);
        REQUIRE(write_file(files.kept, bytes, Durability::cached, 0600));
        CHECK(files.look() == std::pair(sha256_of("one"), std::size_t{1}));
    }
    REQUIRE(::chmod(files.kept.c_str(), 0666) == 0);
    CHECK(files.look().second == 1);
}

TEST_CASE("links and folders have no hash") {
    Files files;
    files.write("one");
    auto known = KnownHashes::load(files.kept, files.clock);
    fs::create_symlink(files.work, files.folder.path() / "link");
    CHECK(!known.sha256(files.folder.path() / "link"));
    CHECK(!known.sha256(files.folder.path()));
    CHECK(!known.sha256(files.folder.path() / "absent"));
}

TEST_CASE("what is installed has a hash of its own") {
    const auto folder = *TemporaryFolder::make("mlpath-test-");
    const auto put = [&](const std::string& path, std::string_view text) {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    };
    put("python3", "#!");
    put("site/numpy/core.py", "one");
    put("site/numpy-1.dist-info/METADATA", "Version: 1");
    put("other/site/numpy/core.py", "one");
    put("other/site/numpy-1.dist-info/METADATA", "Version: 1");
    const auto hash_in = [&](const fs::path& root, run::Told told) {
        return *run::installed_hash(
            {.path = folder.path() / "python3", .version = "3.11.2", .module_folders = {root / "site"}}, told);
    };
    using run::Told;
    const auto before = hash_in(folder.path(), Told::by_identity);
    const auto size_before = hash_in(folder.path(), Told::by_size);
    CHECK(hash_in(folder.path(), Told::by_identity) == before);
    // The same packages at another place, as on another machine.
    CHECK(hash_in(folder.path() / "other", Told::by_identity) != before);
    CHECK(hash_in(folder.path() / "other", Told::by_size) == size_before);
    put("site/numpy/__pycache__/core.pyc", "compiled");
    CHECK(hash_in(folder.path(), Told::by_identity) == before);
    put("site/numpy/core.py", "two");
    CHECK(hash_in(folder.path(), Told::by_identity) != before);
    CHECK(hash_in(folder.path(), Told::by_size) == size_before);
    put("site/pandas.py", "");
    CHECK(hash_in(folder.path(), Told::by_size) != size_before);
    // A link is where it leads.
    const auto linked = [&](const fs::path& root, const char* target) {
        fs::remove(root / "site/link");
        fs::create_symlink(target, root / "site/link");
        return hash_in(root, Told::by_size);
    };
    put("other/site/pandas.py", "");
    CHECK(linked(folder.path(), "numpy") == linked(folder.path() / "other", "numpy"));
    CHECK(linked(folder.path(), "nunpy") != linked(folder.path() / "other", "numpy"));
    // What lies in a folder does not look as if it lay beside it.
    const auto inside = hash_in(folder.path(), Told::by_size);
    fs::rename(folder.path() / "site/numpy/core.py", folder.path() / "site/zcore.py");
    const auto beside = hash_in(folder.path(), Told::by_size);
    CHECK(beside != inside);
}
