"""The weather at a place, from Open-Meteo.

python3 weather.py                                      a saved answer, without the network
python3 weather.py 52.52 13.41                          now, in Berlin
python3 weather.py 40.71 -74.01 --units imperial        in New York, in °F and mp/h
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

# The service. Checks put another one there, so ask at this address and no other.
SERVICE = os.environ.get("WEATHER_URL", "https://api.open-meteo.com")
SAVED = Path("answer.json")


def parse(answer: dict[str, Any]) -> dict[str, Any]:
    """What we want to know, out of an answer of the service; a value that it lacks is None."""
    raise NotImplementedError("parse is not written yet")


def fetch(latitude: float, longitude: float, units: str) -> dict[str, Any]:
    """The answer of the service for a place. `units`: metric or imperial."""
    raise NotImplementedError("fetch is not written yet")


def shown(value: float | None) -> str:
    """A number as it came; a gap is a dash."""
    return "–" if value is None else str(value)


def describe(weather: dict[str, Any]) -> str:
    """What a person reads: the weather now, and then a line a day."""
    lines = [f"Now: {shown(weather['temperature'])} °C, wind {shown(weather['wind'])} km/h"]
    for day in weather["days"]:
        lines.append(f"{day['date']}: {shown(day['low'])} to {shown(day['high'])}")
    return "\n".join(lines)


def main() -> int:
    """The exit code: 0, or 1 where there is no weather to show."""
    parser = argparse.ArgumentParser(description="The weather at a place.")
    parser.add_argument("latitude", type=float, nargs="?")
    parser.add_argument("longitude", type=float, nargs="?")
    options = parser.parse_args()
    try:
        if options.longitude is None:
            answer = json.loads(SAVED.read_text(encoding="utf-8"))
        else:
            answer = fetch(options.latitude, options.longitude, "metric")
        print(describe(parse(answer)))
    except NotImplementedError as todo:
        print(todo, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
