"""What was found: the four numbers, of tables that nobody knows, and of the census."""

from __future__ import annotations

import districts
from districts import PRICE, made
from mlpath_check import Check, Frame, Mistake

NEEDED = ["total_rooms", "households", "median_income", PRICE, "ocean_proximity"]
TABLES = [made(120, 3), made(90, 4, 220_001.0)]


def _part(name: str) -> object:
    return lambda table: districts.findings(table)[name]


def _spearman(table: Frame) -> float:
    prices = table.column(PRICE)
    kept = [i for i, price in enumerate(prices) if price < max(prices)]

    def ranks(name: str) -> list[float]:
        values = [table.column(name)[i] for i in kept]
        order = sorted(values)
        return [(order.index(v) + len(order) - 1 - order[::-1].index(v)) / 2 for v in values]

    return districts.correlation(ranks("median_income"), ranks(PRICE))


MISTAKES = {
    "capped": [
        Mistake(
            lambda table: districts.capped(table, 500_001.0),
            "`{call}` is {got}: no price of this table is 500,001, and its cap went unnoticed",
            "The cap of the census was typed in. In another table it is another price.",
            "Count where `mark_capped` says True.",
        ),
    ],
    "outliers": [
        Mistake(
            lambda table: len(districts.far_out(table, 1.5)),
            "`{call}` is {got}: the rows beyond 1.5 interquartile ranges",
            "The far fences are at 3.",
        ),
    ],
    "inland_median": [
        Mistake(
            lambda table: _mean_inland(table),
            "`{call}` is {got}, which is the mean",
            "A few dear districts pull a mean up. Prices are told by their median.",
            "`.median()`",
        ),
    ],
    "income_correlation": [
        Mistake(
            lambda table: districts.income_correlation(table, below=False),
            "`{call}` is {got}: the capped districts are counted in",
            "A capped price is no measurement: it says `at least`. Where many incomes share one"
            " price, the correlation is of the cap, too. Such data are censored.",
            "Leave out the rows that `mark_capped` marks, then `.corr`.",
        ),
        Mistake(
            _spearman,
            "`{call}` is {got}, which is the rank correlation",
            "Pearson's is asked for: `.corr(other)` without a `method`.",
        ),
    ],
}


def _mean_inland(table: Frame) -> float:
    rows = zip(table.column("ocean_proximity"), table.column(PRICE))
    prices = [price for near, price in rows if near == "INLAND"]
    return sum(prices) / len(prices)


def findings(check: Check) -> None:
    check.compare(
        "housing.findings",
        TABLES,
        districts.findings,
        MISTAKES,
        tolerance=1e-6,
        because="Each number is of the table that it is given, not of data/housing.csv.",
        look="Call it on a few rows: `findings(table.head(20))`.",
    )


def census(check: Check) -> None:
    """The same of the data that the learner has, for the claims of the README."""
    whole = check.data_table("data/housing.csv")
    places = [whole.columns.index(name) for name in districts.COLUMNS if name in NEEDED]
    rows = [[row[place] for place in places] for row in whole.rows]
    table = Frame([whole.columns[place] for place in places], rows)
    for name, value in districts.findings(table).items():
        check.fact(name, value)
