"""Weights of rows, F-beta and rows of several labels against scikit-learn's, like its neighbor."""

from __future__ import annotations

import unittest
from typing import Any

from comparison import REFUSED, Comparison, expect, random_labels, random_scores, texts

# isort: split
import numpy as np
from sklearn import metrics as sk

BETAS = [0.0, 0.1, 0.5, 1.0, 2.0, 3.5]
RATIOS: dict[str, Any] = {
    "precision": sk.precision_score,
    "recall": sk.recall_score,
    "f1": sk.f1_score,
}
# Sums in another order differ by some units in the last place.
CLOSE = 1e-9


def random_weights(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Whole, broken, with zeros among them, or of very different sizes."""
    kind = rng.integers(0, 4)
    if kind == 0:
        return rng.integers(1, 5, rows).astype(float)
    if kind == 1:
        return rng.random(rows)
    if kind == 2:
        weights = rng.integers(0, 3, rows).astype(float)
        weights[rng.integers(0, rows)] = 1.0
        return weights
    return 10.0 ** rng.integers(-4, 5, rows)


class More(Comparison):
    def test_fbeta(self) -> None:
        for _ in range(400):
            truth, prediction = random_labels(self.rng)
            beta = float(self.rng.choice(BETAS))
            cells = texts(truth, self.rng), texts(prediction, self.rng)
            for average in ["macro", "micro", "weighted"]:
                self.add(
                    {
                        "metric": f"f{beta:g}_{average}",
                        "truth": cells[0],
                        "prediction": cells[1],
                    },
                    expect(
                        sk.fbeta_score,
                        truth,
                        prediction,
                        beta=beta,
                        average=average,
                        zero_division=0,
                    ),
                )
            two = truth % 2, prediction % 2
            self.add(
                {
                    "metric": f"f{beta:g}",
                    "truth": texts(two[0], self.rng),
                    "prediction": texts(two[1], self.rng),
                },
                expect(sk.fbeta_score, *two, beta=beta, zero_division=0),
            )
        self.compare(tolerance=CLOSE, least_values=0.9)

    def test_weighted_labels(self) -> None:
        functions: dict[str, tuple[Any, dict[str, Any]]] = {
            "accuracy": (sk.accuracy_score, {}),
            "subset_accuracy": (sk.accuracy_score, {}),
            "hamming_loss": (sk.hamming_loss, {}),
            "balanced_accuracy": (sk.balanced_accuracy_score, {}),
            "mcc": (sk.matthews_corrcoef, {}),
            "kappa": (sk.cohen_kappa_score, {}),
        }
        for average in ["macro", "micro", "weighted"]:
            options = {"average": average, "zero_division": 0}
            for name, function in RATIOS.items():
                functions[f"{name}_{average}"] = (function, options)
            functions[f"f2_{average}"] = (sk.fbeta_score, {**options, "beta": 2})
        for _ in range(400):
            truth, prediction = random_labels(self.rng)
            weights = random_weights(self.rng, len(truth))
            cells = texts(truth, self.rng), texts(prediction, self.rng)
            for name, (function, options) in functions.items():
                one_class = len(set(truth[weights > 0]) | set(prediction[weights > 0])) == 1
                self.add(
                    {
                        "metric": name,
                        "truth": cells[0],
                        "prediction": cells[1],
                        "weights": weights.tolist(),
                    },
                    REFUSED
                    if name == "kappa" and one_class
                    else expect(function, truth, prediction, sample_weight=weights, **options),
                )
        self.compare(tolerance=CLOSE, least_values=0.9)

    def test_weighted_positive_class(self) -> None:
        for _ in range(300):
            rows = int(self.rng.choice([1, 2, 10, 100]))
            truth = self.rng.integers(0, 2, rows)
            prediction = self.rng.integers(0, int(self.rng.choice([1, 2])), rows)
            weights = random_weights(self.rng, rows)
            for name, function in RATIOS.items():
                self.add(
                    {
                        "metric": name,
                        "truth": texts(truth, self.rng),
                        "prediction": texts(prediction, self.rng),
                        "weights": weights.tolist(),
                    },
                    expect(function, truth, prediction, sample_weight=weights, zero_division=0),
                )
        self.compare(tolerance=CLOSE, least_values=0.9)

    def test_weighted_scores(self) -> None:
        for _ in range(600):
            rows = int(self.rng.choice([1, 2, 3, 10, 100]))
            truth = (self.rng.random(rows) < self.rng.choice([0.1, 0.5, 0.9])).astype(int)
            scores = random_scores(self.rng, rows)
            weights = random_weights(self.rng, rows)
            options = {"sample_weight": weights}
            question = {
                "truth": texts(truth, self.rng),
                "prediction": scores.tolist(),
                "weights": weights.tolist(),
            }
            positive, negative = weights[truth == 1].sum(), weights[truth == 0].sum()
            self.add(
                {"metric": "roc_auc", **question},
                expect(sk.roc_auc_score, truth, scores, **options)
                if positive and negative
                else REFUSED,
            )
            self.add(
                {"metric": "average_precision", **question},
                expect(sk.average_precision_score, truth, scores, **options)
                if positive
                else REFUSED,
            )
            self.add(
                {"metric": "log_loss", **question},
                expect(sk.log_loss, truth, scores, labels=[0, 1], **options),
            )
            self.add(
                {"metric": "brier", **question},
                float(np.average((truth - scores) ** 2, weights=weights)),
            )
        self.compare(tolerance=CLOSE, least_values=0.6)

    def test_weighted_probabilities_by_class(self) -> None:
        for _ in range(200):
            rows = int(self.rng.choice([5, 20, 200]))
            classes = int(self.rng.integers(3, 6))
            truth = self.rng.integers(0, classes, rows)
            probabilities = self.rng.random((rows, classes)) ** 3 + 1e-9
            probabilities /= probabilities.sum(axis=1, keepdims=True)
            weights = self.rng.random(rows) + 0.01
            labels = list(range(classes))
            question = {
                "truth": texts(truth, self.rng),
                "probabilities": {str(label): probabilities[:, label].tolist() for label in labels},
                "weights": weights.tolist(),
            }
            options: dict[str, Any] = {"labels": labels, "sample_weight": weights}
            self.add(
                {"metric": "log_loss", **question},
                expect(sk.log_loss, truth, probabilities, **options),
            )
            self.add(
                {"metric": "roc_auc_ovr", **question},
                expect(sk.roc_auc_score, truth, probabilities, multi_class="ovr", **options)
                if set(truth) == set(labels)
                else REFUSED,
            )
            self.add({"metric": "roc_auc_ovo", **question}, REFUSED)  # by scikit-learn too
        self.compare(tolerance=CLOSE)

    def test_weighted_numbers(self) -> None:
        functions: dict[str, Any] = {
            "mae": sk.mean_absolute_error,
            "mse": sk.mean_squared_error,
            "rmse": lambda truth, value, **options: sk.mean_squared_error(
                truth, value, squared=False, **options
            ),
            "rmsle": lambda truth, value, **options: sk.mean_squared_log_error(
                truth, value, squared=False, **options
            ),
            "mape": sk.mean_absolute_percentage_error,
            "r2": sk.r2_score,
            "median_absolute_error": sk.median_absolute_error,
        }
        for _ in range(400):
            rows = int(self.rng.choice([1, 2, 3, 10, 500]))
            truth = self.rng.normal(size=rows) * 10.0 ** self.rng.integers(-3, 7)
            if self.rng.random() < 0.3:
                truth = np.abs(truth)
            value = truth * self.rng.uniform(0.5, 1.5, rows)
            weights = random_weights(self.rng, rows)
            for name, function in functions.items():
                if name == "r2" and (weights > 0).sum() < 2:
                    continue  # the spread of one row is rounding alone
                self.add(
                    {
                        "metric": name,
                        "truth": truth.tolist(),
                        "prediction": value.tolist(),
                        "weights": weights.tolist(),
                    },
                    expect(function, truth, value, sample_weight=weights),
                )
        self.compare(tolerance=CLOSE, least_values=0.6)

    def test_several_labels(self) -> None:
        for _ in range(500):
            rows = int(self.rng.choice([1, 2, 5, 40, 200]))
            labels = int(self.rng.integers(2, 7))
            share = self.rng.choice([0.02, 0.3, 0.8])
            truth = (self.rng.random((rows, labels)) < share).astype(int)
            other = (self.rng.random((rows, labels)) < self.rng.choice([0.02, 0.4])).astype(int)
            prediction = np.where(self.rng.random((rows, labels)) < 0.6, truth, other)
            weights = random_weights(self.rng, rows) if self.rng.random() < 0.5 else None
            question: dict[str, Any] = {
                "truth_labels": [texts(column, self.rng) for column in truth.T],
                "predicted_labels": [texts(column, self.rng) for column in prediction.T],
            }
            if weights is not None:
                question["weights"] = weights.tolist()
            options: dict[str, Any] = {"sample_weight": weights}
            for name in ["accuracy", "subset_accuracy"]:
                self.add(
                    {"metric": name, **question},
                    expect(sk.accuracy_score, truth, prediction, **options),
                )
            self.add(
                {"metric": "hamming_loss", **question},
                expect(sk.hamming_loss, truth, prediction, **options),
            )
            beta = float(self.rng.choice(BETAS))
            for average in ["micro", "macro", "weighted", "samples"]:
                averaged = {**options, "average": average, "zero_division": 0}
                for name, function in RATIOS.items():
                    self.add(
                        {"metric": f"{name}_{average}", **question},
                        expect(function, truth, prediction, **averaged),
                    )
                self.add(
                    {"metric": f"f{beta:g}_{average}", **question},
                    expect(sk.fbeta_score, truth, prediction, beta=beta, **averaged),
                )
        self.compare(tolerance=CLOSE, least_values=0.95)

    def test_refused(self) -> None:
        labels = {"truth": ["1", "0"], "prediction": ["1", "0"]}
        numbers = {"truth": [1.0, 2.0], "prediction": [1.0, 2.0]}
        several = {
            "truth_labels": [["1", "0"], ["0", "1"]],
            "predicted_labels": [["1", "0"], ["0", "1"]],
        }
        for weights in [[1.0, -1.0], [0.0, 0.0], [1.0], ["1", "nan"], ["1", "heavy"]]:
            self.add({"metric": "accuracy", **labels, "weights": weights}, REFUSED)
            self.add({"metric": "mae", **numbers, "weights": weights}, REFUSED)
        for name in ["max_error", "ndcg@2"]:
            self.add({"metric": name, **numbers, "weights": [1.0, 1.0]}, REFUSED)
        self.add({"metric": "adjusted_rand", **labels, "weights": [1.0, 1.0]}, REFUSED)
        for name in ["f1_samples", "precision_samples", "f2_samples"]:
            self.add({"metric": name, **labels}, REFUSED)
        for name in ["f1", "precision", "f2", "mcc", "kappa", "adjusted_rand"]:
            self.add({"metric": name, **several}, REFUSED)
        for name in ["fbeta", "f-1", "f", "f2_mean", "fx_macro"]:
            self.add({"metric": name, **labels}, REFUSED)
        self.add({"metric": "mse", "truth": [-1.7e308, 1.0], "prediction": [1.7e308, 1.0]}, REFUSED)
        self.compare(least_values=-1)


if __name__ == "__main__":
    unittest.main()
