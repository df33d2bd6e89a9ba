"""What tests of added libraries share: a library of somebody's own, and a workspace."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from guest_library import guest_library
from mlpath_cli import CliTest, Outcome


class GuestTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.acme = guest_library(self.root / "acme")

    def workspace(self, *curricula: str) -> None:
        self.succeed("init", ".")
        for curriculum in curricula:
            self.succeed("init", ".", "--curriculum", curriculum)

    def succeed(self, *words: str, **options: Any) -> Outcome:
        outcome = self.run_cli(*words, **options)
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        return outcome

    def fail_with(self, code: int, *words: str, **options: Any) -> Outcome:
        outcome = self.run_cli(*words, **options)
        self.assertEqual(outcome.code, code, outcome.out + outcome.err)
        return outcome

    def libraries(self) -> list[dict[str, Any]]:
        return list(self.run_cli("library", "--json").json()["libraries"])

    def pinned(self) -> list[dict[str, str]]:
        text = (self.folder / ".mlpath/libraries.json").read_text(encoding="utf-8")
        return list(json.loads(text)["libraries"])

    def copy_of(self, name: str) -> Path:
        return next((self.folder / ".mlpath/libraries").glob(f"{name}-*"))

    def solve(self, project: str = "acme-words") -> None:
        solution = self.acme / "templates" / project / "solution"
        shutil.copytree(solution, self.folder / project, dirs_exist_ok=True)
