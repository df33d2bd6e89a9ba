"""A shop that is visited: every page once, at its own pace, and on from where one was cut off."""

from __future__ import annotations

import csv
import io
import random

import store
from mlpath_check import Check
from mlpath_site import Answer, Ran, Request, Served, Site

DELAY = 5
ROBOTS = f"User-agent: *\nDisallow: /staff/\nCrawl-delay: {DELAY}\n"
OF_A_LIBRARY = ("python-requests", "python-httpx", "Python-urllib", "Python/", "aiohttp", "curl/")


class Shop:
    """`pages` of products. `behind`: where the last page's link leads, if anywhere."""

    def __init__(self, pages: int, seed: int, robots: str = ROBOTS, behind: str = "") -> None:
        self.robots = robots
        self.listed = [store.items(5, 10 * seed + number) for number in range(pages)]
        draw = random.Random(seed)
        marks = [f"{draw.randrange(16**6):06x}" for _ in range(pages)]
        # Not numbered: whoever counts up finds nothing.
        self.paths = ["/catalog"] + [f"/catalog?after={mark}" for mark in marks[1:]]
        self.behind = behind

    def answer(self, request: Request, seen: list[Request]) -> Answer:
        if request.path == "/robots.txt":
            return Answer(self.robots.encode(), headers={"Content-Type": "text/plain"})
        if request.path.startswith("/staff"):
            return Answer(store.page(store.items(5, 999)))
        if request.target not in self.paths:
            return Answer("<h1>Not found</h1>", status=404)
        number = self.paths.index(request.target)
        last = number == len(self.paths) - 1
        return Answer(
            store.page(self.listed[number], self.behind if last else self.paths[number + 1])
        )

    @property
    def items(self) -> list[store.Item]:
        return [item for page in self.listed for item in page]


def pages_of(ran: Ran) -> list[Request]:
    return [request for request in ran.requests if request.path != "/robots.txt"]


def targets(ran: Ran) -> list[str]:
    return [request.target for request in pages_of(ran)]


def rows_of(check: Check, served: Served) -> list[dict[str, str]]:
    text = served.text("products.csv", because="The products belong in `products.csv`.")
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as problem:
        check.fail(f"`products.csv` is no CSV file: {problem}")
    columns = list(rows[0]) if rows else []
    check.that(
        columns == ["name", "price", "category", "url"],
        "`products.csv` has the columns {got}",
        got=columns or text.splitlines()[:1],
        expected=["name", "price", "category", "url"],
    )
    return rows


def compare_rows(check: Check, served: Served, shop: Shop, because: str = "") -> None:
    """Each product of the shop once, and nothing else."""
    rows = rows_of(check, served)
    got = [(row["url"] or "").rsplit("/", 1)[-1] for row in rows]
    expected = [str(item.number) for item in shop.items]
    twice = sorted({number for number in got if got.count(number) > 1})
    missing = [number for number in expected if number not in got]
    check.that(
        not twice,
        f"`products.csv` has {_products(len(twice))} more than once",
        got=f"/product/{twice[0]}, …" if twice else "",
        expected="each product once",
        because=because or "A page was read twice, or the rows were appended to those of before.",
    )
    check.that(
        not missing,
        f"`products.csv` lacks {len(missing)} of {_products(len(expected))}",
        got=f"{len(rows)} rows",
        expected=f"{len(expected)} rows",
        because=because or "Not all pages were read, or not all rows written.",
    )
    check.that(
        len(got) == len(expected),
        f"`products.csv` has {len(got)} rows for {_products(len(expected))}",
        got=[number for number in got if number not in expected][:5],
    )
    for row, item in zip(sorted(rows, key=lambda row: row["url"]), _by_address(served, shop)):
        check.that(
            row["name"] == item.name and _number(row["price"]) == item.price,
            f"`products.csv` has a wrong row for {item.path}",
            got=row,
            expected=f"{item.name}, {'no price' if item.price is None else item.price}",
            because="A price that is not known is an empty cell." if item.price is None else "",
        )


def _by_address(served: Served, shop: Shop) -> list[store.Item]:
    return sorted(shop.items, key=lambda item: served.address + item.path)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None if text == "" else -1.0


def _products(count: int) -> str:
    return f"{count} {'product' if count == 1 else 'products'}"


def follows(check: Check, site: Site) -> None:
    """Shops of several sizes; each page once."""
    for pages, seed in ((3, 1), (7, 2), (1, 3)):
        shop = Shop(pages, seed, robots="User-agent: *\nDisallow:\n")
        with site.serve(shop.answer) as served:
            ran = served.run()
            ran.asked()
            asked = targets(ran)
            unknown = [target for target in asked if target not in shop.paths]
            check.that(
                not unknown,
                f"`{ran.command}` asked for `{(unknown or [''])[0]}`, to which no page leads",
                got=asked,
                expected=shop.paths,
                because="The number of pages, or their addresses, are written into the program. "
                'Follow the link with `rel="next"`, as far as there is one.',
            )
            check.that(
                len(set(asked)) == pages,
                f"`{ran.command}` read {len(set(asked))} of {pages} pages",
                got=asked,
                expected=shop.paths,
                because='Behind a page comes the one that its link with `rel="next"` leads to, '
                "until there is none. A fixed page count is wrong tomorrow.",
            )
            ran.succeeded()
            check.that(
                len(asked) == pages,
                f"`{ran.command}` asked for a page twice",
                got=asked,
                expected=shop.paths,
            )
            compare_rows(check, served, shop)


