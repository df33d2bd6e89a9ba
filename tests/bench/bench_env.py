"""`mlpath env base` with a warm cache, against uv doing the same: an environment, and the pins.

uv is taken from PATH, or installed from PyPI for the time of this. The first round fills its cache
and counts for nothing. What is compared is what a person would type: `uv venv` and then
`uv pip sync --require-hashes` of the same file; the latter alone is shown beside it. Both compile
what they lay (`--compile-bytecode`), as pip does.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import bar, installed, run_once

ROUNDS = 9
PINS = Path(__file__).resolve().parents[2] / "curricula" / "environments" / "base.txt"


def main() -> int:
    mlpath = os.environ["MLPATH_BINARY"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        uv = installed("uv", "uv", folder / "tool")
        kept = ("PIP_CERT", "SSL_CERT_FILE")
        env = {key: os.environ[key] for key in kept if key in os.environ}
        env |= {"HOME": name, "PATH": f"{Path(uv).parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        env |= {"UV_NO_CONFIG": "1"}
        workspace, bare = folder / "workspace", folder / "bare"
        run_once([mlpath, "init", str(workspace)], env=env)
        places = workspace / ".mlpath/environments"
        ours, venv, sync = [], [], []
        for number in range(ROUNDS + 1):
            for made in (places, bare):
                shutil.rmtree(made, ignore_errors=True)
            took = run_once([mlpath, "-C", str(workspace), "env", "base"], env=env).seconds
            made = [
                uv,
                "venv",
                "--quiet",
                "--no-project",
                "--python",
                "/usr/bin/python3",
                str(bare),
            ]
            first = run_once(made, env=env).seconds
            install = [uv, "pip", "sync", "--compile-bytecode", "--require-hashes"]
            install += ["--only-binary", ":all:", "--python", str(bare / "bin/python")]
            second = run_once([*install, str(PINS)], env=env).seconds
            if number > 0:
                ours.append(took)
                venv.append(first)
                sync.append(second)
        took, of_venv, of_sync = (statistics.median(times) for times in (ours, venv, sync))
    print(f"mlpath env {took:.2f} s, uv venv {of_venv:.2f} s, uv pip sync {of_sync:.2f} s")
    print(f"of `uv pip sync` alone, without making the environment: {took / of_sync:.2f}")
    met = bar("env, of `uv venv` and `uv pip sync`, warm", took / (of_venv + of_sync), 1.1)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
