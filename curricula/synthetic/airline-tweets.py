"""Tweets to airlines: most complain, some ask, some thank; and many could be either.

What a tweet is about (its reason) chooses its words. Nobody wrote any of them.
"""

from __future__ import annotations

from math import sqrt

from mlpath_synthetic import Cell, Draw, Files, Quantiles, Weights, csv, plain

HEADER = "tweet_id airline_sentiment airline_sentiment_confidence negativereason"
HEADER += " negativereason_confidence airline airline_sentiment_gold name negativereason_gold"
HEADER += " retweet_count text tweet_coord tweet_created tweet_location user_timezone"

COUNTS = {"negative": 9178, "neutral": 3099, "positive": 2363}
IDS = 2434  # different numbers of tweets
GOLD = {"negative": 32, "neutral": 3, "positive": 5}  # rows whose sentiment was checked

AIRLINES = {
    "negative": Weights({"United": 2633, "US Airways": 2263, "American": 1960, "Southwest": 1186,
                         "Delta": 955, "Virgin America": 181}),
    "neutral": Weights({"United": 697, "US Airways": 381, "American": 463, "Southwest": 664,
                        "Delta": 723, "Virgin America": 171}),
    "positive": Weights({"United": 492, "US Airways": 269, "American": 336, "Southwest": 570,
                         "Delta": 544, "Virgin America": 152}),
}  # fmt: skip
HANDLES = {
    "United": "@united",
    "US Airways": "@USAirways",
    "American": "@AmericanAir",
    "Southwest": "@SouthwestAir",
    "Delta": "@JetBlue",
    "Virgin America": "@VirginAmerica",
}

# Why they complain: how often, and with what words.
REASONS: dict[str, tuple[float, str]] = {
    "Customer Service Issue": (
        2910,
        "on hold for {n} {unit}|your agent hung up on me|nobody answers the phone|still "
        "no answer to my email|the worst customer service i have seen|your phone line "
        "drops every call|{n} calls and no help",
    ),
    "Late Flight": (
        1665,
        "delayed {n} {unit} at {port}|sitting on the runway for {n} {unit}|we wait for a "
        "crew again|late again, missed my connection in {port}|no gate for {n} {unit}",
    ),
    "Can't Tell": (
        1190,
        "never again|unbelievable|this is ridiculous|so disappointed|you fail every "
        "time|what a joke",
    ),
    "Cancelled Flight": (
        847,
        "flight {flight} was cancelled|you cancelled my flight to {port} and gave me "
        "nothing|cancelled, then rebooked in {n} days|stuck in {port} since {day}",
    ),
    "Lost Luggage": (
        724,
        "my bag is still in {port}|no luggage for {n} days|where is my suitcase|you lost "
        "my bag|bags never came off flight {flight}",
    ),
    "Bad Flight": (
        580,
        "the seat was broken|no wifi on flight {flight}|no food for {n} hours|the plane "
        "is dirty and hot|cramped seats and a rude row",
    ),
    "Flight Booking Problems": (
        529,
        "your website crashes when i book|can not check in online|it charged me twice|the"
        " site will not take my points|error at every step of booking",
    ),
    "Flight Attendant Complaints": (
        481,
        "the attendant was so rude|gate agent at {port} was rude to my family|crew yelled"
        " at us|nobody at the gate cares",
    ),
    "longlines": (178, "{n} people in line and one agent|the line at {port} does not move"),
    "Damaged Luggage": (74, "my suitcase came back broken|you damaged my bag"),
}
NEUTRAL = (
    "do you fly to {port} in {month}|is flight {flight} on time|what is the fee for a "
    "second bag|can i change my name on a ticket|how do i add my number to a booking|when"
    " do you start flights to {port}|can you follow me so i can dm|sent you a dm|any "
    "deals for {month}|is there wifi on the way to {port}|what time does the desk at "
    "{port} open|flying to {port} on {day}|do i need to check in again|where can i find "
    "my receipt|new planes for {port}"
)
POSITIVE = (
    "thank you|thanks for the quick help|great flight to {port}|best crew ever|love the "
    "new seats|you guys rock|awesome service at {port} today|thanks, got my bag "
    "back|smooth flight and friendly crew|amazing, landed early|so excited to fly with "
    "you|wonderful agent at {port}|great job today|appreciate the help"
)
EITHER = (
    "flight {flight} to {port}|just landed in {port}|need help with my flight|at {port} "
    "now with {n} others|my flight is on {day}|can someone help me|well that was a "
    "flight|talking to your agent at {port}|waiting for flight {flight}|please look at my"
    " dm|on my way to {port}|called again|thanks|ok|got it|really|trying to get to {port}"
    " by {day}|rebooked to {day}|seat {n} it is"
)
TAILS = ["", "", "", "!", "!!", "...", " please", " #fail", " #help", " :)", " :(", " smh", " lol"]
TAILS += [" http://t.co/x{n}", " &amp; counting", " \N{THUMBS UP SIGN}", "?"]

