"""Versions whose functions do nothing right, to find tests that pass whatever they return.

Known as extreme mutation. What a function returned is taken from it (`nothing`), made a dummy that
takes every attribute, call and index and equals nothing else (`dummy`), changed and never the same
twice (`values`), cut short (`fewer`), or made alike in all its parts (`alike`). A test without a
working assertion passes with the dummy, and with the others it passes or breaks, and never fails.
"""

from __future__ import annotations

from pathlib import Path

DUMMY = "dummy"
NAMES = ("nothing", DUMMY, "values", "fewer", "alike")

TEXT = Path(__file__).with_name("ruined_module.py")


def ruined(source: str, ruin: str) -> str:
    text = TEXT.read_text(encoding="utf-8").replace('_RUIN = "nothing"', f"_RUIN = {ruin!r}", 1)
    return text.replace('_SOURCE = ""', f"_SOURCE = {source!r}", 1)
