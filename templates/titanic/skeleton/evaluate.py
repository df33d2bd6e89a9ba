"""Print the two figures for your README, measured on passengers that the model has not seen.

It also saves the confusion matrix as confusion.png. There is nothing to do in this file. It works
once titanic.py and figures.py do.
"""

import pandas as pd
from figures import confusion_figure
from sklearn.model_selection import StratifiedKFold, cross_val_predict, cross_validate
from titanic import build_model, features


def main() -> None:
    train = pd.read_csv("data/train.csv")
    X_train, y_train = features(train), train["Survived"]
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    scoring = ["accuracy", "roc_auc"]
    scores = cross_validate(build_model(), X_train, y_train, cv=folds, scoring=scoring)
    print(f"Model accuracy: {scores['test_accuracy'].mean():.2f}")
    print(f"Model ROC AUC: {scores['test_roc_auc'].mean():.2f}")
    y_pred = cross_val_predict(build_model(), X_train, y_train, cv=folds)
    confusion_figure(y_train.to_numpy(), y_pred).savefig("confusion.png", dpi=120)


if __name__ == "__main__":
    main()
