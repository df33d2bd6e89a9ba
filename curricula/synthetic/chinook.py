"""A music shop as a database: artists, albums, tracks, customers, and what they bought.

The tables, their columns, keys and indexes are those of the real one; all that they hold is drawn.
The database is written byte by byte (`sqlite`), so that it is the same under every SQLite.
"""

from __future__ import annotations

from datetime import date, timedelta

from mlpath_synthetic import Cell, Draw, Files, Quantiles, Table, Weights, sqlite

GENRES = {
    "Rock": 1297, "Jazz": 130, "Metal": 374, "Alternative & Punk": 332, "Rock And Roll": 12,
    "Blues": 81, "Latin": 579, "Reggae": 58, "Pop": 48, "Soundtrack": 43, "Bossa Nova": 15,
    "Easy Listening": 24, "Heavy Metal": 28, "R&B/Soul": 61, "Electronica/Dance": 30, "World": 28,
    "Hip Hop/Rap": 35, "Science Fiction": 13, "TV Shows": 93, "Sci Fi & Fantasy": 26, "Drama": 64,
    "Comedy": 17, "Alternative": 40, "Classical": 74, "Opera": 1,
}  # fmt: skip
ON_SCREEN = ("Science Fiction", "TV Shows", "Sci Fi & Fantasy", "Drama", "Comedy")
MEDIA = ["MPEG audio file", "Protected AAC audio file", "Protected MPEG-4 video file"]
MEDIA += ["Purchased AAC audio file", "AAC audio file"]
PLAYLISTS = {
    "Music": 3290, "Movies": 0, "TV Shows": 213, "Audiobooks": 0, "90\u2019s Music": 1477,
    "Audiobooks ": 0, "Movies ": 0, "Music ": 3290, "Music Videos": 1, "TV Shows ": 213,
    "Brazilian Music": 39, "Classical": 75, "Classical 101 - Deep Cuts": 25,
    "Classical 101 - Next Steps": 25, "Classical 101 - The Basics": 25, "Grunge": 15,
    "Heavy Metal Classic": 26, "On-The-Go 1": 1,
}  # fmt: skip
BOUGHT = Weights({2: 237, 4: 7, 5: 11})  # kinds of files of later albums
ARTISTS, ALBUMS, CUSTOMERS, INVOICES, COMPOSERLESS = 275, 347, 59, 412, 977
ADDED = 1  # albums of rock beyond its share, so that they are 347
BASKETS = (2, 4, 6, 9, 14, 1, 2)  # tracks on an invoice, over and over
FIRST_DAY, DAYS = date(2021, 1, 1), 1816
WHERE = {
    "USA": 13, "Canada": 8, "France": 5, "Brazil": 5, "Germany": 4, "United Kingdom": 3,
    "Portugal": 2, "India": 2, "Czech Republic": 2, "Sweden": 1, "Spain": 1, "Poland": 1,
    "Norway": 1, "Netherlands": 1, "Italy": 1, "Ireland": 1, "Hungary": 1, "Finland": 1,
    "Denmark": 1, "Chile": 1, "Belgium": 1, "Austria": 1, "Australia": 1, "Argentina": 1,
}  # fmt: skip
STATES = {"USA": "CA NY WA TX IL FL", "Canada": "ON BC AB QC NS", "Brazil": "SP RJ DF"}
STATES |= {"Ireland": "Dublin", "Australia": "NSW", "Italy": "RM", "Netherlands": "VV"}
SONGS = Quantiles({0: 5, 0.05: 122_000, 0.25: 205_000, 0.5: 253_000, 0.75: 317_000, 0.97: 520_000,
                   1: 1_600_000})  # fmt: skip
EPISODES = Quantiles(
    {0: 1_100_000, 0.25: 1_330_000, 0.4: 2_500_000, 0.8: 2_620_000, 0.95: 2_900_000, 1: 5_200_000}
)

