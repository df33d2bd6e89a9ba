"""Calls that are killed while they write files, and what is left of the files."""

from __future__ import annotations

import unittest

from scene import Scene

HEAD = """
    import json, os, shutil, sqlite3
    from pathlib import Path
    def load(path):
        try:
            return Path(path).read_text()
        except FileNotFoundError:
            return "gone"
"""
ROUND = """
    old, new = "o" * 1000, "n" * 2000
    check.call("work.save", "a.txt", old)
    for moment in check.kills("work.save", "a.txt", new):
        left = check.call("work.load", "a.txt")
        check.that(left in (old, new), f"{moment}: {left[:5]!r}, {len(left)} of 2000")
        check.call("work.save", "a.txt", old)
    check.equal(check.call("work.load", "a.txt"), new, "What is there in the end")
"""
SAVES = {
    "in place": ("Path(path).write_text(text)", r"2: '', 0 of"),
    "removed before it is renamed": (
        "Path('b').write_text(text)\n        os.remove(path) if os.path.exists(path) else None\n"
        "        os.rename('b', path)",
        r"4: 'gone'",
    ),
    "copied over": (
        "Path('b').write_text(text)\n        shutil.copyfile('b', path)",
        r"6: '', 0 of",
    ),
    "renamed": ("Path('b').write_text(text)\n        os.replace('b', path)", ""),
    "by a descriptor": (
        "d = os.open('b', os.O_WRONLY | os.O_CREAT | os.O_TRUNC)\n"
        "        os.write(d, text.encode())\n        os.close(d)\n        os.rename('b', path)",
        "",
    ),
    "never": ("pass", "0: 'gone'|What is there in the end"),
}


class Kills(Scene):
    def test_what_is_left_is_the_old_or_the_new(self) -> None:
        for name, (save, says) in SAVES.items():
            work = HEAD + f"    def save(path, text):\n        {save}\n"
            (self.folder / "a.txt").unlink(missing_ok=True)
            verdict = self.judge(work, ROUND)
            with self.subTest(save=name):
                self.assert_says(verdict, "fail" if says else "pass", says)

    def test_a_database_of_sqlite_keeps_its_rows(self) -> None:
        work = """
            import contextlib, sqlite3
            def save(rows):
                with contextlib.closing(sqlite3.connect("a.db")) as db, db:
                    db.execute("CREATE TABLE IF NOT EXISTS t (x)")
                    db.execute("DELETE FROM t")
                    db.executemany("INSERT INTO t VALUES (?)", [(r,) for r in rows])
            def load():
                with contextlib.closing(sqlite3.connect("a.db")) as db:
                    return [row[0] for row in db.execute("SELECT x FROM t")]
        """
        script = """
            old, new = list(range(2000)), list(range(3000))
            check.call("work.save", old)
            killed = 0
            for moment in check.kills("work.save", new):
                killed += 1
                check.equal(check.call("work.load"), old, "rows")
            check.equal(check.call("work.load"), new, "rows")
            check.that(killed == 2, "killed {n} times", n=killed)
        """
        self.assert_says(self.judge(work, script), "pass", "")

    def assert_says(self, verdict: dict[str, object], kind: str, pattern: str) -> None:
        super().assert_says(verdict, kind, pattern or "^$")

    def test_what_the_call_raises_is_told(self) -> None:
        verdict = self.judge(
            "def f(x):\n    return 1 / x", "for _ in check.kills('work.f', 0): pass"
        )
        self.assert_says(verdict, "fail", r"`f\(0\)` raised ZeroDivisionError at work.py, line 2")

    def test_a_file_for_each_item_has_an_end(self) -> None:
        work = "def f(n):\n    for i in range(n):\n        open(f'{i}', 'w').close()"
        verdict = self.judge(work, "for _ in check.kills('work.f', 100): pass")
        self.assert_says(verdict, "fail", "more than 20 times in one call")

    def test_a_call_that_leaves_python_was_not_killed_by_us(self) -> None:
        verdict = self.judge(
            "import os\ndef f():\n    os._exit(3)", "for _ in check.kills('work.f'): pass"
        )
        self.assert_says(verdict, "pass", "")


if __name__ == "__main__":
    unittest.main()
