"""Figures about columns of numbers, with NumPy. A missing value is NaN."""

from __future__ import annotations

import numpy as np

REACH = 1.5  # how many interquartile ranges beyond a quartile a value may lie
FIGURES = ("mean", "std", "min", "q1", "median", "q3", "max")


def present(values: np.ndarray) -> np.ndarray:
    """The values that are not missing."""
    return values[~np.isnan(values)]


def describe(values: np.ndarray) -> dict[str, float]:
    """How many values there are, how many are missing, and seven figures about the others."""
    known = present(values)
    counts = {"count": len(known), "missing": len(values) - len(known)}
    if not len(known):
        return {**counts, **dict.fromkeys(FIGURES, np.nan)}
    low, q1, middle, q3, high = np.percentile(known, [0, 25, 50, 75, 100])
    spread = known.std(ddof=1) if len(known) > 1 else np.nan
    figures = (known.mean(), spread, low, q1, middle, q3, high)
    return {**counts, **dict(zip(FIGURES, map(float, figures)))}


def correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Pearson's r of the pairs that are whole; NaN where a column does not vary."""
    whole = ~(np.isnan(x) | np.isnan(y))
    dx, dy = x[whole], y[whole]
    if len(dx) < 2 or np.ptp(dx) == 0 or np.ptp(dy) == 0:
        return float("nan")
    dx, dy = dx - dx.mean(), dy - dy.mean()
    return float(dx @ dy / np.sqrt((dx @ dx) * (dy @ dy)))


def outliers(values: np.ndarray) -> list[int]:
    """The positions of the values beyond Tukey's fences."""
    known = present(values)
    if not len(known):
        return []
    q1, q3 = np.percentile(known, [25, 75])
    reach = REACH * (q3 - q1)
    beyond = (values < q1 - reach) | (values > q3 + reach)
    return np.flatnonzero(beyond).tolist()


def compare(a: np.ndarray, b: np.ndarray) -> dict[str, float]:
    """The difference of the means, its standard error, and Welch's t, which is their quotient."""
    a, b = present(a), present(b)
    difference = a.mean() - b.mean()
    error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    return {
        "difference": float(difference),
        "standard_error": float(error),
        "t": float(difference / error),
    }