PORTS = "BOS JFK LAX DCA ORD SFO DFW PHL CLT DEN ATL MIA SEA Boston Newark Dallas Chicago Austin"
MONTHS = "March April May June July"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday tomorrow"
TOWNS = (
    "Boston, MA|New York, NY|Washington, DC|New York|USA|Chicago|Los Angeles, CA|NYC|Texas|Denver"
)
TOWNS += "|San Francisco, CA|Dallas, TX|Philadelphia|Nashville, TN|somewhere else|Earth|Ohio|Miami"
ZONES = Weights({
    "Eastern Time (US & Canada)": 374, "Central Time (US & Canada)": 193,
    "Pacific Time (US & Canada)": 121, "Quito": 74, "Atlantic Time (Canada)": 50,
    "Mountain Time (US & Canada)": 37, "Arizona": 23, "London": 20, "Alaska": 11, "Sydney": 11,
    "Hawaii": 10, "Amsterdam": 7,
})  # fmt: skip
SURE = Quantiles({0: 0.335, 0.02: 0.35, 0.05: 0.62, 0.25: 0.69, 0.28: 0.8, 0.3: 1, 1: 1})
WHY_SURE = Quantiles({0: 0.33, 0.04: 0.35, 0.2: 0.65, 0.38: 0.7, 0.42: 1, 1: 1})
DIRECT = {"negative": 0.4, "neutral": 0.42, "positive": 0.42}  # say what they mean
SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ra",
    "ten",
    "vo",
    "jo",
    "shel",
    "dan",
    "ber",
    "ry",
    "na",
    "el",
    "wi",
)


def filled(draw: Draw, form: str) -> str:
    """The form with its gaps filled."""
    for gap, drawn in (
        ("{port}", draw.one_of(PORTS.split())),
        ("{n}", str(draw.integer(2, 60))),
        ("{unit}", draw.one_of(("minutes", "hours", "hrs", "mins"))),
        ("{flight}", str(draw.integer(12, 6400))),
        ("{day}", draw.one_of(DAYS.split())),
        ("{month}", draw.one_of(MONTHS.split())),
    ):
        form = form.replace(gap, drawn)
    return form


def text(draw: Draw, sentiment: str, reason: str | None, airline: str) -> str:
    """One to three phrases after the airline's name, some over two lines."""
    own = {"neutral": NEUTRAL, "positive": POSITIVE}.get(sentiment, "")
    own = REASONS[reason][1] if reason in REASONS else own
    phrases = []
    while len(phrases) < draw.integer(1, 4):
        if draw.chance(DIRECT[sentiment]):
            chosen = own
        elif draw.chance(0.68):
            chosen = EITHER
        else:
            chosen = draw.one_of((NEUTRAL, POSITIVE, REASONS["Customer Service Issue"][1]))
        phrases.append(filled(draw, draw.one_of(chosen.split("|"))))
    between = draw.one_of((". ", ", ", "... ", " and ", ". "))
    said = between.join(phrases)
    said = said[0].upper() + said[1:] if draw.chance(0.6) else said
    said = said.upper() if draw.chance(0.02) else said
    said += filled(draw, draw.one_of(TAILS))
    if draw.chance(0.016):
        said = said.replace(" ", "\n", 1)
    return f"{HANDLES[airline]} {said}" if draw.chance(0.93) else f"{said} {HANDLES[airline]}"


def confidences(draw: Draw, sentiment: str) -> tuple[str, str | None]:
    """How sure the readers were of the sentiment, and of the reason where one was asked for."""
    share = draw.of(SURE)
    sure = plain(share, 4)
    if sentiment == "negative":
        return sure, plain(share * (draw.of(WHY_SURE) if share == 1 else draw.uniform(0.45, 1)), 4)
    asked = draw.chance(0.33 if sentiment == "neutral" else 0.14)
    return sure, plain(draw.uniform(0.3, 0.4) if draw.chance(0.3) else 0.0, 4) if asked else None


def home(draw: Draw) -> str:
    """Where they say they are, which need not be on a map."""
    town = draw.one_of(TOWNS.split("|"))
    return town if draw.chance(0.66) else f"{town} & {draw.one_of(SYLLABLES)}{draw.integer(1, 999)}"


def make(draw: Draw) -> Files:
    reasons = Weights({reason: share for reason, (share, _) in REASONS.items()})
    kinds = draw.shuffled([kind for kind, count in COUNTS.items() for _ in range(count)])
    people = [
        "".join(draw.one_of(SYLLABLES) for _ in range(draw.integer(3, 5))) + str(n)
        for n in range(7700)
    ]
    gold: set[int] = set()
    for name, count in GOLD.items():
        gold |= draw.some(count, [1.0 if kind == name else 0.0 for kind in kinds])
    twice = draw.some(70, [1.0] * len(kinds))
    rows: list[list[Cell]] = [[*HEADER.split()]]
    for place, kind in enumerate(kinds):
        reason = draw.of(reasons) if kind == "negative" else None
        airline = draw.of(AIRLINES[kind])
        sure, why_sure = confidences(draw, kind)
        if place in twice and kind == kinds[place - 1] and place not in gold:
            rows.append(rows[-1])
            continue
        share = place / len(kinds)
        step = int(IDS * share * sqrt(share))  # tweets grow older
        minutes = int(6800 * (1 - share)) * 11_500 // 6800
        day, hour, minute = 17 + minutes // 1440, minutes // 60 % 24, minutes % 60
        where = f"[{draw.uniform(26, 47):.8f}, {draw.uniform(-122, -71):.8f}]"
        rows.append(
            [f"{5.70306 - step * 0.00001:.5f}E+17", kind, sure, reason, why_sure, airline]
            + [kind if place in gold else None, draw.one_of(people)]
            + [reason if place in gold else None]
            + [0 if draw.chance(0.94) else draw.integer(1, 3), text(draw, kind, reason, airline)]
            + [where if draw.chance(0.07) else None, f"{day}-02-2015 {hour}.{minute:02}"]
            + [home(draw) if draw.chance(0.677) else None]
            + [draw.of(ZONES) if draw.chance(0.671) else None]
        )
    yield "Tweets.csv", csv(rows, end="\r\n")
