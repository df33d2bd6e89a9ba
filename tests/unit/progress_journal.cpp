#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <set>

#include "base/text.hpp"
#include "progress/files.hpp"
#include "unit/progress_support.hpp"

using namespace mlpath;
using namespace mlpath::progress;
using namespace mlpath::test;

namespace {

struct Fixture {
    TemporaryFolder folder = std::move(*TemporaryFolder::make("mlpath-journal-"));
    SetClock clock{minute(0)};
    system::RealRandom random{};
    Journal journal{folder.path()};

    std::vector<Event> add(std::vector<Event> events) {
        auto result = journal.append(std::move(events), clock, random);
        REQUIRE(result);
        return *result;
    }
    [[nodiscard]] fs::path only_file() const {
        const auto files = journal_files(journal.folder() / "progress");
        REQUIRE(files);
        REQUIRE(files->size() == 1);
        return journal.folder() / "progress" / files->front().name;
    }
    [[nodiscard]] History load() const {
        auto history = journal.load({});
        REQUIRE(history);
        return *history;
    }
};

std::string text_of(const fs::path& path) {
    auto text = read_file(path);
    REQUIRE(text);
    return *text;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what is appended is replayed, and git carries the right part") {
    CHECK(load() == History{});
    add({});
    CHECK_FALSE(fs::exists(folder.path() / ".mlpath"));
    const auto written = add({started("iris"), checked("iris", "load", true)});
    CHECK(written.at(0).at == minute(0));
    CHECK(written.at(0).order == minute(0));
    CHECK(written.at(1).at > written.at(0).at);
    CHECK(written.at(0).id != written.at(1).id);
    CHECK(load().state == replay(written));
    CHECK(load().events == 2);
    CHECK(text_of(folder.path() / ".mlpath/.gitignore").find("local/\n") != std::string::npos);
    CHECK(text_of(folder.path() / ".mlpath/.gitattributes").find("merge=union") != std::string::npos);
    CHECK(text_of(only_file()).find(folder.path().string()) == std::string::npos);

    fs::remove_all(folder.path() / ".mlpath/local");  // a fresh clone
    add({said("numpy")});
    CHECK(journal_files(folder.path() / ".mlpath/progress")->size() == 2);
    CHECK(load().state.topics.contains("numpy"));
    CHECK(load().state.passes("iris", "load"));
}

TEST_CASE_FIXTURE(Fixture, "a clock that is set back does not reorder what happened") {
    clock.set(minute(100));
    add({checked("iris", "load", true)});
    clock.set(minute(3));
    add({checked("iris", "load", false)});
    CHECK(load().state.project("iris")->milestone("load")->open_again.has_value());
    auto late = started("iris");
    late.order = minute(5000);
    CHECK(add({late}).front().order == minute(5000));
}

TEST_CASE_FIXTURE(Fixture, "a clock that once ran ahead dates no line but its own") {
    const auto ahead = minute(0) + std::chrono::days(5 * 365);
    clock.set(ahead);
    add({checked("iris", "load", true)});
    clock.set(minute(3));
    const auto later = add({checked("iris", "load", false), said("numpy")});
    CHECK(later.front().at == minute(3));
    CHECK(later.front().order > ahead);
    CHECK(later.back().order > later.front().order);
    clock.set(minute(9));
    CHECK(add({said("pandas")}).front().order > later.back().order);
    const auto state = load().state;
    CHECK(state.project("iris")->milestone("load")->open_again->at == minute(3));
    CHECK(state.topics.at("pandas").at == minute(9));
    // A clock that was right writes no more than the date.
    CHECK(text_of(only_file()).find("\"order\"") > text_of(only_file()).find('\n'));
}

TEST_CASE("what is written stands behind what other clones wrote, whatever their clocks") {
    Fixture here;
    Fixture there;
    there.clock.set(minute(0) + std::chrono::days(400));
    there.add({{.type = EventType::unsaid, .topic = "numpy"}});
    here.add({said("pandas")});
    fs::copy_file(there.only_file(), here.journal.folder() / "progress" / there.only_file().filename());
    here.clock.set(minute(5));
    here.add({{.type = EventType::quizzed, .quiz = "numpy", .passed = true}});
    REQUIRE(here.load().state.has_learned("numpy"));
    CHECK(here.load().state.quizzes.at("numpy").at == minute(5));
    // The file of the other as its own: nothing is remembered of where a line came from.
    Fixture elsewhere;
    fs::create_directories(elsewhere.journal.folder() / "progress");
    const auto files = *journal_files(here.journal.folder() / "progress");
    for (std::size_t i = 0; i < files.size(); ++i) {
        fs::copy_file(here.journal.folder() / "progress" / files[i].name,
                      elsewhere.journal.folder() / "progress" / (std::to_string(files.size() - i) + ".jsonl"));
    }
    CHECK(elsewhere.load().state == here.load().state);
}

TEST_CASE("32 processes that write one journal lose nothing") {
    Fixture fixture;
    constexpr int processes = 32;
    constexpr int each = 20;
    std::vector<pid_t> children;
    for (int child = 0; child < processes; ++child) {
        const pid_t pid = ::fork();
        if (pid == 0) {
            for (int i = 0; i < each; ++i) {
                const auto topic = "t-" + std::to_string(child) + "-" + std::to_string(i);
                if (!fixture.journal.append({said(topic)}, fixture.clock, fixture.random)) {
                    ::_exit(1);
                }
            }
            ::_exit(0);
        }
        children.push_back(pid);
    }
    for (const pid_t pid : children) {
        int status = 0;
        ::waitpid(pid, &status, 0);
        CHECK(status == 0);
    }
    const auto history = fixture.load();
    CHECK(history.events == processes * each);
    CHECK(history.state.topics.size() == processes * each);
    CHECK(history.notes.empty());
    CHECK(fs::exists(fixture.only_file()));
}

TEST_CASE("a journal cut anywhere keeps its whole lines, and goes on on a line of its own") {
    Fixture fixture;
    fixture.add({started("iris"), checked("iris", "load", true), said("numpy")});
    const auto path = fixture.only_file();
    const auto whole = text_of(path);
    const auto last = whole.rfind('\n', whole.size() - 2) + 1;
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        CAPTURE(cut);
        REQUIRE(write_file(path, whole.substr(0, cut), Durability::cached));
        const auto head = std::string_view(whole).substr(0, cut);
        const auto ends = static_cast<std::size_t>(std::ranges::count(head, '\n'));
        // A line that lacks nothing but its newline is whole.
        const bool only_newline_lacks = cut < whole.size() && whole[cut] == '\n';
        const bool torn = cut > 0 && whole[cut - 1] != '\n' && !only_newline_lacks;
        const auto expected = ends + (only_newline_lacks ? 1 : 0);
        const auto before = fixture.load();
        CHECK(before.events == expected);
        CHECK(before.notes.size() == (torn ? 1 : 0));
        if (torn) {
            CHECK(before.notes.front().line == ends + 1);
            CHECK(before.notes.front().file == "progress/" + path.filename().string());
        }
        if (cut >= last || cut % 16 == 0) {
            fixture.add({said("pandas")});
            const auto after = fixture.load();
            CHECK(after.events == expected + 1);
            CHECK(after.state.topics.contains("pandas"));
            CHECK(after.notes.size() == (torn ? 1 : 0));
        }
    }
}

