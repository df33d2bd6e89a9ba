"""A shop that is visited: every page once, at its own pace, and on from where one was cut off."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable

import store
from mlpath_check import Check
from mlpath_site import Answer, Ran, Request, Served, Site

DELAY = 5
CLOSED = f"/desk-{random.randrange(16**4):04x}/"  # another one each time
# The rules of a robot that is not the learner's, and then those of all others.
OTHERS = "User-agent: GreedyBot\nDisallow: /\n\n"
ROBOTS = f"{OTHERS}User-agent: *\nDisallow: {CLOSED}\nCrawl-delay: {DELAY}\n"
OF_ALL = "User-agent: *\nDisallow:\n"
OF_A_LIBRARY = ("python-requests", "python-httpx", "Python-urllib", "Python/", "aiohttp", "curl/")
CONTACT = re.compile(r"@|https?:|mailto:|www\.|\w\.(com|org|net|dev|io|me)\b|\+\d{6}")


def always(text: str) -> Callable[[str], str]:
    return lambda agent: text


def name_in(agent: str) -> str:
    """The product token that a User-Agent begins with (RFC 9309, 2.2.1); "" without one."""
    found = re.match(r"[A-Za-z_-]+", agent)
    of_others = agent.startswith((*OF_A_LIBRARY, "Mozilla"))
    return found.group() if found and not of_others else ""


def by_name(agent: str) -> str:
    """Rules for the robot of this User-Agent, between those of others; all may read all else."""
    own = f"User-agent: {name_in(agent)}\nDisallow: {CLOSED}\n\n" if name_in(agent) else ""
    return f"{OTHERS}{own}{OF_ALL}"


class Shop:
    """`pages` of products. `behind`: where the last page's link leads, if anywhere.

    `robots`: its robots.txt, by the User-Agent that asks.
    """

    def __init__(
        self,
        pages: int,
        seed: int,
        robots: str | Callable[[str], str] = ROBOTS,
        behind: str = "",
    ) -> None:
        self.robots = always(robots) if isinstance(robots, str) else robots
        self.listed = [store.items(5, 10 * seed + number) for number in range(pages)]
        draw = random.Random(seed)
        marks = [f"{draw.randrange(16**6):06x}" for _ in range(pages)]
        # Not numbered: whoever counts up finds nothing.
        self.paths = ["/catalog"] + [f"/catalog?after={mark}" for mark in marks[1:]]
        self.behind = behind

    def answer(self, request: Request, seen: list[Request]) -> Answer:
        if request.path == "/robots.txt":
            rules = self.robots(request.headers.get("user-agent", ""))
            return Answer(rules.encode(), headers={"Content-Type": "text/plain"})
        if request.path.startswith(CLOSED):
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
        reader = csv.DictReader(io.StringIO(text), strict=True)
        columns, rows = list(reader.fieldnames or []), list(reader)
    except csv.Error as problem:
        check.fail(f"`products.csv` is no CSV file: {problem}")
    check.that(
        columns == ["name", "price", "category", "url"],
        "`products.csv` has the columns {got}",
        got=columns,
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
    for pages, seed in ((7, 2), (1, 3)):  # `circle` has three
        shop = Shop(pages, seed, robots=OF_ALL)
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
    shop = Shop(3, 4, robots=OF_ALL, behind="/catalog")
    with site.serve(shop.answer) as served:
        ran = served.run()
        ran.asked()
        ran.succeeded()
        check.equal(sorted(targets(ran)), sorted(shop.paths), "The list of pages that it asked for")
        compare_rows(check, served, shop)


def unreadable(check: Check, site: Site) -> None:
    """A page that comes with an error; what it looks like is no reason to believe it."""
    shop = Shop(3, 13, robots=OF_ALL)

    def answers(request: Request, seen: list[Request]) -> Answer:
        broken = request.target == shop.paths[1]
        return Answer(store.page([]), status=503) if broken else shop.answer(request, seen)

    with site.serve(answers) as served:
        ran = served.run()
        ran.asked()
        check.that(
            shop.paths[1] in targets(ran),
            f"`{ran.command}` did not ask for the second page",
            got=targets(ran),
            expected=shop.paths[:2],
        )
        ran.failed_kindly(
            because="The status of the second page is 503, so it is an error, though it has a "
            "list of products: an empty one. Whoever does not look at the status takes the table "
            "for whole."
            if ran.code == 0
            else "The second page came with status 503."
        )


def obeys(check: Check, site: Site) -> None:
    """robots.txt first, and what it says."""
    shop = Shop(3, 5, behind=f"{CLOSED}archive")
    with site.serve(shop.answer) as served:
        ran = served.run()
        first = ran.asked()[0]
        check.that(
            first.path == "/robots.txt",
            f"`{ran.command}` asked for `{first.target}` before it had read `/robots.txt`",
            expected="`/robots.txt` first",
            because="What a guest may do there stands in robots.txt (RFC 9309).",
        )
        check.that(
            targets(ran),
            f"`{ran.command}` read robots.txt, and then no page",
            expected="`/catalog`, which is allowed",
            because="robots.txt has groups. What stands under `User-agent: GreedyBot` is for that "
            "robot. None has your name here, so yours is the one for `*`.",
            look="`RobotFileParser.can_fetch` knows the groups.",
        )
        stays_out(
            check,
            ran,
            "A link may lead to where robots do not belong. Ask `can_fetch` before each request.",
        )
        ran.succeeded()
        compare_rows(check, served, shop)
    named(check, site)


def named(check: Check, site: Site) -> None:
    """A group for the name that the program gives itself counts, and the one for `*` does not."""
    shop = Shop(1, 15, robots=by_name, behind=f"{CLOSED}archive")
    with site.serve(shop.answer) as served:
        ran = served.run()
        name = name_in(ran.asked()[0].headers.get("user-agent", ""))
        stays_out(
            check,
            ran,
            f"This robots.txt has a group for `{name}`, the name in your User-Agent, and another"
            " one for `*`. Ask for the rules of your own name: `*` gives those of all who are not"
            " named.",
            look="`can_fetch` and `crawl_delay` take your User-Agent, the same text that you send.",
        )
        check.that(
            targets(ran),
            f"`{ran.command}` read robots.txt, and then no page",
            expected=f"`/catalog`, which is allowed for `{name}`",
            because="robots.txt has groups, and only the one with your name is yours.",
        )


def stays_out(check: Check, ran: Ran, because: str, look: str = "") -> None:
    forbidden = [target for target in targets(ran) if target.startswith(CLOSED)]
    check.that(
        not forbidden,
        f"`{ran.command}` asked for `{(forbidden or [''])[0]}`, which robots.txt disallows",
        expected=f"no address below {CLOSED}",
        because=because,
        look=look,
    )


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
            check.that(
                CONTACT.search(agent),
                f"`{ran.command}` asked for `{request.target}` as {{got}}",
                got=agent,
                expected="a User-Agent with a way to reach you: a mail address or a web page",
                because="It names a browser, which your program is not."
                if agent.startswith("Mozilla")
                else "It has a name, and nobody to write to.",
            )


def unhurried(check: Check, site: Site) -> None:
    """The pause that robots.txt asks for; once at the machine's own speed."""
    shop = Shop(4, 7)
    with site.serve(shop.answer) as served:
        pace(served.run(), DELAY, f"robots.txt says `Crawl-delay: {DELAY}`.")
    longer = DELAY + 4
    shop = Shop(2, 12, robots=f"User-agent: *\nDisallow:\nCrawl-delay: {longer}\n")
    with site.serve(shop.answer) as served:
        pace(served.run(), longer, f"this robots.txt says `Crawl-delay: {longer}`.")
    shop = Shop(2, 8, robots=OF_ALL)
    with site.serve(shop.answer, faster=1) as served:
        pace(served.run(), 1, "where robots.txt has no `Crawl-delay`, it is one second.")


