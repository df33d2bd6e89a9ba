"""What does not depend on any command: help, version, mistakes on the command line, the streams."""

from __future__ import annotations

import os
import re
import subprocess
import unittest
from pathlib import Path

from mlpath_cli import BINARY, ESCAPE, CliTest


def commands_of(help_text: str) -> list[str]:
    body = help_text.split("Options of every command")[0]
    return re.findall(r"^  ([a-z]+)  ", body, re.MULTILINE)


class Help(CliTest):
    def test_help_is_grouped_and_names_the_one_command_to_start(self) -> None:
        outcome = self.run_cli("--help")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("mlpath init", outcome.out)
        self.assertIn("Tools", outcome.out)
        self.assertEqual(outcome.out, self.run_cli("help").out)

    def test_every_command_explains_itself_with_an_example_in_80_columns(self) -> None:
        commands = commands_of(self.run_cli("--help").out)
        self.assertIn("completion", commands)
        for command in commands:
            with self.subTest(command=command):
                outcome = self.run_cli("help", command)
                self.assertEqual((outcome.code, outcome.err), (0, ""))
                self.assertEqual(outcome.out, self.run_cli(command, "--help").out)
                self.assertIn("Example\n    mlpath", outcome.out)
                self.assert_calm(outcome.out)
                for line in outcome.out.splitlines():
                    self.assertLessEqual(len(line), 80, line)

    def test_help_fits_a_narrow_terminal(self) -> None:
        for words in (("--help",), ("help", "completion")):
            for line in ESCAPE.sub("", self.run_pty(*words, columns=40).out).splitlines():
                self.assertLessEqual(len(line), 40, line)

    def test_version(self) -> None:
        outcome = self.run_cli("--version")
        self.assertRegex(outcome.out, r"^mlpath \d+\.\d+\.\d+\n$")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertEqual(self.run_cli("--version", "--json").json()["format"], 1)


