// The cache: what is trusted, what is rehashed, what is kept aside, and that nothing of it is ever linked.
#include "data/cache.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/hash.hpp"
#include "data/fetch_hasher.hpp"

#include <fcntl.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace mlpath;
using data::Depth;

namespace {

// What lies further back can be known again by its times (`was_settled`).
constexpr auto a_tick = std::chrono::milliseconds(60);

struct CachePlace {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-cache-");
    data::Cache cache{folder.path() / "cache"};
    std::string hash = sha256_of("promised");

    fs::path adopted() {
        const auto part = cache.part_path(hash);
        REQUIRE(write_file(part, "promised"));
        const auto path = cache.adopt(part, hash);
        REQUIRE(path);
        return *path;
    }
};

void overwrite(const fs::path& path, std::string_view bytes) {
    ::chmod(path.c_str(), 0644);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

TEST_CASE("an entry is found by its hash, and read-only") {
    CachePlace place;
    CHECK(!place.cache.find(place.hash)->has_value());
    const auto path = place.adopted();
    CHECK(place.cache.find(place.hash)->value() == path);
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0444);
    CHECK(!fs::exists(place.cache.part_path(place.hash)));
    const library::DatasetFile file{
        .name = "a", .sources = {{.url = "u", .bytes = 1, .sha256 = sha256_of("other")}, {"v", 8, place.hash}}};
    CHECK(place.cache.find(file)->value().sha256 == place.hash);
}

TEST_CASE("what changed is rehashed: damaged, it counts as absent and is kept aside") {
    for (const std::string bytes : {"promiseD", "", "promised and more"}) {
        CAPTURE(bytes);
        CachePlace place;
        overwrite(place.adopted(), bytes);
        CHECK(!place.cache.find(place.hash)->has_value());
        const auto kept = files_below(place.cache.root() / "rejected");
        REQUIRE(kept);
        REQUIRE(kept->size() == 1);
        CHECK(read_file(place.cache.root() / "rejected" / kept->front()).value() == bytes);
    }
}

TEST_CASE("touched but unharmed, it is trusted again after one look") {
    CachePlace place;
    const auto path = place.adopted();
    overwrite(path, "promised");
    std::this_thread::sleep_for(a_tick);
    const auto record = path.string() + ".seen";
    CHECK(!data::is_as_seen(path, record));
    CHECK(place.cache.find(place.hash)->has_value());
    CHECK(data::is_as_seen(path, record));
}

TEST_CASE("damage within the tick in which an entry came is found, however often it was asked for") {
    CachePlace place;
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        const auto path = place.adopted();
        REQUIRE(place.cache.find(place.hash)->has_value());
        overwrite(path, "promiseD");
        REQUIRE(!place.cache.find(place.hash)->has_value());
    }
}

TEST_CASE("a change that hides behind the same identity is found by a deep look") {
    CachePlace place;
    const auto path = place.adopted();
    overwrite(path, "promiseD");
    REQUIRE(data::remember(*identity_of(path), path.string() + ".seen"));
    CHECK(place.cache.find(place.hash)->has_value());
    CHECK(!place.cache.find(place.hash, Depth::deep)->has_value());
    CHECK(!place.cache.find(place.hash)->has_value());
}

TEST_CASE("the whole cache is looked at, and what is damaged is named") {
    CachePlace place;
    CHECK(data::check_cache(place.cache, Depth::deep)->entries == 0);
    const auto path = place.adopted();
    const auto other = place.cache.part_path("0");
    REQUIRE(write_file(other, "other"));
    REQUIRE(place.cache.adopt(other, sha256_of("other")));
    overwrite(path, "promiseD");
    REQUIRE(data::remember(*identity_of(path), path.string() + ".seen"));
    const auto quick = data::check_cache(place.cache, Depth::quick);
    REQUIRE(quick);
    CHECK(quick->entries == 2);
    CHECK(quick->damaged.empty());
    const auto deep = data::check_cache(place.cache, Depth::deep);
    REQUIRE(deep);
    CHECK(deep->entries == 1);
    CHECK(deep->bytes == 5);
    CHECK(deep->damaged == std::vector<std::string>{place.hash});
}

