"""Runs Python programs in forks of one process that has already imported the heavy packages.

Run as ``python warm.py MODULE...``: imports the modules (what is missing is left out), then reads
one request a line on descriptor 3 and answers each on descriptor 4::

    {"argv": ["predict.py"], "folder": "...", "environment": {...}, "out": FILE, "err": FILE,
     "seconds": 60}
    {"exit": 0} | {"signal": 11} | {"timed_out": true}

For programs of our own only (``selftest``): nothing keeps a fork from the others.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import runpy
import select
import signal
import sys
import traceback
from typing import Any, NoReturn


def reseed() -> None:
    """A fork would otherwise draw the same random numbers as every other one."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(int.from_bytes(os.urandom(4), "little"))


def exit_code_of(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def become(request: dict[str, Any]) -> NoReturn:
    """In the fork: takes on the program's world, runs it as ``__main__``, and ends."""
    os.setsid()
    os.closerange(3, 256)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for descriptor, name in ((1, "out"), (2, "err")):
        opened = os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, descriptor)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = list(request["argv"])
    sys.path[0] = request["folder"]
    importlib.invalidate_caches()
    reseed()
    code = 0
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as leaving:
        code = exit_code_of(leaving.code)
    except BaseException:
        traceback.print_exc()
        code = 1
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def serve(request: dict[str, Any]) -> dict[str, Any]:
    child = os.fork()
    if child == 0:
        become(request)
    handle = os.pidfd_open(child)
    ended, _, _ = select.select([handle], [], [], request["seconds"])
    os.close(handle)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)  # what it left behind, or itself where its time is up
    _, status = os.waitpid(child, 0)
    if not ended:
        return {"timed_out": True}
    code = os.waitstatus_to_exitcode(status)
    return {"exit": code} if code >= 0 else {"signal": -code}


def main() -> None:
    for name in sys.argv[1:]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with os.fdopen(3, encoding="utf-8") as requests, os.fdopen(4, "w", encoding="utf-8") as answers:
        for line in requests:
            answers.write(json.dumps(serve(json.loads(line))) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
