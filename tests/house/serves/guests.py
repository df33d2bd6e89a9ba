"""Reads the list of guests: plain facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lists import words_of


def read(path: Path, given: str = "") -> dict[str, Any]:
    names = words_of(path)
    if "bomb" in names:
        while True:
            names += names
    there = sorted(entry.name for entry in Path().iterdir())
    return {"names": names, "beside": there, "given": given}
