"""Print the gaps of data/train.csv, and save your figure as survival.png.

There is nothing to do in this file. It works once titanic.py and figures.py do.
"""

import pandas as pd
from figures import survival_figure
from titanic import missing_counts, survival_rate


def main() -> None:
    train = pd.read_csv("data/train.csv")
    for column, count in missing_counts(train).items():
        print(f"{column:>12}: {count} of {len(train)} cells are empty")
    for value, rate in survival_rate(train, "Sex").items():
        print(f"{rate:.2f} of those who are {value} survived")
    survival_figure(train).savefig("survival.png", dpi=120)


if __name__ == "__main__":
    main()
