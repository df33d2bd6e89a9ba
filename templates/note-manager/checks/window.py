"""The window: what a person does at it, and what is there afterwards."""

from __future__ import annotations

import json

from mlpath_check import Check
from mlpath_gui import Screen, Window

PATH = "notes.json"
MOMENTS = 12
KEYS = "uz"  # the first is in every text, the second in none
MOST_SECONDS = 1.0  # of the processor; the solution takes 0.3
LATE = (
    "The list is one key late: the event `<Key>` comes before the letter is in the entry."
    " `<KeyRelease>` comes behind it, and so does a `StringVar` with `trace_add`."
)
GONE = (
    "The note is gone, and the editor still has it: the next Save would change what is not there."
)


def write(window: Window, title: str, text: str) -> None:
    window.fill("title", title)
    window.fill("text", text)


def add(window: Window, title: str, text: str) -> None:
    window.click("New")
    write(window, title, text)
    window.click("Save")


def shows(check: Check, window: Window, rows: list[str], when: str, because: str = "") -> None:
    check.equal(window.rows("notes"), rows, f"The list `notes` {when}", because=because)


def edits(
    check: Check, window: Window, title: str, text: str, when: str, because: str = ""
) -> None:
    check.equal(window.value("title"), title, f"What stands in `title` {when}", because=because)
    found = window.value("text")
    check.equal(
        found,
        text,
        f"What stands in `text` {when}",
        because="Tk ends every text with a line end of its own, which comes along with"
        ' `get("1.0", "end")`. `"end-1c"` stops before it.'
        if found == text + "\n"
        else "",
    )


def adds(check: Check, screen: Screen) -> None:
    window = screen.open()
    shows(check, window, [], "at the first start")
    add(window, "Shopping", "Milk\nEggs")
    shows(check, window, ["Shopping"], "after a note was saved")
    add(window, "Books", "Dune")
    shows(check, window, ["Shopping", "Books"], "after a second note was saved")
    window.click("Save")
    shows(
        check,
        window,
        ["Shopping", "Books"],
        "after the second note was saved twice",
        because="Save adds one each time. What was added is in the list from then on: remember its"
        " id, so that the next Save changes it.",
    )
    before = window.value("title")
    window.choose("notes", "Shopping")
    edits(
        check,
        window,
        "Shopping",
        "Milk\nEggs",
        "after its row was clicked",
        because="Nothing came of the click. A `Listbox` tells of it by the event"
        " `<<ListboxSelect>>`, a `Treeview` by `<<TreeviewSelect>>`."
        if window.value("title") == before
        else "",
    )
    window.fill("title", "Groceries")
    window.click("Save")
    shows(
        check,
        window,
        ["Groceries", "Books"],
        "after a note was edited and saved",
        because="The program does not remember which note is in the editor, and adds one each time."
        if len(window.rows("notes")) == 3
        else "",
    )
    window.choose("notes", "Books")
    edits(check, window, "Books", "Dune", "after the other row was clicked")
    window.choose("notes", "Groceries")
    edits(check, window, "Groceries", "Milk\nEggs", "after the edited note was clicked again")
    window.picture("window", "The window with its list of notes and the editor")
    window.click("Delete", answer="no")
    shows(
        check,
        window,
        ["Groceries", "Books"],
        "after `Delete` was answered with No",
        because="The question is asked, and its answer is not: `askyesno` returns False for No.",
    )
    window.click("Delete", answer="yes")
    shows(check, window, ["Books"], "after a note was deleted")
    edits(check, window, "", "", "after `Delete`", GONE)
    window.choose("notes", "Books")
    window.click("New")
    edits(
        check,
        window,
        "",
        "",
        "after `New`",
        because="Does `New` do anything? `command=self.new` passes the function on, and"
        " `command=self.new()` calls it once, while the button is made."
        if window.value("title") == "Books"
        else "",
    )


def keeps(check: Check, screen: Screen) -> None:
    window = screen.open()
    add(window, "Shopping", "Milk")
    add(window, "Books", "Dune\n" * 60)
    window.kill()
    lost = (
        "The notes are written when the window closes, and a program that is killed closes no"
        " window. Save is a promise: write the file there."
    )
    window = screen.open()
    shows(check, window, ["Shopping", "Books"], "after `Save`, a kill and a new start", lost)
    window.choose("notes", "Books")
    edits(check, window, "Books", "Dune\n" * 60, "after a new start")
    window.click("Delete", answer="yes")
    for moment in range(1, MOMENTS, 2):  # `survives` has looked at each
        window.choose("notes", "Shopping")
        write(window, "Shopping", f"Milk {moment}\n" * 60)
        window.click("Save", dies_at=moment)
        if window.running:
            return
        window = screen.open()
        back = "Books" in window.rows("notes")
        shows(
            check,
            window,
            ["Shopping"],
            "after a note was deleted, and a kill in the middle of the next `Save`",
            because="The deleted note is back: Delete has to write the file too." if back else "",
        )


