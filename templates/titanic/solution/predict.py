"""Train on data/train.csv and predict the passengers of data/test.csv."""

import argparse

import pandas as pd
from titanic import build_model, features, with_title


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", action="store_true", help="use the titles in the names")
    arguments = parser.parse_args()

    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    X_train, y_train, X_test = features(train), train["Survived"], features(test)
    if arguments.titles:
        X_train, X_test = with_title(X_train, train), with_title(X_test, test)

    model = build_model(titles=arguments.titles).fit(X_train, y_train)
    probability = model.predict_proba(X_test)[:, 1]
    y_pred = (probability >= 0.5).astype(int)
    predictions = pd.DataFrame(
        {"row_id": test["row_id"], "Survived": y_pred, "probability": probability}
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
