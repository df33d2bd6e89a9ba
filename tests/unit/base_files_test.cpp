#include "base/files.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/hash.hpp"
#include "base/time.hpp"

using namespace mlpath;

namespace {

TemporaryFolder new_folder() {
    auto folder = TemporaryFolder::make("mlpath-base-");
    REQUIRE(folder);
    return std::move(*folder);
}

}  // namespace

TEST_CASE("files are written whole and read back") {
    const auto folder = new_folder();
    const auto path = folder.path() / "a" / "b.txt";
    REQUIRE(write_file(path, "one"));
    REQUIRE(write_file(path, "two"));
    CHECK(read_file(path) == std::string("two"));
    CHECK(files_below(folder.path()) == std::vector<std::string>{"a/b.txt"});  // no temporary name is left
    CHECK(read_file(path, 3));
    const auto too_large = read_file(path, 2);
    REQUIRE_FALSE(too_large);
    CHECK(too_large.error().kind == ErrorKind::malformed);
    CHECK(read_file(folder.path() / "none").error().kind == ErrorKind::not_found);
    CHECK(read_file(folder.path()).error().kind == ErrorKind::malformed);
    // A pipe without a writer would block forever.
    const auto pipe = folder.path() / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_FALSE(read_file(pipe));
}

TEST_CASE("the mode of a new file is the one asked for") {
    const auto folder = new_folder();
    REQUIRE(write_file(folder.path() / "run", "x", Durability::cached, 0700));
    struct stat status{};
    REQUIRE(::stat((folder.path() / "run").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0700U);
}

TEST_CASE("files below a folder") {
    const auto folder = new_folder();
    for (const auto* name : {"z.txt", "a/y.txt", "a/skip/x.txt", "b/w.txt"}) {
        REQUIRE(write_file(folder.path() / name, "", Durability::cached));
    }
    fs::create_symlink(folder.path(), folder.path() / "loop");
    CHECK(files_below(folder.path(), {"skip"}) == std::vector<std::string>{"a/y.txt", "b/w.txt", "z.txt"});
    const auto many = files_below(folder.path(), {}, 2);
    REQUIRE_FALSE(many);
    CHECK(many.error().kind == ErrorKind::malformed);
}

TEST_CASE("a file that was changed has another identity") {
    const auto folder = new_folder();
    const auto path = folder.path() / "x";
    REQUIRE(write_file(path, "one", Durability::cached));
    const auto before = identity_of(path);
    REQUIRE(before);
    CHECK(*identity_of(path) == *before);
    REQUIRE(write_file(path, "two", Durability::cached));
    CHECK(*identity_of(path) != *before);
    CHECK(before->size == 3);
}

TEST_CASE("folders that were made for what then failed go again") {
    const auto folder = new_folder();
    const auto& root = folder.path();
    const std::string too_long(300, 'x');
    CHECK_FALSE(write_file(root / "a/b" / too_long, "x"));
    CHECK_FALSE(make_folders(root / "a/b" / too_long / "c"));
    CHECK(fs::is_empty(root));
    fs::create_directory(root / "mine");
    {
        const auto folders = NewFolders::make(root / "mine/a/b/");
        REQUIRE(folders);
        CHECK(fs::is_directory(root / "mine/a/b"));
    }
    CHECK(fs::is_empty(root / "mine"));
    {
        const auto folders = NewFolders::make(root / "mine/a/b");
        REQUIRE(folders);
        REQUIRE(write_file(root / "mine/a/file", "x", Durability::cached));  // somebody else's
    }
    CHECK(files_below(root) == std::vector<std::string>{"mine/a/file"});
    CHECK_FALSE(fs::exists(root / "mine/a/b"));
    auto kept = NewFolders::make(root / "kept");
    REQUIRE(kept);
    kept->keep();
    CHECK(NewFolders::make(root / "mine/a/file").error().kind == ErrorKind::not_found);
    kept = NewFolders();
    CHECK(fs::is_directory(root / "kept"));
}

TEST_CASE("a temporary folder goes with its contents, also those that were locked") {
    fs::path path;
    {
        const auto folder = new_folder();
        path = folder.path();
        REQUIRE(write_file(path / "a" / "b", "x", Durability::cached));
        fs::permissions(path / "a", fs::perms::none);
    }
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a sweep takes what a killed maker left, and nothing else") {
    const auto parent = new_folder();
    const auto make = [&](std::string_view prefix) { return TemporaryFolder::make(prefix, parent.path()); };
    // A child makes one, with a part of it locked as programs do, says so, and is killed.
    std::array<int, 2> made{};
    REQUIRE(::pipe(made.data()) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto folder = make("swept-");
        const bool written = folder && write_file(folder->path() / "a" / "b", "x", Durability::cached);
        fs::permissions(folder->path() / "a", fs::perms::none);
        const char said = written ? 'y' : 'n';
        static_cast<void>(!::write(made[1], &said, 1));
        while (true) {
            ::pause();
        }
    }
    char said = 'n';
    REQUIRE(::read(made[0], &said, 1) == 1);
    REQUIRE(said == 'y');
    const auto alive = make("swept-");
    REQUIRE(alive);
    REQUIRE(write_file(alive->path() / "file", "x", Durability::cached));
    fs::create_directory(parent.path() / "swept-by-hand");   // nobody's: no mark
    REQUIRE(write_file(parent.path() / "swept-file", "x"));  // no folder
    fs::create_directory_symlink(alive->path(), parent.path() / "swept-link");
    const auto here = [&] { return std::distance(fs::directory_iterator(parent.path()), fs::directory_iterator()); };

    sweep_temporary_folders("swept-", parent.path());
    CHECK(here() == 5);  // while the maker lives, its folder stays
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    sweep_temporary_folders("other-", parent.path());
    CHECK(here() == 5);
    sweep_temporary_folders("swept-", parent.path());
    CHECK(here() == 4);
    CHECK(fs::exists(alive->path() / "file"));
    fs::create_directory(parent.path() / "swept-a1B2c3");  // killed between making it and marking it
    fs::create_directories(parent.path() / "swept-d4E5f6" / "mine");
    sweep_temporary_folders("swept-", parent.path());
    CHECK_FALSE(fs::exists(parent.path() / "swept-a1B2c3"));
    CHECK(fs::exists(parent.path() / "swept-d4E5f6" / "mine"));
    sweep_temporary_folders("swept-", parent.path() / "absent");  // no failure
    ::close(made[0]);
    ::close(made[1]);
}

TEST_CASE("whoever makes a temporary folder while others sweep keeps it") {
    const auto parent = new_folder();
    std::atomic<int> sweeps = 0;
    std::jthread sweeper([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            sweep_temporary_folders("swept-", parent.path());
            ++sweeps;
        }
    });
    constexpr int most = 2000;
    for (int i = 0; i < most || sweeps < 100; ++i) {
        const auto mine = TemporaryFolder::make("swept-", parent.path());
        REQUIRE(mine);
        REQUIRE(write_file(mine->path() / "file", "x", Durability::cached));
        REQUIRE(fs::exists(mine->path() / "file"));
    }
    sweeper.request_stop();
    sweeper.join();
    sweep_temporary_folders("swept-", parent.path());
    CHECK(fs::is_empty(parent.path()));
}

