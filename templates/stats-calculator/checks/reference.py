"""Our own answers, by the standard library alone. A missing value is NaN."""

from __future__ import annotations

import math
import statistics

from mlpath_check import Array

NAN = math.nan
FIGURES = ("mean", "std", "min", "q1", "median", "q3", "max")


def array(values: list[float]) -> Array:
    return Array("float64", [len(values)], values)


def known(values: Array) -> list[float]:
    return [value for value in values.data if not math.isnan(value)]


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """By linear interpolation, as `np.percentile` does."""
    if len(values) == 1:
        return (values[0],) * 3
    q1, q2, q3 = statistics.quantiles(values, n=4, method="inclusive")
    return q1, q2, q3


def described(values: list[float]) -> dict[str, float]:
    if not values:
        return dict.fromkeys(FIGURES, NAN)
    q1, q2, q3 = quartiles(values)
    spread = statistics.stdev(values) if len(values) > 1 else NAN
    figures = (statistics.fmean(values), spread, min(values), q1, q2, q3, max(values))
    return dict(zip(FIGURES, figures))


def describe(values: Array) -> dict[str, float]:
    found = known(values)
    counts = {"count": len(found), "missing": len(values.data) - len(found)}
    return {**counts, **described(found)}


def pearson(xs: list[float], ys: list[float]) -> float:
    if len(xs) < 2 or len(set(xs)) == 1 or len(set(ys)) == 1:
        return NAN
    return covariance(xs, ys) / (statistics.stdev(xs) * statistics.stdev(ys))


def covariance(xs: list[float], ys: list[float]) -> float:
    mx, my = statistics.fmean(xs), statistics.fmean(ys)
    return math.fsum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (len(xs) - 1)


def whole(x: Array, y: Array) -> tuple[list[float], list[float]]:
    pairs = [(a, b) for a, b in zip(x.data, y.data) if not (math.isnan(a) or math.isnan(b))]
    return [a for a, _ in pairs], [b for _, b in pairs]


def correlation(x: Array, y: Array) -> float:
    return pearson(*whole(x, y))


def fences(values: list[float], reach: float = 1.5) -> tuple[float, float]:
    q1, _, q3 = quartiles(values)
    return q1 - reach * (q3 - q1), q3 + reach * (q3 - q1)


def beyond(values: list[float], low: float, high: float) -> list[int]:
    return [place for place, value in enumerate(values) if value < low or value > high]


def outliers(values: Array) -> list[int]:
    found = known(values)
    return beyond(values.data, *fences(found)) if found else []


def compare(a: Array, b: Array) -> dict[str, float]:
    xs, ys = known(a), known(b)
    error = math.sqrt(statistics.variance(xs) / len(xs) + statistics.variance(ys) / len(ys))
    return between(statistics.fmean(xs) - statistics.fmean(ys), error)


def between(difference: float, error: float) -> dict[str, float]:
    return {"difference": difference, "standard_error": error, "t": difference / error}