class Mistakes(CliTest):
    def test_unknown_command_is_suggested(self) -> None:
        self.assert_usage(
            self.run_cli("completoin"),
            "unknown command `completoin`",
            "did you mean `mlpath completion`?",
        )

    def test_an_abbreviation_is_not_taken_silently(self) -> None:
        self.assert_usage(self.run_cli("complet", "bash"), "did you mean `mlpath completion`?")
        self.assert_usage(self.run_cli("completion", "bash", "--verb"), "did you mean `--verbose`?")

    def test_unknown_option_is_suggested(self) -> None:
        self.assert_usage(
            self.run_cli("completion", "bash", "--jsno"),
            "unknown option `--jsno`",
            "did you mean `--json`?",
        )

    def test_missing_and_superfluous_words(self) -> None:
        self.assert_usage(
            self.run_cli("completion"), "`SHELL` is missing", "usage: mlpath completion SHELL"
        )
        self.assert_usage(self.run_cli("completion", "bash", "zsh"), "unexpected word `zsh`")

    def test_a_choice_names_all_choices(self) -> None:
        self.assert_usage(
            self.run_cli("completion", "bsh"),
            "`bash`, `zsh` or `fish`, not `bsh`",
            "did you mean `bash`?",
        )
        self.assert_usage(
            self.run_cli("completion", "bash", "--color", "red"),
            "`auto`, `always` or `never`, not `red`",
        )

    def test_an_option_without_its_value(self) -> None:
        self.assert_usage(self.run_cli("completion", "bash", "--color"), "`--color` needs a value")

    def test_a_second_word_behind_an_option_that_takes_one_is_explained(self) -> None:
        (self.folder / "p").mkdir()
        for words, taken, right in (
            (
                ("verify", "p", "--require", "project:iris", "project:titanic"),
                "so `project:titanic` was taken for PATH",
                "`--require project:iris --require project:titanic`",
            ),
            (
                ("verify", "p", "--require=own", "all"),
                "so `all` was taken for PATH",
                "`--require own --require all`",
            ),
            (
                ("score", "--metric", "f1", "truth.csv", "predictions.csv"),
                "so it took `truth.csv` and `predictions.csv`",
                "`mlpath score TRUTH PREDICTIONS --metric f1`",
            ),
            (("verify", "p", "own"), "own` is not a folder", "`--require own`"),
            (("verify", "stage:level-1", "p"), "is not a folder", "`--require stage:level-1`"),
        ):
            with self.subTest(words):
                flat = " ".join(self.run_cli(*words).err.split())
                self.assertIn(taken, flat)
                self.assertIn(right, flat)

    def test_help_shows_dots_only_where_further_words_may_follow(self) -> None:
        verify = self.run_cli("help", "verify").out
        self.assertRegex(verify, r"--require WHAT  ")
        self.assertIn("PATH...", verify)
        self.assertEqual(" ".join(verify.split()).count("; repeat it for more"), 2)  # --library
        self.assertRegex(self.run_cli("help", "score").out, r"--metric NAME\.\.\.")

    def test_json_tells_a_mistake_as_json(self) -> None:
        for words in (
            ("frobnicate", "--json"),
            ("--json", "frobnicate"),
            ("completion", "--json", "--nope"),
        ):
            outcome = self.run_cli(*words)
            self.assertEqual(outcome.code, 2)
            answer = outcome.json()
            self.assertEqual(
                (answer["format"], answer["error"]["kind"], answer["error"]["exit"]),
                (1, "usage", 2),
            )

    def test_control_characters_of_the_command_line_do_not_reach_the_terminal(self) -> None:
        outcome = self.run_cli("evil\x1b[31mred\x07")
        self.assertEqual(outcome.code, 2)
        self.assert_calm(outcome.err)

    def test_words_that_are_not_utf8(self) -> None:
        done = subprocess.run(
            [os.fsencode(BINARY), b"--json", b"\xff\xfe"],
            capture_output=True,
            check=False,
            env=self.environment(),
        )
        self.assertEqual(done.returncode, 2)
        done.stdout.decode("utf-8")
        done.stderr.decode("utf-8")

    def test_help_for_machines(self) -> None:
        whole = self.run_cli("help", "--json")
        self.assertEqual(whole.code, 0, whole.err)
        self.assertEqual(whole.out, self.run_cli("--help", "--json").out)
        answer = whole.json()
        self.assertEqual(answer["format"], 1)
        self.assertEqual(
            [command["command"] for command in answer["commands"]],
            commands_of(self.run_cli("help").out),
        )
        self.assertIn(["--json"], [option["names"] for option in answer["shared_options"]])
        one = self.run_cli("help", "completion", "--json").json()
        self.assertEqual(one, self.run_cli("completion", "--help", "--json").json())
        self.assertEqual(one["usage"], "mlpath completion SHELL")
        self.assertEqual(one["arguments"][0]["choices"], ["bash", "zsh", "fish"])

    def test_a_flag_takes_no_value(self) -> None:
        for word in ("--plain=x", "--verbose=true", "--verbose="):
            with self.subTest(word=word):
                self.assert_usage(self.run_cli("next", word), "takes no value")
        asked = self.run_cli("next", "--json=true")
        self.assertEqual(asked.code, 2)
        self.assertEqual(asked.json()["error"]["message"], "`--json` takes no value")

    def test_an_empty_word_is_no_path_and_no_name(self) -> None:
        for words in (
            ("init", ""),
            ("new", "iris", ""),
            ("verify", ""),
            ("lint", ""),
            ("list", "projects", "-C", ""),
            ("list", "projects", "--library", ""),
            ("init", "--curriculum", ""),
            ("check", "iris", ""),
            ("fetch", ""),
        ):
            with self.subTest(words=words):
                self.assert_usage(self.run_cli(*words), "is empty")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_folder_that_is_not_there(self) -> None:
        self.assert_usage(self.run_cli("-C", "nowhere", "help"), "nowhere")


