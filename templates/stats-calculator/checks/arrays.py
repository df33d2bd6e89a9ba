"""Milestones 3 to 6: whole columns, with NumPy, gaps included."""

from __future__ import annotations

import math
import random
import statistics
from typing import Callable

import reference
from mlpath_check import Array, Check, Mistake
from reference import NAN, array, known
from untouched import untouched

FEW = array([4.0, 7.0, 13.0, 16.0])
GAPS = array([4.0, NAN, 7.0, 13.0, NAN, 16.0, 5.0])
ONE = array([6.0, NAN])
NONE = array([NAN, NAN])
LEFT_OUT = "Take the missing values out first: `values[~np.isnan(values)]`."


def _drawn(seed: int, rows: int, gaps: int, center: float = 50.0) -> Array:
    draw = random.Random(seed)
    values = [round(draw.gauss(center, 12.0), 2) for _ in range(rows)]
    for place in draw.sample(range(rows), gaps):
        values[place] = NAN
    return array(values)


def _as_zero(values: Array) -> list[float]:
    return [0.0 if math.isnan(value) else value for value in values.data]


def _zero(name: str) -> Mistake:
    return Mistake(
        lambda values: reference.described(_as_zero(values))[name],
        f"the missing values were read as zero: `{name}` is {{got}}, not {{expected}}",
        f"A zero is a measurement, and nobody made it. {LEFT_OUT}",
    )


def _spoiled() -> Mistake:
    return Mistake.where(
        lambda got, expected: math.isnan(got),
        "one missing value makes the whole figure NaN",
        f"NaN in a calculation gives NaN. {LEFT_OUT}",
    )


def _halves(values: list[float], with_middle: int) -> tuple[float, float]:
    """The medians of the lower and the upper half."""
    ordered = sorted(values)
    size = (len(ordered) + with_middle) // 2
    return statistics.median(ordered[:size]), statistics.median(ordered[-size:])


def _exclusive(values: list[float]) -> tuple[float, float]:
    q1, _, q3 = statistics.quantiles(values, n=4)
    return q1, q3


def _by_another_method(which: int) -> list[Mistake]:
    """`which`: 0 is the first quartile, 1 the third."""
    return [
        Mistake(
            lambda values, method=method: method(known(values))[which],
            f"`{('q1', 'q3')[which]}` is {{got}}, not {{expected}}, by another quartile method",
            f"{name}. There are nine in use, which differ on small samples;"
            " `np.percentile(known, [25, 75])`, as it is by default, interpolates between values.",
        )
        for method, name in (
            (_exclusive, "`statistics.quantiles` is exclusive by default"),
            (lambda values: _halves(values, 0), "It is the median of each half"),
            (lambda values: _halves(values, 1), "It is the median of each half, middle included"),
        )
    ]


QUARTILE_MISTAKES = {name: _by_another_method(i) for i, name in enumerate(("q1", "q3"))}
DESCRIBE_MISTAKES = {
    "count": [
        Mistake(
            lambda values: len(values.data),
            "`count` counts the missing values too: {got}",
            "`len` of an array is all of it; count what is left without the missing values.",
        )
    ],
    "std": [
        Mistake(
            lambda values: statistics.pstdev(known(values)),
            "`std` is the population's, not the sample's: {got} by NumPy, {expected} by hand",
            "`np.std` divides by n unless it is told `ddof=1`. Your own `std` divides by n - 1, as"
            " pandas and the `statistics` module do.",
        ),
        Mistake(
            lambda values: statistics.variance(known(values)),
            "`std` is the variance: {got}",
            "The standard deviation is its square root.",
        ),
        _zero("std"),
        _spoiled(),
    ],
    **{
        name: [_zero(name), _spoiled(), *QUARTILE_MISTAKES.get(name, [])]
        for name in ("mean", "min", "q1", "median", "q3", "max")
    },
}


def described(check: Check) -> None:
    columns = [FEW, _drawn(1, 40, 0), _drawn(2, 25, 0)]
    check.compare("stats.describe", columns, reference.describe, DESCRIBE_MISTAKES)


def gaps(check: Check) -> None:
    columns = [GAPS, _drawn(3, 40, 9), _drawn(4, 25, 3)]
    check.compare("stats.describe", columns, reference.describe, DESCRIBE_MISTAKES)
    untouched(check, "stats.describe", GAPS)


