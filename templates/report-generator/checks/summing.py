"""Milestones 4 to 6: sums by region and by month, and CSV that is safe."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

from mlpath_check import Check, Frame, Mistake

COLUMNS = ["order", "date", "region", "product", "quantity", "price", "revenue"]
REGION_COLUMNS = ["region", "orders", "quantity", "revenue"]
REGIONS = ["North", "South", "West", "(unknown)"]


def _sales(seed: int, count: int, months: list[str] | None = None) -> Frame:
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        quantity, price = draw.choice([1, 2, 3, -1]), draw.choice([895, 2450, 12900])
        day = f"{draw.choice(months or ['2025-01', '2025-02'])}-{draw.randint(1, 28):02d}"
        head = f"D{number}", day, draw.choice(REGIONS), "Mug"
        rows.append([*head, quantity, price, quantity * price])
    return Frame(COLUMNS, rows)


TIED = Frame(
    COLUMNS,
    [
        ["E1", "2025-01-03", "West", "Mug", 2, 500, 1000],
        ["E2", "2025-01-04", "East", "Mug", 1, 1000, 1000],
        ["E3", "2025-01-05", "North", "Mug", 3, 1000, 3000],
        ["E3", "2025-01-06", "North", "Mug", -1, 500, -500],  # a second row of one order
    ],
)


def _regions(sales: Frame, keep: Any = None) -> list[list[Any]]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for record in sales.records():
        if keep is None or keep(record):
            orders, quantity, revenue = sums[record["region"]]
            add = record["quantity"], record["revenue"]
            sums[record["region"]] = [orders + 1, quantity + add[0], revenue + add[1]]
    return [[region, *figures] for region, figures in sums.items()]


def by_region(sales: Frame) -> Frame:
    return Frame(REGION_COLUMNS, sorted(_regions(sales), key=lambda row: (-row[3], row[0])))


REGION_MISTAKES = [
    Mistake(
        lambda sales: Frame(REGION_COLUMNS, sorted(_regions(sales))),
        "the regions stand in alphabetical order, as `groupby` leaves them",
        "Sort by revenue, downward, and by name where two are equal.",
    ),
    Mistake(
        lambda sales: Frame(REGION_COLUMNS, sorted(_regions(sales), key=lambda row: row[3])),
        "the region with the lowest revenue comes first",
        "`sort_values` goes upward unless it is told `ascending=False`.",
    ),
    Mistake(
        lambda sales: Frame(
            REGION_COLUMNS,
            sorted(
                _regions(sales, lambda record: record["quantity"] > 0),
                key=lambda row: (-row[3], row[0]),
            ),
        ),
        "returns (negative quantities) are left out, so that the revenue is too high",
        "A return takes money out of the till: it belongs to the sum, with its sign.",
    ),
    Mistake(
        lambda sales: Frame(
            REGION_COLUMNS,
            sorted(
                (
                    [region, quantity, quantity, revenue]
                    for region, _, quantity, revenue in _regions(sales)
                ),
                key=lambda row: (-row[3], row[0]),
            ),
        ),
        "`orders` is the sum of the quantities, not the number of rows",
        "An order is a row, however many things were bought: count the rows.",
    ),
]


def _distinct_orders(sales: Frame) -> Frame:
    told: dict[str, set[str]] = defaultdict(set)
    for record in sales.records():
        told[record["region"]].add(record["order"])
    rows = by_region(sales).rows
    return Frame(REGION_COLUMNS, [[row[0], len(told[row[0]]), *row[2:]] for row in rows])


REGION_MISTAKES += [
    Mistake(
        _distinct_orders,
        "`orders` counts each order number once, not the rows",
        "Every row counts here. `nunique` counts different values, `size` counts rows.",
    ),
    Mistake(
        lambda sales: Frame(
            REGION_COLUMNS, sorted(sorted(_regions(sales))[::-1], key=lambda row: -row[3])
        ),
        "where two regions have the same revenue, the later name comes first",
        "Sort by two columns, each with its direction: `ascending=[False, True]`.",
    ),
    Mistake(
        lambda sales: Frame(
            REGION_COLUMNS,
            sorted(
                _regions(sales, lambda record: record["region"] != "(unknown)"),
                key=lambda row: (-row[3], row[0]),
            ),
        ),
        "the region `(unknown)` is missing",
        "Those sales were made. Without them the parts do not add up to the whole.",
    ),
]


def regions(check: Check) -> None:
    calls = [TIED, _sales(1, 30), _sales(2, 60)]
    check.compare("sales.by_region", calls, by_region, REGION_MISTAKES)


def whole(check: Check) -> None:
    """The parts add up to the whole, to the last cent."""
    for seed in range(3, 6):
        sales = _sales(seed, 80)
        frame = check.as_frame(check.call("sales.by_region", sales), "`by_region(sales)`")
        check.equal(
            sum(frame.column("revenue")),
            sum(sales.column("revenue")),
            "The sum of all regions",
            because="A part of the sales belongs to no region of the table.",
        )


def _months(first: str, last: str) -> list[str]:
    year, month = map(int, first.split("-"))
    found = [first]
    while found[-1] != last:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(f"{year}-{month:02d}")
    return found


def _by_month(sales: Frame) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for record in sales.records():
        sums[record["date"][:7]] += record["revenue"]
    return dict(sorted(sums.items()))


def by_month(sales: Frame) -> Frame:
    sums = _by_month(sales)
    every = _months(min(sums), max(sums))
    return Frame(["month", "revenue"], [[month, sums.get(month, 0)] for month in every])


MONTH_MISTAKES = [
    Mistake(
        lambda sales: Frame(
            ["month", "revenue"], [list(pair) for pair in _by_month(sales).items()]
        ),
        "months without a sale are missing",
        "`groupby` knows only what is there. A chart would hide the gap: reindex by every month"
        " from the first to the last, with 0.",
    ),
]


def months(check: Check) -> None:
    calls = [
        _sales(6, 20, ["2024-11", "2025-02"]),
        _sales(7, 40, ["2025-01", "2025-02", "2025-05"]),
        _sales(8, 5, ["2025-03"]),
    ]
    check.compare("sales.by_month", calls, by_month, MONTH_MISTAKES)


RISKY = ("=", "+", "-", "@")


def _csv(table: Frame, text: Any, money: Any, end: str = "\n", index: bool = False) -> str:
    lines = [[*([""] if index else []), *table.columns]]
    for number, record in enumerate(table.records()):
        cells = [
            money(value)
            if name == "revenue"
            else text(value)
            if isinstance(value, str)
            else str(value)
            for name, value in record.items()
        ]
        lines.append([*([str(number)] if index else []), *cells])
    return "".join(",".join(map(_quoted, line)) + end for line in lines)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n') else cell


def _guarded(text: str) -> str:
    return "'" + text if text.startswith(RISKY) else text


def _euros(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def csv_text(table: Frame) -> str:
    return _csv(table, _guarded, _euros)


def _with_carriage_returns(got: Any, _: Any) -> bool:
    return isinstance(got, str) and "\r\n" in got


CSV_MISTAKES = [
    Mistake(
        lambda table: _csv(table, str, _euros),
        "a cell that begins with `=` is written as it is: a spreadsheet would run it",
        "This is CSV injection: Excel and others take such a cell for a formula. Put an apostrophe"
        " before a text that begins with `=`, `+`, `-` or `@`.",
    ),
    Mistake(
        lambda table: _csv(table, lambda text: "'" + text if text[:1] == "=" else text, _euros),
        "a cell that begins with `+`, `-` or `@` is written as it is: a spreadsheet would run it",
        "`=` is not the only sign that begins a formula; this is CSV injection all the same.",
    ),
    Mistake(
        lambda table: _csv(table, _guarded, lambda cents: _guarded(_euros(cents))),
        "a negative amount has an apostrophe, so that it is no number anymore: {got}",
        "Guard the columns of text alone; a number is no formula.",
    ),
    Mistake(
        lambda table: _csv(table, _guarded, lambda cents: str(cents / 100)),
        "the euros have as many decimals as Python happens to show: {got}",
        'Two decimals, always: `f"{cents / 100:.2f}"`.',
    ),
    Mistake(
        lambda table: _csv(table, _guarded, str),
        "the revenue stands there in cents: {got}",
        "People and spreadsheets expect euros: divide by 100 when you write.",
    ),
    Mistake(
        lambda table: _csv(table, _guarded, _euros, index=True),
        "the first column counts the rows: it is the index of the frame",
        "`to_csv` writes the index unless it is told `index=False`.",
    ),
    Mistake.where(
        _with_carriage_returns,
        "the lines end with a carriage return and a line feed",
        'The ends of lines depend on the system unless they are given: `lineterminator="\\n"`.',
    ),
]

PLAIN = Frame(REGION_COLUMNS, [["North", 2, 3, 2500], ["South", 1, 2, 1790], ["West", 1, -1, -350]])
HOSTILE = Frame(
    REGION_COLUMNS,
    [
        ["North", 2, 3, 2500],
        ["=SUM(A1:A9)", 1, 2, 1790],
        ["+44", 1, 1, 895],
        ["@home", 1, 1, 5],
        ["-", 1, -1, -350],
        ["South, coast", 1, 1, 100],
    ],
)


def plain_csv(check: Check) -> None:
    check.compare("sales.to_csv", [PLAIN], csv_text, CSV_MISTAKES[2:])


def safe_csv(check: Check) -> None:
    check.compare("sales.to_csv", [HOSTILE], csv_text, CSV_MISTAKES)
