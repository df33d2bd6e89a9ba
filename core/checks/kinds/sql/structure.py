"""Whether the tables of a script have the columns, types, keys and indexes that are asked."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from differences import Difference

Tables = dict[str, Any]
# What a type stands for, by the rules of SQLite ("Determination Of Column Affinity").
AFFINITIES = (
    ("INTEGER", ("INT",)),
    ("TEXT", ("CHAR", "CLOB", "TEXT")),
    ("BLOB", ("BLOB",)),
    ("REAL", ("REAL", "FLOA", "DOUB")),
)


def affinity(kind: str) -> str:
    for name, parts in AFFINITIES:
        if any(part in kind.upper() for part in parts):
            return name
    return "NUMERIC" if kind else "BLOB"


def fits(kind: str, asked: str) -> bool:
    """Whether a column of one type serves for another: numbers as numbers, dates as texts."""
    one, other = affinity(kind), affinity(asked)
    if one == "NUMERIC":
        dated = "DATE" in kind.upper() or "TIME" in kind.upper()
        return other in (("TEXT", "NUMERIC") if dated else ("INTEGER", "REAL", "NUMERIC"))
    return one == other


def lower(names: Iterable[Any]) -> list[str]:
    return [str(name).lower() for name in names]


def near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name.lower(), lower(known), 1)
    return f"; there is `{found[0]}`" if found else ""


def difference(got: Tables, right: Tables) -> Difference | None:
    """The first thing that the right tables have and the learner's lack; more is allowed."""
    mine = {name.lower(): table for name, table in got.items()}
    for name, asked in right.items():
        table = mine.get(name.lower())
        if table is None:
            there = ", ".join(got) or "no table"
            says = f"makes no table `{name}`{near(name, got)}"
            return Difference(says, expected=", ".join(right), actual=there)
        for compare in (_columns, _key, _points, _indexes):
            found = compare(name, table, asked)
            if found is not None:
                return found
    return None


def _columns(name: str, table: Any, asked: Any) -> Difference | None:
    mine = {column["name"].lower(): column for column in table["columns"]}
    shown = ", ".join(f"{column['name']} {column['type']}".strip() for column in table["columns"])
    for column in asked["columns"]:
        place = f"`{name}.{column['name']}`"
        have = mine.get(column["name"].lower())
        if have is None:
            return Difference(f"makes no column {place}{near(column['name'], mine)}", actual=shown)
        if not have["type"]:
            return Difference(
                f"gives {place} no type; it should be {column['type']}",
                "The type stands behind the name of the column.",
            )
        if not fits(have["type"], column["type"]):
            return Difference(
                f"gives {place} the type {have['type']}; it should be {column['type']}",
                "A number that is kept as a text sorts as a text: '10' comes before '9'."
                if affinity(have["type"]) == "TEXT"
                else "",
            )
        if column["required"] and not have["required"]:
            return Difference(
                f"lets {place} be NULL", "Without NOT NULL, a row may come without a value."
            )
    return None


def key_of(table: Any) -> list[str]:
    parts = sorted((column["key"], column["name"]) for column in table["columns"] if column["key"])
    return lower(name for _, name in parts)


def _key(name: str, table: Any, asked: Any) -> Difference | None:
    have, want = key_of(table), key_of(asked)
    if want and set(have) != set(want):
        says = f"gives `{name}` no primary key" if not have else f"gives `{name}` another key"
        return Difference(
            says,
            "The primary key names the columns that tell one row from every other.",
            expected=f"PRIMARY KEY ({', '.join(want)})",
            actual=f"PRIMARY KEY ({', '.join(have)})" if have else "none",
        )
    return None


def _ends(point: list[list[Any]]) -> tuple[str, list[tuple[str, str]]]:
    """The other table, and the pairs of columns. Without a column there, its key is meant."""
    pairs = [(str(here).lower(), str(there or "").lower()) for here, _, there in point]
    return str(point[0][1]).lower(), sorted(pairs)


def _points(name: str, table: Any, asked: Any) -> Difference | None:
    have = [_ends(point) for point in table["points"]]
    for point in asked["points"]:
        other, pairs = _ends(point)
        if not any(
            there == other
            and [one for one, _ in mine] == [one for one, _ in pairs]
            and all(not a or not b or a == b for (_, a), (_, b) in zip(mine, pairs))
            for there, mine in have
        ):
            columns = ", ".join(here for here, _ in pairs)
            far = ", ".join(there for _, there in pairs if there)
            return Difference(
                f"gives `{name}` no foreign key from `{columns}` to `{point[0][1]}`",
                "Without a foreign key, the database takes a row whose partner does not exist.",
                expected=f"FOREIGN KEY ({columns}) REFERENCES {point[0][1]} ({far})",
                actual="; ".join(f"{', '.join(a for a, _ in pairs)} to {to}" for to, pairs in have)
                or "none",
            )
    return None


def _indexes(name: str, table: Any, asked: Any) -> Difference | None:
    have = [(lower(index["columns"]), index["unique"]) for index in table["indexes"]]
    have.append((key_of(table), True))
    for index in asked["indexes"]:
        want = lower(index["columns"])
        begins = [unique for columns, unique in have if columns[: len(want)] == want]
        exact = [unique for columns, unique in have if sorted(columns) == sorted(want)]
        if index["unique"] and not any(exact):
            return Difference(
                f"lets `{', '.join(want)}` of `{name}` be the same in two rows",
                "UNIQUE keeps a value, or values together, from coming twice.",
            )
        if not index["unique"] and not begins:
            return Difference(
                f"makes no index of `{name}` that begins with `{', '.join(want)}`",
                "An index helps those who ask for its first columns.",
                actual="; ".join(", ".join(columns) for columns, _ in have if columns) or "none",
            )
    return None