WORDS = "Night River Stone Heart Fire Blue Road Glass Summer Ghost Machine Moon Dust Silver Rain"
WORDS += " Thunder Velvet Garden Mirror Shadow Golden Winter Paper Electric Ocean Letter Wild Echo"
FIRSTS = "Ana Bruno Clara David Elena Fynn Greta Hugo Irina Jonas Karin Luca Marta Nils Olga Pedro"
FIRSTS += " Rosa Stefan Tomas Ulla Victor Wanda Yann Zofia"
LASTS = "Almeida Berg Costa Dubois Eriksen Fischer Garcia Holm Ivanov Jansen Kral Larsen Moreau"
LASTS += " Novak Olsen Pires Quinn Rossi Silva Tremblay Urban Vogel Walker Young Zeman"
TITLES = ["General Manager", "Sales Manager", *["Sales Support Agent"] * 3, "IT Manager"]
TITLES += ["IT Staff", "IT Staff"]
REPORTS_TO = [None, 1, 2, 2, 2, 1, 6, 6]

KEY = "INTEGER  NOT NULL"
ADDRESS = "Address NVARCHAR(70)|City NVARCHAR(40)|State NVARCHAR(40)|Country NVARCHAR(40)"
ADDRESS += "|PostalCode NVARCHAR(10)"
PHONES = "|Phone NVARCHAR(24)|Fax NVARCHAR(24)"
PRICE = "NUMERIC(10,2)  NOT NULL"
# A table's columns, of which the first is its key, and the tables that columns point to.
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "Album": (
        f"AlbumId {KEY}|Title NVARCHAR(160)  NOT NULL|ArtistId {KEY}",
        {"ArtistId": "Artist"},
    ),
    "Artist": (f"ArtistId {KEY}|Name NVARCHAR(120)", {}),
    "Customer": (
        f"CustomerId {KEY}|FirstName NVARCHAR(40)  NOT NULL|LastName NVARCHAR(20)  NOT NULL"
        f"|Company NVARCHAR(80)|{ADDRESS}{PHONES}|Email NVARCHAR(60)  NOT NULL"
        "|SupportRepId INTEGER",
        {"SupportRepId": "Employee"},
    ),
    "Employee": (
        f"EmployeeId {KEY}|LastName NVARCHAR(20)  NOT NULL|FirstName NVARCHAR(20)  NOT NULL"
        "|Title NVARCHAR(30)|ReportsTo INTEGER|BirthDate DATETIME|HireDate DATETIME"
        f"|{ADDRESS}{PHONES}|Email NVARCHAR(60)",
        {"ReportsTo": "Employee"},
    ),
    "Genre": (f"GenreId {KEY}|Name NVARCHAR(120)", {}),
    "Invoice": (
        f"InvoiceId {KEY}|CustomerId {KEY}|InvoiceDate DATETIME  NOT NULL|Billing"
        + ADDRESS.replace("|", "|Billing")
        + f"|Total {PRICE}",
        {"CustomerId": "Customer"},
    ),
    "InvoiceLine": (
        f"InvoiceLineId {KEY}|InvoiceId {KEY}|TrackId {KEY}|UnitPrice {PRICE}|Quantity {KEY}",
        {"InvoiceId": "Invoice", "TrackId": "Track"},
    ),
    "MediaType": (f"MediaTypeId {KEY}|Name NVARCHAR(120)", {}),
    "Playlist": (f"PlaylistId {KEY}|Name NVARCHAR(120)", {}),
    "PlaylistTrack": (
        f"PlaylistId {KEY}|TrackId {KEY}",
        {"PlaylistId": "Playlist", "TrackId": "Track"},
    ),
    "Track": (
        f"TrackId {KEY}|Name NVARCHAR(200)  NOT NULL|AlbumId INTEGER|MediaTypeId {KEY}"
        f"|GenreId INTEGER|Composer NVARCHAR(220)|Milliseconds {KEY}|Bytes INTEGER"
        f"|UnitPrice {PRICE}",
        {"AlbumId": "Album", "GenreId": "Genre", "MediaTypeId": "MediaType"},
    ),
}