def too_few(check: Check) -> None:
    """No value, or one: NaN is the honest answer."""
    breaks = [
        Mistake(
            kind,
            "`{call}` breaks off: a column may be empty",
            "With no value left there is no minimum and no percentile. Answer that case first.",
        )
        for kind in (ValueError, IndexError, ZeroDivisionError)
    ]
    single = Mistake.where(
        lambda got, expected: isinstance(got, dict) and got.get("std") == 0,
        "`std` of a single value is 0, where there is none: it should be NaN",
        "One value says nothing about spread. `np.std` of it is 0, since it divides by n; the"
        " sample's divides by n - 1, which is 0 here.",
        "Answer NaN for `std` where there is one value: `if len(known) > 1`.",
    )
    check.compare("stats.describe", [NONE], reference.describe, breaks)
    check.compare("stats.describe", [ONE], reference.describe, [*breaks, single])


X = array([1.0, 2.0, 4.0, 7.0, 11.0])
Y = array([2.0, 1.0, 5.0, 6.0, 12.0])


def _correlation_of(
    change: Callable[[list[float], list[float]], float],
) -> Callable[[Array, Array], float]:
    return lambda x, y: change(*reference.whole(x, y))


def _apart(x: Array, y: Array) -> float:
    """Each column without its own gaps, cut to the same length."""
    xs, ys = known(x), known(y)
    shorter = min(len(xs), len(ys))
    return reference.pearson(xs[:shorter], ys[:shorter])


CORRELATION_MISTAKES = [
    Mistake(
        _apart,
        "the pairs are out of step: {got} instead of {expected}",
        "Each column lost its own missing values, so what stands side by side is no longer one"
        " row. Drop a *pair* where either is missing: one mask for both columns.",
    ),
    Mistake(
        lambda x, y: reference.pearson(_as_zero(x), _as_zero(y)),
        "the missing values were read as zero: {got} instead of {expected}",
        "A zero is a measurement. Drop each pair in which either value is missing.",
    ),
    Mistake(
        _correlation_of(lambda xs, ys: reference.pearson(xs, ys) * len(xs) / (len(xs) - 1)),
        "the covariance is the sample's and the standard deviations are the population's: {got}",
        "`np.cov` divides by n - 1 and `np.std` by n. Give both the same `ddof`.",
    ),
    Mistake(
        _correlation_of(lambda xs, ys: reference.pearson(xs, ys) * (len(xs) - 1) / len(xs)),
        "the covariance is the population's and the standard deviations are the sample's: {got}",
        "Divide both by n, or both by n - 1.",
    ),
    Mistake(
        _correlation_of(reference.covariance),
        "this is the covariance, not the correlation: {got}",
        "Divide it by both standard deviations; what is left has no unit and is from -1 to 1.",
    ),
    Mistake(
        _correlation_of(lambda xs, ys: reference.pearson(xs, ys) ** 2),
        "this is r squared, not r: {got}",
        "Squaring loses the sign: a negative correlation looks positive.",
    ),
]


def correlated(check: Check) -> None:
    calls = [(X, Y), (X, array([-value for value in Y.data])), (_drawn(5, 30, 0), _drawn(6, 30, 0))]
    check.compare("stats.correlation", calls, reference.correlation, CORRELATION_MISTAKES)


def pairs(check: Check) -> None:
    x = array([1.0, NAN, 4.0, 7.0, 11.0, 3.0, 8.0])
    y = array([2.0, 5.0, 5.0, NAN, 12.0, 1.0, 7.0])
    spoiled = Mistake.where(
        lambda got, expected: math.isnan(got),
        "one missing value makes the correlation NaN",
        "NaN in a calculation gives NaN. Drop each pair in which either value is missing.",
    )
    calls = [(x, y), (_drawn(7, 30, 5), _drawn(8, 30, 6))]
    mistakes = [*CORRELATION_MISTAKES, spoiled]
    check.compare("stats.correlation", calls, reference.correlation, mistakes)
    untouched(check, "stats.correlation", x, y)


