"""Milestones 1 and 2: mean, median and spread in plain Python."""

from __future__ import annotations

import math
import statistics

from mlpath_check import Check, Mistake, Raised
from untouched import untouched

CENTERS = [[3.0], [2.0, 9.0], [9.0, 1.0, 4.0], [5.0, 8.0, 1.0, 3.0], [-2.5, 7.0, 0.5, 7.0, 30.0]]

MEAN_MISTAKES = [
    Mistake(
        lambda values: sum(values) // len(values),
        "the mean is cut to a whole number: {got}",
        "`//` drops what is after the decimal point; use `/`.",
    ),
    Mistake(
        statistics.median,
        "this is the median, not the mean: {got}",
        "The mean is the sum of all values divided by how many there are.",
    ),
    Mistake(sum, "this is the sum, not the mean: {got}", "The sum was not divided by `len`."),
]


def _middle(values: list[float]) -> float:
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


MEDIAN_MISTAKES = [
    Mistake(
        _middle,
        "the values are not sorted before the middle one is taken: {got}",
        "The median is the middle of the *sorted* values. `sorted(values)` gives a sorted copy.",
    ),
    Mistake(
        statistics.median_high,
        "of two middle values the upper one is taken, not their mean: {got}",
        "An even number of values has two in the middle, at `n // 2 - 1` and `n // 2`.",
    ),
    Mistake(
        statistics.median_low,
        "of two middle values the lower one is taken, not their mean: {got}",
        "An even number of values has two in the middle, at `n // 2 - 1` and `n // 2`.",
    ),
    Mistake(
        statistics.fmean,
        "this is the mean, not the median: {got}",
        "The median is the value in the middle once they are sorted.",
    ),
]


def means(check: Check) -> None:
    check.compare("handmade.mean", CENTERS, statistics.fmean, MEAN_MISTAKES)
    untouched(check, "handmade.mean", [9.0, 1.0, 4.0])


def medians(check: Check) -> None:
    check.compare("handmade.median", CENTERS, statistics.median, MEDIAN_MISTAKES)
    untouched(check, "handmade.median", [9.0, 1.0, 4.0])


def empty(check: Check) -> None:
    why = "An empty list has no value to give"
    _refused(check, check.raises("handmade.mean", []), "mean([])", why)
    _refused(check, check.raises("handmade.median", []), "median([])", why)


def _refused(check: Check, raised: Raised | None, call: str, why: str) -> None:
    check.that(
        raised is not None,
        f"`{call}` returned a value instead of raising a ValueError",
        expected="a ValueError",
        because=f"{why}. A number made up for it, such as 0, would be believed.",
        look="Begin the function with a test of `len(values)`.",
    )
    check.that(
        "ValueError" in raised.bases,
        f"`{call}` raises {raised}, not a ValueError that says why",
        expected="a ValueError",
        because=f"{why}; Python noticed only when the arithmetic broke.",
        look='`raise ValueError("…")` before anything is divided or taken from the list.',
    )


SPREADS = [
    ([1.0, 3.0], 1),
    ([1.0, 3.0], 0),
    ([4.0, 7.0, 13.0, 16.0], 1),
    ([4.0, 7.0, 13.0, 16.0], 0),
    ([-2.5, 7.0, 0.5, 7.0, 30.0, 11.0], 1),
]


def _variance(values: list[float], ddof: int) -> float:
    return statistics.variance(values) if ddof else statistics.pvariance(values)


def _std(values: list[float], ddof: int) -> float:
    return math.sqrt(_variance(values, ddof))


POPULATION = (
    "With ddof=1 the sum of squares is divided by n - 1. The distances are measured from the mean"
    " of the same values, which lies closer to them than the true mean, so dividing by n comes out"
    " too small."
)
ALWAYS_SAMPLE = "`ddof` is not used: divide by `len(values) - ddof`."


def _from(variance_of: object) -> list[Mistake]:
    """The mistakes of `variance` and `std` have the same causes."""
    root = (lambda value: value) if variance_of is _variance else math.sqrt
    return [
        Mistake(
            lambda values, ddof: root(statistics.pvariance(values)),
            "this is the population's, not the sample's: {got} where the sample's is {expected}",
            POPULATION,
        ),
        Mistake(
            lambda values, ddof: root(statistics.variance(values)),
            "this is the sample's, also with ddof=0, which asks for the population's: {got}",
            ALWAYS_SAMPLE,
        ),
    ]


VARIANCE_MISTAKES = [
    *_from(_variance),
    Mistake(
        _std,
        "this is the standard deviation, not the variance: {got}",
        "The variance is its square; the root belongs in `std`.",
    ),
]
STD_MISTAKES = [
    *_from(_std),
    Mistake(
        _variance,
        "this is the variance, not its square root: {got}",
        "The variance is in squared units; `math.sqrt` brings it back to those of the values.",
    ),
]
DEVIATION = Mistake(
    lambda values, ddof: (
        sum(abs(value - statistics.fmean(values)) for value in values) / (len(values) - ddof)
    ),
    "this is the mean absolute deviation: {got}",
    "The distances from the mean are squared, not just taken without their sign.",
)


def variances(check: Check) -> None:
    check.compare("handmade.variance", SPREADS, _variance, [*VARIANCE_MISTAKES, DEVIATION])
    untouched(check, "handmade.variance", [9.0, 1.0, 4.0])


def deviations(check: Check) -> None:
    check.compare("handmade.std", SPREADS, _std, [*STD_MISTAKES, DEVIATION])
    got = check.call("handmade.std", [1.0, 3.0])
    check.close(
        got,
        math.sqrt(2),
        "`std([1.0, 3.0])`, without `ddof`,",
        because="Without `ddof` it is the sample's: the default of the parameter is 1.",
    )
    untouched(check, "handmade.std", [9.0, 1.0, 4.0])


def one_value(check: Check) -> None:
    raised = check.raises("handmade.variance", [5.0])
    _refused(check, raised, "variance([5.0])", "A sample of one value has no spread to measure")
    got = check.call("handmade.variance", [5.0], 0)
    check.close(
        got,
        0.0,
        "`variance([5.0], 0)`",
        because="A whole population of one value does have a variance: 0.",
    )


FAR = [1e9 + offset for offset in (4.0, 7.0, 13.0, 16.0)]
CANCELS = (
    "This is catastrophic cancellation: the mean of the squares and the square of the mean are both"
    " about 1e18, a float holds 16 digits, and their difference is what was rounded away."
)
SUBTRACT_FIRST = "Subtract the mean from each value first, and square the small differences."


def far_from_zero(check: Check) -> None:
    mistakes = [
        *VARIANCE_MISTAKES,
        DEVIATION,
        Mistake.where(
            lambda got, expected: got < 0,
            "a variance came out negative: {got}",
            CANCELS,
            SUBTRACT_FIRST,
        ),
        Mistake.where(
            lambda got, expected: got >= 0,
            "{got} for numbers near a billion, where the spread is as for 4, 7, 13, 16",
            CANCELS,
            SUBTRACT_FIRST,
        ),
    ]
    check.compare("handmade.variance", [(FAR, 1)], _variance, mistakes, tolerance=1e-6)
