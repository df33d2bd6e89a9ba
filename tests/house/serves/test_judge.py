"""The kind `serves`: what its reader finds in the list of guests."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from guests import read


class Guests(unittest.TestCase):
    def test_each_is_a_name(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "guests.txt"
            path.write_text("Ada\nEmmy\n", encoding="utf-8")
            self.assertEqual(read(path)["names"], ["Ada", "Emmy"])


if __name__ == "__main__":
    unittest.main()
