"""The kind `sql`: queries and scripts of the learner's, in databases that they have not seen.

The right answer is that of the author's own query, which runs here and nowhere near the learner's.
"""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from typing import Any, NoReturn

import structure
from database import structure as structure_of
from differences import Answer, Difference, difference
from mlpath_check import Check, Failure, ScriptError
from sql_text import Fault, Sql

# What SQLite says, the likely cause, and how to look.
ERRORS = (
    (
        r"no such table",
        "",
        "`SELECT name FROM sqlite_master WHERE type = 'table'` lists the tables.",
    ),
    (
        r"no such column: \"",
        "Text stands in single quotes; double quotes are for names of columns and tables.",
        "",
    ),
    (
        r"no such column",
        "The column belongs to a table that the query does not name, or is spelled differently."
        " Text stands in single quotes; without them a word is the name of a column.",
        "`SELECT * FROM … LIMIT 1` shows the columns of a table.",
    ),
    (
        r"ambiguous column name",
        "Two tables have a column of that name: write the table before it, with a dot.",
        "",
    ),
    (
        r"misuse of (aliased )?aggregate",
        "WHERE looks at single rows, before they are grouped. A condition on a count or a sum"
        " belongs behind HAVING.",
        "",
    ),
    (
        r"misuse of (aliased )?window function",
        "A window function is worked out after WHERE and GROUP BY, so that neither can use it or"
        " its alias. Put the query into a common table expression, and filter outside of it.",
        "",
    ),
    (r"no such function", "SQLite has no function of that name; other databases may.", ""),
    (r"number of bindings", "A `?` or a `:name` waits for a value that nobody gives.", ""),
    (
        r"parser stack overflow|Expression tree is too large",
        "It nests deeper than SQLite reads: too many parentheses or subqueries, one in another.",
        "",
    ),
    (
        r"string or blob too big",
        "A text grows until SQLite cannot hold it: no answer here has one of that size.",
        "",
    ),
    (r"incomplete input", "Something is still open at its end, such as a parenthesis.", ""),
    (
        r"syntax error",
        "The slip is at that word or right before it: a word spelled differently, a comma too many"
        " or too few, or clauses in another order.",
        "A query has its clauses in the order SELECT, FROM, WHERE, GROUP BY, HAVING, ORDER BY.",
    ),
)
ENDLESS = (
    "A recursive query without a condition that ends it, or a join without a condition, so that"
    " each row meets every other."
)


def databases_of(check: Check, path: str) -> dict[str, str]:
    """What the author's `databases()` gives: a script by the name that a learner reads."""
    script = check.path(path)
    spec = importlib.util.spec_from_file_location(script.stem, script)
    if spec is None or spec.loader is None:
        raise ScriptError(f"{path} is no script")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.databases()
    if not isinstance(found, dict) or not found:
        raise ScriptError(f"`databases` of {path} gives no dict of scripts by name")
    return found


def answer_of(database: str, query: str) -> Answer:
    connection = sqlite3.connect(":memory:")
    connection.executescript(database)
    cursor = connection.execute(query)
    rows = [list(row) for row in cursor.fetchall()]
    connection.close()
    first_rows = "LIMIT" in Sql(query).words
    return Answer([str(column[0]) for column in cursor.description], rows, first_rows=first_rows)