def no_variation(check: Check) -> None:
    flat = array([3.0, 3.0, 3.0])
    zero = Mistake.where(
        lambda got, expected: got == 0,
        "a column that does not vary has no correlation, and 0 would claim one was measured",
        "r divides by the standard deviation, which is 0 here: the answer is NaN.",
    )
    divides = Mistake(
        ZeroDivisionError,
        "`{call}` divides by zero",
        "The standard deviation of a column that does not vary is 0. Answer NaN in that case.",
    )
    rounded = Mistake.where(
        lambda got, expected: not math.isnan(got),
        "a column that does not vary has no correlation, and here it has one: {got}",
        "The mean of 0.1, 0.1 and 0.1 is rounded, so the standard deviation is about 1e-17 and not"
        " 0. Compare the smallest value with the largest: `np.ptp` gives their distance.",
    )
    other = array([1.0, 2.0, 4.0])
    calls = [(flat, other), (other, flat)]
    check.compare("stats.correlation", calls, reference.correlation, [zero, divides])
    tenths = [(array([0.1, 0.1, 0.1]), other)]
    check.compare("stats.correlation", tenths, reference.correlation, [zero, divides, rounded])


def _within_known(values: Array) -> list[int]:
    found = known(values)
    return reference.beyond(found, *reference.fences(found))


def _by_z(values: Array, limit: float) -> list[int]:
    found = known(values)
    center, spread = statistics.fmean(found), statistics.stdev(found)
    return reference.beyond(values.data, center - limit * spread, center + limit * spread)


def _by(low_counts: bool, reach: float = 1.5) -> Callable[[Array], list[int]]:
    def found(values: Array) -> list[int]:
        low, high = reference.fences(known(values), reach)
        return reference.beyond(values.data, low if low_counts else -math.inf, high)

    return found


Z_SCORES = (
    "The outlier itself widens the standard deviation that it is measured by, which is called"
    " masking: of 10 values, none can ever lie 3 standard deviations from the mean."
)
OUTLIER_MISTAKES = [
    Mistake(
        lambda values: _by_z(values, 3),
        "a z-score beyond 3 is looked for, which finds {got}, not {expected}",
        f"{Z_SCORES} Quartiles hardly move.",
    ),
    Mistake(
        lambda values: _by_z(values, 2),
        "a z-score beyond 2 is looked for, which finds {got}, not {expected}",
        f"{Z_SCORES} Quartiles hardly move.",
    ),
    Mistake(
        _by(low_counts=False),
        "only values that are too large are found: {got}, not {expected}",
        "There are two fences: below Q1 - 1.5 IQR, and above Q3 + 1.5 IQR.",
    ),
    Mistake(
        _by(low_counts=True, reach=1.0),
        "the fences stand one IQR beyond the quartiles: {got}, not {expected}",
        "Tukey's fences stand 1.5 IQR beyond them.",
    ),
    Mistake(
        _by(low_counts=True, reach=0.0),
        "everything outside of the quartiles is called an outlier: {got}",
        "Half of all values lie there. The fences stand 1.5 IQR beyond the quartiles.",
    ),
    Mistake(
        lambda values: [values.data[place] for place in reference.outliers(values)],
        "these are the values themselves, not their positions: {got}",
        "Positions tell which row it is. `np.flatnonzero(mask)` gives them for a mask.",
    ),
    Mistake(
        _within_known,
        "the positions are those after the missing values were dropped: {got}, not {expected}",
        "Each gap before an outlier moves it by one. Take the quartiles of the values that are"
        " there, but compare the whole column with the fences: NaN is beyond neither.",
    ),
]
SIDES = array([21.0, 24.0, 2.0, 22.0, 25.0, 23.0, 60.0, 24.0, 22.0, 26.0])


def fenced(check: Check) -> None:
    far = _drawn(9, 40, 0)
    far.data[7], far.data[31] = 160.0, -60.0
    on_the_fence = array([0.0, 1.0, 2.0, 3.0, 4.0, 1.0, 3.0, 6.0, -2.0])
    calls = [SIDES, far, on_the_fence]
    check.compare("stats.outliers", calls, reference.outliers, OUTLIER_MISTAKES)


