"""Reads a table of sales as the tills wrote it, and sums it up. Money is counted in whole cents."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path

import pandas as pd

AMOUNT = re.compile(r"(-?)(\d+|\d{1,3}(?:[. ]\d{3})+)(?:,(\d{1,2}))?", re.ASCII)
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %b %Y")
COLUMNS = ["order", "date", "region", "product", "quantity", "price", "revenue"]
UNKNOWN = "(unknown)"
RISKY = ("=", "+", "-", "@")  # a spreadsheet runs a cell that begins so


def parse_amount(text: str) -> int:
    """An amount of euros such as `1.234,50` in cents; a ValueError where it is none."""
    found = AMOUNT.fullmatch(text.replace("€", "").strip())
    if found is None:
        raise ValueError(f"no amount: {text!r}")
    sign, euros, cents = found.groups()
    total = 100 * int(re.sub(r"[. ]", "", euros)) + int((cents or "").ljust(2, "0"))
    return -total if sign else total


def parse_date(text: str) -> str:
    """The day as 2025-03-31, from any of the tills' four ways to write it; else a ValueError."""
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    raise ValueError(f"no date: {text!r}")


def read_sales(path: str) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """The rows that can be used, and of every other one its line in the file and the reason."""
    rows, rejected = [], []
    with Path(path).open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file, delimiter=";"), start=2):
            try:
                day = parse_date(cells["date"])
                quantity, price = int(cells["quantity"]), parse_amount(cells["price"])
            except ValueError as problem:
                rejected.append((line, str(problem)))
                continue
            region = cells["region"].strip() or UNKNOWN
            head = cells["order"], day, region, cells["product"]
            rows.append((*head, quantity, price, quantity * price))
    return pd.DataFrame(rows, columns=COLUMNS), rejected


def by_region(sales: pd.DataFrame) -> pd.DataFrame:
    """Orders, quantity and revenue of each region, the highest revenue first."""
    groups = sales.groupby("region", as_index=False)
    table = groups.agg(
        orders=("order", "count"), quantity=("quantity", "sum"), revenue=("revenue", "sum")
    )
    return table.sort_values(["revenue", "region"], ascending=[False, True], ignore_index=True)


def by_month(sales: pd.DataFrame) -> pd.DataFrame:
    """The revenue of each month from the first to the last, 0 where nothing was sold."""
    months = pd.PeriodIndex(sales["date"], freq="M")
    revenue = sales.groupby(months)["revenue"].sum()
    every = pd.period_range(months.min(), months.max(), freq="M")
    revenue = revenue.reindex(every, fill_value=0)
    return pd.DataFrame({"month": every.astype(str), "revenue": revenue.to_numpy()})


def to_csv(table: pd.DataFrame) -> str:
    """The table as CSV that is safe in a spreadsheet; cents become euros with two decimals."""
    safe = table.copy()
    for name in safe.columns:
        if name == "revenue":
            safe[name] = [f"{cents / 100:.2f}" for cents in safe[name]]
        elif not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = ["'" + text if text.startswith(RISKY) else text for text in safe[name]]
    return safe.to_csv(index=False, lineterminator="\n")