TEST_CASE("a link or a folder in the place of an entry is none") {
    CachePlace place;
    const auto path = place.adopted();
    fs::remove(path);
    fs::create_symlink("/etc/hostname", path);
    CHECK(!place.cache.find(place.hash)->has_value());
}

TEST_CASE("a hash that is none makes no path out of the cache") {
    const data::Cache cache("/c");
    CHECK(cache.entry_path("../../etc/passwd").lexically_normal().string().starts_with("/c/sha256/"));
    CHECK(cache.part_path("").lexically_normal().string().starts_with("/c/partial/"));
}

TEST_CASE("records come back as they went, and nonsense is none") {
    const FileIdentity identity{1, 2, 3, -4, 5};
    CHECK(identity_from(to_record(identity)) == identity);
    for (const auto* text : {"", "1 2 3 4", "1 2 3 4 5 6", "1 2 3 4 x", "-1 2 3 4 5"}) {
        CHECK(!identity_from(text));
    }
}

TEST_CASE("what leaves the cache is a copy that can be written without harm") {
    CachePlace place;
    const auto path = place.adopted();
    const auto to = place.folder.path() / "project" / "data" / "iris.csv";
    REQUIRE(data::lay_copy(path, to));
    CHECK(fs::hard_link_count(path) == 1);
    CHECK(fs::hard_link_count(to) == 1);
    std::ofstream(to, std::ios::app) << "more";
    CHECK(read_file(to).value() == "promisedmore");
    CHECK(place.cache.find(place.hash, Depth::deep)->has_value());

    // A link that somebody laid there is replaced, not followed.
    const auto outside = place.folder.path() / "outside";
    REQUIRE(write_file(outside, "mine"));
    fs::remove(to);
    fs::create_symlink(outside, to);
    REQUIRE(data::lay_copy(path, to));
    CHECK(!fs::is_symlink(to));
    CHECK(read_file(outside).value() == "mine");
}

TEST_CASE("a folder is laid whole, and over an older one") {
    CachePlace place;
    const auto from = place.folder.path() / "from";
    REQUIRE(write_file(from / "a.txt", "a"));
    REQUIRE(write_file(from / "deep" / "b.txt", "b"));
    fs::create_symlink("/etc", from / "link");
    const auto to = place.folder.path() / "new" / "to";
    for (int i = 0; i < 2; ++i) {
        REQUIRE(data::lay_copy(from, to));
        CHECK(files_below(place.folder.path() / "new").value() ==
              std::vector<std::string>{"to/a.txt", "to/deep/b.txt"});
        CHECK(!fs::exists(fs::symlink_status(to / "link")));
    }
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = data::lay_copy(from, place.folder.path() / "new" / "other", stop.get_token());
    REQUIRE(!stopped);
    CHECK(stopped.error().kind == ErrorKind::interrupted);
    CHECK(!fs::exists(place.folder.path() / "new" / "other"));
}

TEST_CASE("the hasher follows a file that grows, and lets go of one that is dropped") {
    CachePlace place;
    std::mutex mutex;
    std::condition_variable woken;
    int finished = 0;
    data::Hasher hasher([&] {
        const std::lock_guard lock(mutex);
        ++finished;
        woken.notify_one();
    });
    std::string whole;
    const auto path = place.folder.path() / "growing";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    REQUIRE(descriptor >= 0);
    const auto ticket = hasher.begin(descriptor, path);
    const auto dropped = hasher.begin(descriptor, path);
    for (int i = 0; i < 50; ++i) {
        const std::string piece(100'001, static_cast<char>('a' + i % 26));
        whole += piece;
        REQUIRE(::write(descriptor, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()));
        hasher.advance(ticket, whole.size());
        hasher.advance(dropped, whole.size());
    }
    hasher.drop(dropped);
    hasher.finish(ticket, whole.size());
    CHECK(hasher.unfinished() == 1);
    std::unique_lock lock(mutex);
    woken.wait(lock, [&] { return finished > 0; });
    lock.unlock();
    const auto done = hasher.take_finished();
    REQUIRE(done.size() == 1);
    CHECK(done[0].ticket == ticket);
    CHECK(done[0].sha256.value() == sha256_of(whole));
    CHECK(hasher.unfinished() == 0);
    ::close(descriptor);
}
