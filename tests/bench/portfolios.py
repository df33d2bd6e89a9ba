"""Portfolios to verify: each of three projects, all with sources of their own, all to be passed."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

BINARY = Path(os.environ["MLPATH_BINARY"])
COLD = BINARY.parent / "tests/cold_driver"
MIRROR = os.environ.get("MLPATH_TEST_MIRROR", "")
# The third needs data that only a mirror has here.
PROJECTS = ("text-analyzer", "iris", "titanic" if MIRROR else "text-analyzer")


def environment(home: Path) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }


def mlpath(*words: str, cwd: Path, env: dict[str, str]) -> None:
    told = subprocess.run([BINARY, *words], cwd=cwd, env=env, capture_output=True, text=True)
    if told.returncode != 0:
        raise RuntimeError(f"mlpath {' '.join(words)}: {told.stderr}{told.stdout}")


@contextlib.contextmanager
def served(folder: str) -> Iterator[str]:
    """The address of a server of the folder, on the loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def touch_up(source: Path, number: int) -> None:
    """Makes a source different from all others, and says the same."""
    source.write_text(f"{source.read_text(encoding='utf-8')}# {number}\n", encoding="utf-8")


def make_portfolios(
    root: Path, count: int, env: dict[str, str], projects: tuple[str, ...] = PROJECTS
) -> list[Path]:
    """Copies of one that mlpath made, which differ in their sources, in a git repository."""
    first = root / "p0"
    first.mkdir(parents=True)
    mlpath("init", cwd=first, env=env)
    if "titanic" in projects:
        with served(MIRROR) as url:
            mlpath("fetch", "titanic", cwd=first, env=env | {"MLPATH_MIRROR": url})
    for number, project in enumerate(projects):
        mlpath("new", project, f"{project}-{number}", cwd=first, env=env)
        mlpath("solution", f"{project}-{number}", "--apply", cwd=first, env=env)
    made = [first]
    for number in range(1, count):
        made.append(root / f"p{number}")
        subprocess.run(["cp", "-a", first, made[-1]], check=True)
    for number, portfolio in enumerate(made):
        for source in portfolio.glob("*/*.py"):
            touch_up(source, number)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "work"]):
        subprocess.run([*git, *words], cwd=root, env=env, check=True, stdout=subprocess.DEVNULL)
    return made
