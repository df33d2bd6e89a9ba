"""Shops with the tables of data/chinook.sqlite, small and full of edge cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

WORDS = ["Night", "River", "Stone", "Heart", "Fire", "Blue", "Road", "Glass", "Dust", "Silver"]
COUNTRIES = ["Norway"] * 6 + ["Chile"] * 4 + ["India"] * 4 + ["Peru"] * 3 + ["Malta"]
GENRES = ["Rock", "Jazz", "Metal", "Opera", "Folk", "Silence"]  # of the last there is no track
PRICES = [0.99, 0.99, 0.99, 1.99]
Row = Sequence[Any]


def literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, (int, float)) else "'" + value.replace("'", "''") + "'"


def inserts(table: str, columns: str, rows: Sequence[Row]) -> str:
    lines = [f"({', '.join(map(literal, row))})" for row in rows]
    return f"INSERT INTO {table} ({columns}) VALUES\n" + ",\n".join(lines) + ";\n" if rows else ""


def music(draw: Random, lengths: Sequence[int]) -> str:
    artists = [(n, f"{draw.choice(WORDS)} {draw.choice(WORDS)}") for n in range(1, 13)]
    artists += [(13, artists[0][1]), (14, "O'Brien"), (15, artists[4][1])]  # of one name, not one
    albums = [(n, f"{draw.choice(WORDS)} Days", draw.choice([1, 2, 3, 5, 8, 13, 14]))
              for n in range(1, 20)]  # fmt: skip
    albums.append((20, "Home", 14))
    tracks = []
    for n in range(1, 91):
        composer = draw.choice([None, None, "Ada Holm", "Bo Berg", "NULL"])
        name = f"{draw.choice(WORDS)} {draw.choice(WORDS[:4])}"
        album, genre = draw.randint(1, 20), draw.randint(1, 5)
        length = draw.choice(lengths)
        tracks.append((n, name, album, 1 + n % 2, genre, composer, length, draw.choice(PRICES)))
    tracks.append((91, "Home Again", 20, 1, 1, None, 600_000, 0.99))
    return (
        inserts("Artist", "ArtistId, Name", artists)
        + inserts("Genre", "GenreId, Name", list(enumerate(GENRES, 1)))
        + inserts("MediaType", "MediaTypeId, Name", [(1, "MPEG audio file"), (2, "AAC audio file")])
        + inserts("Album", "AlbumId, Title, ArtistId", albums)
        + inserts(
            "Track",
            "TrackId, Name, AlbumId, MediaTypeId, GenreId, Composer, Milliseconds, UnitPrice",
            tracks,
        )
    )


def people() -> str:
    rows = [
        (n, f"First{n}", f"Last{n}", country, f"p{n}@example.org", 1)
        for n, country in enumerate(COUNTRIES, 1)
    ]
    return inserts("Employee", "EmployeeId, LastName, FirstName", [(1, "Berg", "Ada")]) + inserts(
        "Customer", "CustomerId, FirstName, LastName, Country, Email, SupportRepId", rows
    )


def sales(draw: Random) -> str:
    """Invoices of 2022 to 2024, with months without any, and one on the last day of 2023."""
    days = [f"{draw.choice([2022, 2023, 2023, 2024])}-{draw.choice([1, 2, 3, 5, 8, 12]):02}"
            f"-{draw.randint(1, 28):02}" for _ in range(44)]  # fmt: skip
    days += ["2023-01-01", "2023-12-31", "2022-12-31", "2024-01-01"]
    invoices, lines = [], []
    for number, day in enumerate(draw.sample(days, len(days)), 1):
        total = 0.0
        for _ in range(draw.choice([1, 2, 3, 5])):
            price, quantity = draw.choice(PRICES), draw.choice([1, 1, 2, 3])
            lines.append((len(lines) + 1, number, draw.randint(1, 90), price, quantity))
            total += price * quantity
        customer = draw.choice([n for n in range(1, len(COUNTRIES) + 1) if n not in (3, 9)])
        invoices.append((number, customer, f"{day} 00:00:00", "Norway", round(total, 2)))
    columns = "InvoiceId, CustomerId, InvoiceDate, BillingCountry, Total"
    return inserts("Invoice", columns, invoices) + inserts(
        "InvoiceLine", "InvoiceLineId, InvoiceId, TrackId, UnitPrice, Quantity", lines
    )


def databases() -> dict[str, str]:
    tables = Path(__file__).with_name("tables.sql").read_text(encoding="utf-8")
    varied = [61_000 + 17_003 * n for n in range(60)]
    tied = [180_000, 240_000, 600_000, 600_001, 660_000]
    return {
        "another shop": tables + music(Random(1), varied) + people() + sales(Random(2)),
        "a shop with many ties": tables + music(Random(3), tied) + people() + sales(Random(4)),
        "a shop that has sold nothing yet": tables + music(Random(5), varied) + people(),
    }
