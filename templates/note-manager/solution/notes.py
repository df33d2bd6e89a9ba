"""Notes, and what can be done with them. Nothing here knows of files or windows."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass


@dataclass
class Note:
    id: int
    title: str
    text: str


class Notebook:
    """Notes in the order in which they were added."""

    def __init__(self) -> None:
        self._notes: dict[int, Note] = {}
        self._next_id = 1

    def add(self, title: str, text: str = "") -> int:
        """Keep a new note and return its id."""
        note = Note(self._next_id, checked_title(title), text)
        self._notes[note.id] = note
        self._next_id += 1
        return note.id

    def edit(self, note_id: int, title: str, text: str) -> None:
        """Give a note another title and text."""
        note = self._notes[note_id]
        note.title, note.text = checked_title(title), text

    def delete(self, note_id: int) -> None:
        """Forget a note. Its id is not used again."""
        del self._notes[note_id]

    def to_list(self) -> list[dict[str, object]]:
        """All notes as plain values, ready for JSON."""
        return [asdict(note) for note in self._notes.values()]

    @classmethod
    def from_list(cls, rows: list[dict[str, object]]) -> Notebook:
        """Make the notebook that `to_list` described."""
        notebook = cls()
        for row in rows:
            note = Note(**row)
            notebook._notes[note.id] = note
        notebook._next_id = max(notebook._notes, default=0) + 1
        return notebook

    def search(self, query: str) -> list[int]:
        """Return the ids of the notes that have the query in their title or text."""
        wanted = folded(query.strip())
        return [
            note.id
            for note in self._notes.values()
            if wanted in folded(note.title) or wanted in folded(note.text)
        ]


def checked_title(title: str) -> str:
    """Return the title without blanks around it; a note without one could not be found again."""
    if not title.strip():
        raise ValueError("a note needs a title")
    return title.strip()


def folded(text: str) -> str:
    """Return the text without case and accents, to compare it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
