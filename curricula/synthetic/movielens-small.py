"""Ratings of movies by people with tastes: what one likes, others who are alike like too.

Movies and people are the world: their titles, genres, qualities and tastes come from a draw with a
seed of its own. Who sees what, and with what luck, is drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlpath_synthetic import Cell, Draw, Files, Quantiles, Weights, clip, csv, power, total

USERS, MOVIES, RATINGS, TAGS, TAGGERS = 610, 9742, 60000, 2400, 58
START, END = 828_124_615, 1_530_000_000  # seconds since 1970

GENRES = Weights({
    "Drama": 436, "Comedy": 376, "Thriller": 189, "Action": 183, "Romance": 160, "Adventure": 126,
    "Crime": 120, "Sci-Fi": 98, "Horror": 98, "Fantasy": 78, "Children": 66, "Animation": 61,
    "Mystery": 57, "Documentary": 44, "War": 38, "Musical": 33, "Western": 17, "IMAX": 16,
    "Film-Noir": 9,
})  # fmt: skip
# What a genre is like: serious or light, loud or quiet, of this world or another.
LEANINGS = {
    "Drama": (1, -0.6, 0), "Comedy": (-1, -0.3, -0.4), "Thriller": (0.5, 0.9, 0),
    "Action": (-0.3, 1.3, 0.3), "Romance": (-0.1, -1.2, -0.6), "Adventure": (-0.5, 0.7, 0.9),
    "Crime": (0.9, 0.6, -0.7), "Sci-Fi": (0, 0.6, 1.5), "Horror": (0, 1, 0.8),
    "Fantasy": (-0.5, 0, 1.3), "Children": (-1.3, -0.4, 0.6), "Animation": (-0.7, -0.2, 1),
    "Mystery": (0.7, 0.2, 0), "Documentary": (1.3, -1, -1), "War": (1.2, 0.6, -0.8),
    "Musical": (-0.7, -1, 0), "Western": (0.2, 0.7, -1), "IMAX": (-0.2, 0.9, 0.9),
    "Film-Noir": (1.2, 0, -0.5),
}  # fmt: skip
HOW_MANY = Weights({1: 28, 2: 36, 3: 24, 4: 9, 5: 3})
SEEN = Quantiles({0: 20, 0.25: 23, 0.5: 44, 0.75: 101, 0.9: 220, 0.98: 560, 1: 1300})
YEARS = Quantiles({0: 1915, 0.05: 1951, 0.25: 1988, 0.5: 1999, 0.75: 2008, 0.95: 2016, 1: 2018})
IDS = Quantiles({0: 0, 0.25: 3240, 0.5: 7290, 0.75: 76200, 0.9: 122800, 1: 193600})

FIRST = (
    "Silent Broken Golden Last Hidden Distant Crimson Paper Iron Velvet Restless Hollow Electric"
)
FIRST += " Lonely Midnight Burning Frozen Borrowed Secret Wild Second Bitter Empty Northern Gentle"
FIRST += " Crooked Stolen Painted Quiet Little Double Perfect Dark Lucky Forgotten Summer Winter"
NOUNS = "Harbor River Garden Letter Kingdom Road Orchard Mirror Engine Circus Island Window Bridge"
NOUNS += (
    " Station Shadow Lantern Signal Promise Stranger Witness Captain Dancer Thief Neighbor Storm"
)
NOUNS += " Machine Planet Tower Cabin Canyon Waltz Heist Wedding Detective Champion Dragon Ghost"
WORDS = (
    "funny atmospheric slow clever overlong moving quirky violent beautiful predictable dreamlike"
)
WORDS += " classic suspense satire heartwarming visually-rich plot-twist soundtrack dialogue cult"


@dataclass
class Movie:
    id: int
    title: str
    year: int
    genres: list[str]
    quality: float
    leaning: tuple[float, ...]


@dataclass
class Person:
    strictness: float
    taste: tuple[float, ...]
    whole: bool  # gives no half stars
    seen: int
    since: int


def titled(draw: Draw) -> str:
    first, noun, other = (draw.one_of(words.split()) for words in (FIRST, NOUNS, NOUNS))
    form = draw.integer(0, 9)
    if form < 3:
        return f"{first} {noun}, The"
    if form < 6:
        return f"{first} {noun}"
    if form < 8:
        return f"{noun} of the {first} {other}"
    return f"{noun}'s {other}, A" if form == 8 else f"{first} {noun} {draw.integer(2, 4)}"


def movies(world: Draw) -> list[Movie]:
    """The most seen first."""
    found: dict[str, Movie] = {}
    while len(found) < MOVIES:
        year = int(world.of(YEARS))
        title = f"{titled(world)} ({year})"
        genres: list[str] = []
        for _ in range(world.of(HOW_MANY)):
            genre = world.of(GENRES)
            genres += [genre] if genre not in genres else []
        by_genre = [total(LEANINGS[g][side] for g in genres) / len(genres) for side in range(3)]
        leaning = tuple(side + world.normal(0, 0.5) for side in by_genre)
        famous = 0.3 * (1 - len(found) / MOVIES)
        quality = world.normal(famous, 0.42)
        found.setdefault(title, Movie(0, title, year, sorted(genres), quality, leaning))
    drawn = list(found.values())
    ids = sorted({round(IDS.at((n + 1) / MOVIES)) + n // 3 + 1 for n in range(MOVIES)})
    while len(ids) < MOVIES:
        ids.append(ids[-1] + 1 + world.integer(0, 3))
    late = [place + world.uniform(0, 0.8 * MOVIES) for place in range(MOVIES)]  # fame came early
    for number, place in zip(ids, sorted(range(MOVIES), key=late.__getitem__)):
        drawn[place].id = number
    return drawn


def people(world: Draw) -> list[Person]:
    return [
        Person(
            strictness=world.normal(0, 0.42),
            taste=tuple(world.normal(0, 0.49) for _ in range(3)),
            whole=world.chance(0.4),
            seen=int(world.of(SEEN)),
            since=world.integer(START, END),
        )
        for _ in range(USERS)
    ]


def liking(person: Person, movie: Movie) -> float:
    """How much this person likes this movie more than others do."""
    t, m = person.taste, movie.leaning
    return t[0] * m[0] + t[1] * m[1] + t[2] * m[2]


def year_of(seconds: int) -> int:
    return 1970 + int(seconds / 31_557_600)


def stars(draw: Draw, person: Person, movie: Movie) -> float:
    felt = 3.21 + person.strictness + movie.quality + liking(person, movie) + draw.normal(0, 0.66)
    step = 1.0 if person.whole else 0.5
    return clip(round(felt / step) * step, 1.0 if person.whole else 0.5, 5.0)


def ratings(draw: Draw, shown: list[Movie], crowd: list[Person]) -> list[list[Cell]]:
    fame = Weights({place: 1 / power(place + 25.0, 0.92) for place in range(len(shown))})
    much = total(float(person.seen) for person in crowd)
    counts = [max(20, int(person.seen * RATINGS / much)) for person in crowd]
    heaviest = counts.index(max(counts))
    counts[heaviest] += RATINGS - int(total(counts))
    rows: list[list[Cell]] = []
    for number, person in enumerate(crowd):
        seen: dict[int, float] = {}
        while len(seen) < counts[number]:
            movie = shown[draw.of(fame)]
            if movie.year > year_of(person.since):
                continue  # it is not out yet
            if draw.uniform(-2.4, 1.1) < liking(person, movie):
                seen.setdefault(movie.id, stars(draw, person, movie))
        at = person.since
        for movie_id, rating in sorted(seen.items()):
            at += draw.integer(0, 60) if draw.chance(0.97) else draw.integer(0, 900_000)
            rows.append([number + 1, movie_id, rating, min(at, 1_537_799_250)])
    return rows


def tags(draw: Draw, rated: list[list[Cell]]) -> list[list[Cell]]:
    """Words for movies that somebody rated, by few of all people."""
    taggers = draw.some(TAGGERS, [1.0 if n % 2 else 2.0 for n in range(USERS)])
    theirs = [row for row in rated if int(str(row[0])) - 1 in taggers]
    chosen = sorted(draw.some(TAGS, [1.0] * len(theirs)))
    found = []
    for place in chosen:
        user, movie, _, at = theirs[place]
        word = draw.one_of(WORDS.split())
        word = f"{word}, {draw.one_of(WORDS.split())}" if draw.chance(0.01) else word
        more = f" {draw.one_of(NOUNS.split()).lower()}" if draw.chance(0.6) else ""
        found.append([user, movie, word.replace("-", " ") + more, int(str(at)) + 90])
    return found


def make(draw: Draw) -> Files:
    world = Draw(1)
    shown = movies(world)
    crowd = people(world)
    rated = ratings(draw, shown, crowd)
    shown.sort(key=lambda movie: movie.id)
    without = {movie.id for movie in shown[:: MOVIES // 34][:34]}
    lines: dict[str, list[list[Cell]]] = {
        "ratings": [["userId", "movieId", "rating", "timestamp"], *rated],
        "movies": [["movieId", "title", "genres"]],
        "tags": [["userId", "movieId", "tag", "timestamp"], *tags(draw, rated)],
        "links": [["movieId", "imdbId", "tmdbId"]],
    }
    for place, movie in enumerate(shown):
        genres = "(no genres listed)" if movie.id in without else "|".join(movie.genres)
        lines["movies"].append([movie.id, movie.title, genres])
        tmdb = None if place % 1218 == 1217 else world.integer(2, 525_000)
        lines["links"].append([movie.id, f"{world.integer(417, 5_580_390):07}", tmdb])
    for name, rows in lines.items():
        yield f"ml-latest-small/{name}.csv", csv(rows, end="\r\n")
