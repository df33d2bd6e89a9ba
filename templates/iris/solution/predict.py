"""Train both models on data/train.csv and predict the flowers of data/test.csv."""

import argparse

import pandas as pd
from flowers import MEASUREMENTS, predict_species


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raw", action="store_true", help="leave the centimeters unscaled")
    arguments = parser.parse_args()

    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    X_train, y_train = train[MEASUREMENTS], train["species"]
    X_test = test[MEASUREMENTS]
    for model in ("logistic", "knn"):
        species = predict_species(model, X_train, y_train, X_test, scale=not arguments.raw)
        predictions = pd.DataFrame({"row_id": test["row_id"], "species": species})
        predictions.to_csv(f"predictions_{model}.csv", index=False)


if __name__ == "__main__":
    main()