def table(name: str, rows: list[list[Cell]]) -> Table:
    """With its statement, and an index for each column that points to another table."""
    columns, points = TABLES[name]
    parts = [column.partition(" ") for column in columns.split("|")]
    names = [column for column, _, _ in parts]
    both = name == "PlaylistTrack"
    key = "[PlaylistId], [TrackId]" if both else f"[{names[0]}]"
    lines = [f"    [{column}] {kind}" for column, _, kind in parts]
    lines.append(f"    CONSTRAINT [PK_{name}] PRIMARY KEY  ({key})")
    for column, other in points.items():
        there = TABLES[other][0].partition(" ")[0]
        lines.append(f"    FOREIGN KEY ([{column}]) REFERENCES [{other}] ([{there}])")
    indexes: list[tuple[str, str | None, tuple[int, ...]]] = []
    if both:
        indexes.append((f"sqlite_autoindex_{name}_1", None, (0, 1)))
    for column in points:
        index = f"IFK_{name}{column}"
        sql = f"CREATE INDEX [{index}] ON [{name}] ([{column}])"
        indexes.append((index, sql, (names.index(column),)))
    sql = f"CREATE TABLE [{name}]\n(\n" + ",\n".join(lines) + "\n)"
    return Table(name, sql, rows, None if both else 0, indexes)


def some_words(draw: Draw, fewest: int, most: int) -> str:
    return " ".join(draw.one_of(WORDS.split()) for _ in range(draw.integer(fewest, most)))


def person(draw: Draw) -> tuple[str, str]:
    return draw.one_of(FIRSTS.split()), draw.one_of(LASTS.split())


def address(draw: Draw, country: str) -> list[Cell]:
    """Street, city, state, country, postal code."""
    state = draw.one_of(STATES[country].split()) if country in STATES else None
    code = None if draw.chance(0.07) else str(draw.integer(10000, 99999))
    street, city = f"{draw.integer(1, 990)} {some_words(draw, 1, 1)} Street", some_words(draw, 1, 2)
    return [street, city, state, country, code]


def phone(draw: Draw) -> str:
    return f"+{draw.integer(1, 98)} ({draw.integer(100, 999)}) {draw.integer(100, 999)}-5555"


def music(draw: Draw) -> dict[str, list[list[Cell]]]:
    """Artists have albums of one genre; an album's tracks follow each other."""
    names: list[str] = []
    while len(names) < ARTISTS:
        name = some_words(draw, 1, 3)
        names += [name] if name not in names else []
    sleeves: list[tuple[float, str, int]] = []  # where an album comes, its genre, its tracks
    for genre, count in GENRES.items():
        many = max(1, round(count * ALBUMS / 3503)) + (ADDED if genre == "Rock" else 0)
        late = 0.35 if genre in ON_SCREEN else 0.0
        cuts = sorted(draw.some(many - 1, [1.0] * (count - 1)))
        for first, end in zip([0, *(cut + 1 for cut in cuts)], [*(c + 1 for c in cuts), count]):
            sleeves.append((draw.uniform() + late + (end - first < 4), genre, end - first))
    albums: list[list[Cell]] = []
    tracks: list[list[Cell]] = []
    for album, (_, genre, count) in enumerate(sorted(sleeves), 1):
        passed = album / ALBUMS
        artist = int(204 * passed + 355 * max(passed - 0.8, 0)) + draw.integer(-15, 15)
        albums.append([album, some_words(draw, 2, 5), min(max(artist, 1), ARTISTS)])
        band = ", ".join(" ".join(person(draw)) for _ in range(draw.integer(1, 4)))
        screen = genre in ON_SCREEN
        bought = album > 160 and draw.chance(0.3)
        for _ in range(count):
            composer = " ".join(person(draw)) if draw.chance(0.25) else band
            length = int(draw.of(EPISODES if screen else SONGS))
            size = int(
                length
                * (
                    draw.uniform(140, 240)
                    if screen
                    else draw.uniform(11, 24)
                    if bought
                    else draw.uniform(29, 36)
                )
            )
            media = 3 if screen else draw.of(BOUGHT) if bought else 1
            tracks.append(
                [len(tracks) + 1, some_words(draw, 2, 4), album, media, [*GENRES].index(genre) + 1]
                + [composer, length, size, 1.99 if screen else 0.99]
            )
    for place in draw.some(COMPOSERLESS, [1.0] * len(tracks)):
        tracks[place][5] = None
    artists: list[list[Cell]] = [[n + 1, name] for n, name in enumerate(names)]
    return {"Artist": artists, "Album": albums, "Track": tracks}


