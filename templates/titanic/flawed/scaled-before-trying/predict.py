"""Train on data/train.csv and predict the passengers of data/test.csv."""

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from titanic import build_model, features


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    answers = train["Survived"]
    prepare = build_model()[:-1].fit(features(train))
    rows = prepare.transform(features(train))
    new = prepare.transform(features(test))
    models = [LogisticRegression(C=c, max_iter=1000) for c in (0.1, 1.0, 10.0)]
    model = max(models, key=lambda one: cross_val_score(one, rows, answers, cv=5).mean())
    model.fit(rows, answers)
    predictions = pd.DataFrame(
        {
            "row_id": test["row_id"],
            "Survived": model.predict(new),
            "probability": model.predict_proba(new)[:, 1],
        }
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
