"""Notes in a file."""

from __future__ import annotations

import json
from typing import Any

from mlpath_check import Check

NOTES = [
    {"id": 1, "title": "Café", "text": 'Öffnet um 9\n"gut", {x} \\ \t€'},
    {"id": 7, "title": "日記", "text": ""},
]
DAMAGED = {
    "cut off in the middle": '[\n  {\n    "id": 1,\n    "title": "Shopp',
    "empty": "",
    "no JSON": "id,title\n1,Shopping\n",
    "a dict": '{"notes": []}',
    "a list of numbers": "[1, 2]",
    "a note without a text": '[{"id": 1, "title": "Shopping"}]',
    "a title that is a number": '[{"id": 1, "title": 7, "text": ""}]',
}
FIRST_CHANGE = 3  # the last moment at which a file was opened, and nothing else done
IN_PLACE = (
    '`save` writes in place: opening a file with "w" empties it first, and the notes are there'
    " again only once all is written. An atomic write never touches the file itself: it writes"
    " another one, and puts that in its place."
)
TOO_EARLY = (
    "Something came first, and then the file was there without all of its bytes. Is the new file"
    " put in place while it is still open? What was written waits in Python's buffer until it is"
    ' closed: `os.replace` belongs behind the `with` block. Or is the file itself opened with "w"?'
)


def kept(check: Check) -> None:
    check.equal(
        check.call("store.load", "none.json"),
        [],
        '`load("none.json")`, where there is no such file',
    )
    for notes in ([], NOTES, NOTES[:1]):
        check.call("store.save", "kept.json", notes)
        check.equal(check.call("store.load", "kept.json"), notes, "What `load` gives after `save`")
    for text in (json.dumps(NOTES), json.dumps(NOTES, ensure_ascii=False, indent=4)):
        check.lay("other.json", text)
        check.equal(
            check.call("store.load", "other.json"),
            NOTES,
            "What `load` gives of a list of notes that another program wrote as JSON",
            because="The form is JSON, so that other programs can read the notes and write them.",
        )


def damage(check: Check) -> None:
    for what, text in DAMAGED.items():
        check.lay("damaged.json", text)
        for attempt in ("", " a second time"):
            raised = check.raises("store.load", "damaged.json")
            shown = "returned something" if raised is None else f"raised {raised}"
            check.that(
                raised is not None and "DamagedFile" in raised.bases,
                f"`load` of a damaged file ({what}) {shown}{attempt}",
                expected="DamagedFile",
                got=text[:80],
                because="It writes an empty file in its place, and the notes are gone."
                if attempt
                else _returned(check)
                if raised is None
                else "`json.loads` raises a ValueError for what is no JSON. What is JSON and no"
                " list of notes has to be looked at too.",
            )
            check.that(
                raised is not None and "damaged.json" in raised.message,
                "The message of DamagedFile does not name the file: {said}",
                said=raised.message if raised else "",
                expected="a message with `damaged.json` in it",
            )


def _returned(check: Check) -> str:
    if check.call("store.load", "damaged.json") == []:
        return (
            "An empty list looks like a fresh start, and the next `save` writes it over what could"
            " have been rescued."
        )
    return (
        "What `json.loads` gives is returned as it is: look whether it is a list, each item a dict,"
        " its `id` a number, and its `title` and `text` texts."
    )


def survives(check: Check) -> None:
    old = [{"id": n, "title": f"Old {n}", "text": "x" * 80} for n in range(1, 41)]
    new = [{"id": n, "title": f"New {n}", "text": "y" * 80} for n in range(1, 61)]
    check.call("store.save", "notes.json", old)
    for moment in check.kills("store.save", "notes.json", new):
        raised = check.raises("store.load", "notes.json")
        if raised is not None:
            check.fail(
                "After a kill in the middle of `save`, the file is damaged",
                got=f"{raised}: {raised.message}"[:200],
                expected="all the old notes, or all the new ones",
                because=IN_PLACE if moment <= FIRST_CHANGE else TOO_EARLY,
            )
        left = check.call("store.load", "notes.json")
        check.that(left in (old, new), _lost(left), expected="all the old notes, or all the new")
        check.call("store.save", "notes.json", old)
    check.equal(
        check.call("store.load", "notes.json"), new, "What `load` gives after a `save` at last"
    )


def _lost(left: Any) -> str:
    count = len(left) if isinstance(left, list) else 0
    if count == 0:
        return (
            "After a kill in the middle of `save`, there is no file and all notes are gone: the"
            " old file was removed before the new one was in its place"
        )
    return f"After a kill in the middle of `save`, {count} of 40 notes are there"
