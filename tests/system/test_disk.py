"""A disk that is full, at every file and folder that a command makes: it makes all, or nothing."""

from __future__ import annotations

import subprocess
import unittest

from mlpath_cli import BINARY, CliTest

# What lies in the workspace, but for what belongs to this clone alone: each file by its hash, and
# each folder.
LOOK = """
look() { find . -path '*/.mlpath/local' -prune -o -type d -print -o -type f -exec sha256sum {} +; }
"""
# Leaves so many files that can still be made.
FILL = """
used=$(( $(stat -f -c %c .) - $(stat -f -c %d .) ))
mount -o "remount,nr_inodes=$(( used + FREE ))" "$PWD"
"""


class Full(CliTest):
    def in_namespace(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a script in a small file system of its own."""
        return subprocess.run(
            ["unshare", "-Urm", "sh", "-ec", f"mount -t tmpfs tmpfs {self.folder}\n{script}"],
            env=self.environment({"MLPATH": str(BINARY), **environment}),
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def all_or_nothing(self, setup: str, command: str) -> None:
        if self.in_namespace("true").returncode != 0:
            self.skipTest("this system does not let a user mount in a namespace of its own")
        failures = 0
        for free in range(64):
            with self.subTest(command=command, free=free):
                done = self.in_namespace(
                    f"cd {self.folder}; {setup}\n{LOOK}\n{FILL}\nlook > ../before\n"
                    f'code=0; "$MLPATH" {command} >../out 2>../err || code=$?\n'
                    "look > ../after; exit $code",
                    FREE=str(free),
                )
                self.assertIn(done.returncode, (0, 3), done.stderr)
                err = (self.root / "err").read_text()
                if done.returncode == 0:
                    break
                failures += 1
                self.assertIn("free some space", err)
                before, after = (
                    sorted((self.root / name).read_text().splitlines())
                    for name in ("before", "after")
                )
                self.assertEqual(after, before)
        else:
            self.fail("it never had enough")
        self.assertGreater(failures, 0, "it always had enough: nothing was tested")

    def test_init(self) -> None:
        self.all_or_nothing("", "init")
        self.all_or_nothing("", "init a/b")

    def test_new(self) -> None:
        self.all_or_nothing("", "new text-analyzer a/b")

    def test_solution(self) -> None:
        begun = '"$MLPATH" new text-analyzer >&2'
        self.all_or_nothing(begun, "solution text-analyzer --apply")

    def test_reset(self) -> None:
        solved = '"$MLPATH" new text-analyzer >&2; "$MLPATH" solution text-analyzer --apply >&2'
        self.all_or_nothing(solved, "reset text-analyzer")

    def test_done(self) -> None:
        self.all_or_nothing('"$MLPATH" init >&2', "done numpy")


if __name__ == "__main__":
    unittest.main()
