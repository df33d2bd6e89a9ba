"""Train both models on data/train.csv and name the flowers of data/test.csv."""

import pandas as pd
from flowers import MEASUREMENTS, predict_species
from sklearn.preprocessing import StandardScaler


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    scaler = StandardScaler().fit(pd.concat([train, test])[MEASUREMENTS])
    for model in ("logistic", "knn"):
        species = predict_species(
            model,
            scaler.transform(train[MEASUREMENTS]).tolist(),
            train["species"].tolist(),
            scaler.transform(test[MEASUREMENTS]).tolist(),
        )
        predictions = pd.DataFrame({"row_id": test["row_id"], "species": species})
        predictions.to_csv(f"predictions_{model}.csv", index=False)


if __name__ == "__main__":
    main()
