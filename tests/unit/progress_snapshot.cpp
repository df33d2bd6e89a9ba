#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <chrono>
#include <limits>
#include <thread>

#include "progress/snapshot.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

History rich_history() {
    History history;
    auto events = dated({started("iris", 3), checked("iris", "load", true, 3), checked("iris", "load", false, 3),
                         hinted("iris", "load", 3), hinted("iris", "load", 2), checked("iris", "plot", true, 3),
                         said("numpy"), started("titanic")});
    events.push_back({.id = id_of(90), .at = minute(90), .type = EventType::solution_shown, .project = "iris"});
    events.push_back({.id = id_of(91), .at = minute(91), .type = EventType::solution_applied, .project = "titanic"});
    events.push_back({.id = id_of(92), .at = minute(92), .type = EventType::said, .goal = "portfolio"});
    history.state = replay(events);
    history.notes = {{"progress/a.jsonl", 12, "is not JSON: passed over"}};
    history.more_notes = 5;
    history.events = events.size();
    history.state.quizzes["numpy"] = {minute(7), minute(700)};
    history.state.proved_goals["repo"] = minute(8);
    history.state.memories["numpy/axis"] = {2.5, 6.25, minute(9), *parse_date("2026-11-20"), *parse_date("2031-11-20"),
                                            3,   1};
    history.state.plans["levels"] = {*parse_date("2026-12-01"), 600, {minute(3), minute(8)}, {7, 9}, 4};
    return history;
}

const std::vector<JournalFile> files{{"a.jsonl", {1, 2, 3, 4, 5}}, {"b.jsonl", {1, 3, 3, 4, 6}}};

}  // namespace

TEST_CASE("a snapshot tells what it was told, of these files alone") {
    const auto history = rich_history();
    const auto bytes = snapshot_bytes({files}, history);
    CHECK(read_snapshot(bytes, {files}) == history);
    CHECK(read_snapshot(snapshot_bytes({}, {}), {}) == History{});
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (int field = 0; field < 7; ++field) {
            auto others = files;
            auto& [name, identity] = others[i];
            switch (field) {
                case 0: name = "c.jsonl"; break;
                case 1: identity.device += 1; break;
                case 2: identity.inode += 1; break;
                case 3: identity.size += 1; break;
                case 4: identity.modified_ns += 1; break;
                case 5: identity.changed_ns += 1; break;
                default: others.erase(others.begin() + static_cast<std::ptrdiff_t>(i)); break;
            }
            CHECK_FALSE(read_snapshot(bytes, {others}));
        }
    }
}

TEST_CASE("a damaged snapshot is not believed, wherever the damage is") {
    const auto bytes = snapshot_bytes({files}, rich_history());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        CAPTURE(i);
        for (const char flip : {'\x01', '\x80', '\xff'}) {
            auto damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ flip);
            CHECK_FALSE(read_snapshot(damaged, {files}));
        }
        CHECK_FALSE(read_snapshot(bytes.substr(0, i), {files}));
    }
    CHECK_FALSE(read_snapshot(bytes + "x", {files}));

    auto no_number = rich_history();
    no_number.state.memories["numpy/axis"].stability = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(read_snapshot(snapshot_bytes({files}, no_number), {files}));
}

TEST_CASE("a file that changed within the clock's tick is not trusted") {
    constexpr std::int64_t second = 1'000'000'000;
    struct Case {
        std::int64_t modified;
        std::int64_t changed;
        std::int64_t now;
        bool trusted;
    };
    for (const auto& [modified, changed, now, trusted] : std::vector<Case>{
             {100 * second + 5, 100 * second + 5, 100 * second + 5, false},
             {100 * second + 5, 100 * second + 5, 100 * second + second / 100, false},
             {100 * second + 5, 100 * second + 5, 101 * second, true},
             {100 * second + 5, 100 * second + second / 2, 100 * second + second / 2, false},
             {100 * second + 5, 100 * second + 5, 99 * second, false},  // from the future
             {100 * second, 100 * second, 101 * second, false},         // whole seconds: a coarse clock
             {100 * second, 100 * second, 103 * second, true},
         }) {
        CAPTURE(modified);
        CAPTURE(now);
        CHECK(can_be_trusted({{"a", {1, 1, 1, modified, changed}}}, now) == trusted);
    }
    CHECK(can_be_trusted({}, 0));
}

TEST_CASE("the snapshot is used, made anew, and never outlives what it describes") {
    auto folder = std::move(*TemporaryFolder::make("mlpath-snapshot-"));
    const SetClock clock(minute(0));
    system::RealRandom random;
    Journal journal(folder.path());
    const auto snapshot = journal.folder() / "local/snapshot";
    REQUIRE(journal.append({said("numpy")}, clock, random));
    const auto settle = [] { std::this_thread::sleep_for(std::chrono::milliseconds(40)); };

    settle();
    REQUIRE(journal.load({}));
    REQUIRE(fs::exists(snapshot));
    const auto first = *read_file(snapshot);
    REQUIRE(journal.load({}));
    CHECK(*read_file(snapshot) == first);

    // It is what is read: a forged one is believed as long as the files are the same.
    const auto files_now = journal_files(journal.folder() / "progress");
    REQUIRE(write_file(snapshot, snapshot_bytes({*files_now}, rich_history())));
    CHECK(*journal.load({}) == rich_history());

    // Something is appended: it is made anew.
    REQUIRE(journal.append({said("pandas")}, clock, random));
    CHECK(journal.load({})->state.topics.size() == 2);
    settle();
    CHECK(journal.load({})->state.topics.size() == 2);
    CHECK(read_snapshot(*read_file(snapshot), {*journal_files(journal.folder() / "progress")})->events == 2);

    // The same bytes count, the same size, the same modification time: the change time and the rule of ticks tell.
    const auto path = journal.folder() / "progress" / files_now->front().name;
    for (int round = 0; round < 20; ++round) {
        auto text = *read_file(path);
        struct stat before{};
        REQUIRE(::stat(path.c_str(), &before) == 0);
        const auto place = text.rfind("pandas") != std::string::npos ? text.rfind("pandas") : text.rfind("pendas");
        text.replace(place, 6, round % 2 == 0 ? "pendas" : "pandas");
        const int descriptor = ::open(path.c_str(), O_WRONLY);
        REQUIRE(::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
        const timespec times[2]{before.st_atim, before.st_mtim};
        ::futimens(descriptor, times);
        ::close(descriptor);
        const auto history = journal.load({});
        CHECK(history->state.topics.contains(round % 2 == 0 ? "pendas" : "pandas"));
    }

    // Damage and absence are passed over in silence.
    for (const char* const text : {"", "garbage"}) {
        REQUIRE(write_file(snapshot, text));
        CHECK(journal.load({})->events == 2);
    }
    fs::remove(snapshot);
    fs::create_directory(snapshot);
    CHECK(journal.load({})->events == 2);
    fs::remove(snapshot);
    CHECK(journal.replay_all()->events == 2);
}
