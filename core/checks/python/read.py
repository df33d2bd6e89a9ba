"""Reads what the learner's program wrote, with libraries, far from its code: plain facts come out.

    python -I -B read.py SCRIPT PATH

SCRIPT has a function `read(path: Path)` that returns what JSON can hold; whatever it raises says
that the file cannot be read. Where the judge gives it something beside the file, that comes as JSON
over standard input, and the function is `read(path: Path, given)`. One line of JSON is printed:

    {"ok":true,"facts":…}
    {"ok":false,"message":…}               the file is not what it should be
    {"ok":false,"lacks":…,"message":…}     a module that reading needs is not installed
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any


def load(script: Path) -> Any:
    """Scripts of its folder may be imported. They come last on the path: they shadow nothing."""
    sys.path.append(str(script.resolve().parent))
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def told(problem: BaseException) -> str:
    message = " ".join(str(problem).split())[:500]
    return f"{type(problem).__name__}: {message}" if message else type(problem).__name__


def facts_of(script: Path, path: Path, given: bytes) -> str:
    try:
        read = load(script).read
    except ImportError as problem:
        return json.dumps({"ok": False, "lacks": problem.name or "", "message": told(problem)})
    try:
        facts = read(path, json.loads(given)) if given else read(path)
        return json.dumps({"ok": True, "facts": facts}, allow_nan=False)
    except Exception as problem:  # whatever the file does to a library, it does not fit
        return json.dumps({"ok": False, "message": told(problem)})


def main() -> None:
    # What a library prints is no fact.
    with os.fdopen(os.dup(1), "w", encoding="ascii") as answer:
        os.dup2(2, 1)
        given = sys.stdin.buffer.read()
        answer.write(facts_of(Path(sys.argv[1]), Path(sys.argv[2]), given) + "\n")


if __name__ == "__main__":
    main()
