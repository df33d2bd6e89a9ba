"""`mlpath schema`: the list, one of them, and all of them where an author's files look for them."""

from __future__ import annotations

import json
import unittest
from pathlib import Path

from guest_library import guest_library, write
from mlpath_cli import CliTest

SOURCE = Path(__file__).resolve().parents[2] / "curricula/schemas"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in SOURCE.glob("*.json"))
KINDS = sorted(
    path.parent.name for path in (SOURCE.parents[1] / "core/checks/kinds").glob("*/schema.json")
)
GOAL_KINDS = ["command", "document", "file"]


def check_definitions(schema: dict) -> dict:
    """Takes out what the kinds of checks fill in."""
    definitions = schema["definitions"]
    names = [
        name for name in definitions if name == "check" or name.removeprefix("check-") in KINDS
    ]
    return {name: definitions.pop(name) for name in names}


class SchemaTest(CliTest):
    def test_the_list_and_one_of_them(self) -> None:
        listed = self.run_cli("schema", "--json").json()["schemas"]
        self.assertEqual([schema["name"] for schema in listed], NAMES)
        told = self.run_cli("schema")
        self.assertEqual(told.code, 0)
        for schema in listed:
            self.assertTrue(schema["title"])
            self.assertIn(schema["name"], told.out)
        for name in NAMES:
            text = (SOURCE / f"{name}.schema.json").read_text(encoding="utf-8")
            told = self.run_cli("schema", name).out
            self.assertEqual(
                self.run_cli("schema", name, "--json").json()["schema"], json.loads(told)
            )
            if name not in {"project", "curriculum"}:
                self.assertEqual(told, text)
        self.assert_usage(self.run_cli("schema", "projekt"), "did you mean `project`?")
        self.assert_usage(self.run_cli("schema", "project", "--force"), "goes with `--write`")

    def test_the_kinds_are_in_those_that_have_checks(self) -> None:
        for name, kinds in (("project", KINDS), ("curriculum", GOAL_KINDS)):
            source = json.loads((SOURCE / f"{name}.schema.json").read_text(encoding="utf-8"))
            schema = json.loads(self.run_cli("schema", name).out)
            made = check_definitions(schema)
            check_definitions(source)
            # What the kinds refer to comes from the schema of projects.
            shared = json.loads((SOURCE / "project.schema.json").read_text(encoding="utf-8"))
            for part in set(schema["definitions"]) - set(source["definitions"]):
                self.assertEqual(schema["definitions"].pop(part), shared["definitions"][part])
            self.assertEqual(schema, source)
            self.assertEqual(made["check"]["properties"]["kind"]["enum"], kinds)
            self.assertEqual({f"check-{kind}" for kind in kinds}, set(made) - {"check"})
        self.assertNotIn("step", made["check-file"]["properties"])

    def assert_written(self, folder: Path) -> None:
        for name in NAMES:
            path = folder / f"{name}.schema.json"
            self.assertEqual(path.read_text("utf-8"), self.run_cli("schema", name).out, path)
        self.assertEqual(len(list(folder.iterdir())), len(NAMES))

    def test_into_a_library_from_anywhere_in_it(self) -> None:
        acme = guest_library(self.root / "acme")
        schemas = acme / "curricula/schemas"
        for words, where in (
            ((str(acme),), self.folder),
            ((), acme),
            ((), acme / "templates/acme-words/checks"),
            ((str(acme / "curricula"),), self.folder),
        ):
            with self.subTest(words=words, where=where):
                outcome = self.run_cli("schema", "--write", *words, cwd=where)
                self.assertEqual(outcome.code, 0, outcome.err)
                self.assertIn(f"Wrote {len(NAMES)} schemas", outcome.out)
                self.assert_written(schemas)
                for path in schemas.iterdir():
                    path.unlink()
        # With them it is as sound as without, and nothing is written twice.
        self.run_cli("schema", "--write", str(acme))
        self.assertEqual(self.run_cli("lint", str(acme)).code, 0)
        self.assertEqual(self.run_cli("schema", "--write", str(acme)).code, 0)

    def test_into_the_workspace_s_own(self) -> None:
        self.run_cli("init", ".")
        self.assert_usage(self.run_cli("schema", "--write"), "there is no library here")
        own = guest_library(self.folder / "library", "my")
        (self.folder / "notes").mkdir()
        for words in ((), (".",), ("library",)):
            self.assertEqual(self.run_cli("schema", "--write", *words).code, 0)
            self.assert_written(own / "curricula/schemas")
        self.assertEqual(self.run_cli("schema", "--write", cwd=self.folder / "notes").code, 0)

    def test_into_a_folder_that_begins(self) -> None:
        (self.folder / "new").mkdir()
        self.assertEqual(self.run_cli("schema", "--write", "new").code, 0)
        self.assert_written(self.folder / "new/curricula/schemas")
        self.assert_usage(self.run_cli("schema", "--write"), "there is no library here")
        self.assert_usage(self.run_cli("schema", "--write", "nowhere"), "is not a folder")

    def test_where_schema_points(self) -> None:
        acme = guest_library(self.root / "acme")
        template = acme / "templates/acme-words"
        manifest = json.loads((template / "project.json").read_text(encoding="utf-8"))
        write(template / "project.json", {**manifest, "$schema": "project.schema.json"})
        write(template / "flaws.json", {"$schema": "../../../flaws.schema.json"})
        write(template / "flawed/y/notes.json", {"$schema": "flow.schema.json"})
        write(
            template / "flawed/z/notes.json", {"$schema": "https://example.org/flaws.schema.json"}
        )
        outcome = self.run_cli("schema", "--write", str(acme))
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assert_written(acme / "curricula/schemas")
        self.assertEqual(
            (template / "project.schema.json").read_text("utf-8"),
            self.run_cli("schema", "project").out,
        )
        told = " ".join(outcome.out.split())
        self.assertIn("Wrote templates/acme-words/project.schema.json, where a `$schema`", told)
        self.assertIn('"../../../flaws.schema.json", which leads out of the library', told)
        self.assertIn('"flow.schema.json", which is no schema of mlpath', told)
        self.assertFalse((self.root / "flaws.schema.json").exists())

    def test_what_an_author_changed_stays(self) -> None:
        acme = guest_library(self.root / "acme")
        self.run_cli("schema", "--write", str(acme))
        changed = acme / "curricula/schemas/quiz.schema.json"
        changed.write_text('{"mine": true}')
        (acme / "curricula/schemas/flaws.schema.json").unlink()
        outcome = self.run_cli("schema", "--write", str(acme))
        self.assertEqual(outcome.code, 1)
        self.assertIn("Wrote 1 schema ", outcome.out)
        self.assertIn("differ from ours", outcome.out)
        self.assertIn("curricula/schemas/quiz.schema.json", outcome.out)
        self.assertIn("mlpath schema --write --force", outcome.out)
        self.assertEqual(changed.read_text(), '{"mine": true}')
        forced = self.run_cli("schema", "--write", "--force", str(acme))
        self.assertEqual(forced.code, 0)
        self.assertIn("Replaced curricula/schemas/quiz.schema.json", forced.out)
        self.assert_written(acme / "curricula/schemas")


if __name__ == "__main__":
    unittest.main()
