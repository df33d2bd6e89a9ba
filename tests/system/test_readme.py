"""The README shows what mlpath really prints, up to the omissions that it marks with `…`."""

from __future__ import annotations

import subprocess
import unittest
from pathlib import Path

from mlpath_cli import BINARY, CliTest

README = Path(__file__).resolve().parents[2] / "README.md"
OMISSION = "…"


def main_job() -> list[tuple[str, list[str]]]:
    """The commands of the console under "The main job", each with the lines shown below it."""
    text = README.read_text(encoding="utf-8").split("## The main job", 1)[1]
    console = text.split("```console\n", 1)[1].split("```", 1)[0]
    shown: list[tuple[str, list[str]]] = []
    for line in console.splitlines():
        if line.startswith("$ "):
            shown.append((line[2:], []))
        else:
            shown[-1][1].append(line)
    return shown


def pieces(lines: list[str]) -> list[str]:
    """What stands between the omissions; an empty one at either end where that is open."""
    found = [""]
    for line in lines:
        if line == OMISSION:
            found.append("")
        else:
            found[-1] += line + "\n"
    return found


class Readme(CliTest):
    def test_the_main_job_prints_what_it_shows(self) -> None:
        bin_folder = self.root / "bin"
        bin_folder.mkdir()
        (bin_folder / "mlpath").symlink_to(BINARY)
        environment = self.environment({"PATH": f"{bin_folder}:/usr/bin:/bin"})
        folder = self.folder
        commands = main_job()
        self.assertGreaterEqual(len(commands), 2)
        for command, lines in commands:
            with self.subTest(command):
                # The folder that a command ends in is where the next one begins.
                script = f"{command}\npwd > '{self.root}/where'"
                done = subprocess.run(
                    ["/bin/bash", "-c", script],
                    cwd=folder,
                    env=environment,
                    capture_output=True,
                    timeout=120,
                    check=False,
                )
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                folder = Path((self.root / "where").read_text(encoding="utf-8").strip())
                self.assert_shown(done.stdout.decode(), pieces(lines))

    def assert_shown(self, printed: str, shown: list[str]) -> None:
        """The pieces come in this order, each of whole lines, with something only between them."""
        self.assertTrue(printed.startswith(shown[0]), printed)
        place = len(shown[0])
        for piece in shown[1:]:
            found = printed.find("\n" + piece, place - 1) if piece else len(printed) - 1
            self.assertGreaterEqual(found, 0, f"{piece!r} is not in {printed[place:]!r}")
            place = found + 1 + len(piece)
        self.assertEqual(printed[place:], "", "an omission that the README does not mark")


if __name__ == "__main__":
    unittest.main()
