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


def fields_of(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each property in a schema, at any depth, with its name."""
    for key, part in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "properties":
            yield from part.items()
        if isinstance(part, dict | list):
            yield from fields_of(part)


def schemas() -> Iterator[tuple[Path, Path]]:
    """Each schema, and the text that tells its fields."""
    for path in sorted((SOURCE / "curricula/schemas").glob("*.json")):
        yield path, FORMAT
    made_up = SOURCE.glob("tests/house/*/schema.json")  # those of kinds.py
    for path in sorted((*KINDS.glob("*/schema.json"), *made_up)):
        yield path, path.parent / "README.md"


class Defaults(unittest.TestCase):
    def test_each_is_told_as_it_is(self) -> None:
        seen = 0
        for schema, text in schemas():
            words = " ".join(text.read_text(encoding="utf-8").split())
            for name, field in fields_of(json.loads(schema.read_text(encoding="utf-8"))):
                if "default" in field:
                    seen += 1
                    with self.subTest(schema=str(schema.relative_to(SOURCE)), field=name):
                        self.assertIn(f"`{name}?` ({told(field['default'])}", words)
        self.assertGreater(seen, 10)

    def test_none_is_told_in_words_alone(self) -> None:
        for schema, _ in schemas():
            for name, field in fields_of(json.loads(schema.read_text(encoding="utf-8"))):
                with self.subTest(schema=str(schema.relative_to(SOURCE)), field=name):
                    self.assertNotIn("default", str(field.get("description", "")))


if __name__ == "__main__":
    unittest.main()
