"""What a shell may lack: descriptors, file size, memory, time, folders. Each is told with what to
do, and none of it fails a learner's work."""

from __future__ import annotations

import subprocess
import unittest
from pathlib import Path

from mlpath_cli import BINARY, CliTest, Outcome
from tiny_project import milestone, prints_check, tiny_library


class Limits(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.library = tiny_library(
            self.root / "library",
            milestones=[milestone("run", prints_check("hi", "hi"))],
            skeleton="",
            solution='print("hi")\n',
        )
        self.project = self.folder / "tally"
        made = self.run_cli("--library", str(self.library), "new", "tally", str(self.project))
        self.assertEqual(made.code, 0, made.err)

    def program(self, text: str) -> None:
        (self.project / "predict.py").write_text(text)

    def limited(self, limit: str, *words: str) -> Outcome:
        """With `ulimit LIMIT` in the shell before."""
        script = f'ulimit {limit} && exec "$0" "$@"'
        done = subprocess.run(
            ["bash", "-c", script, str(BINARY), "--library", str(self.library), *words],
            env=self.environment(),
            cwd=self.project,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Outcome(done.stdout, done.stderr, done.returncode)

    def test_too_little_to_judge_anything(self) -> None:
        self.program('print("hi")\n')
        for limit, says in (
            ("-n 32", "only 32 files open at a time here (`ulimit -n`)"),
            ("-n 64", "only 64 files open at a time here (`ulimit -n`)"),
            ("-f 2000", "a file may grow to 2.0 MB at most here (`ulimit -f`)"),
            ("-v 500000", "only 512 MB of address space here (`ulimit -v`)"),
            ("-t 5", "only 5 s of processor time here (`ulimit -t`)"),
        ):
            for words in (["check"], ["verify", "."]):
                with self.subTest(limit=limit, words=words):
                    done = self.limited(limit, *words)
                    self.assertEqual(done.code, 3, done.out + done.err)
                    self.assertIn(says, done.err)
                    self.assertIn("hint: ", done.err)
            with self.subTest(limit=limit, words="doctor"):
                self.assertIn(says, self.limited(limit, "doctor").out)

    def test_a_soft_limit_is_raised(self) -> None:
        self.program('print("hi")\n')
        done = self.limited("-Sn 32", "check")
        self.assertEqual(done.code, 0, done.out + done.err)

    def test_what_failed_by_a_limit_is_no_failure(self) -> None:
        for limit, code in (
            ("-v 1500000", "x = bytearray(2 << 30)"),
            ("-n 250", "x = [open('/dev/null') for _ in range(600)]"),
            ("-f 100000", "open('big', 'w').write('x' * (200 << 20))"),
        ):
            with self.subTest(limit=limit):
                self.program(f'{code}\nprint("hi")\n')
                done = self.limited(limit, "check")
                self.assertEqual(done.code, 3, done.out + done.err)
                self.assertIn("which may be by a limit of the shell", done.out)
        # The same mistake where the shell allows it is the learner's own.
        self.program("raise MemoryError\n")
        self.assertEqual(self.limited("-S -c 0", "check").code, 1)

    def test_a_temporary_folder_that_cannot_be_used(self) -> None:
        self.program('print("hi")\n')
        (self.root / "file").write_text("")
        for name in ("absent", "file"):
            for words in (["check"], ["verify", "."]):
                with self.subTest(name=name, words=words):
                    env: dict[str, str | None] = {"TMPDIR": str(self.root / name)}
                    done = self.run_cli(
                        "--library", str(self.library), *words, cwd=self.project, env=env
                    )
                    self.assertEqual(done.code, 3, done.out + done.err)
                    self.assertIn("TMPDIR names it", done.err)
            sick = self.run_cli("doctor", cwd=self.project, env={"TMPDIR": str(self.root / name)})
            self.assertIn("TMPDIR names it", sick.out)

    def test_a_relative_temporary_folder(self) -> None:
        self.program('print("hi")\n')
        (self.project / "tmp").mkdir()
        done = self.run_cli(
            "--library", str(self.library), "check", cwd=self.project, env={"TMPDIR": "tmp"}
        )
        self.assertEqual(done.code, 0, done.out + done.err)

    def test_a_full_temporary_folder(self) -> None:
        self.program('print("hi")\n')
        small = self.root / "small"
        small.mkdir()
        script = (
            f"mount -t tmpfs -o nr_inodes=1 tmpfs {small}\n"
            f'exec "{BINARY}" --library {self.library} check'
        )
        done = subprocess.run(
            ["unshare", "-Urm", "sh", "-ec", script],
            env=self.environment({"TMPDIR": str(small)}),
            cwd=self.project,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if "mount" in done.stderr or "unshare" in done.stderr:
            self.skipTest("this system does not let a user mount in a namespace of its own")
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn("space", done.stdout + done.stderr)

    def test_an_environment_whose_python_is_gone(self) -> None:
        binaries = self.project / ".venv" / "bin"
        binaries.mkdir(parents=True)
        (binaries / "python").symlink_to(Path("/usr/bin/python3.1"))
        self.program('print("hi")\n')
        # Another one will do, and doctor tells of it.
        done = self.run_cli("--library", str(self.library), "check", cwd=self.project)
        self.assertEqual(done.code, 0, done.out + done.err)
        sick = self.run_cli("--library", str(self.library), "doctor", cwd=self.project)
        self.assertIn("is a link to /usr/bin/python3.1, which is gone", sick.out)


if __name__ == "__main__":
    unittest.main()
