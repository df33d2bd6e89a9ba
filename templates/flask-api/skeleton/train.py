"""Train the model on data/train.csv, and save it as model.joblib.

There is nothing to do in this file. It trains what `build_model` in model.py returns.
"""

import joblib
import pandas as pd
from model import COLUMNS, MODEL_PATH, build_model


def main() -> None:
    train = pd.read_csv("data/train.csv")
    joblib.dump(build_model().fit(train[COLUMNS], train["Survived"]), MODEL_PATH)


if __name__ == "__main__":
    main()
