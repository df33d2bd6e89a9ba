"""A small unit test framework: finds tests, runs them, and says where values differ."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

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
    raise NotImplementedError("find_tests in testkit.py")  # TODO: milestone 1


def test_names(path: str) -> list[str]:
    """The names of the tests in a file."""
    return list(find_tests(load(path)))


def run_test(name: str, test: Test) -> Result:
    """Runs one test: it passed, failed (an assertion did not hold) or is broken (anything else)."""
    raise NotImplementedError("run_test in testkit.py")  # TODO: milestone 2


def run_file(path: str, seed: int | None = None) -> list[Result]:
    """Runs the tests of a file, in an order drawn with `seed` where there is one."""
    tests = find_tests(load(path))
    # TODO: milestone 2: shuffle them where there is a seed
    return [run_test(name, test) for name, test in tests.items()]


def exit_code(results: Sequence[Result]) -> int:
    """0: all passed; 1: a test failed; 2: none failed, but one is broken, or there is none."""
    raise NotImplementedError("exit_code in testkit.py")  # TODO: milestone 2


# Assertions


def expect_equal(got: Any, expected: Any) -> None:
    """Raises an AssertionError unless the two are equal; a gap equals a gap."""
    raise NotImplementedError("expect_equal in testkit.py")  # TODO: milestone 3


def expect_close(got: Any, expected: Any, tolerance: float = 1e-9) -> None:
    """The same, where numbers may be `tolerance` apart."""
    raise NotImplementedError("expect_close in testkit.py")  # TODO: milestone 3


# Fixtures


def fixture(scope: str = "test") -> Callable[[Test], Test]:
    """Marks a function as a fixture, made for each test, or once for the file (scope "file")."""

    def mark(function: Test) -> Test:
        function.scope = scope  # type: ignore[attr-defined]
        return function

    return mark


# TODO: milestone 4: give each test the fixtures that it asks for, and clean up behind it
