"""Write what data/housing.csv shows: findings.md, prices.png and map.png."""

from pathlib import Path

import pandas as pd
from housing import findings, gaps, price_histogram, price_map


def main() -> None:
    table = pd.read_csv("data/housing.csv")
    print({column: count for column, count in gaps(table).items() if count})
    found = findings(table)
    Path("findings.md").write_text(
        f"- Capped districts: {found['capped']}\n"
        f"- Outliers in rooms: {found['outliers']}\n"
        f"- Median price inland: {found['inland_median']:.0f}\n"
        f"- Income correlation: {found['income_correlation']:.3f}\n",
        encoding="utf-8",
    )
    price_histogram(table).savefig("prices.png", dpi=120)
    price_map(table).savefig("map.png", dpi=120)


if __name__ == "__main__":
    main()
