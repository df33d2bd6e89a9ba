"""What the reader needs: a script of the same folder."""

from __future__ import annotations

from pathlib import Path


def words_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()
