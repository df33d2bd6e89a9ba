"""Notes without a window."""

from __future__ import annotations

from mlpath_check import Check, Ref

FIRST = [("Shopping", "Milk\nEggs"), ("Café", "Öffnet um 9"), ("Books", "")]


def made(check: Check, notes: list[tuple[str, str]]) -> tuple[Ref, list[int]]:
    book = check.call("notes.Notebook")
    ids = [check.call("notes.Notebook.add", book, title, text) for title, text in notes]
    for note_id in ids:
        check.that(
            type(note_id) is int,
            "`add` returned {got}, not the id of the new note",
            got=note_id,
            expected=1,
            because="`return` is missing at its end, or returns the note itself.",
        )
    return book, ids


def rows_of(check: Check, ids: list[int], notes: list[tuple[str, str]]) -> list[dict[str, object]]:
    return [{"id": i, "title": title, "text": text} for i, (title, text) in zip(ids, notes)]


def added(check: Check) -> None:
    book, ids = made(check, FIRST)
    check.equal(
        check.call("notes.Notebook.to_list", book),
        rows_of(check, ids, FIRST),
        "`to_list` after three calls of `add`",
    )
    check.that(
        len(set(ids)) == 3, "`add` gave the ids {got} to three notes", got=ids, expected="three ids"
    )
    other = check.call("notes.Notebook")
    check.equal(
        check.call("notes.Notebook.to_list", other),
        [],
        "`to_list` of a second notebook",
        because="The notes are kept in the class, which all notebooks share, and not in `self`.",
    )


def titles(check: Check) -> None:
    book, ids = made(check, [("  Shopping \n", " Milk ")])
    check.equal(
        check.call("notes.Notebook.to_list", book),
        rows_of(check, ids, [("Shopping", " Milk ")]),
        '`to_list` after `add("  Shopping \\n", " Milk ")`',
        because="A title has no blanks around it, and a text stays as it was written.",
    )
    for title in ("", "   ", "\t\n"):
        raised = check.raises("notes.Notebook.add", book, title, "text")
        check.that(
            raised is not None and "ValueError" in raised.bases,
            "`add` took the title {title}, and was to raise a ValueError",
            title=title,
            expected="ValueError",
            got=raised or "no exception",
            because="A title of blanks is not empty until `strip` was called on it.",
        )


def edited(check: Check) -> None:
    book, ids = made(check, FIRST)
    check.call("notes.Notebook.edit", book, ids[1], " Café Zentral ", "closed")
    now = [FIRST[0], ("Café Zentral", "closed"), FIRST[2]]
    check.equal(
        check.call("notes.Notebook.to_list", book),
        rows_of(check, ids, now),
        '`to_list` after the second of three notes was edited: its title is now " Café Zentral "',
        because="`edit` treats a title as `add` does: one function for both keeps them alike.",
    )
    raised = check.raises("notes.Notebook.edit", book, ids[0], "  ", "text")
    check.that(
        raised is not None and "ValueError" in raised.bases,
        "`edit` took a title of blanks, and was to raise a ValueError",
        expected="ValueError",
        got=raised or "no exception",
        because="`edit` treats a title as `add` does: one function for both keeps them alike.",
    )
    check.call("notes.Notebook.delete", book, ids[1])
    check.equal(
        check.call("notes.Notebook.to_list", book),
        rows_of(check, [ids[0], ids[2]], [now[0], now[2]]),
        "`to_list` after the second of three notes was deleted",
    )
    tried = {
        "edit": check.raises("notes.Notebook.edit", book, ids[1], "a", "b"),
        "delete": check.raises("notes.Notebook.delete", book, ids[1]),
    }
    for method, raised in tried.items():
        check.that(
            raised is not None and "KeyError" in raised.bases,
            f"`{method}` of a note that is not there raised {raised or 'nothing'}",
            expected="KeyError",
            because="An error that is swallowed here is looked for elsewhere, for hours.",
        )


def ids_stay(check: Check) -> None:
    book, ids = made(check, FIRST)
    check.call("notes.Notebook.delete", book, ids[0])
    new = check.call("notes.Notebook.add", book, "Films", "")
    check.that(
        new not in ids,
        "After a note was deleted, `add` gave the new one the id {got}, which another note had",
        got=new,
        expected=f"none of {ids}",
        because="The id is the number of notes plus one. Once a note is gone, that number is"
        " taken: the two become one, and an edit changes the wrong note.",
    )
    rows = check.call("notes.Notebook.to_list", book)
    again = check.call("notes.Notebook.from_list", rows)
    check.equal(check.call("notes.Notebook.to_list", again), rows, "`to_list` of `from_list(rows)`")
    none = check.call("notes.Notebook.from_list", [])
    check.equal(check.call("notes.Notebook.to_list", none), [], "`to_list` of `from_list([])`")
    first = check.call("notes.Notebook.add", none, "First", "")
    check.that(
        type(first) is int,
        "After `from_list([])`, `add` returned {got}, not the id of the new note",
        got=first,
        expected=1,
    )
    numbers = [1, 2, 5]
    loaded = check.call("notes.Notebook.from_list", rows_of(check, numbers, FIRST))
    later = check.call("notes.Notebook.add", loaded, "Later", "")
    check.that(
        later not in numbers,
        "After `from_list` of notes with the ids {expected}, `add` gave a new note the id {got}",
        got=later,
        expected=numbers,
        because="The next id starts at 1 again: it has to be above all that were loaded.",
    )


def searched(check: Check) -> None:
    titles = [
        ("Café", "opens at nine"),
        ("Straße", "closed"),
        ("CAFE noir", ""),
        ("Books", "Les Misérables, and what the cafe\u0301 had"),
        ("Films", "none"),
    ]
    book, ids = made(check, titles)

    def finds(query: str, places: list[int], because: str) -> None:
        found = check.call("notes.Notebook.search", book, query)
        check.equal(
            found,
            [ids[place] for place in places],
            f"`search({query!r})` among the titles {[title for title, _ in titles]}",
            because=because,
        )

    finds("Books", [3], "")
    finds("closed", [1], "The text of a note is looked at too.")
    finds("BOOKS", [3], "Case does not count: see `str.casefold`.")
    finds(
        "miserables",
        [3],
        "Accents do not count: `unicodedata.normalize` takes letters and accents apart.",
    )
    finds(
        "café",
        [0, 2, 3],
        "Accents count neither in the query nor in the note. There are two ways to write é in"
        " Unicode, as one character or as e with a combining accent.",
    )
    finds("STRASSE", [1], "`lower` leaves ß as it is; `casefold` makes ss of it.")
    finds("  films ", [4], "Blanks around the query do not count.")
    finds("", [0, 1, 2, 3, 4], "An empty query finds every note.")
    finds("zebra", [], "")
