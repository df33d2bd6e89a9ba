"""Packages that one milestone alone needs, where nobody has them."""

from __future__ import annotations

import json
import unittest

from guest_case import GuestTest
from guest_library import write


class PackagesOfOneMilestone(GuestTest):
    """The project names a package that nobody has, for its third milestone alone."""

    def test_it_is_skipped_and_the_others_are_judged(self) -> None:
        path = self.acme / "templates/acme-words/project.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        package = {"import": "mlpath_no_such", "pypi": "mlpath-no-such"}
        manifest["python"] = {
            "version": "3.9",
            "packages": [{**package, "milestones": ["sentences"]}],
        }
        write(path, manifest)
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        self.succeed("new", "acme-words")
        self.solve()
        checked = self.fail_with(3, "check", "acme-words", "--json").json()
        verdicts = {one["id"]: one["verdict"] for one in checked["milestones"]}
        self.assertEqual(verdicts.pop("sentences"), "skipped")
        self.assertEqual(set(verdicts.values()), {"pass"})
        shown = self.fail_with(3, "check", "acme-words")
        self.assertRegex(shown.out, r"needs `mlpath-no-such`, which\s+Python .* lacks;\s+run `")
        verified = self.run_cli("verify", ".", "--project", "acme-words")
        self.assertNotEqual(verified.code, 0, verified.out)
        manifest["python"]["packages"][0]["milestones"] = ["sentence"]
        write(path, manifest)
        linted = self.fail_with(1, "lint", str(self.acme))
        self.assertIn("the project has no milestone `sentence`", linted.out + linted.err)


if __name__ == "__main__":
    unittest.main()
