"""Train on data/train.csv and predict the messages of data/test.csv."""

import argparse

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from spam import build_model, choose_threshold, deduplicate

FALSE_POSITIVE_COST = 10  # a friend's message lost is as bad as ten spams let through


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep-case", action="store_true", help="tell FREE from free")
    arguments = parser.parse_args()

    train = deduplicate(pd.read_csv("data/train.csv"))
    test = pd.read_csv("data/test.csv")
    X_train, y_train = train["text"], train["label"]

    model = build_model(keep_case=arguments.keep_case)
    folds = StratifiedKFold(3, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, X_train, y_train, cv=folds, method="predict_proba")[:, 1]
    threshold = choose_threshold(y_train.to_numpy(), held_out, FALSE_POSITIVE_COST)

    model.fit(X_train, y_train)
    probability = model.predict_proba(test["text"])[:, 1]
    predictions = pd.DataFrame(
        {
            "row_id": test["row_id"],
            "label": np.where(probability >= threshold, "spam", "ham"),
            "probability": probability,
        }
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
