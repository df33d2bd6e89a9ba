"""Keeping notes in a file that is whole at every moment."""

from __future__ import annotations

import json
import os
from pathlib import Path


class DamagedFile(ValueError):
    """The file is there, and holds no notes that can be read."""


def save(path: str, notes: list[dict[str, object]]) -> None:
    """Put the notes into the file: all of them, or none of the change."""
    new = Path(f"{path}.new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(notes, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def load(path: str) -> list[dict[str, object]]:
    """Return the notes of the file; none where there is no file yet."""
    try:
        notes = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as problem:  # not UTF-8, or not JSON
        raise DamagedFile(f"{path} cannot be read as notes: {problem}") from problem
    if not isinstance(notes, list) or not all(is_note(note) for note in notes):
        raise DamagedFile(f"{path} is JSON, but no list of notes")
    return notes


def is_note(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "title", "text"}
        and isinstance(value["id"], int)
        and isinstance(value["title"], str)
        and isinstance(value["text"], str)
    )
