"""What the tests and the bench of fetching share: nginx on the loopback, and the driver."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
DRIVER = Path(
    os.environ.get("MLPATH_FETCH_DRIVER", SOURCE / "build/dev/tests/fetch_driver")
).resolve()
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Nginx:
    """Serves `root`; below /slow/ with a limited rate; `more` adds to its configuration.

    Ends with this process, however it ends.
    """

    def __init__(
        self,
        scratch: Path,
        root: Path,
        slow: str = "4m",
        tls: tuple[Path, Path] | None = None,
        more: str = "",
    ) -> None:
        self.scratch = scratch
        self.log = scratch / "access.log"
        listen = " ssl" if tls else ""
        keys = f"ssl_certificate {tls[0]}; ssl_certificate_key {tls[1]};" if tls else ""
        scheme = "https" if tls else "http"
        temporary = "".join(
            f"{name}_temp_path {scratch}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        for _ in range(5):  # another program may take the port between the probe and the start
            self.port = free_port()
            self.url = f"{scheme}://127.0.0.1:{self.port}"
            config = scratch / f"nginx-{self.port}.conf"
            config.write_text(
                f"daemon off; master_process off; pid {scratch}/nginx-{self.port}.pid;"
                f" error_log {scratch}/error.log;"
                f"events {{ worker_connections 256; }} http {{ {temporary} access_log {self.log};"
                f" sendfile on; tcp_nopush on; keepalive_requests 100000;"
                f" server {{ listen 127.0.0.1:{self.port}{listen}; {keys} root {root};"
                f" location /slow/ {{ alias {root}/; limit_rate {slow}; }} {more} }} }}\n",
                encoding="utf-8",
            )
            self.process = subprocess.Popen(
                [
                    "setpriv",
                    "--pdeathsig",
                    "TERM",
                    str(NGINX),
                    "-p",
                    str(scratch),
                    "-e",
                    "stderr",
                    "-c",
                    str(config),
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if self._answers():
                return
            self.stop()
        raise RuntimeError(
            "nginx does not start: " + (scratch / "error.log").read_text(encoding="utf-8")
        )

    def _answers(self) -> bool:
        for _ in range(200):
            if self.process.poll() is not None:
                return False
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return True
            except OSError:
                time.sleep(0.02)
        return False

    def requests(self, path: str = "") -> list[str]:
        """The lines of the log with this path, once nginx has written them."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line for line in lines if f" {path}" in line]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def source_line(dataset: str, name: str, url: str, body: bytes, archive: str = "") -> str:
    """A line of the driver's catalog; `archive` is `format<tab>member,member`."""
    cells = [dataset, name, url, str(len(body)), hashlib.sha256(body).hexdigest()]
    return "\t".join(cells + ([archive] if archive else [])) + "\n"


class FetchTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mlpath-fetch-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.served = self.folder / "served"
        self.served.mkdir()
        self.cache = self.folder / "cache"

    def nginx(self, **options: object) -> Nginx:
        if NGINX is None:
            self.skipTest("nginx is not installed")
        scratch = Path(tempfile.mkdtemp(dir=self.folder))
        server = Nginx(scratch, options.pop("root", self.served), **options)  # type: ignore[arg-type]
        self.addCleanup(server.stop)
        return server

    def catalogue(self, *lines: str) -> Path:
        path = self.folder / "catalog.tsv"
        path.write_text("".join(lines), encoding="utf-8")
        return path

    def command(self, catalogue: Path, *options: object) -> list[str]:
        return [str(DRIVER), str(catalogue), str(self.cache), *map(str, options)]

    def environment(self, **extra: str) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), **extra}

    def fetch(
        self, catalogue: Path, *options: object, before: list[str] | None = None, **extra: str
    ) -> tuple[int, str]:
        done = subprocess.run(
            (before or []) + self.command(catalogue, *options),
            env=self.environment(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout

    def fetch_until(self, catalogue: Path, received: int, ending: signal.Signals) -> int:
        """Starts the driver and sends it `ending` once so many bytes have come; its exit status."""
        with subprocess.Popen(
            self.command(catalogue),
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                match = re.match(r"receiving \S+ (\d+)/", line)
                if match and int(match[1]) >= received:
                    process.send_signal(ending)
                    break
            process.stderr.read()
            return process.wait()

    def in_namespace(self, script: str) -> list[str]:
        """A prefix that runs a command after `script`, with mounts of its own."""
        prefix = ["unshare", "-Urm", "sh", "-ec", script + '; exec "$@"', "sh"]
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("this system does not let a user mount in a namespace of its own")
        return prefix

    def without_library(self, name: str) -> list[str]:
        """A prefix that runs a command where this shared library cannot be opened."""
        known = subprocess.run(
            ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False
        ).stdout
        found = re.search(rf"^\s*{re.escape(name)} .*=> (\S+)$", known, re.MULTILINE)
        if found is None:
            self.skipTest(f"{name} is not known to the loader of this system")
        return self.in_namespace(f"mount --bind /dev/null {os.path.realpath(found[1])}")
