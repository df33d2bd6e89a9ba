"""Our metrics against scikit-learn's on thousands of random cases, degenerate ones among them.

The driver named by MLPATH_METRICS_DRIVER answers one JSON line for each question. A case that
scikit-learn refuses (it raises, or has no value: NaN) must be refused by us. Without scikit-learn
the program ends with 77: skipped.
"""

from __future__ import annotations

import itertools
import unittest
from typing import Callable

from comparison import (
    REFUSED,
    Comparison,
    ask,
    expect,
    random_labels,
    random_scores,
    texts,
)

# isort: split
import numpy as np
from sklearn import metrics as sk


class Metrics(Comparison):
    def test_labels(self) -> None:
        averages = {
            f"{name}_{average}": (function, {"average": average, "zero_division": 0})
            for name, function in [
                ("precision", sk.precision_score),
                ("recall", sk.recall_score),
                ("f1", sk.f1_score),
            ]
            for average in ["macro", "micro", "weighted"]
        }
        functions = averages | {
            "accuracy": (sk.accuracy_score, {}),
            "balanced_accuracy": (sk.balanced_accuracy_score, {}),
            "mcc": (sk.matthews_corrcoef, {}),
            "kappa": (sk.cohen_kappa_score, {}),
            "adjusted_rand": (sk.adjusted_rand_score, {}),
            "normalized_mutual_info": (sk.normalized_mutual_info_score, {}),
        }
        for _ in range(400):
            truth, prediction = random_labels(self.rng)
            cells = texts(truth, self.rng), texts(prediction, self.rng)
            for name, (function, options) in functions.items():
                self.add(
                    {"metric": name, "truth": cells[0], "prediction": cells[1]},
                    expect(function, truth, prediction, **options),
                )
        self.compare(least_values=0.9)

    def test_positive_class(self) -> None:
        functions = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}
        for _ in range(300):
            rows = int(self.rng.choice([1, 2, 10, 100]))
            truth = self.rng.integers(0, 2, rows)
            prediction = self.rng.integers(0, int(self.rng.choice([1, 2, 2, 2, 3])), rows)
            for positive, (name, function) in itertools.product(["", "1", "0"], functions.items()):
                expected = expect(
                    function, truth, prediction, pos_label=int(positive or 1), zero_division=0
                )
                if positive == "" and 2 in prediction:
                    expected = REFUSED  # scikit-learn takes 1 as positive; of 1 and 2, we ask
                self.add(
                    {
                        "metric": name,
                        "truth": texts(truth, self.rng),
                        "prediction": texts(prediction, self.rng),
                        "positive": positive,
                    },
                    expected,
                )
        self.compare()

    def test_confusion_matrix(self) -> None:
        cases = [random_labels(self.rng) for _ in range(200)]
        answers = ask(
            [
                {
                    "metric": "confusion_matrix",
                    "truth": texts(truth, self.rng),
                    "prediction": texts(prediction, self.rng),
                }
                for truth, prediction in cases
            ]
        )
        for (truth, prediction), answer in zip(cases, answers, strict=True):
            self.assertEqual(answer["counts"], sk.confusion_matrix(truth, prediction).tolist())
            self.assertEqual(
                answer["labels"], [str(label) for label in np.union1d(truth, prediction)]
            )

    def test_scores(self) -> None:
        for _ in range(1500):
            rows = int(self.rng.choice([1, 2, 3, 10, 100, 500]))
            truth = (self.rng.random(rows) < self.rng.choice([0.05, 0.5, 0.9])).astype(int)
            scores = random_scores(self.rng, rows)
            signed = scores * 7 - 3  # scores need not be probabilities
            question = {"truth": texts(truth, self.rng), "prediction": signed.tolist()}
            one_class = len(set(truth)) == 1
            self.add({"metric": "roc_auc", **question}, expect(sk.roc_auc_score, truth, signed))
            self.add(
                {"metric": "average_precision", **question},
                REFUSED if truth.sum() == 0 else expect(sk.average_precision_score, truth, signed),
            )
            question["prediction"] = scores.tolist()
            self.add(
                {"metric": "log_loss", **question},
                expect(sk.log_loss, truth, scores, labels=[0, 1]),
            )
            self.add(
                {"metric": "brier", **question},
                expect(sk.brier_score_loss, truth, scores, pos_label=1)
                if not one_class
                else float(np.mean((truth - scores) ** 2)),
            )
        self.compare(least_values=0.6)

    def test_large_scores(self) -> None:
        """Enough rows for the radix sort and for threads; negative scores, ties and both zeros."""
        for rows, decimals in [(5000, 2), (5000, 17), (250_000, 4)]:
            truth = self.rng.integers(0, 2, rows)
            scores = np.round(truth + self.rng.normal(size=rows) * 3, decimals)
            scores[:2] = [0.0, -0.0]
            question = {"truth": truth.astype(float).tolist(), "prediction": scores.tolist()}
            self.add({"metric": "roc_auc", **question}, sk.roc_auc_score(truth, scores))
            self.add(
                {"metric": "average_precision", **question},
                sk.average_precision_score(truth, scores),
            )
        self.compare(least_values=0.9)

    def test_probabilities_by_class(self) -> None:
        for _ in range(500):
            rows = int(self.rng.choice([1, 3, 20, 200]))
            classes = int(self.rng.integers(2, 6))
            truth = self.rng.integers(0, classes, rows)
            probabilities = self.rng.random((rows, classes)) ** 3 + 1e-9
            if self.rng.random() < 0.3:
                probabilities[:, 0] = 0
            probabilities /= probabilities.sum(axis=1, keepdims=True)
            labels = list(range(classes))
            question = {
                "truth": texts(truth, self.rng),
                "probabilities": {str(label): probabilities[:, label].tolist() for label in labels},
            }
            self.add(
                {"metric": "log_loss", **question},
                expect(sk.log_loss, truth, probabilities, labels=labels),
            )
            if classes > 2:
                whole = set(truth) == set(labels)
                for name in ["ovr", "ovo"]:
                    self.add(
                        {"metric": f"roc_auc_{name}", **question},
                        expect(
                            sk.roc_auc_score, truth, probabilities, labels=labels, multi_class=name
                        )
                        if whole
                        else REFUSED,
                    )
        self.compare()

    def test_numbers(self) -> None:
        functions = {
            "mae": sk.mean_absolute_error,
            "mse": sk.mean_squared_error,
            "max_error": sk.max_error,
            "rmse": lambda truth, value: sk.mean_squared_error(truth, value, squared=False),
            "rmsle": lambda truth, value: sk.mean_squared_log_error(truth, value, squared=False),
            "mape": sk.mean_absolute_percentage_error,
            "r2": sk.r2_score,
            "median_absolute_error": sk.median_absolute_error,
        }
        for _ in range(500):
            rows = int(self.rng.choice([1, 2, 3, 10, 500]))
            scale = 10.0 ** self.rng.integers(-3, 7)
            truth = self.rng.normal(size=rows) * scale
            kind = self.rng.integers(0, 4)
            if kind == 0:
                truth = np.abs(truth)
            elif kind == 1:
                truth = np.full(rows, 3.0)
            elif kind == 2:
                truth = np.round(truth)  # zeros among them
            value = (
                truth.copy()
                if self.rng.random() < 0.1
                else truth + self.rng.normal(size=rows) * scale
            )
            value = np.abs(value) if kind == 0 else value
            for name, function in functions.items():
                self.add(
                    {"metric": name, "truth": truth.tolist(), "prediction": value.tolist()},
                    expect(function, truth, value),
                )
        self.compare()

    def test_silhouette(self) -> None:
        for _ in range(150):
            rows = int(self.rng.choice([2, 3, 5, 40, 200]))
            points = self.rng.normal(size=(rows, int(self.rng.integers(1, 5))))
            clusters = self.rng.integers(0, int(self.rng.integers(1, 6)), rows)
            self.add(
                {
                    "metric": "silhouette",
                    "points": points.T.tolist(),
                    "prediction": texts(clusters, self.rng),
                },
                expect(sk.silhouette_score, points, clusters),
            )
        self.compare(
            tolerance=1e-9
        )  # scikit-learn takes distances by |a|^2 - 2ab + |b|^2, which loses digits

    def test_ndcg(self) -> None:
        for _ in range(400):
            groups, size, k = (
                int(self.rng.integers(1, 6)),
                int(self.rng.integers(2, 12)),
                int(self.rng.integers(1, 14)),
            )
            relevance = self.rng.integers(0, int(self.rng.choice([1, 2, 4])) + 1, (groups, size))
            scores = random_scores(self.rng, groups * size).reshape(groups, size)
            order = self.rng.permutation(groups * size)  # groups need not stand together
            self.add(
                {
                    "metric": f"ndcg@{k}",
                    "truth": relevance.ravel()[order].astype(float).tolist(),
                    "prediction": scores.ravel()[order].tolist(),
                    "groups": [
                        f"user {name}" for name in np.repeat(np.arange(groups), size)[order]
                    ],
                },
                expect(sk.ndcg_score, relevance, scores, k=k),
            )
        self.compare()

    def test_rankings_against_all_orders(self) -> None:
        """What scikit-learn lacks: against the definition, averaged over all orders of the ties."""
        for _ in range(150):
            size, k = int(self.rng.integers(1, 7)), int(self.rng.integers(1, 8))
            relevance = self.rng.integers(0, 2, size)
            scores = self.rng.integers(0, 3, size)
            orders = [
                order
                for order in itertools.permutations(range(size))
                if all(scores[a] >= scores[b] for a, b in zip(order, order[1:]))
            ]
            for name, function in RANKINGS.items():
                self.add(
                    {
                        "metric": f"{name}_at_{k}",
                        "truth": relevance.astype(float).tolist(),
                        "prediction": scores.astype(float).tolist(),
                    },
                    float(np.mean([function(relevance[list(order)], k) for order in orders])),
                )
        self.compare()

    def test_refused(self) -> None:
        labels = {"truth": ["a", "b"], "prediction": ["a", "b"]}
        numbers = {"truth": [1.0, 2.0], "prediction": [1.0, 2.0]}
        for name in [
            "accuracy",
            "f1_macro",
            "mcc",
            "kappa",
            "roc_auc",
            "log_loss",
            "brier",
            "mae",
            "r2",
            "ndcg@3",
            "adjusted_rand",
            "silhouette",
            "average_precision",
        ]:
            self.add({"metric": name, "truth": [], "prediction": []}, REFUSED)
            self.add({"metric": name, "truth": ["1", "0"], "prediction": ["1"]}, REFUSED)
            self.add({"metric": name, "truth": ["1", "0"], "prediction": ["1", "nan"]}, REFUSED)
        for name in ["roc_auc", "log_loss", "brier", "mae", "r2", "ndcg@3"]:
            self.add({"metric": name, **numbers, "prediction": ["0.5", "0,5"]}, REFUSED)
            self.add({"metric": name, **numbers, "prediction": ["0.5", "inf"]}, REFUSED)
        for name in ["f1", "precision", "recall"]:  # which of `a` and `b` is positive?
            self.add({"metric": name, **labels}, REFUSED)
            self.add({"metric": name, **labels, "positive": "c"}, REFUSED)
        self.add({"metric": "brier", "truth": ["1", "0"], "prediction": [0.5, 1.5]}, REFUSED)
        self.add({"metric": "log_loss", "truth": ["1", "0"], "prediction": [0.5, -0.5]}, REFUSED)
        self.add(
            {
                "metric": "log_loss",
                "truth": ["1", "2"],
                "probabilities": {"1": [0.5, 0.5], "0": [0.5, 0.5]},
            },
            REFUSED,
        )
        self.add(
            {
                "metric": "log_loss",
                "truth": ["1", "0"],
                "probabilities": {"1": [0.5, 0.5], "0": [0.5, 0.1]},
            },
            REFUSED,
        )
        self.add({"metric": "ndcg@3", "truth": [-1.0, 1.0], "prediction": [1.0, 2.0]}, REFUSED)
        self.add({"metric": "rmsle", "truth": [1.0, 1.0], "prediction": [1.0, -2.0]}, REFUSED)
        self.add({"metric": "ndcg", **numbers}, REFUSED)
        self.add({"metric": "mae@3", **numbers}, REFUSED)
        self.add({"metric": "acuracy", **labels}, REFUSED)
        self.compare(least_values=-1)


def average_precision_at(relevance: np.ndarray, k: int) -> float:
    places = [place for place in range(min(k, len(relevance))) if relevance[place]]
    if not relevance.sum():
        return 0.0
    return sum(relevance[: place + 1].mean() for place in places) / min(k, relevance.sum())


RANKINGS: dict[str, Callable[[np.ndarray, int], float]] = {
    "precision": lambda relevance, k: relevance[:k].sum() / k,
    "recall": lambda relevance, k: relevance[:k].sum() / max(relevance.sum(), 1),
    "hit_rate": lambda relevance, k: float(relevance[:k].any()),
    "map": average_precision_at,
}


if __name__ == "__main__":
    unittest.main()
