"""The shop from Python: values as parameters, and an answer of SQL once more in pandas."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd

TRACKS_OF = """
SELECT Track.Name
FROM Track
JOIN Album ON Album.AlbumId = Track.AlbumId
JOIN Artist ON Artist.ArtistId = Album.ArtistId
WHERE Artist.Name = ?
ORDER BY Track.Name
"""


def connect(path: str) -> sqlite3.Connection:
    """Opens a database; of a script that ends in `.sql` it makes one in memory."""
    if path.endswith(".sql"):
        connection = sqlite3.connect(":memory:")
        connection.executescript(Path(path).read_text(encoding="utf-8"))
        return connection
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def tracks_of(path: str, artist: str) -> list[str]:
    """The names of all tracks on the albums of an artist, in alphabetical order."""
    with closing(connect(path)) as connection:
        return [name for (name,) in connection.execute(TRACKS_OF, (artist,))]


def spending(customers: pd.DataFrame, invoices: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """What `queries/customers.sql` gives, from the three tables, in order of `customer_id`."""
    bought = lines.groupby("InvoiceId")["Quantity"].sum().rename("tracks")
    whole = invoices.merge(bought, on="InvoiceId", how="left", validate="one_to_one")
    found = whole.groupby("CustomerId").agg(
        invoices=("InvoiceId", "count"), tracks=("tracks", "sum"), spent=("Total", "sum")
    )
    every = sorted(customers["CustomerId"])
    return found.reindex(every, fill_value=0).rename_axis("customer_id").reset_index()
