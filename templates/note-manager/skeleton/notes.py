"""Notes, and what can be done with them. Nothing here knows of files or windows."""

from __future__ import annotations


class Notebook:
    """Notes in the order in which they were added."""

    def __init__(self) -> None:
        """Begin without notes."""
        # TODO: what does a notebook have to remember?

    def add(self, title: str, text: str = "") -> int:
        """Keep a new note and return its id."""
        raise NotImplementedError("add is not written yet")

    def edit(self, note_id: int, title: str, text: str) -> None:
        """Give a note another title and text."""
        raise NotImplementedError("edit is not written yet")

    def delete(self, note_id: int) -> None:
        """Forget a note. Its id is not used again."""
        raise NotImplementedError("delete is not written yet")

    def to_list(self) -> list[dict[str, object]]:
        """Return all notes as plain values, ready for JSON."""
        raise NotImplementedError("to_list is not written yet")

    @classmethod
    def from_list(cls, rows: list[dict[str, object]]) -> Notebook:
        """Make the notebook that `to_list` described."""
        raise NotImplementedError("from_list is not written yet")

    def search(self, query: str) -> list[int]:
        """Return the ids of the notes that have the query in their title or text."""
        raise NotImplementedError("search is not written yet")