def damaged(check: Check, screen: Screen) -> None:
    text = '[\n  {\n    "id": 1,\n    "title": "Shopping",\n    "text": "Mi'
    screen.put(PATH, text)
    dialogs = screen.refused()
    check.that(
        any(PATH in dialog.message for dialog in dialogs),
        f"With a damaged `{PATH}`, the program ended without a message that names the file",
        expected=f"`messagebox.showerror` with `{PATH}` in its text",
        got=[dialog.message for dialog in dialogs],
    )
    check.equal(
        screen.text(PATH),
        text,
        f"The damaged `{PATH}` after the start",
        because="What is left of the notes was overwritten, and nobody can rescue them any more.",
    )


def unsaved(check: Check, screen: Screen) -> None:
    notes = [
        {"id": 1, "title": "Shopping", "text": "Milk"},
        {"id": 2, "title": "Books", "text": ""},
    ]
    screen.put(PATH, json.dumps(notes))
    window = screen.open()
    window.choose("notes", "Shopping")
    window.choose("notes", "Books")
    window.choose("notes", "Shopping")  # no question: nothing was changed
    window.type("text", " and eggs")
    window.choose("notes", "Books", answer="cancel")
    edits(check, window, "Shopping", "Milk and eggs", "after `Cancel`")
    window.choose("notes", "Books", answer="no")
    edits(check, window, "Books", "", "after `No` and the other row")
    window.choose("notes", "Shopping")
    edits(check, window, "Shopping", "Milk", "after its changes were discarded")
    window.type("text", ", bread")
    window.click("New", answer="yes")
    edits(check, window, "", "", "after `New` and `Yes`")
    window.type("title", "Films")
    check.that(
        not window.close(answer="cancel"),
        "The window closed, though the question about unsaved text was answered with Cancel",
        because="Only what is bound to `WM_DELETE_WINDOW` decides whether it closes.",
    )
    check.that(window.close(answer="no"), "The window stayed open after `No`")
    window = screen.open()
    shows(check, window, ["Shopping", "Books"], "after the new note was discarded")
    window.choose("notes", "Shopping")
    edits(check, window, "Shopping", "Milk, bread", "after its changes were saved by `Yes`")
    window.type("text", ", salt")
    window.choose("notes", "Books", answer="yes")
    edits(check, window, "Books", "", "after `Yes` and the other row")
    window.choose("notes", "Shopping")
    edits(check, window, "Shopping", "Milk, bread, salt", "after another row and `Yes`")
    check.that(window.close(), "The window stayed open though nothing had been changed")


def keyboard(check: Check, screen: Screen) -> None:
    window = screen.open()
    window.press("<Control-n>")
    check.equal(window.focus, "title", "What has the focus after Ctrl+N")
    window.type("title", "Shopping")
    window.press("<Control-s>")
    shows(check, window, ["Shopping"], "after Ctrl+S")
    window.press("<Control-f>")
    check.equal(window.focus, "search", "What has the focus after Ctrl+F")
    window.press("<Control-n>")
    edits(check, window, "", "", "after Ctrl+N")


def finds(check: Check, screen: Screen) -> None:
    titles = ["Shopping", "Café", "Books", "Cafeteria", "Camera"]
    notes = [{"id": 3 * n + 1, "title": t, "text": f"text {n}"} for n, t in enumerate(titles)]
    screen.put(PATH, json.dumps(notes))
    window = screen.open()
    shows(check, window, titles, "before anything was typed")
    window.type("search", "caf")
    check.that(
        window.until(lambda: window.rows("notes") != titles),
        "The list `notes` did not change while `search` was typed into",
        because="It waits for Return or a button. A `StringVar` with `trace_add`, or the event"
        " `<KeyRelease>`, tells of every key.",
    )
    late = "Camera" in window.rows("notes")
    shows(check, window, ["Café", "Cafeteria"], "after `caf` was typed", LATE if late else "")
    window.type("search", "É")
    window.until(lambda: len(window.rows("notes")) == 2)
    shows(check, window, ["Café", "Cafeteria"], "after `cafÉ` was typed")
    window.choose("notes", "Cafeteria")
    check.equal(
        window.value("title"),
        "Cafeteria",
        "The note that opens after the row `Cafeteria` of the filtered list was clicked",
        because="The row's place in the filtered list is taken for its place among all notes."
        " Remember the ids of the rows that are shown.",
    )
    window.fill("search", "")
    window.until(lambda: len(window.rows("notes")) == len(titles))
    shows(check, window, titles, "after the search was emptied")


def is_quick(check: Check, screen: Screen) -> None:
    notes = [
        {"id": n, "title": f"Note {n}", "text": f"Line {n * 7} about café number {n}. " * 16}
        for n in range(1, 5001)
    ]
    screen.put(PATH, json.dumps(notes))
    window = screen.open()
    took = []
    for letter in KEYS:
        before = window.cpu
        window.type("search", letter)
        took.append(window.cpu - before)
    window.until(lambda: not window.rows("notes"))
    took[-1] = window.cpu - before
    shows(check, window, [], f"after `{KEYS}` was typed")
    seconds = max(took)
    check.fact("seconds_a_key", seconds)
    check.that(
        seconds < MOST_SECONDS,
        "With 5,000 notes, a key in `search` took {seconds:.1f} s of the processor",
        seconds=seconds,
        expected=f"less than {MOST_SECONDS} s, so that typing does not stall",
        because="Something is worked out far more often than once for each note at each key: the"
        " plain form of a text at each of its places, or the whole list anew for each row.",
    )
