"""Train on data/train.csv and predict the messages of data/test.csv."""

import pandas as pd
from spam import deduplicate


def main() -> None:
    messages = pd.read_csv("data/train.csv")
    train = deduplicate(messages)
    test = pd.read_csv("data/test.csv")
    print(f"{len(messages)} messages, of which {len(messages) - len(train)} were repeats")
    print(f"{len(train)} to learn from, {len(test)} to predict")
    # TODO: train build_model() on the texts and labels of train, and write predictions.csv with
    # the columns row_id (copied from data/test.csv), label and probability (of spam).


if __name__ == "__main__":
    main()
