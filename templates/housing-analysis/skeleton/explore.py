"""Print what data/housing.csv shows. Extend it as you go: `python3 explore.py`."""

import pandas as pd
from housing import gaps


def main() -> None:
    table = pd.read_csv("data/housing.csv")
    print(table.describe().round(1).T[["count", "min", "50%", "max"]])
    try:
        print(gaps(table))
    except NotImplementedError as todo:
        print(f"Next in housing.py: {todo}.")
    # TODO: save the two figures as prices.png and map.png: figure.savefig("map.png", dpi=120).
    # TODO: write your findings into findings.md, a line each.


if __name__ == "__main__":
    main()