TEST_CASE("a lock is held by one at a time") {
    const auto folder = new_folder();
    const auto path = folder.path() / "lock";
    {
        const auto first = FileLock::take(path, 0);
        REQUIRE(first);
        const auto second = FileLock::take(path, 5);
        REQUIRE_FALSE(second);
        CHECK(second.error().kind == ErrorKind::busy);
    }
    CHECK(FileLock::take(path, 0));
}

TEST_CASE("hashes, by published vectors") {
    // FIPS 180-2, appendix B; xxHash's own sanity values.
    CHECK(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Sha256 pieces;
    for (int i = 0; i < 1000; ++i) {
        pieces.update(std::string(1000, 'a'));
    }
    CHECK(pieces.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(hash64("") == 0x2D06800538D394C2ULL);
    CHECK(hash64("", 1) != hash64(""));
    CHECK(hash128_hex("") == "99aa06d3014798d86001c324468d497f");
    const auto folder = new_folder();
    const auto path = folder.path() / "million";
    REQUIRE(write_file(path, std::string(1'000'000, 'a'), Durability::cached));
    CHECK(sha256_of_file(path) == std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    CHECK(sha256_of_file(folder.path() / "none").error().kind == ErrorKind::not_found);
}

TEST_CASE("points in time") {
    const auto time = parse_time("2026-11-20T06:27:11.123456Z");
    REQUIRE(time);
    CHECK(format_time(*time) == "2026-11-20T06:27:11.123456Z");
    CHECK(time->time_since_epoch().count() == 1'795'156'031'123'456);
    CHECK(format_day(day_at(*time, {})) == "20 Nov 2026");
    CHECK(format_compact(*time) == "20261120-062711");
    CHECK(format_time(TimePoint{}) == "1970-01-01T00:00:00.000000Z");
    CHECK(parse_time("2024-02-29T00:00:00.000000Z"));
    for (const auto* wrong :
         {"", "2026-11-20", "2026-11-20T06:27:11Z", "2026-02-29T00:00:00.000000Z", "2026-11-20T24:00:00.000000Z",
          "2026-11-20T06:60:00.000000Z", "2026-11-20T06:27:11.123456+", "2026-13-01T00:00:00.000000Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_time(wrong));
    }
    using std::chrono::milliseconds;
    CHECK(human_duration(milliseconds(400)) == "0.4 s");
    CHECK(human_duration(milliseconds(12'400)) == "12 s");
    CHECK(human_duration(milliseconds(185'000)) == "3 min 5 s");
}

TEST_CASE("HMAC-SHA256 is that of RFC 4231") {
    for (const auto& [key, bytes, digest] : {
             std::tuple{std::string(20, '\x0b'), std::string("Hi There"),
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
             std::tuple{std::string("Jefe"), std::string("what do ya want for nothing?"),
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
             std::tuple{std::string(20, '\xaa'), std::string(50, '\xdd'),
                        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
             std::tuple{std::string(131, '\xaa'), std::string("Test Using Larger Than Block-Size Key - Hash Key First"),
                        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
         }) {
        CHECK(hmac_sha256(key, bytes) == digest);
    }
    CHECK(equal_in_secret("abc", "abc"));
    CHECK(!equal_in_secret("abc", "abd"));
    CHECK(!equal_in_secret("abc", "ab"));
    CHECK(!equal_in_secret("", "a"));
}

TEST_CASE("the system's temporary folder may be named from here, and what is wrong with it is told with its name") {
    const auto here = *TemporaryFolder::make("mlpath-test-");
    const auto before = fs::current_path();
    const char* set = std::getenv("TMPDIR");
    const std::optional<std::string> was = set == nullptr ? std::nullopt : std::optional<std::string>(set);
    fs::current_path(here.path());
    REQUIRE(write_file("file", "x"));
    REQUIRE(make_folders("below"));

    ::setenv("TMPDIR", "below", 1);
    const auto made = TemporaryFolder::make("mlpath-test-");
    REQUIRE(made);
    CHECK(made->path().parent_path() == here.path() / "below");  // absolute: programs run elsewhere

    for (const auto* wrong : {"absent", "file"}) {
        CAPTURE(wrong);
        ::setenv("TMPDIR", wrong, 1);
        const auto refused = TemporaryFolder::make("mlpath-test-");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::io);
        CHECK(refused.error().message.find("TMPDIR names it") != std::string::npos);
        CHECK(refused.error().hint.find("unset TMPDIR") != std::string::npos);
    }
    was ? ::setenv("TMPDIR", was->c_str(), 1) : ::unsetenv("TMPDIR");
    fs::current_path(before);
}
