"""What `shop.py` gives, against our own SQL on shops that nobody has seen."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from databases import databases
from mlpath_check import Check, Frame

SHOP = "small.sql"
NAMES = """SELECT Track.Name FROM Track JOIN Album USING (AlbumId) JOIN Artist USING (ArtistId)
WHERE Artist.Name = ? ORDER BY Track.Name"""
LOOK = "Try it: `python3 -c \"import shop; print(shop.tracks_of('data/chinook.sqlite', '{}'))\"`"
INJECTION = (
    "The name is pasted into the text of the query, so that its quotes become SQL. That is SQL"
    " injection: put a `?` there, and pass the value as a parameter."
)


def opened(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(databases()[name])
    return connection


def names_of(connection: sqlite3.Connection, artist: str) -> list[str]:
    return [name for (name,) in connection.execute(NAMES, (artist,))]


def tracks(check: Check) -> None:
    shop = opened("another shop")
    check.lay(SHOP, databases()["another shop"])
    artists = [name for (name,) in shop.execute("SELECT DISTINCT Name FROM Artist ORDER BY 1")]
    for artist in [one for one in artists if "'" not in one][:6]:
        got = check.as_list(check.call("shop.tracks_of", SHOP, artist), "`tracks_of`")
        right = names_of(shop, artist)
        check.that(
            sorted(map(str, got)) == right,
            f"`tracks_of(…, {artist!r})` gives other tracks",
            got=got,
            expected=right,
            because="Two artists can have the same name, and an artist has several albums."
            if len(got) < len(right)
            else "Each row of an answer is a tuple; the name is its first value."
            if any(isinstance(one, (list, tuple)) for one in got)
            else "",
        )
        check.equal(got, right, f"`tracks_of(…, {artist!r})`", because="They are not sorted.")


def parameters(check: Check) -> None:
    shop = opened("another shop")
    check.lay(SHOP, databases()["another shop"])
    typed = ("' OR '1'='1", '" OR "1"="1', "x' UNION SELECT Email FROM Customer --", "%")
    for artist in ("O'Brien", *typed):
        raised = check.raises("shop.tracks_of", SHOP, artist)
        message = getattr(raised, "message", "")
        check.that(
            raised is None,
            f"`tracks_of(…, {artist!r})` raises {raised}: {message}",
            because=INJECTION
            if "error" in message or "unrecognized" in message
            else "A tuple of one value ends in a comma: `(artist,)`."
            if "uses 1," in message
            else "",
        )
        got = check.as_list(check.call("shop.tracks_of", SHOP, artist), "`tracks_of`")
        right = names_of(shop, artist)
        if right:  # what is wrong with an artist of any name is for `tracks` to say
            check.that(
                sorted(map(str, got)) == right,
                f"`tracks_of(…, {artist!r})` gives other tracks",
                got=got,
                expected=right,
            )
            continue
        check.that(
            not got,
            f"`tracks_of(…, {artist!r})` gives tracks, and no artist has that name",
            got=got,
            expected=right,
            because="LIKE takes % for any text. `=` asks for the name itself."
            if artist == "%"
            else INJECTION,
        )


def frame_of(connection: sqlite3.Connection, query: str) -> Frame:
    cursor = connection.execute(query)
    columns: list[Any] = [column[0] for column in cursor.description]
    return Frame(columns, [list(row) for row in cursor.fetchall()])


def agrees(check: Check) -> None:
    query = Path(check.path("checks/customers.sql")).read_text(encoding="utf-8")
    names = ("CustomerId, Country FROM Customer", "InvoiceId, CustomerId, Total FROM Invoice",
             "InvoiceLineId, InvoiceId, TrackId, UnitPrice, Quantity FROM InvoiceLine")  # fmt: skip
    for name in databases():
        shop = opened(name)
        frames = [frame_of(shop, f"SELECT {columns} ORDER BY 1 DESC") for columns in names]
        right = frame_of(shop, query.rstrip().rstrip(";") + " ORDER BY 1")
        got = check.as_frame(check.call("shop.spending", *frames), "`spending`")
        check.equal(got.columns, right.columns, f"The columns of `spending` on {name}")
        rows = [[float("nan") if cell is None else float(cell) for cell in row] for row in got.rows]
        check.that(
            len(rows) == len(right.rows),
            f"`spending` gives {len(rows)} rows on {name}; there are {len(right.rows)} customers",
            because="Customers who bought nothing are dropped by an inner merge."
            if len(rows) < len(right.rows)
            else "",
        )
        keys = [row[0] for row in rows]
        check.that(
            len(keys) < 2 or keys != sorted(keys, reverse=True),
            f"`spending` gives the rows on {name} in the order of `customers`",
            because="They are asked in order of `customer_id`, and a frame may come in any order.",
        )
        total, truth = (sum(row[3] for row in each) for each in (rows, right.rows))
        check.that(
            not total > truth + 0.005,
            "`spending` adds up to {got:.2f} on " + name + "; the invoices add up to {truth:.2f}",
            got=total, truth=truth,
            because="The merge doubled rows (a fan-out): an invoice comes once for each of its"
            " lines, and its Total is summed each time.",
            look="Say `validate=\"one_to_one\"` in `merge`: pandas then refuses such a merge.",
        )  # fmt: skip
        check.close(rows, right.rows, f"`spending` on {name}")
