"""Collects the products of a shop into products.csv, politely."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

import requests
from bs4 import BeautifulSoup

# The shop. Checks put another one there, so ask at this address and no other.
SHOP = os.environ.get("SHOP_URL", "http://127.0.0.1:8000")
AGENT = "practice-scraper/1.0 (+mailto:you@example.com)"
PRODUCTS = Path("products.csv")
STATE = Path("state.json")
COLUMNS = ["name", "price", "category", "url"]
PAUSE = 1.0  # seconds, where the shop asks for no other

Product = dict[str, str | float | None]


def products(html: str, address: str) -> list[Product]:
    """The products on a page; ValueError where it is no page of the catalog."""
    listing = BeautifulSoup(html, "html.parser").select_one(".products")
    if listing is None:
        raise ValueError(f"{address} has no list of products: the page was rebuilt")
    found: list[Product] = []
    for item in listing.select(".product"):
        name, price, category = (item.select_one(c) for c in (".name", ".price", ".category"))
        if name is None:
            raise ValueError(f"{address} has a product without a name: the page was rebuilt")
        found.append(
            {
                "name": name.get_text(strip=True),
                "price": amount(price.get_text(strip=True)) if price else None,
                "category": category.get_text(strip=True) if category else None,
                "url": urljoin(address, str(name["href"])),
            }
        )
    return found


def amount(text: str) -> float | None:
    """`$1,299.00` as a number; None where it is no price."""
    try:
        return float(text.removeprefix("$").replace(",", ""))
    except ValueError:
        return None


def next_page(html: str, address: str) -> str | None:
    """The address of the page behind this one; None on the last."""
    link = BeautifulSoup(html, "html.parser").select_one("a[rel=next]")
    return urljoin(address, str(link["href"])) if link else None


class Guest:
    """Asks the shop, at the pace and within the bounds that its robots.txt sets."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        self._rules = RobotFileParser()
        response = self._ask(f"{SHOP}/robots.txt")
        self._rules.parse(response.text.splitlines() if response.ok else [])
        self._pause = float(self._rules.crawl_delay(AGENT) or PAUSE)

    def may(self, address: str) -> bool:
        return self._rules.can_fetch(AGENT, address)

    def page(self, address: str) -> str:
        time.sleep(self._pause)
        response = self._ask(address)
        response.raise_for_status()
        return response.text

    def _ask(self, address: str) -> requests.Response:
        return self._session.get(address, timeout=10)


def save(found: list[Product], following: str | None, length: int) -> None:
    """The products first, and then, in one step, that we have them."""
    with PRODUCTS.open("r+" if PRODUCTS.exists() else "w", encoding="utf-8", newline="") as file:
        file.seek(length)
        file.truncate()  # half of a page, from a run that was cut off
        writer = csv.DictWriter(file, COLUMNS)
        if length == 0:
            writer.writeheader()
        writer.writerows(found)
        file.flush()
        length = file.tell()
    fresh = STATE.with_suffix(".new")
    fresh.write_text(json.dumps({"next": following, "length": length}), encoding="utf-8")
    fresh.replace(STATE)


def main() -> int:
    """The exit code: 0, or 1 where something is missing."""
    state = {"next": f"{SHOP}/catalog", "length": 0}
    if STATE.exists():
        state = json.loads(STATE.read_text(encoding="utf-8"))
    seen: set[str] = set()
    try:
        guest = Guest()
        while (address := state["next"]) and address not in seen and guest.may(address):
            seen.add(address)
            html = guest.page(address)
            save(products(html, address), next_page(html, address), state["length"])
            state = json.loads(STATE.read_text(encoding="utf-8"))
    except (requests.RequestException, ValueError) as problem:
        print(f"incomplete: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
