"""Keeping notes in a file that is whole at every moment."""

from __future__ import annotations


class DamagedFile(ValueError):
    """The file is there, and holds no notes that can be read."""


def save(path: str, notes: list[dict[str, object]]) -> None:
    """Put the notes into the file: all of them, or none of the change."""
    raise NotImplementedError("save is not written yet")


def load(path: str) -> list[dict[str, object]]:
    """Return the notes of the file; none where there is no file yet."""
    raise NotImplementedError("load is not written yet")
