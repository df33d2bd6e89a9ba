"""Makes the report: summary.csv for machines, chart.png, and report.pdf for people.

python3 report.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
from matplotlib.figure import Figure
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table
from sales import by_month, by_region, read_sales, to_csv

STYLES = getSampleStyleSheet()
LOOKS = [
    ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
    ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey),
    ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
]


def euros(cents: int) -> str:
    """Cents as a person reads them: 1,234.50"""
    return f"{cents / 100:,.2f}"


def revenue_chart(months: pd.DataFrame) -> Figure:
    """A bar for the revenue of each month, in euros."""
    figure = Figure(figsize=(7, 3.2), layout="constrained")
    axes = figure.add_subplot()
    axes.bar(months["month"], months["revenue"] / 100)
    axes.set(title="Revenue by month", xlabel="Month", ylabel="Revenue (EUR)")
    axes.tick_params("x", rotation=45)
    return figure


def table(frame: pd.DataFrame) -> Table:
    """All rows of the frame, on as many pages as they take; the header stands on each."""
    shown = frame.assign(revenue=frame["revenue"].map(euros))
    cells = [[name.capitalize() for name in shown.columns], *shown.astype(str).values.tolist()]
    return Table(cells, repeatRows=1, style=LOOKS)


def contents(sales: pd.DataFrame, rejected: list[tuple[int, str]]) -> list[Flowable]:
    """What stands in the report, from top to bottom."""
    head, text = STYLES["Heading2"], STYLES["BodyText"]
    return [
        Paragraph("Sales report", STYLES["Title"]),
        Paragraph(f"Total revenue: {euros(sales['revenue'].sum())} EUR", text),
        Paragraph(f"Orders: {len(sales)}", text),
        Paragraph(f"Rows left out: {len(rejected)}", text),
        Paragraph("By region", head),
        table(by_region(sales)),
        Spacer(1, 12),
        Image("chart.png", width=450, height=450 * 3.2 / 7),
        Paragraph("Rows that could not be used", head),
        *(Paragraph(escape(f"Line {line}: {reason}"), text) for line, reason in rejected),
        Paragraph("All sales", head),
        table(sales[["order", "date", "region", "product", "quantity", "revenue"]]),
    ]


def main() -> int:
    sales, rejected = read_sales("data/sales.csv")
    Path("summary.csv").write_text(to_csv(by_region(sales)), encoding="utf-8")
    revenue_chart(by_month(sales)).savefig("chart.png", dpi=150)
    document = SimpleDocTemplate("report.pdf", pagesize=A4, title="Sales report")
    document.build(contents(sales, rejected))
    print(f"report.pdf: {len(sales)} sales; {len(rejected)} rows left out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
