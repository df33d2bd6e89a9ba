"""A shop to practice on: run `python3 shop.py`, and open http://127.0.0.1:8000/ in a browser.

It is yours, so you can do it no harm. Stop it with Ctrl-C.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PAGES = 4
THINGS = ["Teapot", "Kettle", "Lamp", "Chair", "Clock"]
CATEGORIES = ["Kitchen", "Light", "Living"]
ROBOTS = "User-agent: *\nDisallow: /staff/\nCrawl-delay: 2\n"


def page(number: int) -> str:
    items = []
    for place, thing in enumerate(THINGS):
        item = 10 * number + place
        price = f"${item * 1.25:.2f}" if place else "Sold out"
        items.append(
            f'<li class="product"><a class="name" href="/product/{item}">{thing} {item}</a> '
            f'<span class="price">{price}</span> '
            f'<span class="category">{CATEGORIES[item % 3]}</span></li>'
        )
    following = f'<a rel="next" href="/catalog?page={number + 1}">Next</a>'
    return (
        f"<h1>Page {number}</h1>\n<ol class='products'>\n" + "\n".join(items) + "\n</ol>\n"
        f"{following if number < PAGES else ''}\n"
    )


class Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        number = parse_qs(address.query).get("page", ["1"])[0]
        if address.path == "/robots.txt":
            self.answer(200, ROBOTS)
        elif address.path in {"/", "/catalog"} and number.isdigit() and 1 <= int(number) <= PAGES:
            self.answer(200, page(int(number)))
        else:
            self.answer(404, "<h1>Not found</h1>")

    def answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    print("http://127.0.0.1:8000/")
    ThreadingHTTPServer(("127.0.0.1", 8000), Shop).serve_forever()
