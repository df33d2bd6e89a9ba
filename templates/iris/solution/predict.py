"""Train both models on data/train.csv and name the flowers of data/test.csv."""

import pandas as pd
from flowers import MEASUREMENTS, predict_species


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    for model in ("logistic", "knn"):
        species = predict_species(
            model,
            train[MEASUREMENTS].values.tolist(),
            train["species"].tolist(),
            test[MEASUREMENTS].values.tolist(),
        )
        predictions = pd.DataFrame({"row_id": test["row_id"], "species": species})
        predictions.to_csv(f"predictions_{model}.csv", index=False)


if __name__ == "__main__":
    main()
