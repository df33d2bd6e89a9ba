"""`mlpath env` against an index of this machine's own, with wheels of a few bytes: no network.

Each test with pip; those of what a tool says also with uv, where it is installed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from guest_library import guest_library, write
from mlpath_cli import BINARY, CliTest, interrupt_when

UV = shutil.which("uv")
HELD = threading.Event()  # a request for a wheel that is held up has come


def wheel(name: str, version: str, more: str = "") -> bytes:
    """A package of one module that knows its version."""
    files = {
        f"{name}.py": f"VERSION = {version!r}\n{more}",
        f"{name}-{version}.dist-info/METADATA": (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        ),
        f"{name}-{version}.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        record += f"{path},sha256={digest.rstrip('=')},{len(text)}\n"
    files[f"{name}-{version}.dist-info/RECORD"] = record + f"{name}-{version}.dist-info/RECORD,,\n"
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return held.getvalue()


class Index:
    """A simple index on the loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hold = ""  # the name of a package whose wheels never come
        index = self

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *words: object) -> None:
                pass

            def do_GET(self) -> None:
                if index.hold and self.path.endswith(".whl") and index.hold in self.path:
                    HELD.set()
                    time.sleep(300)
                    return
                super().do_GET()

        handler = partial(Handler, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/simple"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def add(self, name: str, version: str, content: bytes) -> str:
        """Puts a wheel there; its hash."""
        folder = self.folder / "simple" / name
        folder.mkdir(parents=True, exist_ok=True)
        file = f"{name}-{version}-py3-none-any.whl"
        (folder / file).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        page = folder / "index.html"
        links = page.read_text() if page.exists() else ""
        page.write_text(f'{links}<a href="{file}#sha256={digest}">{file}</a>\n')
        return digest


class EnvTest(CliTest):
    """A library `acme` whose group `acme-tiny` pins two packages of the index."""

    def setUp(self) -> None:
        super().setUp()
        self.index = Index(self.root / "index")
        self.addCleanup(self.index.close)
        self.acme = guest_library(self.root / "acme")
        tiny = self.index.add("tinyone", "1.0", wheel("tinyone", "1.0"))
        other = self.index.add("tinytwo", "2.1", wheel("tinytwo", "2.1"))
        self.pins = f"tinyone==1.0 \\\n    --hash=sha256:{tiny}\n    # bytes: 1200000\n"
        self.pins += f"tinytwo==2.1 \\\n    --hash=sha256:{other}\n    # bytes: 300\n"
        write(
            self.acme / "curricula/environments/acme-tiny.json",
            {
                "format": 1,
                "id": "acme-tiny",
                "title": "Tiny things",
                "summary": "Two of them.",
                "python": {"min": "3.9", "max": "3.30"},
                "packages": [{"import": "tinyone", "pypi": "tinyone"}],
            },
        )
        self.pin(self.pins)
        manifest = self.acme / "templates/acme-words/project.json"
        project = json.loads(manifest.read_text())
        project["python"] = {"version": "3.9", "environment": "acme-tiny"}
        write(manifest, project)
        self.assertEqual(self.run_cli("init").code, 0)
        self.places = self.folder / ".mlpath/environments"

    def pin(self, text: str) -> None:
        (self.acme / "curricula/environments/acme-tiny.txt").write_text(text)

    def settings(self, **more: str | None) -> dict[str, str | None]:
        return {
            "PIP_INDEX_URL": self.index.address,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_RETRIES": "1",
            "PIP_NO_CACHE_DIR": "1",
            "UV_INDEX_URL": self.index.address,
            "UV_NO_CONFIG": "1",
            "UV_HTTP_RETRIES": "0",
            "UV_NO_CACHE": "1",
            "PATH": "/usr/bin:/bin" + (f":{Path(UV).parent}" if UV else ""),
            **more,
        }

    def env(self, *words: str, tool: str = "pip", **settings: str | None):
        return self.run_cli(
            *("env", *words, "--with", tool, "--library", str(self.acme)),
            env=self.settings(**settings),
        )

    def tools(self) -> list[str]:
        return ["pip", "uv"] if UV else ["pip"]

    def assert_nothing_made(self) -> None:
        self.assertFalse(self.places.exists(), list(self.folder.rglob("*"))[:20])


class Making(EnvTest):
    def test_it_is_shown_then_agreed_to_then_made(self) -> None:
        shown = self.env("acme-tiny", "--dry-run")
        self.assertEqual(shown.code, 0, shown.err)
        for words in ("tinyone 1.0", "tinytwo 2.1", "at most 1.2 MB in 2 packages", "venv and pip"):
            self.assertIn(words, shown.out)
        self.assert_nothing_made()
        asked = self.env("acme-tiny")
        self.assertEqual(asked.code, 2)
        self.assertIn("of the library `acme`", asked.err)
        self.assertIn("--yes", asked.err)
        self.assert_nothing_made()
        for tool in self.tools():
            made = self.env("acme-tiny", "--yes", "--again", tool=tool)
            self.assertEqual(made.code, 0, made.err)
            self.assertLess(made.out.index("tinytwo 2.1"), made.out.index("Made"))
            # In the sandbox nobody could compile them later.
            compiled = (self.places / "acme-tiny/lib").rglob(
                "site-packages/__pycache__/tinyone.*.pyc"
            )
            self.assertTrue(list(compiled), f"{tool} compiled nothing")
            python = self.places / "acme-tiny/bin/python"
            done = subprocess.run(
                [python, "-c", "import tinyone, tinytwo; print(tinyone.VERSION, tinytwo.VERSION)"],
                capture_output=True,
                text=True,
                check=True,
            )
            self.assertEqual(done.stdout, "1.0 2.1\n")
            names = sorted(path.name for path in self.places.iterdir())
            self.assertEqual(names, [".gitignore", ".lock", "acme-tiny"])
        again = self.env("acme-tiny")
        self.assertEqual(again.code, 0, again.err)
        self.assertIn("It is there already: `.mlpath/environments/acme-tiny`", again.out)
        self.git("init", "-q")
        self.assertNotIn("environments", self.git("status", "--short", "-uall"))

    def test_json_says_the_same_and_asks_nothing(self) -> None:
        self.assertEqual(self.env("acme-tiny", "--json").code, 2)
        made = self.env("acme-tiny", "--json", "--yes").json()
        self.assertEqual(
            (made["format"], made["environment"], made["made"]), (1, "acme-tiny", True)
        )
        self.assertEqual(
            (made["state"], made["bytes"], made["library"]), ("whole", 1200300, "acme")
        )
        first = {"name": "tinyone", "version": "1.0", "bytes": 1200000, "asked_for": True}
        self.assertEqual(made["packages"][0], first)
        self.assertFalse(made["packages"][1]["asked_for"])
        self.assertEqual(made["folder"], str(self.places / "acme-tiny"))
        self.assertFalse(self.env("acme-tiny", "--json").json()["made"])
        listed = self.env("--list", "--json").json()["environments"]
        states = {each["environment"]: each["state"] for each in listed}
        self.assertEqual(states["acme-tiny"], "whole")
        self.assertEqual(states["base"], "absent")

    def test_a_person_at_a_terminal_is_asked(self) -> None:
        words = ("env", "acme-tiny", "--with", "pip", "--library", str(self.acme))
        refused = self.run_pty(*words, env=self.settings(), pasted=("[y/N]", "no\n"))
        self.assertEqual(refused.code, 2, refused.out)
        self.assertIn("nothing was installed", refused.out)
        self.assert_nothing_made()
        agreed = self.run_pty(*words, env=self.settings(), pasted=("[y/N]", "y\n"))
        self.assertEqual(agreed.code, 0, agreed.out)
        self.assertIn("getting tinyone 1.0 (1 of 2)", agreed.out)

    def test_names(self) -> None:
        for words, code, says in (
            (("acme-words", "--dry-run"), 0, "The environment `acme-tiny`"),  # a project that asks
            (("note-manager",), 2, "asks for no environment"),
            (("acme-tinny",), 2, "did you mean `acme-tiny`?"),
            (("base", "--list"), 2, "takes no name"),
        ):
            with self.subTest(words=words):
                told = self.env(*words)
                self.assertEqual(told.code, code, told.err)
                self.assertIn(says, told.out + told.err)

    def test_where_there_is_no_workspace_it_is_made_in_the_cache(self) -> None:
        shutil.rmtree(self.folder / ".mlpath")
        made = self.env("acme-tiny", "--yes", "--json").json()
        self.assertEqual(made["folder"], str(self.home / ".cache/mlpath/environments/acme-tiny"))

    def test_no_python_of_the_right_version(self) -> None:
        manifest = self.acme / "curricula/environments/acme-tiny.json"
        group = json.loads(manifest.read_text())
        group["python"] = {"min": "3.29", "max": "3.30"}
        write(manifest, group)
        told = self.env("acme-tiny", "--yes")
        self.assertEqual(told.code, 3)
        self.assertIn("it is for Python 3.29 to 3.30", told.err)


class Failing(EnvTest):
    """A clear sentence, the right exit code, nothing half-made."""

    def assert_fails(self, says: str, code: int = 3, **settings: str | None) -> None:
        for tool in self.tools():
            with self.subTest(tool=tool):
                told = self.env("acme-tiny", "--yes", tool=tool, **settings)
                self.assertEqual(told.code, code, told.err)
                self.assertIn(says, told.err)
                self.assert_calm(told.err)
                self.assert_nothing_made()

    def test_another_hash(self) -> None:
        self.index.folder.joinpath("simple/tinyone/index.html").unlink()
        self.index.add("tinyone", "1.0", wheel("tinyone", "1.0", "EVIL = True\n"))
        self.assert_fails(
            "`tinyone` 1.0 has another hash than the environment `acme-tiny` is pinned to"
        )

    def test_a_version_that_the_index_lacks(self) -> None:
        self.pin(self.pins.replace("tinytwo==2.1", "tinytwo==9.0"))
        self.assert_fails("the index has no `tinytwo` 9.0 that this Python can use")

    def test_a_package_that_the_index_lacks(self) -> None:
        shutil.rmtree(self.index.folder / "simple/tinytwo")
        self.assert_fails("the index has no")

    def test_only_a_source_distribution(self) -> None:
        folder = self.index.folder / "simple/tinytwo"
        (folder / "tinytwo-2.1-py3-none-any.whl").unlink()
        (folder / "tinytwo-2.1.tar.gz").write_bytes(b"x")
        (folder / "index.html").write_text('<a href="tinytwo-2.1.tar.gz">tinytwo-2.1.tar.gz</a>\n')
        self.assert_fails("the index has no")

    def test_an_index_that_cannot_be_reached(self) -> None:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{held.getsockname()[1]}/simple"
            self.assert_fails(
                "the index of packages cannot be reached",
                PIP_INDEX_URL=address,
                UV_INDEX_URL=address,
            )

    def test_a_full_disk(self) -> None:
        def mounted(script: str, size: str) -> subprocess.CompletedProcess[str]:
            command = f"mount -t tmpfs -o size={size} tmpfs {self.folder} && cd {self.folder}"
            return subprocess.run(
                ["unshare", "-Urm", "sh", "-ec", f"{command}; {script}"],
                env=self.environment({**self.settings(), "MLPATH": str(BINARY)}),
                capture_output=True,
                text=True,
                check=False,
            )

        if mounted("true", "1m").returncode != 0:
            self.skipTest("this system does not let a user mount in a namespace of its own")
        command = f'"$MLPATH" env acme-tiny --yes --with pip --library {self.acme}'
        told = mounted(
            f'"$MLPATH" init >&2; code=0; {command} || code=$?; find .mlpath; exit $code', "2m"
        )
        self.assertEqual(told.returncode, 3, told.stderr)
        self.assertIn("no room on the disk", told.stderr)
        self.assertNotIn("\n.mlpath/environments\n", told.stdout)

    def test_an_environment_of_before_stays_where_a_new_one_fails(self) -> None:
        self.assertEqual(self.env("acme-tiny", "--yes").code, 0)
        mark = self.places / "acme-tiny/mark"
        mark.write_text("mine")
        self.pin(self.pins.replace("tinytwo==2.1", "tinytwo==9.0"))
        state = self.env("acme-tiny", "--dry-run", "--json").json()["state"]
        self.assertEqual(state, "outdated")
        self.assertEqual(self.env("acme-tiny", "--yes").code, 3)
        self.assertEqual(mark.read_text(), "mine")
        names = sorted(path.name for path in self.places.iterdir())
        self.assertEqual(names, [".gitignore", ".lock", "acme-tiny"])
        # And goes once the new one is whole.
        self.pin(self.pins.replace("300", "301"))
        self.assertEqual(self.env("acme-tiny", "--yes").code, 0)
        self.assertFalse(mark.exists())


class Ended(EnvTest):
    """Ctrl-C, and worse."""

    def begin(self) -> subprocess.Popen[bytes]:
        HELD.clear()
        self.index.hold = "tinytwo"
        return subprocess.Popen(
            [BINARY, "env", "acme-tiny", "--yes", "--with", "pip", "--library", str(self.acme)],
            env=self.environment(self.settings()),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def test_ctrl_c_leaves_nothing(self) -> None:
        process = self.begin()
        interrupt_when(process, HELD.is_set, seconds=300)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130)
        self.assert_nothing_made()

    def test_what_a_kill_leaves_is_used_by_nobody_and_goes_at_the_next_time(self) -> None:
        process = self.begin()
        interrupt_when(process, HELD.is_set, number=signal.SIGKILL, seconds=300)
        process.communicate(timeout=120)
        self.assertTrue((self.places / "acme-tiny/bin/python").exists())
        self.index.hold = ""
        state = self.env("acme-tiny", "--dry-run", "--json").json()["state"]
        self.assertEqual(state, "absent")
        made = self.env("acme-tiny", "--yes")
        self.assertEqual(made.code, 0, made.err)

    def test_two_at_once(self) -> None:
        process = self.begin()
        self.assertTrue(HELD.wait(300))
        told = self.env("acme-tiny", "--yes")
        self.assertEqual(told.code, 3)
        self.assertIn("another mlpath is making an environment", told.err)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)


