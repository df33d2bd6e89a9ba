"""Titanic passengers: parties that share a surname, a ticket and a fate.

Who was saved hangs on sex, class, age and the size of the family, as on the real ship. The counts
that the catalog tells (survivors, gaps) hold exactly. No passenger is a real one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from mlpath_synthetic import Draw, Files, Quantiles, Weights, csv, plain, top

HEADER = ["PassengerId", "Survived", "Pclass", "Name", "Sex", "Age", "SibSp", "Parch"]
HEADER += ["Ticket", "Fare", "Cabin", "Embarked"]
SURVIVORS, NO_AGE, NO_CABIN, NO_PORT = 342, 177, 687, 2

CLASSES = {1: 216, 2: 184, 3: 491}
# Who travels: a man (m), a woman (w), a couple (mw), their children (c), brothers (b), sisters (s).
PARTIES = {
    1: Weights({"m": 50, "w": 22, "mw": 19, "mwc": 5, "wc": 8, "mc": 4, "mwcc": 2, "ss": 3}),
    2: Weights({"m": 62, "w": 30, "mw": 12, "mwc": 6, "wc": 5, "wcc": 3, "mwcc": 3, "bb": 3}),
    3: Weights({"m": 265, "w": 74, "mw": 13, "mwc": 8, "wc": 11, "mc": 4, "wcc": 5, "bb": 12,
                "bs": 7, "bbs": 3, "wccc": 2, "mwcc": 3, "mwccc": 2, "mwcccc": 2, "mwccccc": 3,
                "mwcccccc": 3}),
}  # fmt: skip
AGES = {
    1: Quantiles({0: 17, 0.06: 19, 0.25: 28, 0.5: 38, 0.75: 49, 0.95: 62, 1: 80}),
    2: Quantiles({0: 16, 0.06: 18, 0.25: 24, 0.5: 30, 0.75: 37, 0.95: 54, 1: 70}),
    3: Quantiles({0: 15, 0.06: 17, 0.25: 20, 0.5: 25, 0.75: 32, 0.95: 45, 1: 74}),
}
CHILD_AGES = Quantiles({0: 0.4, 0.08: 1, 0.5: 5, 0.8: 11, 0.95: 17, 1: 26})
FARES = {  # pounds a head
    1: Quantiles({0: 25.5, 0.2: 26.3, 0.4: 30, 0.6: 42, 0.8: 66, 0.95: 115, 0.98: 135, 1: 190}),
    2: Quantiles({0: 10, 0.1: 10.5, 0.25: 12.5, 0.6: 13, 0.9: 15, 0.97: 26, 1: 32}),
    3: Quantiles({0: 4, 0.02: 6.5, 0.25: 7.7, 0.5: 7.9, 0.75: 8.1, 0.95: 9.8, 1: 19}),
}
PORTS = {
    1: Weights({"S": 59, "C": 40, "Q": 1}),
    2: Weights({"S": 89, "C": 9, "Q": 2}),
    3: Weights({"S": 72, "C": 13, "Q": 15}),
}
TICKETS = {  # what stands before the number, and the lowest and highest number
    1: Weights({("", 110152, 113807): 6, ("PC ", 17318, 17761): 4, ("", 11668, 36973): 4}),
    2: Weights({("", 211536, 250655): 10, ("C.A. ", 17248, 34651): 2, ("SC/PARIS ", 2079, 2167): 1,
                ("S.O.C. ", 14879, 14898): 1, ("", 26360, 29751): 3}),
    3: Weights({("", 330910, 392096): 26, ("", 2620, 2700): 5, ("A/5 ", 2466, 21174): 2,
                ("SOTON/O.Q. ", 3101305, 3101317): 1, ("STON/O 2. ", 3101269, 3101294): 2,
                ("", 4133, 8475): 2, ("W./C. ", 6607, 14258): 1, ("", 310, 999): 0.5}),
}  # fmt: skip
CABINS = {  # decks
    1: Weights({"A": 15, "B": 47, "C": 59, "D": 29, "E": 25}),
    2: Weights({"D": 4, "E": 4, "F": 8}),
    3: Weights({"E": 3, "F": 5, "G": 4}),
}
KNOWN_CABIN = {1: 6.0, 2: 0.12, 3: 0.03}
KNOWN_AGE = {1: 0.14, 2: 0.06, 3: 0.29}
RANKS = {1: Weights({"Mr": 105, "Dr": 4, "Major": 2, "Col": 2, "Capt": 1, "Sir": 1, "Don": 1}),
         2: Weights({"Mr": 90, "Rev": 6, "Dr": 2}), 3: Weights({"Mr": 1})}  # fmt: skip

STEMS = "Ash Barn Birk Brad Cald Carl Dal Ek Fair Gran Hal Hol Jan Kal Lind Lun Mar Nor Ost Pet"
STEMS += " Rad Ros Sand Strand Tor Vik Wal West Win Zab"
ENDS = "berg by dahl er ev ford gren ic iff in ley lund man off ov sen sson ston ton well"
# Real passengers had these too, as half of England: who knows the famous families finds some here.
PLAIN = "Baxter Brown Chambers Graham Harper Harris Spencer Taylor Thorne Young"
MEN = (
    "Albert Anders Anton Arthur Carl Charles David Edvard Ernest Frank George Hans Harry Henry Ivan"
)
MEN += " Jakob James Johan John Joseph Karl Leo Marin Mihal Olaf Patrick Peter Samuel Thomas Walter"
WOMEN = "Ada Agnes Alice Anna Annie Bertha Brigit Clara Edith Elin Ellen Elsa Emma Eva Greta Helen"
WOMEN += " Hilda Ida Ingrid Jane Kate Lillian Mabel Maria Mary Nora Rosa Ruth Signe Sofia"
SHORT = {"Edith": "Edie", "Helen": "Nellie", "Lillian": "Lily", "Mary": "Molly", "Maria": "Mia"}


@dataclass
class Passenger:
    pclass: int
    name: str
    sex: str
    age: float
    siblings: int
    parents: int
    ticket: str
    fare: str
    port: str


def given(draw: Draw, names: str) -> str:
    """One or two first names."""
    first, second = draw.one_of(names.split()), draw.one_of(names.split())
    return first if draw.chance(0.45) or first == second else f"{first} {second}"


def named(draw: Draw, pclass: int, surname: str, sex: str, age: float, husband: str) -> str:
    """As in the list: Surname, Title. First names, a wife with her husband's and her own behind."""
    if husband:
        own = f"{given(draw, WOMEN)} {draw.one_of(STEMS.split())}{draw.one_of(ENDS.split())}"
        return f"{surname}, Mrs. {husband} ({own})"
    if sex == "male":
        title = "Master" if age < 13 else draw.of(RANKS[pclass])
        return f"{surname}, {title}. {given(draw, MEN)}"
    first = given(draw, WOMEN)
    short = SHORT.get(first) if draw.chance(0.5) else None
    title = "Mrs" if age > 30 and draw.chance(0.35) else "Miss"
    return f"{surname}, {title}. {first}" + (f' "{short}"' if short else "")


