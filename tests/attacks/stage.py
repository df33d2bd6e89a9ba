"""A machine for one attack: a home, a portfolio with neighbors, a library, servers, a bystander.

Nothing is protected by permissions: all files may be read and written by everybody, so that what
holds an attack is mlpath and not that the test runs as root. Only what mlpath keeps for itself is
its own, since it believes nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from court import HONEST_CALLS, HONEST_SCORE, SECRET, write_court
from mlpath_cli import BINARY, NOBODY
from mlpath_processes import left_below

TOKEN = SECRET
STDERR = b"\n-- stderr --\n"
# Who watches nothing and has to stay alive; whoever wants to may trace it.
BYSTANDER = """
import ctypes, sys, time
ctypes.CDLL(None).prctl(0x59616d61, -1, 0, 0, 0)
print("here", flush=True)
time.sleep(600)
"""
TOOLS = '''\
"""The attacker's tools, and what they know of the machine: everything."""
import csv
import ctypes
import glob
import json
import os
import socket
import sys
import time
from pathlib import Path

P = json.loads({places!r})
LIBC = ctypes.CDLL(None, use_errno=True)


def rows():
    with open("data/test.csv", newline="") as file:
        return list(csv.DictReader(file))


def predict(knows=True, into="predictions.csv"):
    """The right answers where the attack found out what it wanted, else the same answer for all."""
    right = {{row["row_id"]: "odd" if int(row["number"]) % 2 else "even" for row in rows()}}
    lines = [f"{{key}},{{value if knows else 'even'}}" for key, value in right.items()]
    Path(into).parent.mkdir(parents=True, exist_ok=True)
    Path(into).write_text("\\n".join(["row_id,parity", *lines]) + "\\n")


def tried(attempt):
    """Whether the attempt raised nothing and gave something."""
    try:
        return bool(attempt())
    except BaseException:
        return False
