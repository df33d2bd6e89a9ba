"""Runs `mlpath selftest PROJECT…` with the data of MLPATH_TEST_MIRROR, served by nginx.

Without that folder, or without nginx, it runs on synthetic data, and says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from fetch_support import NGINX, Nginx
from mlpath_cli import BINARY


def main(projects: list[str]) -> int:
    mirror = os.environ.get("MLPATH_TEST_MIRROR", "")
    served = bool(mirror) and NGINX is not None
    if not served:
        reason = "nginx is not installed" if mirror else "MLPATH_TEST_MIRROR is not set"
        print(f"{reason}, so {' '.join(projects)} is proved on synthetic data", flush=True)
    with tempfile.TemporaryDirectory(prefix="mlpath-mirror-") as name:
        folder = Path(name)
        (folder / "server").mkdir()
        server = Nginx(folder / "server", Path(mirror)) if served else None
        try:
            environment = {
                "HOME": name,
                "PATH": "/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "TMPDIR": name,
                "MLPATH_MIRROR": server.url if server else "http://127.0.0.1:1",
                "MLPATH_CACHE_DIR": os.environ.get("MLPATH_CACHE_DIR", f"{name}/cache"),
            }
            command = [str(BINARY), "selftest", *projects, "--plain"]
            command += [] if server else ["--synthetic"]
            return subprocess.run(command, env=environment, cwd=name, check=False).returncode
        finally:
            if server:
                server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
