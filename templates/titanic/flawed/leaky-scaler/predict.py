"""Train on data/train.csv and predict the passengers of data/test.csv."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from titanic import features


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    both = pd.get_dummies(features(pd.concat([train, test])))
    both = SimpleImputer().fit_transform(both)
    both = StandardScaler().fit_transform(both)
    model = LogisticRegression(max_iter=1000)
    model.fit(both[: len(train)], train["Survived"])
    new = both[len(train) :]
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