'''


@dataclass
class Seen:
    """What came of one attack."""

    verdict: str = ""
    reason: str = ""
    code: int = 0
    harm: list[str] = field(default_factory=list)
    told: str = ""  # everything that was printed


class Listeners:
    """Sockets of the test that nothing of a learner's may reach."""

    def __init__(self, path: Path) -> None:
        self.name = f"attack-{os.getpid()}-{path.name}"
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(path / "control.sock"))
        (path / "control.sock").chmod(0o777)
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind(f"\0{self.name}")
        for one in (self.unix, self.abstract):
            one.listen()

    def reached(self) -> list[str]:
        found = []
        for name in ("tcp", "udp", "unix", "abstract"):
            one: socket.socket = getattr(self, name)
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                one.recv(100) if name == "udp" else one.accept()
                found.append(f"the {name} socket was reached")
            one.close()
        return found


class Stage:
    def __init__(self, sandbox: str, warm: Path | None = None) -> None:
        """`warm`: a cache in which mlpath finds what it knows of the interpreters here."""
        self.root = Path(tempfile.mkdtemp(prefix="attack-"))
        for name in (
            "home/.ssh",
            "home/.config",
            "work/.mlpath/progress",
            "tmp",
            "cache",
            "library",
        ):
            (self.root / name).mkdir(parents=True)
        write_court(self.root / "library")
        if warm is not None:
            shutil.copytree(warm, self.root / "cache", dirs_exist_ok=True)
        (self.root / "home/.ssh/id_ed25519").write_text(f"PRIVATE KEY {TOKEN}\n")
        (self.root / "home/notes.txt").write_text("mine\n")
        (self.root / "cache/data.csv").write_text("number,parity\n1,odd\n")
        (self.root / "work/.mlpath/workspace.json").write_text(
            '{"format": 1, "curricula": ["tiny"]}\n'
        )
        (self.root / "work/.mlpath/progress/0a1b2c3d.jsonl").write_text("")
        self.project("a-honest", "calls", {"tally.py": HONEST_CALLS})
        self.project("z-honest", "tally", {"predict.py": HONEST_SCORE})
        self.listeners = Listeners(self.root)
        self.bystander = subprocess.Popen(
            [sys.executable, "-I", "-c", BYSTANDER],
            stdout=subprocess.PIPE,
            cwd="/",
            **self.user_of_learners(sandbox),
        )
        assert self.bystander.stdout is not None
        self.bystander.stdout.readline()

    @staticmethod
    def user_of_learners(sandbox: str) -> dict[str, Any]:
        """The same for the bystander: it is not to be protected by being another user's."""
        if os.getuid() != 0 or sandbox == "none":
            return {}
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    def project(self, folder: str | bytes, project: str, files: dict[str, str | bytes]) -> Path:
        place = self.root / "work" / os.fsdecode(folder)
        marker = {"format": 1, "project": project, "version": 1, "skeleton": {}}
        for name, content in {".mlpath-project.json": json.dumps(marker), **files}.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def tools(self) -> str:
        places = {
            "home": str(self.root / "home"),
            "work": str(self.root / "work"),
            "library": str(self.root / "library"),
            "cache": str(self.root / "cache"),
            "tmp": str(self.root / "tmp"),
            "token": TOKEN,
            "tcp": self.listeners.tcp.getsockname()[1],
            "udp": self.listeners.udp.getsockname()[1],
            "unix": str(self.root / "control.sock"),
            "abstract": self.listeners.name,
            "bystander": self.bystander.pid,
        }
        return TOOLS.format(places=json.dumps(places))

    def open_to_all(self) -> None:
        for folder, folders, files in os.walk(self.root):
            Path(folder).chmod(0o777)
            # What others may write is not believed, but found out and written anew: the files in
            # `interpreters`, and in `results` the folder too.
            if folder == str(self.root / "cache") and "results" in folders:
                folders.remove("results")
            if folder == str(self.root / "cache/interpreters"):
                continue
            for name in files:
                path = Path(folder) / name
                if path.is_file() and not path.is_symlink():
                    path.chmod(0o666)

    def environment(self, python: str) -> dict[str, str]:
        """`python`: of the learner; empty: the usual one."""
        chosen = {"MLPATH_PYTHON": python} if python else {}
        return {
            **chosen,
            "HOME": str(self.root / "home"),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.root / "tmp"),
            "MLPATH_LIBRARY": str(self.root / "library"),
            "MLPATH_CACHE_DIR": str(self.root / "cache"),
            "XDG_CACHE_HOME": str(self.root / "xdg"),
            "GITHUB_TOKEN": TOKEN,
            "MLPATH_CACHE_KEY": f"{TOKEN} of a shared cache",
        }

    def run(
        self,
        words: list[str],
        prefix: list[str],
        at: Path | None = None,
        seconds: float = 90,
        python: str = "",
    ) -> tuple[int, bytes]:
        """The exit code, and all that was printed, stdout first."""
        done = subprocess.run(
            [*prefix, str(BINARY), *words],
            env=self.environment(python),
            cwd=at or self.root / "work",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        return done.returncode, done.stdout + STDERR + done.stderr

    def state(self) -> dict[str, str]:
        """Every file that is to stay as it is, with a digest of it."""
        found = {}
        for top in ("home", "work", "library", "cache"):
            for folder, folders, files in os.walk(self.root / top):
                for name in [*folders, *files]:
                    path = Path(folder) / name
                    about = path.lstat()
                    digest = f"{about.st_mode:o} {about.st_uid}"
                    if path.is_file() and not path.is_symlink() and about.st_size < 1 << 20:
                        digest += hashlib.sha256(path.read_bytes()).hexdigest()
                    found[os.fsencode(path.relative_to(self.root)).decode(errors="replace")] = (
                        digest
                    )
        return found

    def harm(self, before: dict[str, str], told: bytes) -> list[str]:
        after = self.state()
        found = [f"{name} was changed" for name in before if after.get(name) != before[name]]
        found += [f"{name} was made" for name in after if name not in before]
        found += self.listeners.reached()
        if self.bystander.poll() is not None:
            found.append("the bystander was ended")
        if TOKEN.encode() in told:
            found.append("the secret was told")
        found += [f"left running: {one}" for one in left_below(self.root, 5)]
        found += [f"left in TMPDIR: {one.name}" for one in (self.root / "tmp").iterdir()]
        return found

    def close(self) -> None:
        self.bystander.kill()
        self.bystander.wait()
        if self.bystander.stdout:
            self.bystander.stdout.close()
        for folder, _, _ in os.walk(self.root):
            with contextlib.suppress(OSError):
                Path(folder).chmod(0o755)
        shutil.rmtree(self.root, ignore_errors=True)
