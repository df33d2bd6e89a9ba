"""Milestones 1 to 3: amounts, dates, and the rows of a file."""

from __future__ import annotations

import re
from datetime import datetime

from mlpath_check import Check, Mistake, Raised

AMOUNT = re.compile(r"(-?)(\d+|\d{1,3}(?:[. ]\d{3})+)(?:,(\d{1,2}))?", re.ASCII)
FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %b %Y")
COLUMNS = ["order", "date", "region", "product", "quantity", "price", "revenue"]


def amount(text: str) -> int:
    found = AMOUNT.fullmatch(text.replace("€", "").strip())
    if found is None:
        raise ValueError(text)
    sign, euros, cents = found.groups()
    total = 100 * int(re.sub(r"[. ]", "", euros)) + int((cents or "").ljust(2, "0"))
    return -total if sign else total


def _point_for_comma(text: str) -> int:
    """Only the comma is dealt with, so that `1.234` is a little more than a euro."""
    return round(100 * float(text.replace("€", "").replace(" ", "").replace(",", ".")))


def _cut(text: str) -> int:
    plain = text.replace("€", "").replace(" ", "").replace(".", "").replace(",", ".")
    return int(float(plain) * 100)


def _digits_alone(text: str) -> int:
    return int(re.sub(r"[^\d-]", "", text))


def _short_cents(text: str) -> int:
    """One digit behind the comma is taken for cents, not for tens of them."""
    euros, _, cents = text.replace("€", "").replace(" ", "").replace(".", "").partition(",")
    whole = 100 * abs(int(euros)) + int(cents or 0)
    return -whole if euros.startswith("-") else whole


AMOUNT_MISTAKES = [
    Mistake(
        _cut,
        "cents are cut off, not rounded: {got} instead of {expected}",
        "19.99 * 100 is 1998.9999999999998 in floating point, and `int` cuts it to 1998. Keep to"
        " whole numbers: euros times 100, plus cents.",
    ),
    Mistake(
        _short_cents,
        "one digit behind the comma is taken for single cents: {got} instead of {expected}",
        "`129,5` is 129 euros and 50 cents. Fill the digits up to two.",
    ),
    Mistake(
        _digits_alone,
        "all digits are run together, whatever stands behind the comma: {got}",
        "Without a comma there are no cents in the text, and with one digit behind it there are"
        " tens of them.",
    ),
    Mistake(
        _point_for_comma,
        "a point is taken for the decimal mark: {got} instead of {expected}",
        "Here the comma is the decimal mark, and a point groups thousands: `1.234` is 1234 euros.",
    ),
]


def amounts(check: Check) -> None:
    plain = ["7", "12,90", "129,50", "0,05", "-3,50"]
    check.compare("sales.parse_amount", plain, amount, AMOUNT_MISTAKES)
    got = check.call("sales.parse_amount", "12,90")
    check.that(
        isinstance(got, int),
        "`parse_amount('12,90')` returned {got}, a float",
        got=got,
        expected="a whole number, 1290",
        because="Sums of floats drift, and a total that is off by a cent is wrong.",
        look="`100 * int(euros) + int(cents)` needs no float.",
    )


def odd_amounts(check: Check) -> None:
    odd = ["19,99", "8,95", "129,5", "1.234", "12 345,6", "12,90 €"]
    check.compare("sales.parse_amount", odd, amount, AMOUNT_MISTAKES)
    both = ["1.234,50", "1.234.567,89", "€ 1.198,5"]
    check.compare("sales.parse_amount", both, amount, AMOUNT_MISTAKES)


def no_amounts(check: Check) -> None:
    for text in ("n/a", "", "free", "-", "12,345", "1,2,3", "12.90x"):
        raised = check.raises("sales.parse_amount", text)
        why = "It is no amount by the rule, and a number made up for it would be added to the total"
        _refused(check, raised, f"parse_amount({text!r})", why)
    for text in ("12.90", "1.23,40"):
        raised = check.raises("sales.parse_amount", text)
        why = "A point groups thousands only where three digits follow. Removed wherever it stands,"
        why += " it turns the 12.90 of a till with another setting into 1,290 euros"
        _refused(check, raised, f"parse_amount({text!r})", why)


def _refused(check: Check, raised: Raised | None, call: str, why: str) -> None:
    check.that(
        raised is not None,
        f"`{call}` returned a value instead of raising a ValueError",
        expected="a ValueError",
        because=f"{why}.",
    )
    check.that(
        "ValueError" in raised.bases,
        f"`{call}` raises {raised}, not a ValueError",
        expected="a ValueError",
        because=f"{why}: say so with `raise ValueError(…)`.",
    )


def day(text: str) -> str:
    for form in FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    raise ValueError(text)


def _month_first(text: str) -> str:
    for form in ("%Y-%m-%d", "%m.%d.%Y", "%m/%d/%Y", *FORMATS):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    raise ValueError(text)


def _slashes_month_first(text: str) -> str:
    try:
        return datetime.strptime(text.strip(), "%m/%d/%Y").date().isoformat()
    except ValueError:
        return day(text)


MONTH_FIRST = (
    "`pd.to_datetime` and many others read the month first where both could be. Give the format:"
    ' `datetime.strptime(text, "%d/%m/%Y")`.'
)
DATE_MISTAKES = [
    Mistake(makes, "day and month are swapped: {got} instead of {expected}", MONTH_FIRST)
    for makes in (_month_first, _slashes_month_first)
]


def _day_first_always(text: str) -> str:
    """As `pd.to_datetime(…, dayfirst=True)` has it, for 2025-04-03 too."""
    try:
        return datetime.strptime(text.strip(), "%Y-%d-%m").date().isoformat()
    except ValueError:
        return day(text)