class Judge:
    """One check of one file; `name` is how the learner knows it."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.fields = check.fields
        self.path: str = self.fields["path"]
        self.name = f"`{self.path}`"
        self.sql = Sql(check.source(self.path))

    # What is wrong with a text, or with what became of it

    def refuse(self, name: str, fault: Fault | None) -> None:
        if fault is not None:
            self.check.fail(f"{name} {fault.says}", because=fault.because, look=fault.look)

    def stopped(self, outcome: dict[str, Any], where: str) -> NoReturn:
        """The failure of a text that could not be run to its end."""
        name = f"`{outcome['script']}`" if "script" in outcome else self.name
        problem, statement = outcome["problem"], outcome.get("statement", "")
        at = f" at `{statement}`" if statement else ""
        if problem == "ours":
            raise ScriptError(f"the databases cannot be made: {outcome['message']}")
        if problem == "error":
            self._sqlite_says(
                f"{name} stops{at}{where}: " if at else f"{name} fails{where}: ", outcome
            )
        if problem == "denied":
            what = "a PRAGMA" if "pragma_" in self.sql.source.lower() else outcome["what"]
            writes = what.split()[0] in {"INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER"}
            self.check.fail(
                f"{name} asks for {what}, which is not let through{at}",
                because="The question only reads: it is answered by SELECT alone."
                if writes
                else "It reaches beyond the tables of this project, and no task here needs that.",
            )
        seconds = self.fields["seconds"]
        says, because = {
            "endless": (f"did not end within {seconds:g} s{where}", ENDLESS),
            "memory": (f"needs more memory than there is{where}", ENDLESS),
            "much": (f"gives far more than this check takes{where}", ENDLESS),
            "open": (
                "begins a transaction and does not end it",
                "BEGIN without COMMIT: nothing is kept.",
            ),
        }.get(
            problem, (f"ended the database that it ran in{where}", "It asks SQLite for too much.")
        )
        self.check.fail(f"{name} {says}", because=because)

    def _sqlite_says(self, beginning: str, outcome: dict[str, Any]) -> NoReturn:
        message = outcome["message"]
        near = re.match(r'near "(\w+)"', message)
        if near and (slip := self.sql.slip_at(near[1])):
            self.check.fail(beginning + message, because=slip)
        for seen, because, look in ERRORS:
            if re.search(seen, message):
                self.check.fail(beginning + message, because=because, look=look)
        self.check.fail(beginning + message)

    def tell(self, found: Difference, where: str = "", because: str = "") -> NoReturn:
        raise Failure(
            f"{self.name} {found.says}{where}",
            expected=found.expected,
            actual=found.actual,
            because=because or found.because,
            look=found.look,
        )

    # The two kinds of work

    def read(self, work: str, **more: Any) -> list[dict[str, Any]]:
        given = {"work": work, "seconds": self.fields["seconds"], **more}
        outcomes = self.check.read("database.py", self.path, self.fields["seconds"] + 10, given)
        return list(outcomes)

    def question(self) -> None:
        """A query, whose answer has to be that of the author's on each database."""
        self.refuse(self.name, self.sql.fault_of_question())
        before = []
        for path in self.fields["before"]:
            text = self.check.source(path)
            self.refuse(f"`{path}`", Sql(text).fault_of_script())
            before.append({"path": path, "text": text})
        databases = databases_of(self.check, self.fields["databases"])
        right = self._answers(databases, self.fields["answer"])
        mistakes = self._mistakes(databases, right)
        outcomes = self.read(
            "question",
            databases=list(databases.values()),
            before=before,
            plan=bool(self.fields["searches"]),
        )
        got: list[Answer] = []
        for name, outcome in zip(databases, outcomes):
            if "problem" in outcome:
                self.stopped(outcome, f" on {name}")
            got.append(Answer(outcome["columns"], outcome["rows"], outcome["more"]))
        script = next((one["changed"] for one in outcomes if one["changed"]), "")
        changed = (
            f"`{script}` changes rows, and is run before the query: leave INSERT, UPDATE and DELETE"
            " out of it."
            if script
            else ""
        )
        self._compare(list(databases), got, right, mistakes, changed)
        self._plan(outcomes)

    def _answers(self, databases: dict[str, str], path: str) -> list[Answer]:
        query = self.check.path(path).read_text(encoding="utf-8")
        answers = [answer_of(database, query) for database in databases.values()]
        if answers[0].columns != self.fields["columns"]:
            raise ScriptError(f"{path} gives the columns {answers[0].columns}")
        return answers

    def _mistakes(
        self, databases: dict[str, str], right: list[Answer]
    ) -> list[tuple[list[Answer], dict[str, str]]]:
        """What each typical mistake gives, with what is then told."""
        known = []
        for mistake in self.fields["mistakes"]:
            answers = self._answers(databases, mistake["answer"])
            if all(map(self._same, answers, right)):
                raise ScriptError(f"{mistake['answer']} gives the right answer on every database")
            known.append((answers, mistake))
        return known

    def _same(self, one: Answer, other: Answer) -> bool:
        """Whether two answers count as the same."""
        found = difference(one, other, Sql(""), self.fields["ordered"], self.fields["tolerance"])
        return found is None

    def _compare(
        self,
        names: list[str],
        got: list[Answer],
        right: list[Answer],
        mistakes: list[tuple[list[Answer], dict[str, str]]],
        changed: str,
    ) -> None:
        """`changed`: what is told of a script that changed rows before the query ran."""
        ordered, tolerance = self.fields["ordered"], self.fields["tolerance"]
        for name, have, want in zip(names, got, right):
            found = difference(have, want, self.sql, ordered, tolerance)
            if found is None:
                continue
            because = changed or next(
                (
                    mistake["because"]
                    for answers, mistake in mistakes
                    if all(map(self._same, got, answers))
                ),
                "",
            )
            self.tell(found, f" (on {name})", because)

    def _plan(self, outcomes: list[dict[str, Any]]) -> None:
        for table in self.fields["searches"]:
            if not any(table in outcome["scans"] for outcome in outcomes):
                continue
            steps = next(one["plan"] for one in outcomes if table in one["scans"])
            self.tell(
                Difference(
                    f"reads all of `{table}` to find its rows (a full table scan)",
                    "The index has another first column, or is not there, or the condition is on a"
                    " function of the column, which no index of the column helps.",
                    "Put `EXPLAIN QUERY PLAN` before the query: SCAN reads a table from end to"
                    " end, SEARCH goes through an index.",
                    expected=f"SEARCH {table} USING INDEX …",
                    actual="\n".join(steps),
                )
            )

    def script(self) -> None:
        """A script, which has to make the tables that are asked out of nothing."""
        self.refuse(self.name, self.sql.fault_of_script())
        takes = self._template("takes")
        refuses = self.fields["refuses"]
        (outcome,) = self.read(
            "script", takes=takes, refuses=[refused["sql"] for refused in refuses]
        )
        if "problem" in outcome:
            self.stopped(outcome, "")
        right = tables_of(self._template("schema"), takes)
        found = structure.difference(outcome["tables"], right)
        if found is not None:
            self.tell(found)
        if outcome["takes"]:
            self.tell(
                Difference(
                    f"makes tables that refuse a sound row: {outcome['takes']}",
                    "The script puts rows into its tables, and ours meet them there: leave INSERT"
                    " out of it."
                    if outcome["filled"]
                    else "A constraint, or a column with NOT NULL, is there that nobody asked for.",
                    expected="It takes this row",
                    actual=outcome["statement"],
                )
            )
        for refused, said in zip(refuses, outcome["refuses"]):
            if not said:
                self.tell(
                    Difference(
                        f"makes tables that take {refused['says']}",
                        refused.get("because", ""),
                        expected="This row is refused",
                        actual=refused["sql"],
                    )
                )

    def _template(self, field: str) -> str:
        path = self.fields.get(field)
        return self.check.path(path).read_text(encoding="utf-8") if path else ""


def tables_of(script: str, takes: str) -> dict[str, Any]:
    """The tables of the author's script, which takes the author's rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(script)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(takes)
    tables = structure_of(connection)
    connection.close()
    return tables


def judge(check: Check) -> None:
    work = Judge(check)
    if "schema" in work.fields:
        work.script()
    else:
        work.question()