TEST_CASE("journals of two clones merge, whichever file is read first") {
    Fixture a;
    Fixture b;
    const auto base = a.add({started("iris"), checked("iris", "load", true)});
    const auto shared = a.only_file();
    fs::create_directories(b.journal.folder() / "progress");
    fs::copy_file(shared, b.journal.folder() / "progress" / shared.filename());
    a.clock.set(minute(10));
    b.clock.set(minute(20));
    a.add({checked("iris", "load", false), said("numpy")});
    b.add({checked("iris", "load", true, 2)});
    CHECK(journal_files(b.journal.folder() / "progress")->size() == 2);
    CHECK(a.load().state.project("iris")->milestone("load")->open_again.has_value());

    // git merges different files by taking both, and the lines of one file by union: copies of lines appear.
    std::string merged = text_of(a.only_file()) + text_of(shared);
    REQUIRE(write_file(b.journal.folder() / "progress" / shared.filename(), merged));
    const auto history = b.load();
    CHECK(history.events == base.size() + 3);
    CHECK(history.notes.empty());
    CHECK(history.state.passes("iris", "load"));
    CHECK(history.state.topics.contains("numpy"));
    // The same lines under names that sort the other way round.
    Fixture c;
    fs::create_directories(c.journal.folder() / "progress");
    const auto of_b = *journal_files(b.journal.folder() / "progress");
    for (const auto& file : of_b) {
        auto name = file.name;
        std::ranges::reverse(name.begin(), name.begin() + 32);
        fs::copy_file(b.journal.folder() / "progress" / file.name, c.journal.folder() / "progress" / name);
    }
    CHECK(c.load().state == history.state);
}

