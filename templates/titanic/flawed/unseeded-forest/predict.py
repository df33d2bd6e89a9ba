"""Train on data/train.csv and predict the passengers of data/test.csv."""

import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.pipeline import make_pipeline
from titanic import build_model, features


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    forest = RandomForestClassifier(n_estimators=60, max_depth=5)
    model = make_pipeline(build_model()[:-1], forest).fit(features(train), train["Survived"])
    predictions = pd.DataFrame(
        {
            "row_id": test["row_id"],
            "Survived": model.predict(features(test)),
            "probability": model.predict_proba(features(test))[:, 1],
        }
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