DATE_MISTAKES.append(
    Mistake(
        _day_first_always,
        "the notation with the year first is read with the day before the month: {got} instead of"
        " {expected}",
        "`dayfirst=True` is for all notations, and in 2025-04-03 the month comes first. Give each"
        " notation its format.",
    )
)


def dates(check: Check) -> None:
    texts = ["2025-03-31", "31.03.2025", "31/03/2025", "31 Mar 2025", "3 Apr 2025"]
    check.compare("sales.parse_date", texts, day, DATE_MISTAKES)


def day_first(check: Check) -> None:
    texts = ["03/04/2025", "3.4.2025", "2025-04-03", "12/11/2024", "01.12.2024"]
    check.compare("sales.parse_date", texts, day, DATE_MISTAKES)


def no_dates(check: Check) -> None:
    for text in ("31.02.2025", "soon", "", "2025-13-01", "29/02/2025"):
        raised = check.raises("sales.parse_date", text)
        why = "There is no such day, and one made up for it puts the sale into some other month"
        _refused(check, raised, f"parse_date({text!r})", why)


CAUSES = {
    "date": "`date` is what `parse_date` gives.",
    "quantity": "A quantity is a whole number with its sign: -1 is a return.",
    "price": "`price` is in cents, as `parse_amount` gives it.",
    "revenue": "`revenue` is the quantity times the price, both in whole numbers.",
}
HEADER = "order;date;region;product;quantity;price\n"
GOOD = HEADER + (
    "B1;2025-01-09;North;Mug;3;8,95\n"
    "B2;12.01.2025;;Lamp;1;129,0\n"
    "B3;03/02/2025;South;Clock;-1;1.198,5 €\n"
)
MIXED = HEADER + (
    "C1;31.02.2025;North;Mug;3;8,95\n"
    "C2;12.01.2025;South;Lamp;1;129,0\n"
    "C3;13.01.2025;South;Lamp;three;129,0\n"
    "C4;14.01.2025;West;Tray;2;n/a\n"
    "C5;15.01.2025;West;Tray;2;24,50\n"
)


def _read(check: Check, text: str) -> tuple[list[dict[str, object]], list[object]]:
    check.lay("till.csv", text)
    got = check.call("sales.read_sales", "till.csv")
    pair = check.as_list(got, "`read_sales(path)`", 2)
    frame = check.as_frame(pair[0], "The first of what `read_sales` returns")
    check.equal(frame.columns, COLUMNS, "The columns of the sales")
    return frame.records(), check.as_list(pair[1], "The second of what `read_sales` returns")


def rows(check: Check) -> None:
    records, rejected = _read(check, GOOD)
    orders = [record["order"] for record in records]
    check.that(
        orders == ["B1", "B2", "B3"],
        "Of three good rows the orders {got} came back",
        got=orders,
        expected=["B1", "B2", "B3"],
        because="A return (a negative quantity) or a row without a region was left out."
        if len(orders) < 3
        else "",
        look="Every row with a date, a quantity and a price is a sale; -1 is a return.",
    )
    check.equal(rejected, [], "The rows left out of three good ones")
    check.that(
        records[1]["region"] == "(unknown)",
        "A sale without a region has the region {got}",
        got=records[1]["region"],
        expected="(unknown)",
        because="`groupby` drops rows whose key is missing, without a word, and then the parts do"
        " not add up to the whole. Give the empty region a name.",
    )
    right = [
        ["B1", "2025-01-09", "North", "Mug", 3, 895, 2685],
        ["B2", "2025-01-12", "(unknown)", "Lamp", 1, 12900, 12900],
        ["B3", "2025-02-03", "South", "Clock", -1, 119850, -119850],
    ]
    for record, values in zip(records, right):
        expected = dict(zip(COLUMNS, values))
        wrong = next((name for name in COLUMNS if record[name] != expected[name]), "")
        check.equal(record, expected, f"The sale `{values[0]}`", because=CAUSES.get(wrong, ""))


def rejected(check: Check) -> None:
    records, told = _read(check, MIXED)
    kept = [record["order"] for record in records]
    check.that(
        kept == ["C2", "C5"],
        "Of five rows, of which three cannot be used, the orders {got} were kept",
        got=kept,
        expected=["C2", "C5"],
    )
    named = {0: "none is named", 1: "1 is named"}.get(len(told), f"{len(told)} are named")
    check.that(
        len(told) >= 3,
        f"3 rows cannot be used, and {named}: the others are dropped in silence",
        got=told,
        expected="a line and a reason for each",
        because='`errors="coerce"` with `dropna`, or an `except` with `continue` alone, makes rows'
        " vanish, and nobody learns what the total lacks.",
    )
    check.that(len(told) == 3, f"3 rows cannot be used, and {named}", got=told)
    pairs = [check.as_list(pair, "A row that is left out", 2) for pair in told]
    lines = [pair[0] for pair in pairs]
    check.that(
        lines == [2, 4, 5],
        "The rows left out are said to be on the lines {got}",
        got=lines,
        expected=[2, 4, 5],
        because="The header is line 1 of the file, so the first row is line 2, as an editor"
        " counts: `enumerate(rows, start=2)`.",
    )
    for (_, reason), cell in zip(pairs, ("31.02.2025", "three", "n/a")):
        check.that(
            isinstance(reason, str) and cell in reason,
            f"The reason for the row with `{cell}` does not show it: {{got}}",
            got=reason,
            expected=f"a text with `{cell}`",
            because="Whoever corrects the file needs to see what is wrong with it.",
        )
