"""Questions to the metrics driver, random data for them, and the comparison with what is expected.

Without scikit-learn the program that imports this ends with 77: skipped.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import unittest
import warnings
from typing import Any, Callable

try:
    import numpy as np
    import sklearn  # noqa: F401 (looked for, before anything is compared)
except ImportError:
    print("scikit-learn is not installed: nothing to compare with")
    sys.exit(77)

REFUSED = "refused"
TOLERANCE = 1e-12
Answer = dict[str, Any]


def ask(questions: list[Answer]) -> list[Answer]:
    """Asks all questions of one process."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(
        [os.environ["MLPATH_METRICS_DRIVER"]],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def expect(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = function(*arguments, **options)
    except ValueError:
        return REFUSED
    return REFUSED if isinstance(value, float) and math.isnan(value) else value


def random_labels(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    rows = int(rng.choice([1, 2, 3, 5, 20, 100, 400]))
    classes = int(rng.integers(1, 9))
    truth = rng.integers(0, classes, rows)
    if rng.random() < 0.5:
        prediction = np.where(rng.random(rows) < 0.7, truth, rng.integers(0, classes + 1, rows))
    else:
        prediction = rng.integers(0, int(rng.integers(1, 9)), rows)
    return truth, prediction


def texts(values: np.ndarray, rng: np.random.Generator) -> list[Any]:
    """Labels as files have them: numbers, integers as text, or floats as text."""
    kind = rng.integers(0, 3)
    if kind == 0:
        return [float(value) for value in values]
    return [str(value) if kind == 1 else f"{value}.0" for value in values]


def random_scores(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Probabilities: distinct, few different ones (ties), or all equal; 0 and 1 among them."""
    kind = rng.integers(0, 4)
    if kind == 0:
        return rng.random(rows)
    if kind == 1:
        return rng.integers(0, 4, rows) / 3
    if kind == 2:
        return np.full(rows, 0.5)
    return np.round(rng.random(rows), 1)


class Comparison(unittest.TestCase):
    def setUp(self) -> None:
        self.rng = np.random.default_rng(20261120)
        self.questions: list[Answer] = []
        self.expected: list[Any] = []

    def add(self, question: Answer, expected: Any) -> None:
        self.questions.append(question)
        self.expected.append(expected)

    def compare(self, tolerance: float = TOLERANCE, least_values: float = 0.3) -> None:
        answers = ask(self.questions)
        self.assertEqual(len(answers), len(self.questions))
        values = 0
        for question, expected, answer in zip(self.questions, self.expected, answers):
            shown = f"{question} -> {answer}, scikit-learn: {expected}"
            if isinstance(expected, str):
                self.assertIn("error", answer, shown)
                self.assertGreater(len(answer["error"]), 10, shown)
                continue
            values += 1
            self.assertIn("value", answer, shown)
            self.assertTrue(
                math.isclose(answer["value"], expected, rel_tol=tolerance, abs_tol=tolerance), shown
            )
        # Were nearly everything refused, nothing would be compared.
        self.assertGreater(values, least_values * len(answers))