def pace(ran: Ran, seconds: float, rule: str) -> None:
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
            because=f"Hammering: {rule}",
        )


def resumes(check: Check, site: Site) -> None:
    """Cut off after some pages, and run once more."""
    answers = 4  # robots.txt and three pages
    shop = Shop(6, 9)
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

    goes_on(check, site)


def goes_on(check: Check, site: Site) -> None:
    """A run that ended with an error, and one more when the shop is well again."""
    shop = Shop(4, 14)

    def answers(request: Request, seen: list[Request]) -> Answer:
        broken = request.target == shop.paths[2]
        return Answer("<h1>Back soon</h1>", status=503) if broken else shop.answer(request, seen)

    with site.serve(answers) as served:
        served.run().failed_kindly(because="The third page came with status 503.")
        served.answer_by(shop.answer)
        ran = served.run()
        check.that(
            targets(ran),
            f"`{ran.command}` asked for no page, though the run before had ended with an error",
            got=targets(ran),
            expected=shop.paths[2:],
            because="The third page came with status 503. That page is not done.",
        )
        ran.succeeded()
        again = [target for target in targets(ran) if target in shop.paths[:2]]
        check.that(
            not again,
            f"`{ran.command}` asked again for `{(again or [''])[0]}`, which the run before had",
            got=targets(ran),
            expected=shop.paths[2:],
            because="A run that ends with an error leaves a checkpoint too.",
        )
        compare_rows(
            check,
            served,
            shop,
            because="The run before ended with an error at the third page. That page is not done.",
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
