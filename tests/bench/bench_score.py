"""`mlpath score` against pandas and scikit-learn: same files, same metrics, time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import bar, paired

ROWS = int(os.environ.get("MLPATH_BENCH_ROWS", "10000000"))
RUNS = int(os.environ.get("MLPATH_BENCH_RUNS", "3"))
PYTHON = "/usr/bin/python3"
THEIRS = """
import json, sys
import pandas as pd
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
truth = pd.read_csv(sys.argv[1])["label"]
predictions = pd.read_csv(sys.argv[2])
print(json.dumps({"metrics": {"accuracy": accuracy_score(truth, predictions["label"]),
                              "f1": f1_score(truth, predictions["label"]),
                              "roc_auc": roc_auc_score(truth, predictions["score"])}}))
"""


def write_files(folder: Path) -> tuple[Path, Path]:
    """Three in ten rows are positive; scores have eight decimals, nearly all different."""
    import numpy as np

    truth, predictions = folder / "truth.csv", folder / "predictions.csv"
    rng = np.random.default_rng(7)
    at_once = 500_000
    with truth.open("w") as truth_file, predictions.open("w") as predictions_file:
        truth_file.write("label\n")
        predictions_file.write("label,score\n")
        for start in range(0, ROWS, at_once):
            count = min(at_once, ROWS - start)
            labels = (rng.random(count) < 0.3).astype(int)
            scores = 1 / (1 + np.exp(-rng.normal(labels * 1.5 - 0.75)))
            truth_file.writelines(f"{label}\n" for label in labels)
            predictions_file.writelines(f"{int(score > 0.5)},{score:.8f}\n" for score in scores)
    return truth, predictions


def values(argv: list[str]) -> dict[str, float]:
    return json.loads(subprocess.run(argv, capture_output=True, check=True).stdout)["metrics"]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-") as folder:
        truth, predictions = write_files(Path(folder))
        files = [str(truth), str(predictions)]
        ours = [
            os.environ["MLPATH_BINARY"],
            "score",
            *files,
            "--json",
            "--label",
            "label",
            "--score",
            "score",
        ]
        ours += ["--metric", "accuracy", "f1", "roc_auc"]
        theirs = [PYTHON, "-c", THEIRS, *files]
        our_values, their_values = values(ours), values(theirs)
        for metric, value in their_values.items():
            if abs(our_values[metric] - value) > 1e-9:
                print(f"score: {metric} is {our_values[metric]}, and {value} by scikit-learn")
                return 1
        mine, other = paired(ours, theirs, RUNS)
    print(
        f"score of {ROWS:,} rows: {mine.seconds:.2f} s and {mine.peak_bytes / 1e6:.0f} MB, "
        f"pandas and scikit-learn "
        f"{other.seconds:.2f} s and {other.peak_bytes / 1e6:.0f} MB"
    )
    met = [
        bar("score, of pandas and scikit-learn", mine.seconds / other.seconds, 1 / 15),
        bar("peak memory of score, of theirs", mine.peak_bytes / other.peak_bytes, 0.25),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
