"""What a failed check shows: the learner's output, their lines with a caret, values to paste."""

from __future__ import annotations

import re
import subprocess
import unittest

from mlpath_cli import ProjectTest

WORDS = "def words(text: str) -> list[str]:\n"


class Failures(ProjectTest):
    def failing(self, source: str, *more: str) -> str:
        """All that `check` says of this textstats.py."""
        (self.project / "textstats.py").write_text(source, encoding="utf-8")
        answer = self.run_cli("check", *more, cwd=self.project)
        self.assertEqual(answer.code, 1, answer.err)
        return answer.out

    def test_what_is_printed_is_shown_with_its_indentation(self) -> None:
        source = WORDS + "    print('looking  at:')\n    print('    ', repr(text))\n    return []\n"
        shown = self.failing(source)
        self.assertIn("        printed  looking  at:\n                      ''\n", shown)

    def test_output_is_shown_head_and_tail(self) -> None:
        shown = self.failing(WORDS + "    for i in range(500): print('line', i)\n    return []\n")
        self.assertIn("printed  line 0\n", shown)
        self.assertRegex(shown, r"\n +\(\d+ more lines\)\n")
        self.assertIn(" line 499\n", shown)
        self.assertNotIn("line 250\n", shown)

    def test_the_offending_line_is_shown_with_a_caret(self) -> None:
        shown = self.failing(WORDS + "    return [w for w in text.splt()]\n")
        self.assertIn("textstats.py, line 2, in words\n", shown)
        line, caret = re.search(r"\n( +return \[w.*)\n( +\^+)\n", shown).groups()  # type: ignore[union-attr]
        self.assertEqual(line[caret.index("^") : len(caret)], "text.splt")

    def test_frames_of_libraries_are_folded(self) -> None:
        shown = self.failing("import json\n" + WORDS + "    return json.loads(text)\n")
        self.assertRegex(shown, r"return json\.loads\(text\)\n +\^+\n +\(3 lines of Python\)\n")
        self.assertNotIn("decoder.py", shown)

    def test_a_value_can_be_pasted(self) -> None:
        """The call is shown as it was made: whoever pastes it sees the same."""
        right = WORDS + "    return text.lower().split(' ')\n"
        shown = self.failing(right)
        call = re.findall(r"textstats import words; (words\(.*\))`", shown)[0]
        self.assertEqual(call, r"words('one\ntwo\tthree  four')")
        pasted = subprocess.run(
            ["/usr/bin/python3", "-c", f"from textstats import words; print({call})"],
            cwd=self.project,
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertIn(f"got      {pasted.stdout}", shown)

    def test_a_skeleton_that_was_not_touched_is_said_to_be_one(self) -> None:
        shown = self.run_cli("check", cwd=self.project).out
        self.assertIn("likely   `textstats.py` is still as it was given to you.", shown)
        self.assertNotIn("without a `return`", shown)

    def test_a_program_that_is_not_written_yet_needs_no_try(self) -> None:
        solved = self.run_cli("solution", "--apply", cwd=self.project)
        self.assertEqual(solved.code, 0, solved.err)
        self.assertEqual(self.run_cli("reset", "analyze.py", cwd=self.project).code, 0)
        shown = self.run_cli("check", cwd=self.project).out
        self.assertIn("`analyze.py` is still as it was given to you", shown)
        self.assertNotIn("without a `try`", shown)

    def test_counts_are_in_plain_english(self) -> None:
        self.assertIn(
            "`words('')` returned 1 item, expected none: 'x' does not belong",
            self.failing(WORDS + "    return text.lower().split() or ['x']\n"),
        )
        self.assertIn(
            "returned a `map`, not a list",
            self.failing(WORDS + "    return map(str, text.split())\n"),
        )

    def test_json_has_code_and_output(self) -> None:
        (self.project / "textstats.py").write_text(
            WORDS + "    print('here')\n    return text.splt()\n", encoding="utf-8"
        )
        checks = self.run_cli("check", "--json", cwd=self.project).json()["milestones"][0]["checks"]
        self.assertEqual(checks[0]["output"], "here\n")
        self.assertIn("return text.splt()", checks[0]["code"])


if __name__ == "__main__":
    unittest.main()
