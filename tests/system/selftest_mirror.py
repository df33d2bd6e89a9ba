"""Runs `mlpath selftest PROJECT…` with the data of MLPATH_TEST_MIRROR, served by nginx.

Without that folder, or without nginx, it ends with SKIPPED and says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from fetch_support import NGINX, Nginx
from mlpath_cli import BINARY

SKIPPED = 77


def main(projects: list[str]) -> int:
    mirror = os.environ.get("MLPATH_TEST_MIRROR", "")
    if not mirror or NGINX is None:
        reason = "nginx is not installed" if mirror else "MLPATH_TEST_MIRROR is not set"
        print(f"skipped: {reason}, so {' '.join(projects)} was not proved with its data")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="mlpath-mirror-") as name:
        folder = Path(name)
        (folder / "server").mkdir()
        server = Nginx(folder / "server", Path(mirror))
        try:
            environment = {
                "HOME": name,
                "PATH": "/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "TMPDIR": name,
                "MLPATH_MIRROR": server.url,
                "MLPATH_CACHE_DIR": f"{name}/cache",
            }
            command = [str(BINARY), "selftest", *projects, "--plain"]
            return subprocess.run(command, env=environment, cwd=name, check=False).returncode
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
