"""Train on data/train.csv and predict the passengers of data/test.csv."""

import pandas as pd


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    print(f"{len(train)} passengers to learn from, {len(test)} to predict")
    # TODO: train build_model() on features(train), and write predictions.csv with
    # the columns row_id (copied from data/test.csv), Survived and probability.


if __name__ == "__main__":
    main()
