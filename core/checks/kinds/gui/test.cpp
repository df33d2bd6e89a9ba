// A program of the learner's on a virtual screen. What the scripts can do is tried with the built binary
// (tests/system).
#include <filesystem>

#include "unit/kind_support.hpp"

using namespace mlpath;
using namespace mlpath::checks;
using namespace mlpath::test;

namespace {

bool has_screen() { return std::filesystem::exists("/usr/bin/Xvfb"); }

// The world has no walls, so that the screen is one of this machine.
void lay_gui(RealWorld& world) {
    const auto own = source_folder() / "core/checks/kinds/gui";
    for (const auto* name : {"judge.py", "mlpath_gui.py", "gui_window.py", "gui_seen.py", "gui_opening.py", "driver.py",
                             "driver_inside.py", "driver_events.py", "driver_widgets.py", "driver_screen.py"}) {
        world.judging("kinds/gui/" + std::string(name), read_file(own / name).value());
    }
    world.judging("checks/a.py",
                  "def counts(check, screen):\n"
                  "    window = screen.open()\n"
                  "    window.fill('amount', '41')\n"
                  "    window.click('Next', answer='yes')\n"
                  "    check.equal(window.value('amount'), '42', 'The amount')\n"
                  "    check.that(window.close(), 'it stays open')\n"
                  "def refuses(check, screen):\n"
                  "    told = [dialog.message for dialog in screen.refused()]\n"
                  "    check.equal(told, ['No file'], 'What it told')\n");
}

constexpr const char* counts = R"({"kind":"gui","path":"work.py","script":"checks/a.py","function":"counts",)"
                               R"("opens_within":2,"answers_within":1})";

const std::string head =
    "import sys, time, tkinter as tk\n"
    "from tkinter import messagebox\n"
    "root = tk.Tk()\n"
    "entry = tk.Entry(root, name='amount')\n"
    "entry.pack()\n"
    "def ready():\n"
    "    if messagebox.askyesno('Next', 'Sure?'):\n"
    "        number = int(entry.get())\n"
    "        entry.delete(0, 'end')\n"
    "        entry.insert(0, str(number + 1))\n";

std::string program(const std::string& callback, const std::string& end = "root.mainloop()\n") {
    return head + callback + "tk.Button(root, text='Next', command=ready).pack()\n" + end;
}

}  // namespace

TEST_CASE("gui: a window that does what it should, and others") {
    if (!has_screen()) {
        MESSAGE("no Xvfb here: not tried");
        return;
    }
    struct Case {
        const char* who;
        std::string work;
        Verdict verdict;
        const char* told;
    };
    for (const auto& [who, work, verdict, told] : std::vector<Case>{
             {"right", program(""), Verdict::pass, ""},
             {"a loop of its own", program("", "while True:\n    root.update()\n    time.sleep(0.01)\n"), Verdict::fail,
              "still ran 5 s later"},
             {"no loop", program("", ""), Verdict::fail, "came to its end and showed no window"},
             {"no window", "print('hello')\n", Verdict::fail, "came to its end and showed no window"},
             {"empty", "", Verdict::fail, "came to its end and showed no window"},
             {"no Python", "print('hello\n", Verdict::fail, "before it showed a window"},
             {"crashes", "import tkinter\ntkinter.Tk()\n1 / 0\n", Verdict::fail,
              "exit code 1 before it showed a window"},
             {"leaves", "import sys\nsys.exit(3)\n", Verdict::fail, "exit code 3 before it showed a window"},
             {"hangs before its window", "while True:\n    pass\n", Verdict::fail, "showed no window within 2 s"},
             {"hidden", program("", "root.withdraw()\nroot.mainloop()\n"), Verdict::fail,
              "showed no window within 2 s"},
             {"nothing in it", "import tkinter\ntkinter.Tk().mainloop()\n", Verdict::fail, "nothing is drawn in it"},
             {"thirty thousand pixels", program("", "root.geometry('30000x30000')\nroot.mainloop()\n"), Verdict::fail,
              "The window has 30000 × 30000 pixels, and the part of it that is on the screen is empty"},
             {"a hundred windows", program("", "for _ in range(100):\n    tk.Toplevel(root)\nroot.mainloop()\n"),
              Verdict::fail, "The program opened 101 windows"},
             {"prints without end", "while True:\n    print('x' * 100000)\n", Verdict::fail,
              "A loop prints and has no end"},
             {"two roots", program("", "tk.Tk()\nroot.mainloop()\n"), Verdict::fail, "makes 2 root windows"},
             {"raises in a callback", program("def ready():\n    return {}['amount']\n"), Verdict::fail,
              "After `Next` was clicked a callback raised KeyError: 'amount' at work.py, line 12"},
             {"sleeps in a callback", program("def ready():\n    time.sleep(30)\n"), Verdict::fail,
              "After `Next` was clicked the window did not answer for 1 s"},
             {"prints megabytes in a callback", program("def ready():\n    while True:\n        print('x' * 100000)\n"),
              Verdict::fail, "the program printed more than 16 MB, and was stopped"},
             {"leaves in a callback", program("def ready():\n    sys.exit(4)\n"), Verdict::fail,
              "ended with exit code 4"},
             {"does not ask", program("def ready():\n    pass\n"), Verdict::fail, "no question came up"},
             {"asks twice", program("ask = ready\ndef ready():\n    ask()\n    ask()\n"), Verdict::fail,
              "a dialog came up that nobody expected there: “Sure?”, which offers yes and no"},
             {"another button", program("", "root.children['!button']['text'] = 'More'\nroot.mainloop()\n"),
              Verdict::fail, "has no widget `Next`"},
             {"disabled", program("", "root.children['!button']['state'] = 'disabled'\nroot.mainloop()\n"),
              Verdict::fail, "is disabled"},
             {"does not close", program("", "root.protocol('WM_DELETE_WINDOW', lambda: None)\nroot.mainloop()\n"),
              Verdict::fail, "it stays open"},
             {"closes, and goes on", program("", "root.mainloop()\ntime.sleep(60)\n"), Verdict::fail,
              "still ran 5 s later"},
         }) {
        CAPTURE(who);
        RealWorld world("");
        lay_gui(world);
        world.source("work.py", work);
        expect(world.judge(counts), verdict, told);
    }
    RealWorld world("");
    lay_gui(world);
    expect(world.judge(counts), Verdict::fail, "work.py");
}

TEST_CASE("gui: a program that is to tell why it cannot begin, and end") {
    if (!has_screen()) {
        MESSAGE("no Xvfb here: not tried");
        return;
    }
    const std::string told = "from tkinter import messagebox\nmessagebox.showerror('Sorry', 'No file')\n";
    for (const auto& [work, verdict, words] : std::vector<std::tuple<std::string, Verdict, const char*>>{
             {told + "raise SystemExit(1)\n", Verdict::pass, ""},
             {"raise ValueError('no file')\n", Verdict::fail, "a message to the user, and an end without an exception"},
             {"print('No file')\n", Verdict::fail, "What it told"},
             {program(""), Verdict::fail, "went on, and was to end"},
         }) {
        CAPTURE(work);
        RealWorld world("");
        lay_gui(world);
        world.source("work.py", work);
        expect(world.judge(replace_all(counts, "counts", "refuses").c_str()), verdict, words);
    }
}

TEST_CASE("gui: what a milestone tells of it") {
    CHECK(details_of(check_of(R"({"kind":"gui","path":"work.py","script":"checks/a.py","function":"counts"})")) ==
          std::vector<std::string>{"`work.py` runs on a screen that nobody sees, where we click and type as a person "
                                   "would, and read what its window shows"});
}
