"""A learner's folder, a template with one check script, and what the harness says of them."""

from __future__ import annotations

import json
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "core/checks/python")]

from mlpath_values import decode, encode  # noqa: E402
from relay import Host  # noqa: E402


class Scene(unittest.TestCase):
    """A learner's folder with work.py, and a template with one check script."""

    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.root = Path(self._temporary.name) / "template"
        self.folder = Path(self._temporary.name) / "work"
        (self.root / "checks").mkdir(parents=True)
        self.folder.mkdir()

    def write(self, source: str, name: str = "work.py") -> None:
        (self.folder / name).write_text(textwrap.dedent(source), encoding="utf-8")

    def host(self, **settings: Any) -> Host:
        host = Host(self.folder, **settings)
        self.addCleanup(host.close)
        return host

    def ask(self, source: str, *args: Any, name: str = "work.f", **settings: Any) -> dict[str, Any]:
        """The caller's raw answer."""
        self.write(source)
        request = {"do": "call", "name": name, "args": [encode(arg) for arg in args], "kwargs": {}}
        return json.loads(self.host(**settings).ask(request))

    def value(self, source: str, *args: Any) -> Any:
        answer = self.ask(source, *args)
        self.assertTrue(answer["ok"], answer)
        return decode(answer["value"])

    def judge(self, work: str, script: str, **settings: Any) -> dict[str, Any]:
        """The verdict on `work` of a script's body, which sees `check`."""
        self.write(work)
        body = textwrap.indent(textwrap.dedent(script), "    ")
        source = f"from mlpath_check import *\n\ndef claim(check):\n{body}\n"
        path = self.root / "checks/claim.py"
        path.write_text(source, encoding="utf-8")
        return self.host(**settings).judge(path, "claim", self.root)

    def assert_says(self, verdict: dict[str, Any], kind: str, pattern: str) -> None:
        self.assertEqual(verdict["verdict"], kind, verdict)
        self.assertRegex(verdict["message"], pattern)
