"""Women and children first: predict the passengers of data/test.csv."""

import pandas as pd


def chance(passenger: pd.Series) -> float:
    """The chance of survival, as the tables that I made while exploring show it."""
    if passenger["Sex"] == "female":
        return {1: 0.97, 2: 0.92, 3: 0.5}.get(passenger["Pclass"], 0.5)
    if passenger["Age"] < 10:
        return {1: 0.9, 2: 0.9, 3: 0.45}.get(passenger["Pclass"], 0.45)
    if passenger["Age"] > 45:
        return {1: 0.27, 2: 0.08, 3: 0.06}.get(passenger["Pclass"], 0.1)
    return {1: 0.41, 2: 0.1, 3: 0.13}.get(passenger["Pclass"], 0.13)


def main() -> None:
    test = pd.read_csv("data/test.csv")
    probability = test.apply(chance, axis=1)
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
