"""Mean, median and spread in plain Python: no NumPy here, and no module `statistics`.

Fill in one function at a time, from the top. `mlpath show stats-calculator 1` says exactly
what milestone 1 asks, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence


def mean(values: Sequence[float]) -> float:
    """The sum of the values divided by how many there are."""
    # TODO (milestone 1): what should happen for an empty list?
    raise NotImplementedError("mean comes with milestone 1")


def median(values: Sequence[float]) -> float:
    """The value in the middle once they are sorted; of two middle values, their mean."""
    # TODO (milestone 1)
    raise NotImplementedError("median comes with milestone 1")


def variance(values: Sequence[float], ddof: int = 1) -> float:
    """The squared distances from the mean, summed up and divided by n - ddof."""
    # TODO (milestone 2): 1 is for a sample, 0 for a whole population.
    raise NotImplementedError("variance comes with milestone 2")


def std(values: Sequence[float], ddof: int = 1) -> float:
    """The standard deviation: the square root of the variance."""
    # TODO (milestone 2)
    raise NotImplementedError("std comes with milestone 2")