def circle(check: Check, site: Site) -> None:
    """A last page whose link leads back to the first."""
    shop = Shop(3, 4, robots="User-agent: *\nDisallow:\n", behind="/catalog")
    with site.serve(shop.answer) as served:
        ran = served.run()
        ran.asked()
        ran.succeeded()
        check.equal(sorted(targets(ran)), sorted(shop.paths), "The pages that it asked for")
        compare_rows(check, served, shop)


def obeys(check: Check, site: Site) -> None:
    """robots.txt first, and what it says."""
    shop = Shop(3, 5, behind="/staff/archive")
    with site.serve(shop.answer) as served:
        ran = served.run()
        first = ran.asked()[0]
        check.that(
            first.path == "/robots.txt",
            f"`{ran.command}` asked for `{first.target}` before it had read `/robots.txt`",
            expected="`/robots.txt` first",
            because="What a guest may do there stands in robots.txt (RFC 9309).",
        )
        forbidden = [target for target in targets(ran) if target.startswith("/staff")]
        check.that(
            not forbidden,
            f"`{ran.command}` asked for `{(forbidden or [''])[0]}`, which robots.txt disallows",
            expected="no address below /staff/",
            because="A link may lead to where robots do not belong. Ask `can_fetch` before each "
            "request.",
        )
        ran.succeeded()
        compare_rows(check, served, shop)


def says_who(check: Check, site: Site) -> None:
    """The name of the program in each request."""
    shop = Shop(2, 6)
    with site.serve(shop.answer) as served:
        ran = served.run()
        for request in ran.asked():
            agent = request.headers.get("user-agent", "")
            check.that(
                agent and not agent.startswith(OF_A_LIBRARY),
                f"`{ran.command}` asked for `{request.target}` as {{got}}",
                got=agent or "nobody",
                expected="a User-Agent of its own, with a way to reach you",
                because="The library names itself where you name nobody. Whoever runs the shop "
                "wants to know whom to write to before they block you.",
            )


def unhurried(check: Check, site: Site) -> None:
    """The pause that robots.txt asks for; once at the machine's own speed."""
    shop = Shop(4, 7)
    with site.serve(shop.answer) as served:
        pace(served.run(), DELAY)
    shop = Shop(2, 8, robots="User-agent: *\nDisallow:\n")
    with site.serve(shop.answer, faster=1) as served:
        pace(served.run(), 1)


def pace(ran: Ran, seconds: float) -> None:
    ran.asked(3)
    ran.succeeded()
    beside = [request for request in pages_of(ran) if request.beside]
    ran.check.that(
        not beside,
        f"`{ran.command}` asked for several pages at once",
        expected="one request after the other",
        because="Hammering: a small shop cannot tell you from an attack.",
    )
    for request in pages_of(ran)[1:]:
        ran.waited_before(
            request,
            seconds,
            because=f"Hammering: the shop wants {seconds:g} seconds between two requests. Without "
            "a `Crawl-delay` in robots.txt it is one second.",
        )


def resumes(check: Check, site: Site) -> None:
    """Cut off after some pages, and run once more."""
    for pages, answers, seed in ((5, 3, 9), (6, 5, 10)):
        shop = Shop(pages, seed)
        with site.serve(shop.answer) as served:
            first = served.run(stop_after=answers)
            had = targets(first)
            second = served.run()
            second.asked()
            second.succeeded()
            # The last answer may not have been read before the end.
            again = [target for target in targets(second) if target in had[:-1]]
            check.that(
                not again,
                f"`{second.command}` asked again for `{(again or [''])[0]}` after it was cut off",
                got=targets(second),
                expected=f"on from the page behind `{had[-2]}`",
                because="It begins anew. What was done has to be in a file before the next page.",
            )
            compare_rows(
                check,
                served,
                shop,
                because="A run that is cut off loses what was not yet written, or writes it twice.",
            )


def done(check: Check, site: Site) -> None:
    """A run after the last page."""
    shop = Shop(2, 11)
    with site.serve(shop.answer) as served:
        served.run().succeeded()
        again = served.run()
        again.succeeded()
        check.that(
            not pages_of(again),
            f"`{again.command}` asked for {{got}} though all was there",
            got=targets(again)[:1],
            expected="no page",
            because="That the last page was reached has to be remembered too.",
        )
        compare_rows(check, served, shop)
