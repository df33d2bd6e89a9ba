"""The kind `source` on files that are no program."""

from __future__ import annotations

import unittest

from bad_input import LARGE, BadInput, Put, folder, link_out, link_to_nowhere, nothing, pipe

CHECK = {"kind": "source", "path": "a.py", "shows": [{"what": "lambda"}]}
CASES: dict[str, tuple[Put, str]] = {
    "absent": (nothing, "there is no file `a.py` in the project folder"),
    "empty": ("", "`a.py` is empty"),
    "spaces alone": (" \n\t\n", "`a.py` is empty"),
    "10 MB": ("x = 1\n" * (LARGE // 6), "at most 1,000,000 are read"),
    "10 MB in one line": ("x = '" + "a" * LARGE + "'\n", "at most 1,000,000 are read"),
    "not UTF-8": ("name = 'Zoë'\n".encode("latin-1"), "`a.py` is not UTF-8 text"),
    "UTF-16": ("f = lambda a: a\n".encode("utf-16"), "`a.py` is not UTF-8 text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "`a.py` is not UTF-8 text"),
    "null bytes": ("x = 1\0\n", "null bytes"),
    "a syntax error": ("def f(:\n    pass\n", "is not Python yet: line 1: invalid syntax"),
    "JavaScript": ("const f = (a) => a;\n", "A short function is `lambda x: x + 1`"),
    "a folder": (folder, "`a.py` is a folder, where a file belongs"),
    "a link out": (link_out, "`a.py` is a link, where a file belongs"),
    "a link to nowhere": (link_to_nowhere, "`a.py` is a link, where a file belongs"),
    "a named pipe": (pipe, "there is no file `a.py`"),
    "10,000 parentheses": ("(" * 10_000 + ")" * 10_000, "It nests deeper than any program does"),
    "1,000 blocks": (
        "\n".join(" " * depth + "if x:" for depth in range(1_000)) + " pass\n",
        "It nests deeper than any program does",
    ),
    "200,000 signs": ("-" * 200_000 + "1", "nests deeper than any program does"),
    "10,000 attributes": ("a" + ".b" * 10_000, "nests deeper than any program does"),
}


class OfSource(BadInput):
    def test_each_ends_in_a_sentence(self) -> None:
        self.make(CHECK, {})
        for name, (put, says) in CASES.items():
            with self.subTest(name=name):
                self.assert_told({"a.py": put}, says)


if __name__ == "__main__":
    unittest.main()
