"""The kind `sql`: what is told of right, wrong and hostile queries and scripts."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import database
from judge import judge
from mlpath_check import Check, Failure, ScriptError

TABLES = """
CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE album (id INTEGER PRIMARY KEY, artist_id INTEGER, title TEXT, price INTEGER);
CREATE TABLE tag (album_id INTEGER, word TEXT);
INSERT INTO artist VALUES (1, 'Ada'), (2, 'Bo'), (3, 'Cy'), (4, NULL);
INSERT INTO album VALUES (1, 1, 'x', 3), (2, 1, 'y', 4), (3, 2, 'z', 5), (4, NULL, 'w', 7);
INSERT INTO tag VALUES (1, 'new'), (1, 'loud'), (2, 'new'), (2, 'calm'), (3, 'a'), (3, 'b');
"""
DATABASES = f"""
def databases():
    return {{"a shop": {TABLES!r},
            "a shop without albums": {TABLES + "DELETE FROM album;"!r}}}
"""
ALBUMS = """SELECT name, COUNT(album.id) AS albums FROM artist
LEFT JOIN album ON album.artist_id = artist.id GROUP BY artist.id ORDER BY name, albums"""
SPENT = """SELECT artist.name AS name, SUM(price) AS spent FROM artist
JOIN album ON album.artist_id = artist.id GROUP BY artist.id"""
LIMITED = "SELECT title FROM album ORDER BY id LIMIT 2"
SHARE = "SELECT id, price * 1.0 / 2 AS half FROM album"


class Court:
    """What mlpath does for a judge, without its sandbox."""

    def __init__(self, fields: dict[str, Any], files: dict[str, str], ours: dict[str, str]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.files = files
        defaults = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))[
            "properties"
        ]
        self.fields = {
            name: field["default"] for name, field in defaults.items() if "default" in field
        } | fields
        for name, text in ours.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")

    def ask(self, request: dict[str, Any]) -> str:
        if request["do"] == "fields":
            return json.dumps({"ok": True, "fields": self.fields})
        copy = self.root / "copy"
        copy.write_text(self.files[request["path"]], encoding="utf-8")
        if request["do"] == "source":
            return json.dumps({"ok": True, "path": str(copy)})
        return json.dumps({"ok": True, "facts": database.read(copy, request["given"])})

    def failure(self) -> Failure | None:
        with self.folder:
            try:
                judge(Check(self.ask, self.root))
            except Failure as failure:
                return failure
        return None


def asked(query: str, answer: str, columns: list[str], **fields: Any) -> Failure | None:
    files = {"q.sql": query, **fields.pop("files", {})}
    ours = {"checks/databases.py": DATABASES, "checks/a.sql": answer, **fields.pop("ours", {})}
    base = {"path": "q.sql", "databases": "checks/databases.py", "answer": "checks/a.sql"}
    return Court({**base, "columns": columns, "seconds": 5, **fields}, files, ours).failure()


def told(failure: Failure | None) -> str:
    if failure is None:
        return "passed"
    parts = (failure.message, failure.expected, failure.actual, failure.because, failure.look)
    return "\n".join(parts)


class Answers(unittest.TestCase):
    def holds(self, failure: Failure | None, *words: str) -> None:
        for word in words:
            self.assertIn(word, told(failure))

    def test_every_right_way_passes(self) -> None:
        for query in (
            ALBUMS,
            f"-- the albums\n{ALBUMS};\n-- done\n",
            "WITH n AS (SELECT artist_id, COUNT(*) AS k FROM album GROUP BY 1) SELECT name AS NAME,"
            " COALESCE(k, 0) AS albums FROM artist LEFT JOIN n ON n.artist_id = id ORDER BY 1, 2",
            "SELECT name, (SELECT COUNT(*) FROM album WHERE artist_id = a.id) AS albums"
            " FROM artist a ORDER BY name",
            "SELECT DISTINCT name, SUM(album.id IS NOT NULL) OVER (PARTITION BY artist.id) albums"
            " FROM artist LEFT JOIN album ON artist_id = artist.id ORDER BY name",
        ):
            with self.subTest(query=query):
                failure = asked(query, ALBUMS, ["name", "albums"], ordered=True)
                self.assertEqual(told(failure), "passed")
        for query in (
            "SELECT id, price / 2.0 AS half FROM album ORDER BY 2",
            SHARE + " ORDER BY 1",
        ):
            self.assertEqual(told(asked(query, SHARE, ["id", "half"])), "passed")

    def test_a_difference_is_told_with_its_cause(self) -> None:
        counted = (ALBUMS, ["name", "albums"])
        spent = (SPENT, ["name", "spent"])
        unnamed = ("SELECT id FROM album WHERE artist_id IS NULL", ["id"])
        titles = ("SELECT title FROM album WHERE artist_id IS NOT NULL", ["title"])
        cases: list[tuple[str, tuple[str, list[str]], tuple[str, ...]]] = [
            (ALBUMS.replace("LEFT ", ""), counted, ("lacks 2 rows of 4", "LEFT JOIN keeps them")),
            (ALBUMS.replace("album.id)", "*)"), counted, ("wrong values in `albums`", "a shop")),
            (ALBUMS.replace("AS albums", "AS n").replace("albums", "n"), counted,
             ("names column 2 `n`; it should be `albums`",)),
            ("SELECT name FROM artist", counted, ("gives 1 column; 2 are asked",)),
            ("SELECT 1 AS albums, name FROM artist", counted, ("columns in another order",)),
            (SPENT.replace("GROUP", "JOIN tag ON tag.album_id = album.id GROUP"), spent,
             ("wrong values in `spent`, in 2 rows", "2 times too large", "a fan-out")),
            ("SELECT title FROM album JOIN tag ON album_id = id WHERE artist_id > 0", titles,
             ("gives rows more than once: 3 of its 6 rows are too many", "a fan-out")),
            ("SELECT title FROM album, tag WHERE artist_id > 0", titles, ("a fan-out",)),
            ("SELECT title FROM album ORDER BY id", titles,
             ("gives 1 row too many", "no condition that keeps them out")),
            ("SELECT title FROM album ORDER BY id", (LIMITED, ["title"]),
             ("gives 4 rows where the first 2 are asked", "LIMIT ends the rows")),
            ("SELECT id FROM album WHERE artist_id = NULL", unnamed,
             ("gives no row; 1 is right", "IS NULL")),
            ("SELECT id, price / 2 AS half FROM album", (SHARE, ["id", "half"]),
             ("Integer division", "1 where 1.5 is right")),
            ("SELECT id, ROUND(price / 2.0) AS half FROM album", (SHARE, ["id", "half"]),
             ("It is rounded",)),
            ("SELECT id, price * 50.0 AS half FROM album", (SHARE, ["id", "half"]),
             ("It is a percentage",)),
            ("SELECT name FROM artist WHERE id NOT IN (SELECT artist_id FROM album)",
             ("SELECT name FROM artist WHERE id IN (3, 4)", ["name"]),
             ("gives no row; 2 are right", "NOT IN can hold a NULL")),
            ("SELECT 'Ada' AS name, 2 AS albums UNION SELECT 'Bo', 1 UNION SELECT 'Cy', 0"
             " UNION SELECT NULL, 0", counted, ("(on a shop without albums)",)),
        ]  # fmt: skip
        for query, (answer, columns), words in cases:
            with self.subTest(query=query):
                self.holds(asked(query, answer, columns), *words)

    def test_order_counts_where_it_is_asked(self) -> None:
        for query, words in (
            (ALBUMS.replace("name, albums", "name DESC"), "the other way round"),
            (ALBUMS.replace("name, albums", "albums, name"), "ties are left to chance"),
        ):
            failure = asked(query, ALBUMS, ["name", "albums"], ordered=True)
            self.holds(failure, words)
            self.assertIsNone(asked(query, ALBUMS, ["name", "albums"]))
        plain = asked("SELECT title FROM album", "SELECT title FROM album ORDER BY title DESC",
                      ["title"], ordered=True)  # fmt: skip
        self.holds(plain, "another order: row 1", "Without ORDER BY")

    def test_a_mistake_of_the_author_is_told_before_any_other(self) -> None:
        mistakes = [{"answer": "checks/m.sql", "because": "The stars count."}]
        ours = {"checks/m.sql": ALBUMS.replace("album.id)", "*)")}
        options = {"mistakes": mistakes, "ours": ours}
        failure = asked(ours["checks/m.sql"], ALBUMS, ["name", "albums"], **options)
        self.holds(failure, "The stars count.")
        other = asked(ALBUMS.replace("album.id", "tag.word").replace("GROUP", "JOIN tag GROUP"),
                      ALBUMS, ["name", "albums"], **options)  # fmt: skip
        self.assertNotIn("stars", told(other))
        with self.assertRaises(ScriptError):
            asked(ALBUMS, ALBUMS, ["name", "albums"], mistakes=mistakes,
                  ours={"checks/m.sql": ALBUMS})  # fmt: skip


class BadQueries(unittest.TestCase):
    def test_what_is_no_query_is_told_in_a_sentence(self) -> None:
        endless = "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c)"
        for query, words in (
            ("", "`q.sql` is empty"),
            (" \n\t", "`q.sql` is empty"),
            ("-- later\n/* or never */", "holds comments alone, and no query"),
            (";;", "holds comments alone"),
            ("SELECT 1; SELECT 2;", "has 2 statements; one query is asked"),
            (".mode column\nSELECT 1", "holds `.mode`, which is a command of the sqlite3 program"),
            ("SELECT 'it's' AS name", "opens a text with '"),
            ("DELETE FROM album", "begins with DELETE and changes the database; one query"),
            ("EXPLAIN SELECT 1", "begins with EXPLAIN"),
            ("PRAGMA writable_schema = 1", "begins with PRAGMA"),
            ("ATTACH 'x' AS y", "begins with ATTACH"),
            ("SELECT 1\0", "NUL bytes"),
            ("SELECT " + "1," * 60_000 + "1", "at most 100,000 are read"),
            ("WITH a AS (SELECT 1) DELETE FROM album", "asks for DELETE, which is not let through"),
            ("WITH a AS (SELECT 1) INSERT INTO album SELECT 9, 9, 9, 9", "asks for INSERT"),
            ("SELECT load_extension('x')", "asks for load_extension(), which is not let through"),
            ("SELECT * FROM pragma_table_info('album')", "asks for a PRAGMA"),
            (f"{endless} SELECT COUNT(*) FROM c", "did not end within 1 s on a shop"),
            (f"{endless} SELECT i AS name FROM c", "gives more than 5,000 rows; 4 are right"),
            ("SELECT a.name FROM artist a, artist b, artist c, artist d, artist e, artist f, tag",
             "a cross join"),
            ("SELECT hex(zeroblob(900000000)) AS name", "string or blob too big"),
            ("SELECT printf('%.*c', 1000000000, 'x') AS name", "did not end within 1 s"),
            ("SELECT " + "(" * 5_000 + "1" + ")" * 5_000, "fails"),
            ("SELEC name FROM artist", "`SELEC` is a slip of SELECT"),
            ("Here is it: SELECT 1", "Something that is no SQL stands above the query"),
            ("(SELECT 1)", "no parentheses around a whole query"),
            ("EXPLAIN QUERY PLAN SELECT 1", "how a query is worked out, not its rows"),
            ("INSERT INTO tag VALUES (9, 'x'); SELECT name FROM artist",
             "begins with INSERT and changes the database; one query is asked, which only reads"),
            ("SELECT name FORM artist", "`FORM` is a slip of FROM"),
            ("SELECT name FROM artist WEHRE id = 1", "`WEHRE` is a slip of WHERE"),
            ("SELECT name FROM artist GRUOP BY id", "`GRUOP` is a slip of GROUP"),
            ("SELECT name, FROM artist", "The slip is at that word or right before it"),
            ("SELECT count(*) AS country, FROM artist", "a word spelled differently, a comma too"),
            ("SELECT name, ROW_NUMBER() OVER (ORDER BY id) AS place FROM artist WHERE place = 1",
             "neither can use it or its alias"),
            ("SELECT name, COUNT(*) AS often FROM artist WHERE often > 1", "belongs behind HAVING"),
            ("SELECT nam FROM artist", "no such column: nam"),
            ("SELECT name FROM artists", "no such table: artists"),
            ("SELECT id AS name FROM artist, album", "ambiguous column name: id"),
            ("SELECT name FROM artist WHERE COUNT(*) > 1", "belongs behind HAVING"),
            ("SELECT name FROM artist WHERE ROW_NUMBER() OVER () = 1", "common table expression"),
            ("SELECT ? AS name", "waits for a value that nobody gives"),
            ("SELECT MEDIAN(id) AS name FROM artist", "no such function: MEDIAN"),
        ):  # fmt: skip
            with self.subTest(query=query[:80]):
                failure = asked(query, "SELECT name FROM artist", ["name"], seconds=1)
                self.assertIn(words, told(failure))
                self.assertLess(len(told(failure)), 2_000)

    def test_what_ends_its_process_ends_no_other(self) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write("SELECT 1")
            file.flush()
            given = {"work": "question", "databases": ["no sql"], "before": [], "plan": False}
            (outcome,) = database.read(Path(file.name), {**given, "seconds": 5})
        self.assertEqual(outcome["problem"], "ours")


class Plans(unittest.TestCase):
    def test_a_scan_is_found_behind_an_alias(self) -> None:
        index = "CREATE INDEX by_artist ON album (artist_id);"
        answer = "SELECT title FROM album WHERE artist_id = 1"
        for query, script, words in (
            (answer, index, "passed"),
            ("SELECT title FROM album AS a WHERE a.artist_id = 1", index, "passed"),
            (
                "SELECT title FROM album AS a WHERE a.artist_id + 0 = 1",
                index,
                "reads all of `album`",
            ),
            (answer, "CREATE INDEX i ON album (price, artist_id)", "a full table scan"),
            (answer, "-- nothing", "`i.sql` holds comments alone"),
            (answer, "CREATE INDEX i ON album (artist)", "`i.sql` stops at `CREATE INDEX i"),
            (answer, "ATTACH 'x' AS y", "`i.sql` asks for ATTACH, which is not let through"),
            (answer, "PRAGMA writable_schema = 1;" + index, "asks for PRAGMA writable_schema"),
            (answer, "DELETE FROM album;" + index, "`i.sql` changes rows, and is run before"),
            (answer, "CRATE INDEX i ON album (artist_id)", "`CRATE` is a slip of CREATE"),
            (answer, "ANALYZE;" + index + "ANALYZE;", "passed"),
        ):
            with self.subTest(query=query, script=script):
                failure = asked(query, answer, ["title"], before=["i.sql"], searches=["album"],
                                files={"i.sql": script})  # fmt: skip
                self.assertIn(words, told(failure))


SCHEMA = """CREATE TABLE pool (name TEXT PRIMARY KEY NOT NULL, lanes INTEGER NOT NULL);
CREATE TABLE swim (id INTEGER PRIMARY KEY, pool TEXT NOT NULL REFERENCES pool (name), day TEXT,
    seconds REAL, UNIQUE (pool, day));
