// Names inside archives, and a dataset's members in the cache. The attacks with real archives are in
// tests/system/test_fetch_archives.py, where Python makes them.
#include "data/archive.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <cstdio>
#include <cstring>
#include <fstream>

#include "base/hash.hpp"
#include "data/archive_path.hpp"

using namespace mlpath;

namespace {

// A tar.gz of regular files, as POSIX describes the form.
std::string tar_gz_of(const std::vector<std::pair<std::string, std::string>>& files, const fs::path& scratch) {
    std::string tar;
    for (const auto& [name, body] : files) {
        std::string head(512, '\0');
        std::snprintf(head.data(), 100, "%s", name.c_str());
        std::snprintf(head.data() + 100, 8, "%07o", 0644U);
        std::snprintf(head.data() + 124, 12, "%011lo", static_cast<unsigned long>(body.size()));
        std::memset(head.data() + 148, ' ', 8);
        head[156] = '0';
        std::memcpy(head.data() + 257, "ustar\00000", 8);
        unsigned sum = 0;
        for (const unsigned char byte : head) {
            sum += byte;
        }
        std::snprintf(head.data() + 148, 8, "%06o", sum);
        tar += head + body + std::string((512 - body.size() % 512) % 512, '\0');
    }
    tar += std::string(1024, '\0');
    const auto path = scratch / "made.tar.gz";
    gzFile out = ::gzopen(path.c_str(), "wb");
    ::gzwrite(out, tar.data(), static_cast<unsigned>(tar.size()));
    ::gzclose(out);
    return read_file(path).value();
}

struct ArchivePlace {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-archive-");
    data::Cache cache{folder.path() / "cache"};
    library::Dataset dataset{};
    std::string hash{};

    void hold(const std::string& bytes, std::vector<std::string> members) {
        hash = sha256_of(bytes);
        dataset = {.id = "reviews",
                   .files = {{.name = "reviews.tar.gz",
                              .sources = {{"https://e.invalid/", bytes.size(), hash}},
                              .archive = library::Archive{library::ArchiveFormat::tar_gz, std::move(members)}}}};
        const auto part = cache.part_path(hash);
        REQUIRE(write_file(part, bytes));
        REQUIRE(cache.adopt(part, hash));
    }
};

}  // namespace

TEST_CASE("member names are taken as they are meant, or refused") {
    CHECK(data::member_path("./a//b/").value() == "a/b");
    CHECK(data::member_path(".").value().empty());
    CHECK(data::member_path("a..b/...").value() == "a..b/...");
    for (const std::string bad : {"/etc/passwd", "../a", "a/../../b", "a/..", "..", "a\\b", "a\nb", "C:\\x"}) {
        CAPTURE(bad);
        const auto path = data::member_path(bad);
        REQUIRE(!path);
        CHECK(path.error().kind == ErrorKind::malformed);
    }
    CHECK(!data::member_path(std::string(300, 'x')));
    CHECK(!data::member_path(std::string("a/") + std::string(2500, '/')));
}

TEST_CASE("links that stay inside are resolved, others refused") {
    CHECK(data::link_target("a/b/link", "../c").value() == "a/c");
    CHECK(data::link_target("link", "a").value() == "a");
    for (const std::string bad : {"../../../x", "/etc/passwd", "", "../../.."}) {
        CAPTURE(bad);
        CHECK(!data::link_target("a/b/link", bad));
    }
}

TEST_CASE("members are found in the cache, and made again where they were damaged") {
    ArchivePlace place;
    place.hold(
        tar_gz_of({{"txt/pos/1.txt", "good"}, {"txt/neg/2.txt", "bad"}, {"README", "read"}}, place.folder.path()),
        {"txt/pos", "txt/neg"});
    const auto folder = data::locate(place.cache, place.dataset, "txt/pos");
    REQUIRE(folder);
    CHECK(files_below(*folder).value() == std::vector<std::string>{"1.txt"});
    const auto file = data::locate(place.cache, place.dataset, "txt/neg/2.txt");
    REQUIRE(file);
    CHECK(read_file(*file).value() == "bad");
    CHECK(read_file(data::locate(place.cache, place.dataset, "reviews.tar.gz").value()).has_value());
    CHECK(fs::is_directory(data::locate(place.cache, place.dataset, "txt").value()));

    struct stat status{};
    REQUIRE(::stat(file->c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0444);
    ::chmod(file->c_str(), 0644);
    std::ofstream(*file) << "BAD";
    const auto again = data::locate(place.cache, place.dataset, "txt/neg/2.txt");
    REQUIRE(again);
    CHECK(read_file(*again).value() == "bad");
    fs::remove(*again);
    CHECK(read_file(data::locate(place.cache, place.dataset, "txt/neg/2.txt").value()).value() == "bad");
    CHECK(files_below(place.cache.root() / "unpacked")->size() == 4);  // nothing of the work is left over
}

TEST_CASE("what is not there is said, with the command that brings it") {
    ArchivePlace place;
    place.hold(tar_gz_of({{"a/1", "x"}}, place.folder.path()), {"a"});
    CHECK(data::locate(place.cache, place.dataset, "b/1").error().kind == ErrorKind::not_found);
    CHECK(data::locate(place.cache, place.dataset, "a/2").error().kind == ErrorKind::not_found);
    CHECK(data::locate(place.cache, place.dataset, "a/../../x").error().kind == ErrorKind::malformed);
    CHECK(data::locate(place.cache, place.dataset, "").error().kind == ErrorKind::not_found);
    fs::remove(place.cache.entry_path(place.hash));
    const auto absent = data::locate(place.cache, place.dataset, "a/1");
    REQUIRE(!absent);
    CHECK(absent.error().hint == "`mlpath fetch reviews` gets it");

    ArchivePlace other;
    other.hold(tar_gz_of({{"a/1", "x"}}, other.folder.path()), {"a", "promised"});
    const auto lacking = data::locate(other.cache, other.dataset, "a/1");
    REQUIRE(!lacking);
    CHECK(lacking.error().message.find("promised") != std::string::npos);
    CHECK(files_below(other.cache.root() / "unpacked")->empty());
}

TEST_CASE("a stop leaves nothing half-unpacked") {
    ArchivePlace place;
    place.hold(tar_gz_of({{"a/1", std::string(3'000'000, 'x')}}, place.folder.path()), {"a"});
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = data::locate(place.cache, place.dataset, "a/1", data::Depth::quick, stop.get_token());
    REQUIRE(!stopped);
    CHECK(stopped.error().kind == ErrorKind::interrupted);
    CHECK((!fs::exists(place.cache.root() / "unpacked") || files_below(place.cache.root() / "unpacked")->empty()));
}

TEST_CASE("limits hold: bytes, members") {
    ArchivePlace place;
    const auto bytes = tar_gz_of({{"a", std::string(1'000'000, '\0')}, {"b", "x"}}, place.folder.path());
    const auto archive = place.folder.path() / "made.tar.gz";
    const auto unpack = [&](const data::ArchiveLimits& limits) {
        static int count = 0;
        const auto to = place.folder.path() / ("to" + std::to_string(++count));
        fs::create_directory(to);
        return data::unpack(archive, "made.tar.gz", library::ArchiveFormat::tar_gz, to, limits);
    };
    CHECK(unpack({}));
    CHECK(unpack({.max_bytes = 999'999}).error().kind == ErrorKind::malformed);
    CHECK(unpack({.max_ratio = 100, .free_bytes = 1000}).error().kind == ErrorKind::malformed);
    CHECK(unpack({.max_members = 1}).error().kind == ErrorKind::malformed);
}
