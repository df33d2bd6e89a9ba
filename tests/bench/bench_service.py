"""What a check adds to a server's own start, which is at most 0.3 s.

The server's own start is `python3 app.py` from nothing until it has answered one request. A check
of the kind `service` starts the same server, asks it three requests, and stops it. Every check of
whatever kind begins with what a project costs (mlpath's start, the sandbox, a Python, the judge),
so what is subtracted beside the server's own start is a check of the same project that runs
`python3 -c pass`. All are whole processes, from their start to their end.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))

from measure import bar, run_once  # noqa: E402
from tiny_project import PROJECT, milestone, tiny_library  # noqa: E402

RUNS = 9
BAR = 0.3
BINARY = os.environ["MLPATH_BINARY"]
PYTHON = os.environ.get("MLPATH_PYTHON") or sys.executable
STEP = {"id": "serve", "run": ["{python}", "predict.py"]}
SERVES: dict[str, Any] = {
    "id": "serves",
    "kind": "service",
    "server": "serve",
    "requests": [{"path": "/", "keys": ["status"]}] * 3,
    "says": "It serves.",
}
RUNS_NOTHING: dict[str, Any] = {
    "id": "runs",
    "kind": "command",
    "run": ["{python}", "-c", "pass"],
    "says": "It runs.",
}
PLAIN = """\
import json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"status": "ok"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
FLASK = """\
import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return {"status": "ok"}


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
"""


def own_start(server: Path, env: dict[str, str]) -> float:
    """Seconds from nothing to the end of the first answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begin = time.perf_counter()
    process = subprocess.Popen(
        [PYTHON, server.name],
        cwd=server.parent,
        env={**env, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            if process.poll() is not None:
                raise RuntimeError(f"{server} ended with {process.returncode}")
            time.sleep(0.002)
        return time.perf_counter() - begin
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            heard = b""
            while block := connection.recv(4096):
                heard += block
            return b'"ok"' in heard
    except ConnectionError:
        return False


def project(root: Path, check: dict[str, Any], server: str, env: dict[str, str]) -> list[str]:
    """A project of one check; the command that runs it."""
    library = tiny_library(
        root / "library", [milestone("all", check)], "todo = 1\n", server, steps=[STEP]
    )
    folder = root / PROJECT
    subprocess.run(
        [BINARY, "new", PROJECT, str(folder), "--library", str(library)],
        check=True,
        env=env,
        cwd=root,
        capture_output=True,
    )
    (folder / "predict.py").write_text(server, encoding="utf-8")
    return [BINARY, "check", "-C", str(folder), "--fresh", "--library", str(library)]


def added(server: str) -> float:
    """A check with the server, less one without, less the server's start: medians."""
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-") as name:
        env = {**os.environ, "HOME": name, "MLPATH_PYTHON": PYTHON}
        roots = [Path(name, part) for part in ("with", "without")]
        for root in roots:
            root.mkdir()
        checks = [
            project(root, one, server, env) for root, one in zip(roots, (SERVES, RUNS_NOTHING))
        ]
        found: list[tuple[float, ...]] = []
        for number in range(RUNS + 1):
            whole, empty = (run_once(argv, env=env).seconds for argv in checks)
            alone = own_start(roots[0] / PROJECT / "predict.py", env)
            if number:
                found.append((whole, empty, alone, whole - empty - alone))
    whole, empty, alone, more = (statistics.median(column) for column in zip(*found))
    print(
        f"service: the check takes {whole:.2f} s, one that starts no server {empty:.2f} s,"
        f" the server's own start {alone:.2f} s"
    )
    return more


def main() -> int:
    print(f"service: the machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    met = bar("service: seconds that a check adds, Python's own server", added(PLAIN), BAR, " s")
    if subprocess.run([PYTHON, "-c", "import flask"], capture_output=True).returncode:
        print("service: no Python with flask here (MLPATH_PYTHON)")
    else:
        met &= bar("service: seconds that a check adds, Flask", added(FLASK), BAR, " s")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
