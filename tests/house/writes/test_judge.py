"""The kind `writes`: what its judge.py counts as the beginning of a text."""

from __future__ import annotations

import unittest

from words import beginning


class Beginning(unittest.TestCase):
    def test_blanks_before_it_are_none_of_it(self) -> None:
        for text, begins in (("hello, world", "hello"), ("\n  hello", "hello"), ("hi", "hi")):
            with self.subTest(text=text):
                self.assertEqual(beginning(text, 5), begins)


if __name__ == "__main__":
    unittest.main()
