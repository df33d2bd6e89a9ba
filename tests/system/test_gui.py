"""Checks of the kind `gui`: what a script can do at a window, and see of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlpath_cli import BINARY, CONTAINER, CliTest, Outcome
from tiny_project import PROJECT, milestone, tiny_library

SCRIPT = """
def sees(check, screen):
    window = screen.open()
    check.equal(window.title, "Odds", "The title")
    check.equal(window.value("status"), "ready", "A label with a variable")
    check.equal(window.rows("tree"), ["Ada 36", "Emmy 53"], "A tree")
    check.equal(window.rows("box"), ["red", "dark blue"], "A list")
    check.equal(window.find("choice").rows, ["S", "M"], "A combobox")
    check.equal(window.find("on").value, "1", "A switch")
    check.equal(window.find("off").state, "disabled", "A button that is disabled")
    check.that(not window.has("hidden"), "what is not placed is seen")
    place = window.find("box")
    check.that(place.width > 20 and place.x >= 0 and place.y > 0, "no place: {got}", got=place.x)
    check.that(window.find("tree").window == ".", "another window")
    window.choose("tree", "Emmy")
    check.equal(window.chosen("tree"), ["Emmy 53"], "The chosen row")
    window.choose("box", 1)
    check.equal(window.value("status"), "dark blue", "What a click on a row does")
    check.that(window.close(), "it stays open")


def does(check, screen):
    window = screen.open()
    window.click("Open file", answer="/tmp/some.txt")
    check.equal(window.value("status"), "/tmp/some.txt", "What filedialog gives")
    window.click("Three questions", answer=["yes", "cancel", "retry"])
    check.equal(window.value("status"), "True None True", "What messagebox gives")
    check.equal([d.kind for d in window.dialogs][1:], ["yesno", "yesnocancel", "retrycancel"], "K")
    window.click("Told")
    check.equal(window.dialogs[-1].message, "Well done and more", "The message of a box")
    window.fill("entry", "A (b) [c] {d} é \\\\ \\"$x\\" ~ 日本")
    check.equal(window.value("entry"), "A (b) [c] {d} é \\\\ \\"$x\\" ~ 日本", "What was typed")
    window.press("<Control-k>")
    check.equal(window.value("status"), "keys", "What keys do")
    window.click("Later")
    check.that(window.until(lambda: window.value("status") == "later"), "it never came")
    window.click("Modal")
    check.that(window.has("inner"), "no second window")
    window.type("inner", "abc")
    window.click("Done")
    check.equal(window.value("status"), "abc", "What a modal window gives")
    window.picture("all", "The window")


def behind(check, screen):
    window = screen.open()
    window.click("Modal")
    window.click("Told")


def dies(check, screen):
    screen.put("kept.txt", "old " * 100)
    left = []
    for moment in range(9):
        window = screen.open()
        window.click("Write", dies_at=moment)
        left.append(len(screen.text("kept.txt")))
        if window.running:
            break
        screen.put("kept.txt", "old " * 100)
    check.equal(left, [400, 400, 0, 200, 800], "The sizes")
    window.kill()
    screen.remove("kept.txt")
    check.equal(screen.files(), ["predict.py"], "What lies there")
"""
WINDOW = """import tkinter as tk
from tkinter import filedialog, messagebox, ttk
root = tk.Tk()
root.title("Odds")
status = tk.StringVar(value="ready")
tk.Label(root, name="status", textvariable=status).pack()
tree = ttk.Treeview(root, name="tree", columns=("age",), height=3)
for name, age in (("Ada", 36), ("Emmy", 53)):
    tree.insert("", "end", text=name, values=(age,))
tree.pack()
box = tk.Listbox(root, name="box", height=3)
box.insert("end", "red", "dark blue")
box.bind("<<ListboxSelect>>", lambda _: status.set(box.get(box.curselection()[0])))
box.pack()
ttk.Combobox(root, name="choice", values=("S", "M")).pack()
on = tk.IntVar(value=1)
ttk.Checkbutton(root, name="on", variable=on).pack()
ttk.Button(root, name="off", text="Off", state="disabled").pack()
tk.Entry(root, name="hidden")
tk.Entry(root, name="entry").pack()
def questions():
    answers = (messagebox.askyesno("a", "b"), messagebox.askyesnocancel(message="c"),
               messagebox.askretrycancel("d", "e"))
    status.set(" ".join(map(str, answers)))
def modal():
    top = tk.Toplevel(root)
    entry = tk.Entry(top, name="inner")
    entry.pack()
    def done():
        status.set(entry.get())
        top.destroy()
    ttk.Button(top, text="Done", command=done).pack()
    top.wait_visibility()
    top.grab_set()
    root.wait_window(top)
def write():
    with open("kept.txt", "w") as file:
        file.write("new " * 200)
