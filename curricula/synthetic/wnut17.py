"""Posts with new and rare names, a token a line: most names of one file are in no other.

Names are made of syllables, so only their shape and what stands around them tells what they are;
and as in real posts people capitalize as they like.
"""

from __future__ import annotations

from mlpath_synthetic import Draw, Files, Weights

Token = tuple[str, str]  # and its tag

SENTENCES = {"wnut17train.conll": 3394, "emerging.dev.conll": 1009, "emerging.test.annotated": 1287}
NAMED = {"wnut17train.conll": 0.25, "emerging.dev.conll": 0.36, "emerging.test.annotated": 0.36}
KNOWN = {"wnut17train.conll": 0.75, "emerging.dev.conll": 0.15, "emerging.test.annotated": 0.05}

KINDS = {
    "wnut17train.conll": Weights(
        {"person": 66, "location": 55, "group": 26, "corporation": 22, "product": 14, "work": 14}
    ),
    "emerging.dev.conll": Weights(
        {"person": 47, "location": 8, "group": 4, "corporation": 4, "product": 12, "work": 11}
    ),
    "emerging.test.annotated": Weights(
        {"person": 43, "location": 15, "group": 17, "corporation": 7, "product": 13, "work": 14}
    ),
}
TAGS = {"work": "creative-work"}

# What is said around a name (*) of each kind; the rest of a post names nothing.
AROUND = {
    "person": (
        "met * at the gym|* is so funny|i love * so much|happy birthday *|* said hi to "
        "me|did you see * last night|my friend * sings|thanks to *|* and i are late|call "
        "* now|* lost again"
    ),
    "location": (
        "on my way to *|live from *|it rains in * again|moving to * in june|party in * "
        "tonight|the road to * is closed|back home in *|* is cold today|flying out of "
        "*|best food in *"
    ),
    "group": (
        "* play tonight|go * !|* lost 3 to 1|tickets for * are gone|the new singer of *|i"
        " support *|* fans are loud|* won the cup|saw * live"
    ),
    "corporation": (
        "* hires again|my account at * is locked|bought shares of *|* closes its "
        "stores|working for * since may|* fired my boss|the app of * is down|complained "
        "to *"
    ),
    "product": (
        "my new * broke|selling a * , barely used|the * has a great screen|just got a "
        "*|update your * now|the battery of my * is dead|is the * worth it"
    ),
    "work": (
        "watching * with mom|* made me cry|the last episode of *|reading * again|* is on "
        "tv|the song * is stuck in my head|have you seen *|* was better than the book"
    ),
}
NOTHING = """i can not sleep|this week is too long|why is everybody so loud|need coffee right
now|lol that was great|so tired of school|what a game|see you all tomorrow|it is
what it is|my phone died again|who is up for lunch|i miss the summer|never felt
better|the bus is late|thank you all so much|good morning everyone|can not wait for
the weekend|Monday again|this is my favorite thing|God help me|happy new year|OMG
stop|I am done with this|on TV right now|Really ?|hate my job|LOL same here|ok
then|we should do this more often|at 8 pm tonight|Christmas is coming|that moment
when nobody answers|new video is up|please share this|follow me back|the food was so
good|How do I get there ?|No idea|half of them left early|you never know what will
come|just saying|feeling sick today|all I want is some rest"""
COMMON = "dog boss sister phone car team book show song school teacher coffee game city river star"
COMMON += " king garden wolf mother apple summer train dream water"
MARKS = ['"', ".", ".", "!", "...", "?", ",", ":", "and", "but", "so", ""]
EXTRAS = Weights({"": 50, "@": 22, "#": 12, "http": 12, "RT": 4, "\N{FACE WITH TEARS OF JOY}": 4})

FIRST = (
    "Ann Ben Carla Dave Ella Frank Gina Hugo Iris Jake Kim Leo Mia Nick Olga Pete Rosa Sam Tess Vic"
)
SYLLABLES = (
    "ka lo mir ven dos tra bel gun zor eth pha nu wick lam tor shi quo rin bax del mo fer yan ul"
)
PLACES = "Lake North Port San New Fort East Mount"
TEAMS = "Wolves Rovers United Kings Eagles Sisters Boys Band Club"
FIRMS = "Inc Bank Foods Media Air Group Motors"
GOODS = "Pro Mini 3 X 500 Phone Max S2"
TITLES = "The Of Night Love Last Dark House Lost Girl Return Song Stars War Blue"
BORROWED = " ".join((FIRST, PLACES, TEAMS, FIRMS, TITLES, GOODS)).split()


def made_up(draw: Draw) -> str:
    """A word that nobody has heard."""
    parts = [draw.one_of(SYLLABLES.split()) for _ in range(draw.integer(2, 3))]
    return "".join(parts).capitalize()


