#include "base/kept_file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "base/text.hpp"

using namespace mlpath;

TEST_CASE("what is kept is believed where it is whole, of its format, and ours alone") {
    const auto folder = std::move(*TemporaryFolder::make("mlpath-kept-"));
    const auto file = folder.path() / "sub/kept";
    CHECK_FALSE(read_kept(file, "a thing 1"));
    REQUIRE(write_kept(file, "a thing 1", "body\nof two lines"));
    CHECK(read_kept(file, "a thing 1") == "body\nof two lines");
    CHECK_FALSE(read_kept(file, "a thing 2"));
    CHECK_FALSE(read_kept(file, "a thing 1", 10));
    const auto text = *read_file(file);
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto damaged = text;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        REQUIRE(write_file(file, damaged, Durability::cached, 0600));
        CHECK_FALSE(read_kept(file, "a thing 1"));
    }
    REQUIRE(write_kept(file, "a thing 1", ""));
    CHECK(read_kept(file, "a thing 1") == "");
    const auto link = folder.path() / "link";
    fs::create_symlink(file, link);
    CHECK_FALSE(read_kept(link, "a thing 1"));
    for (const unsigned mode : {0660U, 0602U, 0666U}) {
        REQUIRE(::chmod(file.c_str(), mode) == 0);
        CHECK_FALSE(read_kept(file, "a thing 1"));
    }
    CHECK(only_we_write(folder.path(), S_IFDIR));
    CHECK_FALSE(only_we_write(folder.path(), S_IFREG));
}

TEST_CASE("a folder makes room: the oldest go, by number and by size") {
    struct Case {
        Room room{};
        const char* left = "";
    };
    for (const auto& [room, left] : std::vector<Case>{
             {{}, "1 2 3 4"},
             {{.files = 4, .bytes = 40}, "1 2 3 4"},
             {{.files = 3}, "2 3 4"},
             {{.bytes = 39}, "2 3 4"},
             {{.bytes = 29}, "3 4"},
             {{.files = 3, .bytes = 10}, "4"},
             {{.files = 0}, ""},
         }) {
        const auto folder = std::move(*TemporaryFolder::make("mlpath-room-"));
        for (const auto* name : {"4", "2", "3", "1"}) {
            const auto path = folder.path() / name;
            REQUIRE(write_file(path, "0123456789", Durability::cached));
            const timespec times[2]{{}, {1000 + (*name - '0'), 0}};
            REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
        }
        make_room(folder.path(), room);
        CHECK(join(*files_below(folder.path()), " ") == left);
    }
}