def fenced_with_gaps(check: Check) -> None:
    few = array([NAN, 21.0, 24.0, 2.0, 22.0, NAN, 25.0, 23.0, 60.0, 24.0, 22.0])
    more = _drawn(10, 40, 6)
    more.data[20], more.data[35] = 160.0, -60.0
    nothing = Mistake(
        lambda values: [],
        "no outlier is found where there are gaps, instead of {expected}",
        "`np.percentile` of a column with a NaN is NaN, and nothing is beyond NaN. Take the"
        " quartiles of the values that are there.",
    )
    check.compare("stats.outliers", [few, more], reference.outliers, [*OUTLIER_MISTAKES, nothing])
    got = check.call("stats.outliers", NONE)
    check.equal(got, [], "`outliers` of a column without any value")
    untouched(check, "stats.outliers", few)


A = array([12.0, 15.0, 11.0, 18.0, 14.0])
B = array([9.0, 10.0, 10.0, 11.0, 9.0, 10.0, 12.0, 9.0])


def _groups(a: Array, b: Array) -> tuple[list[float], list[float]]:
    return known(a), known(b)


def _pooled(a: Array, b: Array) -> float:
    xs, ys = _groups(a, b)
    squares = (len(xs) - 1) * statistics.variance(xs) + (len(ys) - 1) * statistics.variance(ys)
    return math.sqrt(squares / (len(xs) + len(ys) - 2) * (1 / len(xs) + 1 / len(ys)))


def _error(spread: Callable[[list[float]], float]) -> Callable[[Array, Array], float]:
    def error(a: Array, b: Array) -> float:
        xs, ys = _groups(a, b)
        return math.sqrt(spread(xs) / len(xs) + spread(ys) / len(ys))

    return error


def _undivided(a: Array, b: Array) -> float:
    xs, ys = _groups(a, b)
    return math.sqrt(statistics.variance(xs) + statistics.variance(ys))


COMPARE_MISTAKES = {
    "difference": [
        Mistake(
            lambda a, b: -reference.compare(a, b)["difference"],
            "the difference has the wrong sign: {got}",
            "It is the mean of `a` minus the mean of `b`.",
        )
    ],
    "standard_error": [
        Mistake(
            _error(statistics.pvariance),
            "the variances are the population's, not the sample's: {got}",
            "`np.var` divides by n unless it is told `ddof=1`.",
        ),
        Mistake(
            _pooled,
            "this is the pooled standard error, as if both groups varied alike: {got}",
            "Student's t pools the variances; Welch's adds var(a) / n(a) and var(b) / n(b), and"
            " stays right where one group varies more.",
        ),
        Mistake(
            _error(statistics.stdev),
            "the standard deviations were added instead of the variances: {got}",
            "Variances of independent means add up; standard deviations do not.",
        ),
        Mistake(
            _undivided,
            "this is the spread of single values, not of the means: {got}",
            "The variance of a mean is the variance of the values divided by their number.",
        ),
        Mistake(
            lambda a, b: reference.compare(a, b)["standard_error"] ** 2,
            "the square root is missing: {got}",
            "The sum of the variances is the square of the standard error.",
        ),
    ],
}


def compared(check: Check) -> None:
    calls = [(A, B), (_drawn(11, 12, 0), _drawn(12, 40, 0, 58.0))]
    check.compare("stats.compare", calls, reference.compare, COMPARE_MISTAKES)


def compared_with_gaps(check: Check) -> None:
    counted = Mistake(
        _counting_gaps,
        "the missing values are counted among n: {got}",
        "The variances leave them out, `len` does not. Take the missing values out first.",
    )
    spoiled = Mistake.where(
        lambda got, expected: math.isnan(got),
        "one missing value makes the figure NaN",
        f"NaN in a calculation gives NaN. {LEFT_OUT}",
    )
    mistakes = {
        "difference": [*COMPARE_MISTAKES["difference"], spoiled],
        "standard_error": [counted, *COMPARE_MISTAKES["standard_error"]],
    }
    few = array([12.0, NAN, 15.0, 11.0, 18.0, 14.0])
    calls = [(few, B), (_drawn(13, 12, 3), _drawn(14, 40, 5, 58.0))]
    check.compare("stats.compare", calls, reference.compare, mistakes)
    untouched(check, "stats.compare", few, B)


def _counting_gaps(a: Array, b: Array) -> float:
    xs, ys = _groups(a, b)
    return math.sqrt(statistics.variance(xs) / len(a.data) + statistics.variance(ys) / len(b.data))
