"""Runs the learner's drawing function, and tells what its figure holds, as plain values.

In the learner's interpreter and sandbox: what is told here is a claim.
"""

from __future__ import annotations

import base64
import io
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

import driver_facts as facts

SIDES = (480, 360, 240)  # pixels of the longer side of the picture that is kept
SMALL = 48_000  # bytes
LINES = 3  # of the learner's, that an exception passed through
DRAWN: dict[str, Any] = {}


def draw(module: str, function: str, arguments: list[Any], most: dict[str, int]) -> dict[str, Any]:
    """{"figure": …}, {"returned": "str"}, or why there is none, as caller.py says it.

    A figure of more pixels than `most`, on a side or in all, is not drawn: {"large": …}.
    """
    sys.path.insert(0, "")
    during = "import"
    try:
        found: Any = import_module(module)
        for name in function.split("."):
            if not hasattr(found, name):
                return _no_function(module, function, found)
            found = getattr(found, name)
        import matplotlib.pyplot as plt

        plt.close("all")  # whatever importing drew
        given = [_decoded(argument) for argument in arguments]
        during = "call"
        returned = found(*given)
        during = "drawing"
        figure = facts.figure_of(returned, plt)
        if figure is None:
            return {"returned": type(returned).__name__, "open": len(plt.get_fignums())}
        if large := _large(figure, most):
            return large
        DRAWN["figure"] = figure
        kind = type(returned).__name__
        told = facts.facts_of(figure)
        return {"figure": told, "returned": kind, "saves": hasattr(returned, "savefig")}
    except ModuleNotFoundError as problem:
        if problem.name == module:
            return {
                "problem": "missing",
                "what": "module",
                "file": f"{module.replace('.', '/')}.py",
            }
        return _raised(problem, during)
    except BaseException as problem:  # the learner's code may raise anything
        return _too_large_to_draw(problem, most) or _raised(problem, during)


def _large(figure: Any, most: dict[str, int]) -> dict[str, Any]:
    """Its inches and the pixels of each; {} where it can be drawn."""
    inches, dots = [float(side) for side in figure.get_size_inches()], float(figure.dpi)
    width, height = (side * dots for side in inches)
    if max(width, height) <= most["side"] and width * height <= most["pixels"]:
        return {}
    return {"large": {"inches": inches, "dots": dots}}


def _too_large_to_draw(problem: BaseException, most: dict[str, int]) -> dict[str, Any]:
    """The learner's own `savefig` or `tight_layout` draws too, and runs out of memory."""
    plt = sys.modules.get("matplotlib.pyplot")
    if plt is None or not (isinstance(problem, MemoryError) or "Image size" in str(problem)):
        return {}
    told = (_large(plt.figure(number), most) for number in plt.get_fignums())
    return next(filter(None, told), {})


def picture() -> str:
    """The figure as a small PNG in base64, its colors reduced to a palette; "" where it is not."""
    try:
        from PIL import Image

        figure = DRAWN["figure"]
        longest = max(figure.get_size_inches())
        for side in SIDES:
            drawn = io.BytesIO()
            figure.savefig(drawn, format="png", dpi=side / longest)
            image = Image.open(drawn).convert("RGB").quantize(64)
            small = io.BytesIO()
            image.save(small, format="png", optimize=True)
            if len(small.getvalue()) <= SMALL:
                return base64.b64encode(small.getvalue()).decode("ascii")
    except Exception:  # a picture is an extra
        pass
    return ""


def _decoded(value: Any) -> Any:
    """As `encode` of mlpath_values wrote it."""
    if isinstance(value, list):
        return [_decoded(part) for part in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if tag == "$frame":
        import pandas as pd

        frame = value[tag]
        return pd.DataFrame(_decoded(frame["rows"]), columns=_decoded(frame["columns"]))
    if tag == "$array":
        import numpy as np

        return np.array(_decoded(value[tag]["data"]))
    if tag == "$tuple":
        return tuple(_decoded(value[tag]))
    if tag == "$dict":
        return {_decoded(key): _decoded(part) for key, part in value[tag]}
    if tag == "$float":
        return float(value[tag])
    return {key: _decoded(part) for key, part in value.items()}


def _no_function(module: str, function: str, found: Any) -> dict[str, Any]:
    import difflib

    near = difflib.get_close_matches(function, [name for name in dir(found) if name[0] != "_"], 1)
    file = f"{module.replace('.', '/')}.py"
    return {
        "problem": "missing",
        "what": "function",
        "file": file,
        "near": near[0] if near else "",
    }


def _raised(problem: BaseException, during: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "problem": "raised",
        "type": type(problem).__name__,
        "bases": [base.__name__ for base in type(problem).__mro__][:20],
        "message": " ".join(str(problem).split())[:500],
        "during": during,
    }
    if isinstance(problem, SyntaxError) and problem.filename:
        return {**told, "file": Path(problem.filename).name, "line": problem.lineno}
    here = Path.cwd()
    frames = [
        frame
        for frame in traceback.extract_tb(problem.__traceback__)
        if (here / frame.filename).resolve().is_relative_to(here)
        and "site-packages" not in frame.filename
        and frame.filename[:1] != "<"
    ]
    if frames:
        last = frames[-1]
        told["file"] = str((here / last.filename).resolve().relative_to(here))
        told["line"] = last.lineno
        told["code"] = "\n".join(
            f"{Path(frame.filename).name}:{frame.lineno}: {frame.line}" for frame in frames[-LINES:]
        )
    return told
