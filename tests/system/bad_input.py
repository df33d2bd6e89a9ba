"""What a check says of a file of the learner's that is no answer at all.

The same for each kind of check: absent, empty, enormous, malformed, of the wrong type, and hostile.
Whatever it is, the check ends in time with a sentence that tells the learner's fault from ours.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Union

from mlpath_cli import CliTest, Outcome
from tiny_project import milestone, tiny_library

# The text of the file, its bytes, or a function that makes something else at its path.
Put = Union[str, bytes, Callable[[Path], None]]
LARGE = 10 << 20


def nothing(_: Path) -> None:
    """The file is not there."""


def folder(path: Path) -> None:
    path.mkdir()


def link_out(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def pipe(path: Path) -> None:
    """Whoever opens it waits for a writer."""
    os.mkfifo(path)


class BadInput(CliTest):
    """A project with one check, whose file each case replaces."""

    def make(self, check: dict[str, Any], template: Mapping[str, str], **more: Any) -> None:
        """`template`: files of the template, such as versions and answers."""
        milestones = [milestone("one", {"id": "judged", "says": "It is right.", **check})]
        more.setdefault("sources", ["*.py", "*.sql"])
        library = tiny_library(self.root / "library", milestones, "", "", **more)
        for name, text in template.items():
            path = library / "templates/tally" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.library = library
        self.project = self.folder / "tally"

    def judged(self, files: Mapping[str, Put]) -> Outcome:
        """`mlpath check` on a new project with these files."""
        shutil.rmtree(self.project, ignore_errors=True)
        made = self.run_cli("--library", str(self.library), "new", "tally", str(self.project))
        self.assertEqual(made.code, 0, made.err)
        for name, put in files.items():
            path = self.project / name
            path.unlink(missing_ok=True)
            if isinstance(put, str):
                path.write_text(put, encoding="utf-8")
            elif isinstance(put, bytes):
                path.write_bytes(put)
            else:
                put(path)
        return self.run_cli("--library", str(self.library), "check", cwd=self.project)

    def assert_told(self, files: Mapping[str, Put], says: str) -> None:
        """It falls short, and says so in a sentence about the learner's file."""
        done = self.judged(files)
        self.assertEqual(done.code, 1, done.out + done.err)
        self.assertIn(says, done.out)
        self.assertLess(len(done.out), 8_000)
        self.assertNotIn("root:", done.out)  # /etc/passwd
        self.assertNotIn("Traceback", done.out + done.err)
        self.assertNotIn("\x1b", done.out)
