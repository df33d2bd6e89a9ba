#include <doctest/doctest.h>

#include "render/text.hpp"
#include "watch/keys.hpp"
#include "watch/screen.hpp"

using namespace mlpath;
using namespace mlpath::cli;

namespace {

using Keys = std::vector<Key>;

Terminal window(std::size_t height, std::size_t width) {
    Terminal terminal;
    terminal.is_terminal = true;
    terminal.width = width;
    terminal.height = height;
    return terminal;
}

checks::CheckResult check(const std::string& id, checks::Verdict verdict, const std::string& message) {
    return {.id = id, .kind = "python", .says = "says " + id, .finding = {.verdict = verdict, .message = message}};
}

app::CheckReport failing() {
    app::CheckReport report{.project = "p", .title = "The project", .done = 1, .of = 3, .next = "mlpath hint"};
    report.judged.verdict = checks::Verdict::fail;
    report.open = app::OpenMilestone{2, "two", "Do the second thing.", "mlpath show p 2"};
    report.judged.milestones = {
        {.id = "one", .title = "First", .verdict = checks::Verdict::pass},
        {.id = "two",
         .title = "Second",
         .verdict = checks::Verdict::fail,
         .checks = {check("a", checks::Verdict::pass, ""), check("b", checks::Verdict::fail, "what b found"),
                    check("c", checks::Verdict::fail, "what c found"),
                    check("d", checks::Verdict::skipped, "comes after")}},
        {.id = "three", .title = "Third", .verdict = checks::Verdict::skipped},
    };
    return report;
}

app::CheckReport whole() {
    app::CheckReport report{.project = "p", .done = 1, .of = 1, .next = "cd .. && mlpath init"};
    report.judged.milestones = {{.id = "one", .title = "First", .verdict = checks::Verdict::pass}};
    return report;
}

std::string text_of(const Screen& screen, const Terminal& terminal) {
    std::string text;
    for (const auto& row : compose(screen, terminal).rows) {
        text += row + "\n";
    }
    return text;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("keys are read one by one, and what is none is passed over") {
    struct Case {
        std::vector<std::string> typed;  // as the terminal hands it over
        Keys keys;
    };
    for (const auto& expected : std::vector<Case>{
             {{"h", "n", "l", "r", "?", "q"}, {Key::hint, Key::next, Key::list, Key::rerun, Key::help, Key::quit}},
             {{"hh"}, {Key::hint, Key::hint}},
             {{"x", "H", "\n", "\t", "ü", "日"}, {}},
             {{"\x1b"}, {Key::back}},
             {{"\x1b[A", "\x1bOB", "\x1b[5~", "\x1b[6~"}, {Key::up, Key::down, Key::page_up, Key::page_down}},
             {{"kj "}, {Key::up, Key::down, Key::page_down}},
             {{"\x1b[", "A"}, {Key::up}},            // cut in two
             {{"\x1b[1;5C\x1b[15~q"}, {Key::quit}},  // sequences that are no keys of ours
             {{"\x1bq"}, {}},                        // Alt and a key
             {{"\x1b[<35;10;10M\x1b[Bh"}, {Key::down, Key::hint}},
             {{"\x1b[" + std::string(200, '1'), "h"}, {Key::hint}},
             {{"\x04"}, {Key::quit}},
         }) {
        KeyReader reader;
        Keys keys;
        for (const auto& bytes : expected.typed) {
            const auto read = reader.read(bytes);
            keys.insert(keys.end(), read.begin(), read.end());
        }
        CAPTURE(expected.typed.front());
        CHECK(keys == expected.keys);
    }
}

TEST_CASE("a painted line is broken where a row is full, and keeps its colors") {
    using Rows = std::vector<std::string>;
    CHECK(fold("abcdef", 3) == Rows{"abc", "def"});
    CHECK(fold("", 3) == Rows{""});
    CHECK(fold("\x1b[31mab\x1b[0mcd", 2) == Rows{"\x1b[31mab\x1b[0m", "cd"});
    CHECK(fold("日本日", 3) == Rows{"日", "本", "日"});
    CHECK(fold("ab\x1b[", 5) == Rows{"ab\x1b["});
}

TEST_CASE("the first failure stands alone, with how many others there are") {
    Screen screen{.project = "p", .title = "The project", .last = "14:03:22, 0.3 s", .report = failing()};
    const auto text = text_of(screen, window(24, 80));
    CHECK(holds(text, "p: The project\nmilestone 2 of 3; last run 14:03:22, 0.3 s\nwaiting for the next save\n\n"));
    CHECK(holds(text, "fail  Second\n  fail  says b\n        found    what b found\n"));
    CHECK(holds(text, "Of the other checks here, 1 fails, 1 waits, 1 passes."));
    CHECK_FALSE(holds(text, "what c found"));
    CHECK(holds(text,
                "Do the second thing. `mlpath show p 2` tells everything that is asked.\n\nIf you are stuck: the key h "
                "gives a hint."));

    // It stays while the next run goes on.
    screen.doing = "checking 1 of 3: First";
    CHECK(holds(text_of(screen, window(24, 80)), "checking 1 of 3: First\n\nfail  Second\n"));

    screen.hint = app::Hint{.milestone = "two", .milestone_title = "Second", .step = 1, .of = 3, .text = "Try this."};
    const auto hinted = text_of(screen, window(24, 80));
    CHECK(holds(hinted, "found    what b found"));
    CHECK(holds(hinted, "Hint 1 of 3\n\nTry this.\n"));
}

TEST_CASE("what the last run came to decides what is shown") {
    Screen screen{.project = "p"};
    CHECK_FALSE(holds(text_of(screen, window(24, 80)), "fail"));
    screen.error = Error{ErrorKind::missing, "no Python here", {}, "install one"};
    CHECK(holds(text_of(screen, window(24, 80)), "error: no Python here\nhint: install one\n\nA save tries again"));
    screen.error.reset();
    screen.report = whole();
    CHECK(holds(text_of(screen, window(24, 80)), "The milestone passes\n`p` is complete."));
    CHECK(holds(text_of(screen, window(24, 80)), "cd .. && mlpath init"));
    screen.report->of = 6;
    CHECK(holds(text_of(screen, window(24, 80)), "What is watched here passes, 1 of 6 milestones\n"));
    CHECK_FALSE(holds(text_of(screen, window(24, 80)), "is complete"));
    screen.report->judged.milestones[0].verdict = checks::Verdict::error;
    CHECK(holds(text_of(screen, window(24, 80)), "error First\n"));
    CHECK(holds(text_of(screen, window(24, 80)), "we could not tell"));
    screen.view = View::help;
    CHECK(holds(text_of(screen, window(24, 80)), "Escape goes back"));
}

TEST_CASE("whatever the window, no row is wider and there are not more of them") {
    Screen screen{.project = "p", .title = "The project of projects", .report = failing()};
    screen.report->judged.milestones[1].checks[1].finding.look = "see /a/very/long/path/" + std::string(90, 'x');
    screen.doing = "checking 1 of 3: " + std::string(100, 'y');
    screen.looking = "The files are looked at twice a second, since this is a network file system.";
    for (const auto view : {View::verdict, View::list, View::help, View::next}) {
        screen.view = view;
        for (std::size_t height = 1; height <= 30; ++height) {
            for (const std::size_t width : {20, 21, 33, 80, 200}) {
                CAPTURE(height);
                CAPTURE(width);
                const auto frame = compose(screen, window(height, width));
                CHECK(frame.rows.size() <= height);
                for (const auto& row : frame.rows) {
                    CHECK(display_width(row) < width);
                }
            }
        }
    }
}

TEST_CASE("in the smallest window the failure goes before all else") {
    const Screen screen{.project = "p", .title = "The project", .report = failing()};
    CHECK(holds(text_of(screen, window(3, 80)), "fail  Second\n  fail  says b\n"));
    CHECK(holds(text_of(screen, window(1, 80)), "fail  Second\n"));
}

TEST_CASE("scrolling goes from the first row to the last and no further") {
    Screen screen{.project = "p", .title = "The project", .report = failing()};
    const auto small = window(10, 80);
    CHECK(holds(text_of(screen, small), "rows below: the arrow keys scroll"));
    screen.scrolled = 1;
    CHECK(holds(text_of(screen, small), "1 row above"));
    screen.scrolled = 1000;
    const auto end = compose(screen, small);
    CHECK(end.scrolled < 20);
    CHECK_FALSE(holds(text_of(screen, small), "below"));
    CHECK(holds(text_of(screen, small), "the key h gives a hint"));
    CHECK(compose(screen, window(40, 80)).scrolled == 0);
}

TEST_CASE("the list tells what was looked at now from what passed before") {
    library::Project project{.id = "p"};
    project.milestones = {{.id = "one", .title = "First"},
                          {.id = "two", .title = "Second"},
                          {.id = "three", .title = "Third"},
                          {.id = "four", .title = "Fourth"}};
    progress::State state;
    state.projects["p"].milestones["three"].done = TimePoint{};
    const auto report = failing();
    Page page(window(24, 80));
    write_list(page, list_milestones(project, &report, state));
    CHECK(page.take() ==
          "pass  1. First\nfail  2. Second\npass  3. Third (passed before, not looked at now)\nopen  4. Fourth\n");
    write_list(page, list_milestones(project, nullptr, {}));
    CHECK(page.take() == "open  1. First\nopen  2. Second\nopen  3. Third\nopen  4. Fourth\n");
}
