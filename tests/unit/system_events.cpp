#include <doctest/doctest.h>
#include <poll.h>

#include <algorithm>
#include <functional>
#include <thread>

#include "base/files.hpp"
#include "system/debounce.hpp"
#include "system/file_events.hpp"
#include "system/file_system.hpp"
#include "system/wake.hpp"

using namespace mlpath;
using namespace mlpath::system;
using namespace std::chrono_literals;

TEST_CASE("a burst of events is one reason to act, and an endless one is none to wait forever") {
    const Debounce::Moment zero{};
    struct Case {
        std::vector<int> heard;  // ms
        std::vector<int> acted;
    };
    const std::vector<Case> cases{
        {{}, {}},
        {{0}, {50}},
        {{0, 10, 20}, {70}},
        {{0, 49, 98}, {148}},
        {{0, 60}, {50, 110}},
        // Something every 40 ms, 600 ms long: after 500 ms at the latest, and then anew.
        {{0, 40, 80, 120, 160, 200, 240, 280, 320, 360, 400, 440, 480, 520, 560}, {500, 610}},
    };
    for (const auto& expected : cases) {
        Debounce debounce(50ms, 500ms);
        std::vector<int> acted;
        for (int now = 0; now <= 1000; ++now) {
            if (std::ranges::find(expected.heard, now) != expected.heard.end()) {
                debounce.heard(zero + std::chrono::milliseconds(now));
            }
            if (debounce.take(zero + std::chrono::milliseconds(now))) {
                acted.push_back(now);
            }
        }
        CHECK(acted == expected.acted);
        CHECK_FALSE(debounce.due());
    }
}

TEST_CASE("network and shared file systems are known not to tell of all changes") {
    struct Case {
        std::uint64_t number;
        Tells tells;
        std::string_view named;
    };
    for (const auto& [number, tells, named] : std::vector<Case>{{0xEF53, Tells::all_changes, ""},      // ext4
                                                                {0x01021994, Tells::all_changes, ""},  // tmpfs
                                                                {0x794C7630, Tells::all_changes, ""},  // overlayfs
                                                                {0x9123683E, Tells::all_changes, ""},  // btrfs
                                                                {0x6969, Tells::not_all, "NFS"},
                                                                {0xFF534D42, Tells::not_all, "CIFS"},
                                                                {0xFE534D42, Tells::not_all, "SMB"},
                                                                {0x01021997, Tells::not_all, "WSL"},
                                                                {0x53464846, Tells::not_all, "Windows"},
                                                                {0x65735546, Tells::not_all, "FUSE"},
                                                                {0x786F4256, Tells::not_all, "VirtualBox"}}) {
        const auto found = file_system_of(number);
        CHECK(found.tells == tells);
        CHECK(found.name.empty() == named.empty());
        CHECK(found.name.find(named) != std::string::npos);
    }
    CHECK(file_system_at("/nowhere/at/all").tells == Tells::all_changes);
}

namespace {

struct Scene {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    std::unique_ptr<FileEvents> events{};

    void write(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    }
    // Whether an event about the path comes, however long it takes (up to half a minute).
    [[nodiscard]] bool tells_of(const std::string& path) const {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (std::chrono::steady_clock::now() < deadline) {
            const auto told = events->take();
            if (std::ranges::find(told, path) != told.end()) {
                return true;
            }
            pollfd waiting{events->descriptor(), POLLIN, 0};
            ::poll(&waiting, 1, 10);
        }
        return false;
    }
    void follow(const std::vector<std::string>& folders) const {
        const auto followed = events->follow(folders);
        REQUIRE_MESSAGE(followed.has_value(), followed.error().message);
    }
};

}  // namespace

TEST_CASE("both ways tell of files that are written, replaced, renamed and removed") {
    for (const std::string way : {"told", "polled"}) {
        CAPTURE(way);
        Scene scene;
        fs::create_directory(scene.folder.path() / "lib");
        scene.write("a.py", "1");
        scene.events =
            way == "told" ? std::move(*told_events(scene.folder.path())) : polled_events(scene.folder.path());
        scene.follow({"", "lib"});
        CHECK(scene.events->take().empty());

        scene.write("a.py", "2");  // by a new file and a rename, as editors do
        CHECK(scene.tells_of("a.py"));
        scene.write("lib/b.py", "1");
        CHECK(scene.tells_of("lib/b.py"));
        fs::rename(scene.folder.path() / "lib/b.py", scene.folder.path() / "lib/c.py");
        CHECK(scene.tells_of("lib/c.py"));
        fs::remove(scene.folder.path() / "a.py");
        CHECK(scene.tells_of("a.py"));

        // A folder that comes is told of by the one around it, and followed from then on.
        fs::create_directory(scene.folder.path() / "new");
        CHECK(scene.tells_of("new"));
        CHECK(scene.events->follow({"", "lib", "new"}) == Following::more);
        CHECK(scene.events->follow({"", "lib", "new"}) == Following::as_before);
        scene.write("new/d.py", "1");
        CHECK(scene.tells_of("new/d.py"));

        // One that is replaced by another of its name is another.
        fs::remove_all(scene.folder.path() / "lib");
        CHECK(scene.tells_of("lib"));
        fs::create_directory(scene.folder.path() / "lib");
        scene.follow({"", "lib", "new"});
        scene.write("lib/e.py", "1");
        CHECK(scene.tells_of("lib/e.py"));

        // What is no longer followed is not told; nor does it matter that a folder is not there.
        scene.follow({"", "nowhere"});
        (void)scene.events->take();
        scene.write("new/f.py", "1");
        scene.write("z.py", "1");
        CHECK(scene.tells_of("z.py"));
        const auto rest = scene.events->take();
        CHECK(std::ranges::find(rest, "new/f.py") == rest.end());

        // Also the root itself; and its end.
        const auto aside = scene.folder.path().string() + "-aside";
        fs::rename(scene.folder.path(), aside);
        CHECK(scene.tells_of(""));
        fs::create_directory(scene.folder.path());
        scene.follow({""});
        scene.write("y.py", "1");
        CHECK(scene.tells_of("y.py"));
        fs::remove_all(scene.folder.path());
        CHECK(scene.tells_of(""));
        fs::remove_all(aside);
    }
}

TEST_CASE("a thread that waits is woken once, however often it is rung") {
    const auto wake = Wake::make();
    REQUIRE(wake.has_value());
    pollfd waiting{wake->descriptor(), POLLIN, 0};
    CHECK(::poll(&waiting, 1, 0) == 0);
    std::thread([&] {
        for (int i = 0; i < 100'000; ++i) {
            wake->ring();
        }
    }).join();
    CHECK(::poll(&waiting, 1, 0) == 1);
    wake->quieten();
    CHECK(::poll(&waiting, 1, 0) == 0);
}
