"""What a file leaves out is told in its schema alone, and documentation tells the same.

Every `default` of a schema stands in the text that tells its field: curricula/FORMAT.md, or the
README.md of a kind of check. No schema tells a default in words, where no reader would take it.
"""

from __future__ import annotations

import json
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2]
KINDS = SOURCE / "core/checks/kinds"
FORMAT = SOURCE / "curricula/FORMAT.md"


def told(value: Any) -> str:
    """A default as a text for people writes it."""
    if isinstance(value, list):
        return ", ".join(map(told, value))
    if isinstance(value, bool):
        return str(value).lower()
    return f"`{value}`" if isinstance(value, str) else str(value)


def fields_of(schema: Any, defined: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each property in a schema, at any depth, with its name, as it is defined."""
    for key, part in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "properties":
            for name, field in part.items():
                yield name, defined.get(field.get("$ref", "").rpartition("/")[2], field)
        if isinstance(part, dict | list):
            yield from fields_of(part, defined)


def fields() -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """Each field of each schema: the schema's path, the field, and the text that tells it."""
    shared = json.loads((SOURCE / "curricula/schemas/project.schema.json").read_text())
    made_up = SOURCE.glob("tests/house/*/schema.json")  # those of kinds.py
    kinds = [(path, path.parent / "README.md") for path in (*KINDS.glob("*/schema.json"), *made_up)]
    others = [(path, FORMAT) for path in (SOURCE / "curricula/schemas").glob("*.json")]
    for path, text in sorted(kinds + others):
        words = " ".join(text.read_text(encoding="utf-8").split())
        schema = json.loads(path.read_text(encoding="utf-8"))
        for name, field in fields_of(schema, schema.get("definitions", shared["definitions"])):
            yield str(path.relative_to(SOURCE)), name, field, words


class Defaults(unittest.TestCase):
    def test_each_is_told_as_it_is(self) -> None:
        seen = 0
        for schema, name, field, words in fields():
            if "default" in field:
                seen += 1
                with self.subTest(schema=schema, field=name):
                    self.assertIn(f"`{name}?` ({told(field['default'])}", words)
        self.assertGreater(seen, 10)

    def test_none_is_told_in_words_alone(self) -> None:
        for schema, name, field, _ in fields():
            with self.subTest(schema=schema, field=name):
                self.assertNotIn("default", str(field.get("description", "")))


if __name__ == "__main__":
    unittest.main()