TEST_CASE_FIXTURE(Fixture, "what is not ours is passed over, and said") {
    add({said("numpy")});
    const auto good = text_of(only_file());
    const auto path = only_file();
    REQUIRE(write_file(path, "<<<<<<< HEAD\n\n" + good + "{\"format\":7}\r\n" + good.substr(0, 40)));
    REQUIRE(write_file(path.parent_path() / "notes.txt", "mine"));
    fs::create_symlink("/etc/passwd", path.parent_path() / "link.jsonl");
    fs::create_directory(path.parent_path() / "folder.jsonl");
    REQUIRE(::mkfifo((path.parent_path() / "pipe.jsonl").c_str(), 0600) == 0);
    const auto history = load();
    CHECK(history.events == 1);
    std::vector<std::string> notes;
    for (const auto& note : history.notes) {
        notes.push_back(to_line(note).substr(note.file.ends_with(path.filename().string()) ? note.file.size() : 0));
    }
    CHECK(std::set<std::string>(notes.begin(), notes.end()) ==
          std::set<std::string>{
              ":1: is not JSON: passed over", ":4: is of a format that this mlpath does not know: passed over",
              ":5: is not JSON (cut short by a crash?): passed over", "progress/link.jsonl: is a link: passed over",
              "progress/folder.jsonl: is no file: passed over", "progress/pipe.jsonl: is no file: passed over"});

    REQUIRE(write_file(path, replace_all(std::string(500, 'x'), "x", "x\n")));
    CHECK(load().notes.size() == 100);
    CHECK(load().more_notes >= 400);
}

TEST_CASE_FIXTURE(Fixture, "a disk that is full leaves no half line") {
    add({said("numpy")});
    const auto path = only_file();
    const auto before = text_of(path);
    const int status = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{before.size() + 20, before.size() + 20};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto result = journal.append({said("pandas")}, clock, random);
        return !result && result.error().kind == ErrorKind::io ? 0 : 1;
    });
    CHECK(status == 0);
    CHECK(text_of(path) == before);
}

TEST_CASE_FIXTURE(Fixture, "a link in place of the journal is not written through") {
    add({said("numpy")});
    const auto path = only_file();
    const auto outside = folder.path() / "outside";
    REQUIRE(write_file(outside, "untouched"));
    fs::remove(path);
    fs::create_symlink(outside, path);
    CHECK_FALSE(journal.append({said("pandas")}, clock, random));
    CHECK(text_of(outside) == "untouched");
}

TEST_CASE("a workspace that may only be read still works") {
    Fixture fixture;
    const auto written = fixture.add({started("iris"), checked("iris", "load", true)});
    fs::permissions(fixture.folder.path(), fs::perms(0555));
    for (const char* const name : {".mlpath/progress", ".mlpath/local", ".mlpath"}) {
        fs::permissions(fixture.folder.path() / name, fs::perms(0555));
    }
    for (const auto& entry : fs::recursive_directory_iterator(fixture.folder.path())) {
        if (entry.is_regular_file()) {
            fs::permissions(entry.path(), fs::perms(0444));
        }
    }
    const int status = unprivileged([&] {
        const auto history = fixture.journal.load({});
        if (!history || history->state != replay(written)) {
            return 1;
        }
        const auto result = fixture.journal.append({said("numpy")}, fixture.clock, fixture.random);
        return !result && result.error().kind == ErrorKind::io ? 0 : 2;
    });
    CHECK(status == 0);
    CHECK(text_of(fixture.only_file()).find("numpy") == std::string::npos);
    for (const char* const name : {".mlpath", ".mlpath/local", ".mlpath/progress"}) {
        fs::permissions(fixture.folder.path() / name, fs::perms(0755));
    }
    fs::permissions(fixture.folder.path(), fs::perms(0755));
}
