"""Districts that no learner has seen, and what is true of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import median

from mlpath_check import Check, Frame, difference

COLUMNS = ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms"]
COLUMNS += ["households", "median_income", "median_house_value", "ocean_proximity"]
PRICE = "median_house_value"
CAP = 310_001.0  # another than in the census
# Of every 18 districts these are odd: three far out, two between the near and the far fences.
ROOMS = {3: (30, 60), 12: (14, 30), 6: (0.8, 1.6), 9: (9.25, 9.4), 15: (3.2, 3.4)}


def made(count: int, seed: int, cap: float = CAP, size: float = 1.0) -> Frame:
    """Richer districts are worth more, up to the cap. Homes are `size` times those of the census.

    Some districts are far out on either side, and some lie between the near and the far fences.
    """
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        inland = draw.random() < 0.4
        income = round(draw.uniform(0.5, 9), 4)
        price = 60_000 + 32_000 * income + draw.gauss(0, 25_000) - 30_000 * inland
        homes = draw.randint(100, 900)
        rooms = round(homes * size * draw.uniform(*ROOMS.get(number % 18, (5, 6.5))))
        place = round(draw.uniform(-124, -115), 3), round(draw.uniform(33, 41), 3)
        age = None if number % 13 == 7 else float(draw.randint(2, 52))
        bedrooms = None if number % 11 == 5 else float(draw.randint(90, 1200))
        near = "INLAND" if inland else draw.choice(["NEAR BAY", "NEAR OCEAN"])
        told = float(round(min(max(price, 15_000), cap)))
        rows.append([*place, age, float(rooms), bedrooms, float(homes), income, told, near])
    return Frame(COLUMNS, rows)


def untouched(check: Check, name: str, table: Frame) -> None:
    """That the function leaves the table of whoever calls it as it was."""
    (left,) = check.arguments_after(f"housing.{name}", table)
    got = check.as_frame(left, "The table that the caller has after it")
    lost = len(table.rows) - len(got.rows)
    new = [column for column in got.columns if column not in table.columns]
    changed = [
        column
        for column in table.columns
        if column not in got.columns or difference(got.column(column), table.column(column), 1e-9)
    ]
    seen = (
        f"has lost {lost} rows"
        if lost
        else f"has a new column `{new[0]}`"
        if new
        else f"has other values in `{changed[0]}`"
        if changed
        else ""
    )
    check.that(
        not seen,
        f"`{name}` changes the DataFrame that it is given in place: the caller's {seen} after it",
        expected="the table of whoever calls, as it was",
        because='`table["column"] = …` and `inplace=True` write into the DataFrame itself, and'
        " there is only one: the caller's. Such a side effect shows in another place, and much"
        " later.",
        look="`table.assign(column=…)` gives a copy with the change; so does `table.copy()`, made"
        " first.",
    )


def many(check: Check) -> Frame:
    return made(6_000, 5)


def some(check: Check) -> Frame:
    return made(400, 8)


def quantile(values: Sequence[float], share: float) -> float:
    """As NumPy and pandas have it: between two neighbors, in proportion."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def ratios(table: Frame) -> list[float]:
    """Rooms for each household."""
    return [r / h for r, h in zip(table.column("total_rooms"), table.column("households"))]


def beyond(values: Sequence[float], reach: float = 3.0) -> list[int]:
    """Where the values lie beyond fences at so many interquartile ranges."""
    low, high = quantile(values, 0.25), quantile(values, 0.75)
    room = reach * (high - low)
    return [i for i, value in enumerate(values) if not low - room <= value <= high + room]


def far_out(table: Frame, reach: float = 3.0) -> list[int]:
    """The rows whose rooms for each household are beyond the fences."""
    return beyond(ratios(table), reach)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float:
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    both = sum((a - x) * (b - y) for a, b in zip(xs, ys))
    return both / (sum((a - x) ** 2 for a in xs) * sum((b - y) ** 2 for b in ys)) ** 0.5


def inland_median(table: Frame) -> float:
    rows = zip(table.column("ocean_proximity"), table.column(PRICE))
    return float(median(price for near, price in rows if near == "INLAND"))


def income_correlation(table: Frame, below: bool = True) -> float:
    prices = table.column(PRICE)
    kept = [i for i, price in enumerate(prices) if price < max(prices) or not below]
    incomes = table.column("median_income")
    return correlation([incomes[i] for i in kept], [prices[i] for i in kept])


def capped(table: Frame, at: float | None = None) -> int:
    prices = table.column(PRICE)
    return prices.count(max(prices) if at is None else at)


def findings(table: Frame) -> dict[str, float]:
    return {
        "capped": capped(table),
        "outliers": len(far_out(table)),
        "inland_median": inland_median(table),
        "income_correlation": income_correlation(table),
    }
