"""Daily minimum temperatures of a city in the south: a year's wave and spells of some days."""

from __future__ import annotations

from datetime import date, timedelta

from mlpath_synthetic import Draw, Files, cos

FIRST, LAST = date(1981, 1, 1), date(1990, 12, 31)
ABSENT = {date(1984, 12, 31), date(1988, 12, 31)}


def make(draw: Draw) -> Files:
    rows = ['"Date","Temp"']
    before = spell = 0.0
    for day in range((LAST - FIRST).days + 1):
        today = FIRST + timedelta(days=day)
        wave = cos((today.timetuple().tm_yday - 30) / 365.25 * 6.283185307179586)
        chance = draw.normal(0, 2.3)
        chance += 0.09 * (chance * chance - 5.3)  # warm nights stand out further than cold ones
        before, spell = spell, 0.55 * spell - 0.07 * before + chance
        degrees = max(11.15 + 4.3 * wave + 0.4 * (wave * wave - 0.5) + spell, 0.0)
        if today not in ABSENT:
            rows.append(f'"{today.isoformat()}",{degrees:.1f}')
    yield "daily-min-temperatures.csv", "\r\n".join(rows).encode()  # the last line has no end