class Streams(CliTest):
    def test_a_full_disk_is_reported(self) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [BINARY, "help"],
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                env=self.environment(),
            )
        self.assertEqual(done.returncode, 3)
        self.assertIn(
            b"error: cannot write to standard output: No space left on device", done.stderr
        )

    def test_a_closed_stdout_is_reported(self) -> None:
        done = subprocess.run(
            ["/bin/sh", "-c", f"'{BINARY}' help >&-"],
            stderr=subprocess.PIPE,
            check=False,
            env=self.environment(),
        )
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"error: cannot write to standard output", done.stderr)

    def test_a_reader_that_leaves_ends_it_quietly(self) -> None:
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [BINARY, "help"],
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
            env=self.environment(),
        )
        os.close(write)
        self.assertIn(done.returncode, (0, 141))
        self.assertEqual(done.stderr, b"")

    def test_colour_only_where_it_is_wanted(self) -> None:
        self.assertIn("\x1b[", self.run_pty("help").out)
        self.assertNotIn("\x1b[", self.run_pty("help", env={"NO_COLOR": "1"}).out)
        self.assertNotIn("\x1b[", self.run_pty("help", env={"TERM": "dumb"}).out)
        self.assertNotIn("\x1b[", self.run_pty("help", "--color", "never").out)
        self.assertNotIn("\x1b[", self.run_cli("help").out)
        self.assertIn("\x1b[", self.run_cli("help", "--color=always").out)
        self.assertIn("\x1b[", self.run_cli("help", "--color=always", env={"NO_COLOR": "1"}).out)

    def test_colour_says_nothing_that_words_do_not(self) -> None:
        self.assertEqual(
            ESCAPE.sub("", self.run_cli("help", "--color=always").out), self.run_cli("help").out
        )


class Completion(CliTest):
    def test_the_scripts_are_good_shell(self) -> None:
        script = self.run_cli("completion", "bash")
        self.assertEqual((script.code, script.err), (0, ""))
        checked = subprocess.run(
            ["/bin/bash", "-n"], input=script.out.encode(), capture_output=True, check=False
        )
        self.assertEqual((checked.returncode, checked.stderr), (0, b""))
        for shell in ("zsh", "fish"):
            self.assertIn("mlpath __complete", self.run_cli("completion", shell).out)

    def test_bash_completes_a_command(self) -> None:
        driver = (
            f"PATH={BINARY.parent}:$PATH; source <(mlpath completion bash); "
            'COMP_WORDS=(mlpath compl); COMP_CWORD=1; _mlpath; echo "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            ["/bin/bash", "-c", driver], capture_output=True, check=False, env=self.environment()
        )
        self.assertEqual(done.stdout, b"completion\n", done.stderr)

    def test_choices_and_options_are_offered(self) -> None:
        self.assertEqual(
            self.run_cli("__complete", "completion", "").out.split(), ["bash", "zsh", "fish"]
        )
        self.assertIn("--plain", self.run_cli("__complete", "completion", "--").out)
        self.assertEqual(
            self.run_cli("__complete", "completion", "bash", "--color", "").out.split(),
            ["auto", "always", "never"],
        )


class Binary(CliTest):
    def test_it_needs_libc_and_its_kin_alone(self) -> None:
        if "asan" in str(BINARY) or "tsan" in str(BINARY):
            self.skipTest("a sanitizer brings libraries of its own")
        listed = subprocess.run(
            ["ldd", str(BINARY)], capture_output=True, check=True, text=True
        ).stdout
        allowed = (
            "linux-vdso",
            "libc.so",
            "libm.so",
            "libgcc_s.so",
            "libstdc++.so",
            "ld-linux",
            "ld64",
        )
        for line in listed.splitlines():
            self.assertTrue(any(name in line for name in allowed), line)


if __name__ == "__main__":
    unittest.main()
