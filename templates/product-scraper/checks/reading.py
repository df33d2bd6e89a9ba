"""`products`: what is on one page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import store
from mlpath_check import Check, Mistake

HOME = "http://shop.example/catalog?page=3"
PAGES: dict[str, list[store.Item]] = {}


def a_page(count: int, seed: int) -> tuple[str, str]:
    listed = store.items(count, seed)
    text = store.page(listed, "/catalog?page=4")
    PAGES[text] = listed
    return text, HOME


def reference(text: str, address: str) -> list[dict[str, Any]]:
    return [
        {
            "name": item.name,
            "price": item.price,
            "category": item.category,
            "url": urljoin(address, item.path),
        }
        for item in PAGES[text]
    ]


def changed(**how: Any) -> Any:
    """What a function with one mistake makes of a page."""

    def makes(text: str, address: str) -> list[dict[str, Any]]:
        return [
            {**row, **{key: change(row) for key, change in how.items()}}
            for row in reference(text, address)
        ]

    return makes


MISTAKES = [
    Mistake(
        changed(price=lambda row: 0 if row["price"] is None else row["price"]),
        "a product without a price costs 0: a missing value became a number",
        "`Sold out` is no price. What is not known is `None`, so that no average counts it.",
    ),
    *(
        Mistake(
            error,
            f"`products` raises {error.__name__} where it looks for an element that is not there",
            "`select_one` and `find` give None where nothing fits: for a product without a "
            "category, and for an item of the list that is no product.",
            "`.product` finds products alone; `is None` asks before you go on.",
        )
        for error in (AttributeError, TypeError)
    ),
    Mistake(
        changed(price=lambda row: row["price"] or None),
        "a product for $0.00 has no price: a number became a missing value",
        "In Python, 0 counts as false: `price or None` and `if price` drop it.",
        "`price is None` asks for what is missing, and for nothing else.",
    ),
    Mistake(
        changed(url=lambda row: "/" + row["url"].split("/", 3)[3]),
        "the `url` of a product is relative: {got}",
        "The link on the page leaves out the part of the address that the page has already.",
        "`urllib.parse.urljoin(address, href)` makes it whole.",
    ),
    Mistake(
        changed(price=lambda row: "Sold out" if row["price"] is None else f"${row['price']:,.2f}"),
        "the prices are texts: {got}",
        "What stands on the page is text. A table to compute with needs numbers.",
    ),
]


def reads(check: Check) -> None:
    """Pages of several sizes, with gaps, entities and thousands."""
    calls = [a_page(count, seed) for count, seed in ((1, 3), (3, 5), (8, 7))]
    check.compare("scrape.products", calls, reference, MISTAKES)


def empty(check: Check) -> None:
    """No product is a result; no list is an error."""
    text = store.page([])
    check.equal(check.call("scrape.products", text, HOME), [], "A page with an empty list")
    rebuilt = re.sub(
        r'class="(products|product|name|price)"', r'class="shop-\1"', store.page(store.items(4, 9))
    )
    raised = check.raises("scrape.products", rebuilt, HOME)
    check.that(
        raised is not None and "ValueError" in (raised, *raised.bases),
        f"a page without the list of products raises {raised or 'nothing'}, not ValueError",
        expected="ValueError",
        because="The shop has rebuilt its pages, and nothing is found any more. An empty table "
        "without an error is the worst result: nobody notices.",
    )
