#include "app/project/project_watch.hpp"

#include <doctest/doctest.h>
#include <poll.h>

using namespace mlpath;
using namespace mlpath::app;
using namespace std::chrono_literals;

namespace {

using Paths = std::vector<std::string>;

struct Scene {
    TemporaryFolder folder = *TemporaryFolder::make("mlpath-test-");
    library::Project project{.id = "p", .sources = {"*.py", "**/*.py"}};

    void write(const std::string& path, std::string_view text) const {
        REQUIRE(write_file(folder.path() / path, text, Durability::cached));
    }
    [[nodiscard]] ProjectWatch watch(Way way) const {
        auto opened = ProjectWatch::open(project, folder.path(), std::move(way));
        REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
        return std::move(*opened);
    }
    [[nodiscard]] ProjectWatch watch(Looking looking) const { return watch(choose_way(folder.path(), {}, looking)); }
};

// The paths of the next change, however long it takes (up to half a minute); the error's message where there is one.
Paths next_change(ProjectWatch& watch) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (std::chrono::steady_clock::now() < deadline) {
        const auto changed = watch.look(std::chrono::steady_clock::now());
        if (!changed) {
            return {changed.error().message};
        }
        if (!changed->empty()) {
            return *changed;
        }
        pollfd waiting{watch.descriptor(), POLLIN, 0};
        ::poll(&waiting, 1, 5);
    }
    return {"nothing"};
}

// The system's way, until it follows no more than so many folders.
class Limited final : public system::FileEvents {
public:
    Limited(const fs::path& root, std::size_t most) : m_events(*system::told_events(root)), m_most(most) {}
    Result<system::Following> follow(const std::vector<std::string>& folders) override {
        if (folders.size() > m_most) {
            return fail(ErrorKind::io, "no more");
        }
        return m_events->follow(folders);
    }
    Paths take() override { return m_events->take(); }
    [[nodiscard]] int descriptor() const override { return m_events->descriptor(); }
    [[nodiscard]] std::chrono::milliseconds period() const override { return m_events->period(); }

private:
    std::unique_ptr<system::FileEvents> m_events;
    std::size_t m_most;
};

}  // namespace

TEST_CASE("changes are told in time, whichever way they are found") {
    for (const auto looking : {Looking::as_fits, Looking::polling}) {
        CAPTURE(static_cast<int>(looking));
        const Scene scene;
        scene.write("a.py", "1");
        auto watch = scene.watch(looking);
        CHECK(watch.note().empty() == (looking == Looking::as_fits));

        scene.write("a.py", "2");
        CHECK(next_change(watch) == Paths{"a.py"});
        scene.write("a.py", "2");  // as it was
        scene.write("notes.txt", "no source");
        scene.write("deep/er/b.py", "1");  // in folders that were not there
        CHECK(next_change(watch) == Paths{"deep/er/b.py"});
        scene.write("deep/er/b.py", "2");
        CHECK(next_change(watch) == Paths{"deep/er/b.py"});
        fs::remove_all(scene.folder.path() / "deep");
        CHECK(next_change(watch) == Paths{"deep/er/b.py"});
        fs::remove_all(scene.folder.path());
        CHECK(next_change(watch).front().find("is gone") != std::string::npos);
    }
}

TEST_CASE("a burst is waited for: it has to be quiet before anybody looks") {
    const Scene scene;
    scene.write("a.py", "1");
    auto watch = scene.watch(Looking::as_fits);
    const ProjectWatch::Moment zero{};
    CHECK_FALSE(watch.due());
    scene.write("a.py", "2");
    pollfd waiting{watch.descriptor(), POLLIN, 0};
    REQUIRE(::poll(&waiting, 1, 30'000) == 1);
    CHECK(watch.look(zero)->empty());
    REQUIRE(watch.due());
    CHECK(*watch.due() == zero + 50ms);
    CHECK(watch.look(*watch.due() - 1ms)->empty());
    CHECK(*watch.look(*watch.due() + 450ms) == Paths{"a.py"});
    CHECK_FALSE(watch.due());
}

TEST_CASE("the way is chosen by what the folder lies on, and said where it is not the usual one") {
    const Scene scene;
    const system::FileSystem network{"a network file system (NFS)", system::Tells::not_all};
    const auto polled = choose_way(scene.folder.path(), network, Looking::as_fits);
    CHECK(polled.events->descriptor() < 0);
    CHECK(polled.note ==
          "This folder is on a network file system (NFS), which does not tell of every change: the files are looked "
          "at twice a second.");
    CHECK(choose_way(scene.folder.path(), {}, Looking::polling).events->descriptor() < 0);
    const auto told = choose_way(scene.folder.path(), {}, Looking::as_fits);
    CHECK(told.events->descriptor() >= 0);
    CHECK(told.note.empty());
}

TEST_CASE("where the system follows no more folders, polling goes on, and says so") {
    const Scene scene;
    scene.write("a.py", "1");
    auto watch = scene.watch(Way{std::make_unique<Limited>(scene.folder.path(), 1), {}});
    CHECK(watch.note().empty());
    scene.write("more/b.py", "1");
    CHECK(next_change(watch) == Paths{"more/b.py"});
    CHECK(watch.descriptor() < 0);
    CHECK(watch.note() == "no more: the files are looked at twice a second.");
    scene.write("more/b.py", "2");
    CHECK(next_change(watch) == Paths{"more/b.py"});
}