class Using(EnvTest):
    """Other commands find it by themselves, and say how it is made where it is not there."""

    def setUp(self) -> None:
        super().setUp()
        made = self.run_cli("new", "acme-words", "--library", str(self.acme), env=self.settings())
        self.assertEqual(made.code, 0, made.err)
        self.assertIn("`mlpath env acme-tiny`", made.out)
        solution = self.acme / "templates/acme-words/solution"
        shutil.copytree(solution, self.folder / "acme-words", dirs_exist_ok=True)

    def judge(self, *words: str):
        return self.run_cli(*words, "--library", str(self.acme), env=self.settings())

    def test_check(self) -> None:
        told = self.judge("check", "acme-words")
        self.assertEqual(told.code, 3, told.out)
        self.assertIn("lacks `tinyone`", told.err)
        self.assertIn("run `mlpath env acme-tiny`", told.err)
        self.assertEqual(self.env("acme-words", "--yes").code, 0)
        passed = self.judge("check", "acme-words")
        self.assertEqual(passed.code, 0, passed.out + passed.err)

    def test_verify_takes_none_of_a_portfolio(self) -> None:
        self.assertEqual(self.env("acme-words", "--yes").code, 0)
        told = self.judge("verify", ".")
        self.assertEqual(told.code, 3, told.out)
        self.assertIn("--make-environments", told.out + told.err)
        made = self.judge("verify", ".", "--make-environments")
        self.assertEqual(made.code, 0, made.out + made.err)
        cache = self.home / ".cache/mlpath/environments"
        self.assertTrue((cache / "acme-tiny/mlpath-environment.json").exists())
        self.assertEqual(self.judge("verify", ".").code, 0)
        # What was made from other pins proves nothing more.
        self.pin(self.pins.replace("300", "301"))
        self.assertEqual(self.judge("verify", ".").code, 3)
        both = self.judge("verify", ".", "--make-environments", "--offline")
        self.assert_usage(both, "--offline")


if __name__ == "__main__":
    unittest.main()
