"""The shop from Python: values as parameters, and an answer of SQL once more in pandas."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pandas as pd


def connect(path: str) -> sqlite3.Connection:
    """Opens a database; of a script that ends in `.sql` it makes one in memory."""
    if path.endswith(".sql"):
        connection = sqlite3.connect(":memory:")
        connection.executescript(Path(path).read_text(encoding="utf-8"))
        return connection
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def tracks_of(path: str, artist: str) -> list[str]:
    """The names of all tracks on the albums of an artist, in alphabetical order."""
    raise NotImplementedError("TODO: one query with a `?` for the artist")


def spending(customers: pd.DataFrame, invoices: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """What `queries/customers.sql` gives, from the three tables, in order of `customer_id`."""
    raise NotImplementedError("TODO: sum up each side before you merge")