def staff(draw: Draw) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for place, (title, boss) in enumerate(zip(TITLES, REPORTS_TO)):
        first, last = person(draw)
        born = f"{draw.integer(1947, 1973)}-0{draw.integer(1, 9)}-{draw.integer(10, 28)} 00:00:00"
        hired = f"{draw.integer(2002, 2004)}-0{draw.integer(1, 9)}-{draw.integer(10, 28)} 00:00:00"
        rows.append(
            [place + 1, last, first, title, boss, born, hired, *address(draw, "Canada")]
            + [phone(draw), phone(draw), f"{first.lower()}@example.com"]
        )
    return rows


def customers(draw: Draw) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    homes = draw.shuffled(country for country, count in WHERE.items() for _ in range(count))
    for place, country in enumerate(homes):
        first, last = person(draw)
        company = f"{some_words(draw, 1, 2)} Ltd." if draw.chance(0.17) else None
        fax = phone(draw) if draw.chance(0.2) else None
        rows.append(
            [place + 1, first, last, company, *address(draw, country), phone(draw), fax]
            + [f"{first.lower()}.{last.lower()}{place}@example.com", place % 3 + 3]
        )
    return rows


def sales(
    draw: Draw, buyers: list[list[Cell]], tracks: list[list[Cell]]
) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """Invoices and their lines: each customer has a few genres, and buys albums in part."""
    invoices: list[list[Cell]] = []
    lines: list[list[Cell]] = []
    order = draw.shuffled(n for n in range(INVOICES))
    for number in range(INVOICES):
        buyer = buyers[order[number] % CUSTOMERS]
        day = FIRST_DAY + timedelta(days=number * DAYS // (INVOICES - 1))
        start = draw.integer(0, 5 * len(tracks) // 6) + len(tracks) * number // (6 * INVOICES)
        cents = 0
        for step in range(BASKETS[number % len(BASKETS)]):
            track = tracks[(start + step * draw.integer(1, 9)) % len(tracks)]
            price = track[8]
            cents += 199 if price == 1.99 else 99
            lines.append([len(lines) + 1, number + 1, track[0], price, 1])
        total = cents // 100 if cents % 100 == 0 else cents / 100
        invoices.append([number + 1, buyer[0], f"{day.isoformat()} 00:00:00", *buyer[4:9], total])
    return invoices, lines


def on_lists(draw: Draw, tracks: list[list[Cell]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    songs = [track[0] for track in tracks if track[8] == 0.99]
    episodes = [track[0] for track in tracks if track[8] == 1.99]
    for place, (name, count) in enumerate(PLAYLISTS.items()):
        from_these = episodes if name.startswith("TV") else songs
        chosen = draw.some(count, [1.0] * len(from_these))
        rows += [[place + 1, from_these[n]] for n in draw.shuffled(sorted(chosen))]
    return rows


def make(draw: Draw) -> Files:
    rows = music(draw)
    rows["Employee"], rows["Customer"] = staff(draw), customers(draw)
    rows["Invoice"], rows["InvoiceLine"] = sales(draw, rows["Customer"], rows["Track"])
    for name, values in (("Genre", GENRES), ("MediaType", MEDIA), ("Playlist", PLAYLISTS)):
        rows[name] = [[n + 1, value.strip()] for n, value in enumerate(values)]
    rows["PlaylistTrack"] = on_lists(draw, rows["Track"])
    yield "Chinook_Sqlite.sqlite", sqlite([table(name, rows[name]) for name in TABLES])