menu = tk.Menu(root)
file = tk.Menu(menu, tearoff=0)
file.add_command(label="Open file…", command=lambda: status.set(filedialog.askopenfilename()))
menu.add_cascade(label="File", menu=file)
root["menu"] = menu
row = tk.Frame(root)
row.pack()
for text, command in {
    "Three questions": questions,
    "Told": lambda: messagebox.showinfo("t", "Well done", detail="and more") and None,
    "Later": lambda: root.after(300, status.set, "later"),
    "Modal": modal,
    "Write": write,
}.items():
    ttk.Button(row, text=text, command=command).pack(side="left")
root.bind("<Control-k>", lambda _: status.set("keys"))
root.mainloop()
"""
PYTHON = os.environ.get("MLPATH_PYTHON", "/usr/bin/python3")
TK = subprocess.run([PYTHON, "-c", "import tkinter"], capture_output=True).returncode == 0


XVFB = shutil.which("Xvfb", path="/usr/local/bin:/usr/bin:/bin")
# Lays something over Xvfb that is no program, for mlpath and what it starts alone.
HIDING = (
    "#!/bin/sh\n"
    f'exec unshare -m sh -c \'mount --bind /dev/null {XVFB} && exec "$0" "$@"\' {{program}} "$@"\n'
)


class Gui(CliTest):
    def check(
        self, function: str, way: str = "auto", inside: Sequence[str] = (), binary: Path = BINARY
    ) -> tuple[int, dict[str, Any]]:
        root = self.root / function
        if not root.exists():
            check = {
                "id": "shows",
                "kind": "gui",
                "path": "predict.py",
                "script": "checks/window.py",
                "function": function,
                "says": "The window shows.",
            }
            parts = [milestone("show", check)]
            tiny_library(root, parts, "print('todo')\n", WINDOW, sources=["*.py"])
            checks = root / "templates" / PROJECT / "checks"
            checks.mkdir()
            (checks / "window.py").write_text(SCRIPT, encoding="utf-8")
            done = self.run_cli("new", PROJECT, str(root / "mine"), "--library", str(root))
            self.assertEqual(done.code, 0, done.err)
            Path(root, "mine", "predict.py").write_text(WINDOW, encoding="utf-8")
        words = ("check", "--library", str(root), "--sandbox", way, "--fresh", "--json")
        settings: dict[str, str | None] = {"MLPATH_PYTHON": PYTHON}
        place = root / "mine"
        outcome = self.run_cli(*words, cwd=place, env=settings, inside=inside, binary=binary)
        (result,) = outcome.json()["milestones"]
        return outcome.code, result["checks"][0]


@unittest.skipUnless(TK and shutil.which("Xvfb"), "no Tk or no Xvfb here")
class Window(Gui):
    def test_what_is_seen_and_done(self) -> None:
        for function in ("sees", "does", "dies"):
            with self.subTest(function=function):
                code, found = self.check(function)
                self.assertEqual(code, 0, found)

    def test_without_walls_too(self) -> None:
        code, found = self.check("sees", "off")
        self.assertEqual(code, 0, found)

    def test_with_rules_alone_too(self) -> None:
        for function in ("sees", "does", "dies"):
            with self.subTest(function=function):
                code, found = self.check(function, inside=CONTAINER)
                self.assertEqual(code, 0, found)
        code, found = self.check("behind", inside=CONTAINER)
        self.assertEqual(code, 1, found)

    def test_what_lies_behind_a_modal_window_cannot_be_clicked(self) -> None:
        code, found = self.check("behind")
        self.assertEqual(code, 1, found)
        self.assertIn("another window of the program waits in front", str(found))

    def test_doctor_says_whether_a_window_can_be_checked(self) -> None:
        self.check("sees")
        told = self.windows(BINARY)
        self.assertIn(f"(`{PROJECT}`)", told["message"])
        self.assertEqual(told["health"], "good")
        self.assertIn(f"can be checked: {XVFB} is there", told["message"])

    def test_without_xvfb_doctor_and_check_name_the_package(self) -> None:
        hiding = self.root / "hiding"
        hiding.write_text(HIDING.format(program=BINARY), encoding="utf-8")
        hiding.chmod(0o755)
        if self.run_cli("--version", binary=hiding).code != 0:
            self.skipTest("this user cannot lay anything over a file")
        code, found = self.check("sees", binary=hiding)
        self.assertEqual((code, found["verdict"]), (3, "error"), found)
        for said in (str(found), str(self.windows(hiding))):
            self.assertIn("Xvfb is not installed", said)
            self.assertIn("apt install xvfb", said)
        self.assertEqual(self.windows(hiding)["health"], "poor")
        self.assertIn("poor windows: ", self.doctor(hiding).out)

    def doctor(self, binary: Path, *words: str) -> Outcome:
        library = ("--library", str(self.root / "sees"))
        return self.run_cli("doctor", *words, *library, binary=binary)

    def windows(self, binary: Path) -> dict[str, str]:
        symptoms = self.doctor(binary, "--json").json()["symptoms"]
        (found,) = (one for one in symptoms if one["area"] == "windows")
        return dict(found)


if __name__ == "__main__":
    unittest.main()