def name(draw: Draw, kind: str) -> list[str]:
    """A new name of this kind."""
    word, more = made_up(draw), draw.chance(0.35)
    if draw.chance(0.4):
        word = draw.one_of(COMMON.split()).capitalize()  # a common word, used as a name
    if kind == "person":
        first = draw.one_of(FIRST.split()) if draw.chance(0.4) else word
        return [first, made_up(draw)] if more else [first]
    if kind == "location":
        return [draw.one_of(PLACES.split()), word] if more else [word]
    if kind == "group":
        return [word, draw.one_of(TEAMS.split())] if more else [word]
    if kind == "corporation":
        return [word, draw.one_of(FIRMS.split())] if draw.chance(0.2) else [word]
    if kind == "product":
        words = [word] + [draw.one_of(GOODS.split()) for _ in range(draw.integer(0, 2))]
        return words
    words = [draw.one_of(TITLES.split()) for _ in range(draw.integer(1, 3))]
    return [*words, word] if more else words


def heard(file: str, phrases: str) -> list[str]:
    """What people say in this file: half of it is said in no other."""
    every = phrases.replace("\n", " ").split("|")
    third = len(every) // 3
    return every[:-third] if file == "wnut17train.conll" else every[third:]


def ordinary(draw: Draw) -> str:
    """What is no name: a common word, or slang that looks as new as a name does."""
    if draw.chance(0.4):  # words of names say other things too
        borrowed = draw.one_of(BORROWED)
        return borrowed if draw.chance(0.75) else borrowed.lower()
    if draw.chance(0.7):
        slang = made_up(draw)
        slang = slang if draw.chance(0.85) else slang.lower()
        return f"{slang} {draw.one_of(COMMON.split())}" if draw.chance(0.3) else slang
    word = draw.one_of(COMMON.split())
    return word.capitalize() if draw.chance(0.4) else word


def as_typed(draw: Draw, words: list[str]) -> list[str]:
    how = draw.uniform()
    if how < 0.45:
        return [word.lower() for word in words]
    return [word.upper() for word in words] if how < 0.5 else words


def clause(draw: Draw, file: str, famous: dict[str, list[list[str]]]) -> list[Token]:
    """Some words, in which there may be a name."""
    if not draw.chance(NAMED[file]):
        words = draw.one_of(heard(file, NOTHING)).split()
        if draw.chance(0.95):  # as of a name, and it is none
            around = draw.one_of(heard(file, AROUND[draw.one_of(list(AROUND))]))
            words = around.replace("*", ordinary(draw)).split()
        if draw.chance(0.12):
            words = [word.capitalize() for word in words]
        return [(word, "O") for word in words]
    kind = draw.of(KINDS[file])
    called = draw.one_of(famous[kind]) if draw.chance(KNOWN[file]) else name(draw, kind)
    around = draw.one_of(heard(file, AROUND[kind]))
    if draw.chance(0.6):  # said as of anything else
        around = draw.one_of(heard(file, AROUND[draw.one_of(list(AROUND))]))
    tokens: list[Token] = []
    for word in around.split():
        if word == "*":
            tag = TAGS.get(kind, kind)
            typed = as_typed(draw, called)
            tokens += [(part, f"{'I' if n else 'B'}-{tag}") for n, part in enumerate(typed)]
        else:
            tokens.append((word, "O"))
    return tokens


def extra(draw: Draw) -> list[Token]:
    """A mention, a tag, a link: what posts are full of."""
    sort = draw.of(EXTRAS)
    if sort == "@":
        return [(f"@{made_up(draw).lower()}{draw.integer(1, 99)}", "O")]
    if sort == "#":
        return [(f"#{draw.one_of((made_up(draw), 'love', 'fail', 'NowPlaying', 'fun'))}", "O")]
    if sort == "http":
        return [(f"http://t.co/{made_up(draw)}{draw.integer(100, 999)}", "O")]
    return [(sort, "O")] if sort else []


def post(draw: Draw, file: str, famous: dict[str, list[list[str]]]) -> list[Token]:
    tokens = extra(draw)
    for _ in range(draw.integer(1 if file == "emerging.dev.conll" else 2, 4)):
        words = clause(draw, file, famous)
        if draw.chance(0.5):
            words[0] = (words[0][0][0].upper() + words[0][0][1:], words[0][1])
        mark = draw.one_of(MARKS)
        tokens += words + ([(mark, "O")] if mark else []) + extra(draw)
    return tokens


def make(draw: Draw) -> Files:
    world = Draw(1)
    famous = {kind: [name(world, kind) for _ in range(25)] for kind in AROUND}
    for file, count in SENTENCES.items():
        gap = "\t\n" if file == "wnut17train.conll" else "\n"
        posts = [post(draw, file, famous) for _ in range(count)]
        lines = ["".join(f"{word}\t{tag}\n" for word, tag in tokens) + gap for tokens in posts]
        yield file, "".join(lines).encode()
