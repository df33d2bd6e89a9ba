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
import time
from pathlib import Path
from typing import Any

import requests

# The service. Checks put another one there, so ask at this address and no other.
SERVICE = os.environ.get("WEATHER_URL", "https://api.open-meteo.com")
SAVED = Path("answer.json")
TIMEOUT = 10  # seconds without a byte
WAITS = (1, 2, 4)  # seconds before each further try
TEMPORARY = {429, 500, 502, 503, 504}
UNITS = {
    "metric": {"temperature_unit": "celsius", "wind_speed_unit": "kmh"},
    "imperial": {"temperature_unit": "fahrenheit", "wind_speed_unit": "mph"},
}


class WeatherError(Exception):
    """Why there is no weather, for a person to read."""


def parse(answer: dict[str, Any]) -> dict[str, Any]:
    """What we want to know, out of an answer of the service; a value that it lacks is None."""
    now = answer.get("current", {})
    units = answer.get("current_units", {})
    daily = answer.get("daily", {})
    dates = daily.get("time", [])
    gaps = [None] * len(dates)
    lows = daily.get("temperature_2m_min", gaps)
    highs = daily.get("temperature_2m_max", gaps)
    return {
        "temperature": now.get("temperature_2m"),
        "temperature_unit": units.get("temperature_2m", ""),
        "wind": now.get("wind_speed_10m"),
        "wind_unit": units.get("wind_speed_10m", ""),
        "days": [
            {"date": date, "low": low, "high": high} for date, low, high in zip(dates, lows, highs)
        ],
    }


def fetch(latitude: float, longitude: float, units: str) -> dict[str, Any]:
    """The answer of the service for a place. `units`: metric or imperial."""
    query = {
        "latitude": latitude,
        "longitude": longitude,
        "current": "temperature_2m,wind_speed_10m",
        "daily": "temperature_2m_max,temperature_2m_min",
        "timezone": "auto",
        **UNITS[units],
    }
    return answer_of(ask(f"{SERVICE}/v1/forecast", query))


def ask(address: str, query: dict[str, Any]) -> requests.Response:
    """The response, after as many tries as it takes; the last one, whatever it is."""
    for wait in WAITS:
        try:
            response = requests.get(address, params=query, timeout=TIMEOUT)
        except requests.RequestException:
            time.sleep(wait)
            continue
        if response.status_code not in TEMPORARY:
            return response
        time.sleep(max(wait, told_to_wait(response)))
    try:
        return requests.get(address, params=query, timeout=TIMEOUT)
    except requests.RequestException as problem:
        raise WeatherError(f"the weather service does not answer: {problem}") from problem


def told_to_wait(response: requests.Response) -> int:
    """The seconds in Retry-After; 0 where it says none."""
    said = response.headers.get("Retry-After", "")
    return int(said) if said.isdigit() else 0


def answer_of(response: requests.Response) -> dict[str, Any]:
    """The JSON object in the response, which must be a good one."""
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not response.ok:
        reason = answer.get("reason") if isinstance(answer, dict) else response.reason
        raise WeatherError(f"the weather service refused ({response.status_code}): {reason}")
    if not isinstance(answer, dict):
        raise WeatherError("the weather service sent something that is no forecast")
    return answer


def shown(value: float | None) -> str:
    """A number as it came; a gap is a dash."""
    return "–" if value is None else str(value)


def describe(weather: dict[str, Any]) -> str:
    """What a person reads: the weather now, and then a line a day."""
    temperature = f"{shown(weather['temperature'])} {weather['temperature_unit']}"
    wind = f"{shown(weather['wind'])} {weather['wind_unit']}"
    lines = [f"Now: {temperature}, wind {wind}"]
    for day in weather["days"]:
        lines.append(f"{day['date']}: {shown(day['low'])} to {shown(day['high'])}")
    return "\n".join(lines)


def main() -> int:
    """The exit code: 0, or 1 where there is no weather to show."""
    parser = argparse.ArgumentParser(description="The weather at a place.")
    parser.add_argument("latitude", type=float, nargs="?")
    parser.add_argument("longitude", type=float, nargs="?")
    parser.add_argument("--units", choices=UNITS, default="metric")
    options = parser.parse_args()
    try:
        if options.longitude is None:
            answer = json.loads(SAVED.read_text(encoding="utf-8"))
        else:
            answer = fetch(options.latitude, options.longitude, options.units)
    except WeatherError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(describe(parse(answer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
