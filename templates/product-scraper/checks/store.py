"""Pages of a shop: what is on them, and how they are written."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass

NAMES = ["Teapot", "Clock & barometer", "Kettle", 'Lamp "Aurora"', "Chair, oak", "Mug <large>"]
CATEGORIES = ["Kitchen", "Light", "Living & garden"]


@dataclass(frozen=True)
class Item:
    number: int
    name: str
    price: float | None
    category: str | None

    @property
    def path(self) -> str:
        return f"/product/{self.number}"


def items(count: int, seed: int) -> list[Item]:
    """No price, no category, over a thousand, for nothing: the first four, in this order."""
    draw = random.Random(seed)
    made = []
    for place in range(count):
        price = round(draw.uniform(1, 900), 2)
        made.append(
            Item(
                number=1000 * seed + place,
                name=f"{draw.choice(NAMES)} {place + 1}",
                price={0: None, 2: round(1000 + price, 2), 3: 0.0}.get(place, price),
                category=None if place == 1 else draw.choice(CATEGORIES),
            )
        )
    return made


def shown(item: Item) -> str:
    price = "Sold out" if item.price is None else f"${item.price:,.2f}"
    category = (
        f'<span class="category">{html.escape(item.category)}</span>' if item.category else ""
    )
    return (
        f'<li class="product"><a class="name" href="{item.path}">{html.escape(item.name)}</a>\n'
        f'  <span class="price">{price}</span> {category}</li>'
    )


def page(listed: list[Item], following: str = "") -> str:
    """`following`: where the link to the next page leads."""
    link = f'<a rel="next" href="{html.escape(following)}">Onward</a>' if following else ""
    listing = "\n".join(map(shown, listed))
    if listed:
        listing += '\n<li class="note">From $50 on we deliver free of charge.</li>'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>\n'
        '<nav><a href="/">Home</a> <a href="/staff/">Staff</a></nav>\n'
        f'<ol class="products">\n{listing}\n</ol>\n{link}\n</body></html>\n'
    )
