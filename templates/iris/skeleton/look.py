"""Print what data/train.csv holds, and save your pair plot as pairs.png.

There is nothing to do in this file. It works once flowers.py does.
"""

import pandas as pd
from flowers import MEASUREMENTS, count_species, mean_by_species, pair_plot


def main() -> None:
    flowers = pd.read_csv("data/train.csv")
    print(count_species(flowers))
    for column in MEASUREMENTS:
        means = mean_by_species(flowers, column)
        print(column, {species: round(float(mean), 2) for species, mean in means.items()})
    try:
        pair_plot(flowers).savefig("pairs.png", dpi=100)
    except NotImplementedError as todo:
        print(f"Next in flowers.py: {todo}.")
    else:
        print("Now open pairs.png.")


if __name__ == "__main__":
    main()
