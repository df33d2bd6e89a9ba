"""Reads a table of sales as the tills wrote it, and sums it up. Money is counted in whole cents.

Fill in one function at a time, from the top. `mlpath show report-generator 1` says exactly
what milestone 1 asks, and so on.
"""

from __future__ import annotations

import pandas as pd

COLUMNS = ["order", "date", "region", "product", "quantity", "price", "revenue"]
UNKNOWN = "(unknown)"


def parse_amount(text: str) -> int:
    """An amount of euros such as `1.234,50` in cents; a ValueError where it is none."""
    # TODO (milestone 1): the comma is the decimal mark; points and spaces group thousands.
    raise NotImplementedError("parse_amount comes with milestone 1")


def parse_date(text: str) -> str:
    """The day as 2025-03-31, from any of the tills' four ways to write it; else a ValueError."""
    # TODO (milestone 2): the day comes first, except in 2025-03-31.
    raise NotImplementedError("parse_date comes with milestone 2")


def read_sales(path: str) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """The rows that can be used, and of every other one its line in the file and the reason."""
    # TODO (milestone 3): no row may get lost in silence.
    raise NotImplementedError("read_sales comes with milestone 3")


def by_region(sales: pd.DataFrame) -> pd.DataFrame:
    """Orders, quantity and revenue of each region, the highest revenue first."""
    # TODO (milestone 4)
    raise NotImplementedError("by_region comes with milestone 4")


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV that is safe in a spreadsheet; cents become euros with two decimals."""
    # TODO (milestone 5)
    raise NotImplementedError("to_csv comes with milestone 5")


def by_month(sales: pd.DataFrame) -> pd.DataFrame:
    """The revenue of each month from the first to the last, 0 where nothing was sold."""
    # TODO (milestone 6)
    raise NotImplementedError("by_month comes with milestone 6")
