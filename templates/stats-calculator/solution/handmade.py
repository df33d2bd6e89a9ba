"""Mean, median and spread in plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence


def mean(values: Sequence[float]) -> float:
    """The sum of the values divided by how many there are."""
    if not values:
        raise ValueError("an empty list has no mean")
    return math.fsum(values) / len(values)


def median(values: Sequence[float]) -> float:
    """The value in the middle once they are sorted; of two middle values, their mean."""
    if not values:
        raise ValueError("an empty list has no median")
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else mean(ordered[half - 1 : half + 1])


def variance(values: Sequence[float], ddof: int = 1) -> float:
    """The squared distances from the mean, summed up and divided by n - ddof."""
    if len(values) <= ddof:
        raise ValueError(f"a variance with ddof={ddof} needs more than {ddof} values")
    center = mean(values)
    return math.fsum((value - center) ** 2 for value in values) / (len(values) - ddof)


def std(values: Sequence[float], ddof: int = 1) -> float:
    """The standard deviation: the square root of the variance."""
    return math.sqrt(variance(values, ddof))
