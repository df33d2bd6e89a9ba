"""A small unit test framework: finds tests, runs them, and says where values differ."""

from __future__ import annotations

import importlib.util
import inspect
import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

Test = Callable[..., Any]
Result = dict[str, str]


def load(path: str) -> ModuleType:
    """The module in a file, loaded anew."""
    name = Path(path).stem
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


# Find and run


def find_tests(module: ModuleType) -> dict[str, Test]:
    """The test functions of a module by name, in the order in which they stand there."""
    return {
        name: thing
        for name, thing in vars(module).items()
        if name.startswith("test_") and inspect.isfunction(thing)
    }


def test_names(path: str) -> list[str]:
    """The names of the tests in a file."""
    return list(find_tests(load(path)))


def run_test(name: str, test: Test, fixtures: Fixtures) -> Result:
    """Runs one test: it passed, failed (an assertion did not hold) or is broken (anything else)."""
    try:
        with fixtures.of_a_test() as values:
            test(**{asked: values(asked) for asked in inspect.signature(test).parameters})
    except AssertionError as problem:
        return {"name": name, "outcome": "failed", "message": str(problem)}
    except Exception as problem:
        message = f"{type(problem).__name__}: {problem}"
        return {"name": name, "outcome": "broken", "message": message}
    return {"name": name, "outcome": "passed", "message": ""}


def run_file(path: str, seed: int | None = None) -> list[Result]:
    """Runs the tests of a file, in an order drawn with `seed` where there is one."""
    module = load(path)
    tests = list(find_tests(module).items())
    if seed is not None:
        random.Random(seed).shuffle(tests)
    with Fixtures(module) as fixtures:
        return [run_test(name, test, fixtures) for name, test in tests]


def exit_code(results: Sequence[Result]) -> int:
    """0: all passed; 1: a test failed; 2: none failed, but one is broken, or there is none."""
    outcomes = {result["outcome"] for result in results}
    if "failed" in outcomes:
        return 1
    return 0 if outcomes == {"passed"} else 2


# Assertions


def expect_equal(got: Any, expected: Any) -> None:
    """Raises an AssertionError unless the two are equal; a gap equals a gap."""
    expect_close(got, expected, tolerance=0.0)


def expect_close(got: Any, expected: Any, tolerance: float = 1e-9) -> None:
    """The same, where numbers may be `tolerance` apart."""
    difference = first_difference(got, expected, tolerance)
    if difference:
        raise AssertionError(difference)


def first_difference(got: Any, expected: Any, tolerance: float, place: str = "") -> str:
    """Where the two first differ, what was expected and what came; empty: nowhere."""
    got, expected = plain(got), plain(expected)
    at = f"at {place}: " if place else ""
    if isinstance(expected, dict) and isinstance(got, dict):
        if list(got) != list(expected):
            return f"{at}expected the keys {list(expected)}, got {list(got)}"
        pairs: Iterable[Any] = ((key, got[key], expected[key]) for key in expected)
    elif isinstance(expected, (list, tuple)) and type(got) is type(expected):
        if len(got) != len(expected):
            return f"{at}expected {len(expected)} items, got {len(got)}: {got!r}"
        pairs = zip(range(len(expected)), got, expected)
    else:
        same = alike(got, expected, tolerance)
        return "" if same else f"{at}expected {expected!r}, got {got!r}"
    for key, ours, theirs in pairs:
        difference = first_difference(ours, theirs, tolerance, f"{place}[{key!r}]")
        if difference:
            return difference
    return ""


def plain(value: Any) -> Any:
    """Tables and arrays as dicts and lists."""
    if isinstance(value, pd.DataFrame):
        return {name: value[name].tolist() for name in value.columns}
    if isinstance(value, (pd.Series, pd.Index, np.ndarray, np.generic)):
        return value.tolist()
    return value


def is_gap(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def alike(got: Any, expected: Any, tolerance: float) -> bool:
    if is_gap(got) or is_gap(expected):
        return is_gap(got) and is_gap(expected)
    if isinstance(got, (int, float)) and isinstance(expected, (int, float)):
        return got == expected or abs(got - expected) <= tolerance
    return bool(got == expected)


# Fixtures


def fixture(scope: str = "test") -> Callable[[Test], Test]:
    """Marks a function as a fixture, made for each test, or once for the file (scope "file")."""

    def mark(function: Test) -> Test:
        function.scope = scope  # type: ignore[attr-defined]
        return function

    return mark


class Fixtures:
    """The fixtures of a module. What lives for the whole file is cleaned up on leaving it."""

    def __init__(self, module: ModuleType) -> None:
        things = vars(module).items()
        self._made_by = {name: thing for name, thing in things if hasattr(thing, "scope")}
        self._of_file = Values(self._made_by, None)

    def __enter__(self) -> Fixtures:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._of_file.__exit__(*problem)

    def of_a_test(self) -> Values:
        return Values(self._made_by, self._of_file)


class Values:
    """The values of fixtures, each made once, and cleaned up in the opposite order."""

    def __init__(self, made_by: dict[str, Test], of_file: Values | None) -> None:
        self._made_by = made_by
        self._of_file = of_file
        self._made: dict[str, Any] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Values:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._stack.close()

    def __call__(self, name: str) -> Any:
        if name not in self._made_by:
            raise LookupError(f"there is no fixture `{name}`")
        make = self._made_by[name]
        if self._of_file is not None and make.scope == "file":  # type: ignore[attr-defined]
            return self._of_file(name)
        if name not in self._made:
            made = make(**{asked: self(asked) for asked in inspect.signature(make).parameters})
            if inspect.isgenerator(made):
                self._stack.callback(next, made, None)
                made = next(made)
            self._made[name] = made
        return self._made[name]