CREATE INDEX swim_by_day ON swim (day);
"""
TAKES = """INSERT INTO pool (name, lanes) VALUES ('North', 8);
INSERT INTO swim VALUES (1, 'North', NULL, 31.5);"""
REFUSES = [
    {
        "sql": "INSERT INTO swim VALUES (2, 'South', '2020-01-01', 1)",
        "says": "a swim in a pool that does not exist",
        "because": "Nothing ties `pool` to its table.",
    },
    {"sql": "INSERT INTO pool (name, lanes) VALUES ('East', NULL)", "says": "a pool without lanes"},
    {"sql": "INSERT INTO swim VALUES (3, 'North', NULL, -1)", "says": "a swim of -1 s"},
]


def built(script: str, refuses: list[dict[str, str]] = REFUSES[:2]) -> str:
    fields = {"path": "s.sql", "schema": "checks/s.sql", "takes": "checks/t.sql"}
    ours = {"checks/s.sql": SCHEMA, "checks/t.sql": TAKES}
    court = Court({**fields, "refuses": refuses, "seconds": 5}, {"s.sql": script}, ours)
    return told(court.failure())


class Scripts(unittest.TestCase):
    def test_right_tables_pass_however_they_are_written(self) -> None:
        for script in (
            SCHEMA,
            "PRAGMA foreign_keys = ON; BEGIN; DROP TABLE IF EXISTS pool;\n" + SCHEMA + "COMMIT;",
            "CREATE TABLE Pool (Name VARCHAR(20) NOT NULL, lanes INT NOT NULL, city TEXT,"
            " PRIMARY KEY (Name)); CREATE TABLE swim (id INTEGER NOT NULL PRIMARY KEY, pool"
            " VARCHAR(20) NOT NULL, day DATE, seconds FLOAT, FOREIGN KEY (pool) REFERENCES Pool);"
            " CREATE UNIQUE INDEX u ON swim (day, pool);",
        ):
            with self.subTest(script=script):
                self.assertEqual(built(script), "passed")

    def test_what_is_missing_is_named(self) -> None:
        for old, new, words in (
            (SCHEMA, SCHEMA.replace(" swim ", " swims "), "no table `swim`; there is `swims`"),
            ("seconds REAL", "second REAL", "makes no column `swim.seconds`; there is `second`"),
            ("seconds REAL", "seconds TEXT", "gives `swim.seconds` the type TEXT"),
            ("seconds REAL", "seconds", "gives `swim.seconds` no type"),
            ("lanes INTEGER NOT NULL", "lanes INTEGER", "lets `pool.lanes` be NULL"),
            ("id INTEGER PRIMARY KEY", "id INTEGER NOT NULL", "gives `swim` no primary key"),
            (" REFERENCES pool (name)", "", "no foreign key from `pool` to `pool`"),
            (", UNIQUE (pool, day)", "", "lets `pool, day` of `swim` be the same in two rows"),
            ("swim (day)", "swim (id, day)", "no index of `swim` that begins with `day`"),
            ("day TEXT", "day TEXT NOT NULL", "refuse a sound row: NOT NULL constraint failed"),
            (");\nCREATE INDEX", ";\nCREATE INDEX", "stops at `CREATE TABLE swim"),
            (SCHEMA, SCHEMA + TAKES, "puts rows into its tables, and ours meet them"),
            ("CREATE INDEX", "CREAT INDEX", "`CREAT` is a slip of CREATE"),
            (SCHEMA, "BEGIN; " + SCHEMA, "begins a transaction and does not end it"),
            (SCHEMA, "-- TODO\n", "holds comments alone, and no statement"),
            (SCHEMA, SCHEMA + "ATTACH 'x.db' AS x;", "asks for ATTACH, which is not let through"),
            (SCHEMA, SCHEMA + "VACUUM INTO 'x.db';", "asks for ATTACH"),
            (SCHEMA, SCHEMA + "CREATE VIRTUAL TABLE t USING fts5(a);", "asks for"),
        ):  # fmt: skip
            with self.subTest(new=new):
                self.assertIn(words, built(SCHEMA.replace(old, new)))

    def test_a_row_that_should_be_refused_and_is_taken(self) -> None:
        self.assertIn(
            "make".join(("", "s tables that take a swim of -1 s")), built(SCHEMA, REFUSES)
        )


if __name__ == "__main__":
    unittest.main()
