"""Offline: what the saved model says about data/test.csv, in predictions.csv.

There is nothing to do in this file. Your service must give the same numbers.
"""

import joblib
import pandas as pd
from model import COLUMNS, MODEL_PATH


def main() -> None:
    model = joblib.load(MODEL_PATH)
    test = pd.read_csv("data/test.csv")
    predictions = pd.DataFrame(
        {
            "row_id": test["row_id"],
            "Survived": model.predict(test[COLUMNS]),
            "probability": model.predict_proba(test[COLUMNS])[:, 1],
        }
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
