"""Predict the passengers of data/test.csv from their sex."""

import pandas as pd


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    rates = train.groupby("Sex")["Survived"].mean()
    probability = test["Sex"].map(rates)
    predictions = pd.DataFrame(
        {
            "row_id": test["row_id"],
            "Survived": (probability >= 0.5).astype(int),
            "probability": probability,
        }
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