def party(draw: Draw, pclass: int) -> list[Passenger]:
    """Those of a party whom the list has: a third of all passengers stand in another."""
    members = draw.of(PARTIES[pclass])
    surname = draw.one_of(STEMS.split()) + draw.one_of(ENDS.split())
    if pclass < 3 and draw.chance(0.3):
        surname = draw.one_of(PLAIN.split())
    port = draw.of(PORTS[pclass])
    before, low, high = draw.of(TICKETS[pclass])
    ticket = f"{before}{draw.integer(low, high)}"
    free = members == "m" and draw.chance(0.03)
    heads = len(members)
    fare = 0.0 if free else draw.of(FARES[pclass]) * heads
    price = plain(round(fare * 240) / 240, 4)
    children, couple = members.count("c"), "mw" in members
    husband = given(draw, MEN) if "w" in members and len(members) > 1 else ""
    found = []
    for member in members:
        child = member == "c"
        age = draw.of(CHILD_AGES if child else AGES[pclass])
        age = round(age, 2) if age < 1 else int(age) + (0.5 if draw.chance(0.03) else 0)
        male = member in "mb" or (child and draw.chance(0.5))
        sex = "male" if male else "female"
        siblings = children - 1 if child else (len(members) - 1 if member in "bs" else int(couple))
        parents = (2 if couple else 1) if child else children
        wife = husband if member == "w" else ""
        name = named(draw, pclass, surname, sex, age, wife)
        if len(members) == 1 or draw.chance(0.75):
            found.append(Passenger(pclass, name, sex, age, siblings, parents, ticket, price, port))
    return found


def hope(draw: Draw, who: Passenger) -> float:
    """The higher, the likelier they were saved; the noise is what the list does not tell."""
    if who.age < 13 and who.pclass < 3:
        known = 2.2
    elif who.sex == "female":
        known = {1: 2.3, 2: 1.7, 3: 0.1}[who.pclass]
    else:
        known = {1: 0.0, 2: -1.1, 3: -1.1}[who.pclass] - 0.02 * (who.age - 28)
        known += 1.0 if who.age < 13 else 0
    if who.siblings + who.parents > 3:
        known -= 1.2
    return known + (0.3 if who.port == "C" else 0) + 1.1 * draw.normal()


def cabin(draw: Draw, pclass: int) -> str:
    deck = draw.of(CABINS[pclass])
    first = draw.integer(2, 120)
    return f"{deck}{first}" + (f" {deck}{first + 2}" if pclass == 1 and draw.chance(0.1) else "")


def make(draw: Draw) -> Files:
    by_name: dict[str, Passenger] = {}  # by name: none comes twice
    for count, pclass in zip(accumulate(CLASSES.values()), CLASSES):
        while len(by_name) < count:
            for who in party(draw, pclass)[: count - len(by_name)]:
                by_name.setdefault(who.name, who)
    people = draw.shuffled(by_name.values())
    survived = top(SURVIVORS, [hope(draw, who) for who in people])
    ageless = draw.some(NO_AGE, [KNOWN_AGE[who.pclass] for who in people])
    told = [KNOWN_CABIN[who.pclass] + 0.1 * (n in survived) for n, who in enumerate(people)]
    with_cabin = draw.some(len(people) - NO_CABIN, told)
    portless = draw.some(NO_PORT, [float(n in survived) for n in range(len(people))])
    cabins: dict[str, str] = {}
    rows: list[list[str | int | None]] = [[*HEADER]]
    for n, who in enumerate(people):
        room = cabins.setdefault(who.ticket, cabin(draw, who.pclass)) if n in with_cabin else None
        rows.append(
            [n + 1, int(n in survived), who.pclass, who.name, who.sex]
            + [None if n in ageless else plain(who.age, 2), who.siblings, who.parents]
            + [who.ticket, who.fare, room, None if n in portless else who.port]
        )
    yield "titanic.csv", csv(rows)
