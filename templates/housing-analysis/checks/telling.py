"""What was found: the four numbers, of tables that nobody knows, and of the census."""

from __future__ import annotations

from statistics import median

import districts
from districts import PRICE, made
from mlpath_check import Check, Frame, Mistake

NEEDED = ["total_rooms", "households", "median_income", PRICE, "ocean_proximity"]
TABLES = [made(120, 3), made(90, 4, 220_001.0, size=3.0)]


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
        Mistake(
            lambda table: _rooms_below_the_cap(table),
            "`{call}` is {got}: the outliers among the districts that are not capped",
            "The cap is one of prices. It says nothing about rooms.",
            "`len(outliers(table))`",
        ),
    ],
    "inland_median": [
        Mistake(
            lambda table: _mean_inland(table),
            "`{call}` is {got}, which is the mean",
            "A few dear districts pull a mean up. Prices are told by their median.",
            "`.median()`",
        ),
        Mistake(
            lambda table: float(median(_inland(table, below=True))),
            "`{call}` is {got}: the capped districts are left out",
            "Those cost the most: without them the median is too low. It can stand them, since a"
            " median asks only which half a price is in.",
            "All rows whose `ocean_proximity` is INLAND.",
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
        *(
            Mistake(
                lambda table, places=places: round(districts.income_correlation(table), places),
                "`{call}` is {got}: it is rounded",
                "Round where a number is written for people; whoever goes on with it needs all.",
            )
            for places in (2, 3, 4)
        ),
    ],
}


def _inland(table: Frame, below: bool = False) -> list[float]:
    prices = table.column(PRICE)
    rows = zip(table.column("ocean_proximity"), prices)
    return [p for near, p in rows if near == "INLAND" and (p < max(prices) or not below)]


def _mean_inland(table: Frame) -> float:
    prices = _inland(table)
    return sum(prices) / len(prices)


def _rooms_below_the_cap(table: Frame) -> int:
    prices = table.column(PRICE)
    rows = [row for row, price in zip(table.rows, prices) if price < max(prices)]
    return len(districts.far_out(Frame(table.columns, rows)))


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
    districts.untouched(check, "findings", made(40, 6))


def census(check: Check) -> None:
    """The same of the data that the learner has, for the claims of the README."""
    whole = check.data_table("data/housing.csv")
    places = [whole.columns.index(name) for name in districts.COLUMNS if name in NEEDED]
    rows = [[row[place] for place in places] for row in whole.rows]
    table = Frame([whole.columns[place] for place in places], rows)
    for name, value in districts.findings(table).items():
        check.fact(name, value)
