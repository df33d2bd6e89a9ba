"""Train both models on data/train.csv and predict the flowers of data/test.csv."""

import pandas as pd


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    print(f"{len(train)} flowers to learn from, {len(test)} to predict")
    # TODO: take X_train, y_train and X_test out of the two tables, call predict_species for
    # "logistic" and for "knn", and write predictions_logistic.csv and predictions_knn.csv,
    # each with the columns row_id (copied from data/test.csv) and species.


if __name__ == "__main__":
    main()
