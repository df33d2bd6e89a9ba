"""Milestone 6: two groups that the learner has not seen, and what their boxes show."""

from __future__ import annotations

from mlpath_check import Array, Check
from reference import NAN, array

TRAM = [31.0, 42.0, 38.0, NAN, 55.0, 47.0, 36.0, 160.0, 40.0, 44.0, 39.0]
FERRY = [12.0, 75.0, 64.0, 58.0, NAN, 81.0, 90.0, 69.0, NAN, 73.0]


def delays(_: Check) -> dict[str, Array]:
    return {"tram": array(TRAM), "ferry": array(FERRY)}


def values(_: Check, groups: dict[str, Array], *__: str) -> list[list[float]]:
    return [group.data for group in groups.values()]
