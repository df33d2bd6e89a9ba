"""A weather service like Open-Meteo's, and what a good client makes of it."""

from __future__ import annotations

import json
import random
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mlpath_check import Check, Failure
from mlpath_site import NEVER, Answer, Ran, Request, Site, in_turn

BERLIN = ("52.52", "13.41")
NEW_YORK = ("40.71", "-74.01")
UNITS = {
    "temperature_unit": {"celsius": "°C", "fahrenheit": "°F"},
    "wind_speed_unit": {"kmh": "km/h", "ms": "m/s", "mph": "mp/h", "kn": "kn"},
}
SPEED = {"kmh": 1.0, "ms": 1 / 3.6, "mph": 0.621371, "kn": 0.539957}
KNOWN = {
    "current": {"temperature_2m", "wind_speed_10m", "relative_humidity_2m", "weather_code"},
    "daily": {"temperature_2m_max", "temperature_2m_min", "precipitation_sum", "weather_code"},
}
TODAY = random.randint(-40, 40) / 10  # degrees, of this run: no answer can be known before
PATIENCE = 15  # seconds, for a timeout of 10
ERRORS = (500, 502, 504)  # beside 503, which `flaky` sends
REST = 5  # seconds that it may take to end
SPELLED = {"temperature_2m": "deg C", "wind_speed_10m": "kmh"}  # other names of the same units
LOOK = "`mlpath show weather-app` has the address and the parameters."


class Refusal(Exception):
    """Why the service answers with 400."""


def asked(request: Request) -> dict[str, str]:
    """The query; what is given twice is a list, as with commas."""
    query = parse_qs(urlsplit(request.target).query)
    return {key: ",".join(values) for key, values in query.items()}


def coordinate(query: dict[str, str], key: str, most: float) -> float:
    try:
        value = float(query[key])
    except KeyError:
        raise Refusal(f"Parameter '{key}' is required.") from None
    except ValueError:
        raise Refusal(f"Value of '{key}' is no number.") from None
    if abs(value) > most:
        name = key.capitalize()
        raise Refusal(f"{name} must be in range of -{most:g} to {most:g}°. Given: {value}.")
    return value


def choice(query: dict[str, str], key: str, default: str) -> str:
    chosen = query.get(key, default)
    if chosen not in UNITS[key]:
        raise Refusal(f"Cannot initialize the unit from invalid String value {chosen} for {key}")
    return chosen


def wanted(query: dict[str, str], key: str) -> list[str]:
    names = [name for name in query.get(key, "").split(",") if name]
    for name in names:
        if name not in KNOWN[key]:
            raise Refusal(
                f"Cannot initialize a variable from invalid String value {name} for {key}"
            )
    return names


def weather(query: dict[str, str]) -> dict[str, Any]:
    """What Open-Meteo would send, with numbers that follow from the place."""
    latitude = coordinate(query, "latitude", 90)
    longitude = coordinate(query, "longitude", 180)
    degrees, speed = (
        choice(query, "temperature_unit", "celsius"),
        choice(query, "wind_speed_unit", "kmh"),
    )

    def temperature(celsius: float) -> float:
        return round(celsius * 1.8 + 32 if degrees == "fahrenheit" else celsius, 1)

    warmth = 27.3 + TODAY - abs(latitude) / 2.5
    values = {
        "temperature_2m": temperature(warmth),
        "wind_speed_10m": round((8.7 + abs(longitude) / 10) * SPEED[speed], 1),
        "relative_humidity_2m": 81,
        "weather_code": 3,
    }
    units = {
        "temperature_2m": UNITS["temperature_unit"][degrees],
        "wind_speed_10m": UNITS["wind_speed_unit"][speed],
    }
    series = {
        "temperature_2m_max": [temperature(warmth + day) for day in (2.6, 3.9, 1.4)],
        "temperature_2m_min": [temperature(warmth - day) for day in (5.3, 4.2, 6.1)],
        "precipitation_sum": [0.0, 1.2, 0.4],
        "weather_code": [3, 61, 2],
    }
    answer: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    if current := wanted(query, "current"):
        answer["current_units"] = {name: units.get(name, "") for name in current}
        answer["current"] = {"time": "2026-11-30T15:00", **{n: values[n] for n in current}}
    if daily := wanted(query, "daily"):
        dates = ["2026-11-30", "2026-12-01", "2026-12-02"]
        answer["daily"] = {"time": dates, **{name: series[name] for name in daily}}
    return answer


def forecast(request: Request, seen: list[Request]) -> Answer:
    if request.path != "/v1/forecast":
        return Answer({"error": True, "reason": "Not Found"}, status=404)
    try:
        return Answer(weather(asked(request)))
    except Refusal as refusal:
        return Answer({"error": True, "reason": str(refusal)}, status=400)


def spelled_otherwise(request: Request, seen: list[Request]) -> Answer:
    """A forecast whose units have other names than usual."""
    answer = forecast(request, seen)
    if answer.status == 200 and isinstance(answer.body, dict) and "current_units" in answer.body:
        answer.body["current_units"].update(SPELLED)
    return answer


def printed(check: Check, ran: Ran, value: object, unit: str, what: str, because: str) -> None:
    """That the program's output has the value with its unit."""
    number = re.escape(str(value))
    found = re.search(rf"(?<![\d.]){number}\s*{re.escape(unit)}", ran.out)
    check.that(
        found,
        f"`{ran.command}` does not print the {what} {value} {unit}".rstrip(),
        expected=f"{value} {unit}".strip(),
        got=ran.out.strip()[:400] or "nothing on standard output",
        because=because,
    )


def rounded(ran: Ran, value: float) -> bool:
    """Whether it prints the number without its decimals, and not as it came."""
    whole = re.search(rf"(?<![\d.-]){round(value)}(?![\d.])", ran.out)
    return str(value) not in ran.out and whole is not None


def prints_it(
    check: Check, ran: Ran, request: Request, spelled: dict[str, str] | None = None
) -> None:
    """That it prints what the service told it."""
    told = weather(asked(request))
    current, units = told.get("current", {}), {**told.get("current_units", {}), **(spelled or {})}
    for name, what in (("temperature_2m", "temperature"), ("wind_speed_10m", "wind")):
        check.that(
            name in current,
            f"`{ran.command}` does not ask for `{name}`",
            expected=f"`current` with {name}",
            got=request.shown,
            look=LOOK,
        )
        printed(
            check,
            ran,
            current[name],
            units[name],
            what,
            "The unit is written into the program. The answer has it, under `current_units`."
            if str(current[name]) in ran.out
            else "The number is rounded. Print it as it came."
            if rounded(ran, current[name])
            else "",
        )
    for name in ("temperature_2m_min", "temperature_2m_max"):
        check.that(
            name in told.get("daily", {}),
            f"`{ran.command}` does not ask for `{name}`",
            expected=f"`daily` with {name}",
            got=request.shown,
            look=LOOK,
        )
        for value in told["daily"][name]:
            printed(check, ran, value, "", "value of a day", "")


def asks(check: Check, site: Site) -> None:
    """The right question, for two places."""
    with site.serve(forecast) as served:
        for place in (BERLIN, NEW_YORK):
            ran = served.run(*place)
            request = ran.asked()[0]
            check.equal(
                request.method,
                "GET",
                "The method of its request",
                because="Who only reads asks with GET. A POST is for what changes something.",
            )
            check.equal(request.path, "/v1/forecast", "The path that it asks for", look=LOOK)
            query = asked(request)
            sent = [float_of(query.get(key)) for key in ("latitude", "longitude")]
            exchanged = sent == [float(place[1]), float(place[0])]
            for key, value in zip(("latitude", "longitude"), place):
                right = float_of(query.get(key)) == float(value)
                check.that(
                    right,
                    f"`{ran.command}` asks for the {key} {{got}}",
                    got=query.get(key),
                    expected=value,
                    because="Latitude and longitude are exchanged." if exchanged else "",
                    look=LOOK,
                )
            check.that(
                query.get("timezone") == "auto",
                f"`{ran.command}` does not ask for `timezone=auto`",
                got=request.shown,
                expected="timezone=auto",
                because="Without it the days begin at midnight in Greenwich, not at the place.",
            )
            ran.succeeded()
            prints_it(check, ran, request)
            check.equal(len(ran.requests), 1, "The number of requests for one forecast")


def float_of(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def units(check: Check, site: Site) -> None:
    """The units of whoever asks."""
    expected = {"temperature_unit": "fahrenheit", "wind_speed_unit": "mph"}
    with site.serve(forecast) as served:
        ran = served.run(*NEW_YORK, "--units", "imperial")
        ran.succeeded()
        query = asked(ran.asked()[0])
        for key, value in expected.items():
            check.that(
                query.get(key) == value,
                f"`{ran.command}` asks without `{key}={value}`",
                got=ran.requests[0].shown,
                expected=f"{key}={value}",
                because="The service converts, so that no formula of ours can be wrong.",
            )
        prints_it(check, ran, ran.requests[0])
        # Without the option: `asks`.
        served.answer_by(spelled_otherwise)
        again = served.run(*NEW_YORK, "--units", "metric")
        again.succeeded()
        prints_it(check, again, again.asked()[0], SPELLED)


def failed(check: Check, ran: Ran, sent: str = "", ok: str = "") -> None:
    """That it ended as the brief says: a message on stderr, no traceback, exit code 1.

    `sent`: what the service did. `ok`: why a program may have taken that for a forecast.
    """
    because = sent
    if ran.code == 0:
        because = ok or sent
        if ran.err.strip():
            because = "The message is there, but `main` goes on to end with 0. Return 1 after it."
    elif not ran.err.strip() and ran.out.strip():
        because = f"{sent} Your message went to standard output. `print` takes `file=sys.stderr`."
    ran.failed_kindly(because=because.strip())
    check.that(
        ran.code == 1,
        f"`{ran.command}` ended with exit code {ran.code}",
        expected="exit code 1",
        got=ran.err.strip()[-300:],
        because="argparse ends with 2 where the command itself is wrong. Here it is right, and "
        "the service fails."
        if ran.code == 2
        else "",
    )


def impatience(check: Check, site: Site, faster: int) -> float:
    """How long it waits for the first answer, which never comes; and that it fails kindly."""
    taken: list[Request] = []

    def never(request: Request, seen: list[Request]) -> Answer:
        taken.append(request)
        return Answer(after=NEVER)

    with site.serve(never, faster=faster) as served:
        try:
            ran = served.run(*BERLIN)
        except Failure:  # too long in all, perhaps after several tries
            waited = taken[0].gave_up - taken[0].at if taken else NEVER
            if PATIENCE < waited < 100:  # beyond, it is our stop that ended the wait
                return waited
            raise
        first = ran.asked()[0]
        waited = min(first.gave_up - first.at, ran.seconds)
        if waited <= PATIENCE:
            failed(check, ran)
        return waited


def silent(check: Check, site: Site) -> None:
    """A service that takes the request and never answers."""
    waited = impatience(check, site, 20)
    if PATIENCE < waited < 2 * PATIENCE:  # a busy machine is late, and a slower clock shows it
        waited = impatience(check, site, 4)
    check.that(
        waited <= PATIENCE,
        f"`{site.program}` waited {waited:.0f} seconds for an answer that never came",
        expected="it gives up after at most 10 seconds",
        because="The timeout is too long for somebody who sits before the screen.",
    )


def refused(check: Check, site: Site) -> None:
    """The service says why it will not."""
    with site.serve(forecast) as served:
        ran = served.run("95", "13.41")
        ran.asked()
        passes_on(check, ran, "Latitude must be in range")
        served.answer_by(in_turn(Answer({"error": True, "reason": MOVED}, status=400)))
        again = served.run(*BERLIN)
        again.asked()
        passes_on(check, again, MOVED)


MOVED = "The model of this region has moved. See the news of the service."


def passes_on(check: Check, ran: Ran, reason: str) -> None:
    failed(
        check,
        ran,
        ok="The status of the response is not looked at: an error of the service has a JSON body "
        "too, which is no forecast.",
    )
    check.that(
        reason in ran.err,
        f"`{ran.command}` does not pass on why the service refused",
        got=ran.err.strip()[-300:],
        expected=f'the `reason` of the answer: "{reason.rstrip(".")} …"',
        because="The body of the answer says what was wrong, and another answer says something "
        "else.",
    )


BROKEN = {
    "a page of HTML with status 200": Answer("<html>Welcome to this network</html>"),
    "JSON that is a list": Answer([]),
    "a page of HTML with status 404": Answer("<h1>Not here</h1>", status=404),
    "half a body": Answer(json.dumps({"current": {"temperature_2m": 9.1}}), sends=12),
    "a closed connection": Answer(sends=-1),
}


def broken(check: Check, site: Site) -> None:
    """What is no forecast, in five shapes."""
    with site.serve(forecast) as served:
        for what, answer in BROKEN.items():
            served.answer_by(in_turn(answer))
            ran = served.run(*BERLIN)
            ran.asked()
            failed(check, ran, f"The service sent {what}.")


def busy(check: Check, site: Site) -> None:
    """429, with the time to wait."""
    limit = "Minutely API request limit exceeded. Please try again in one minute."
    full = Answer({"error": True, "reason": limit}, status=429, headers={"Retry-After": "30"})
    away = Answer("<h1>Back soon</h1>", status=503, headers={"Retry-After": "20"})

    def answers(request: Request, seen: list[Request]) -> Answer:
        return (full, away)[len(seen)] if len(seen) < 2 else forecast(request, seen)

    with site.serve(answers) as served:
        ran = served.run(*BERLIN)
        second = ran.asked(2, because="429 Too Many Requests is transient: ask again.")[1]
        ran.waited_before(
            second,
            30,
            because="The header `Retry-After: 30` of the 429 says how many seconds to wait.",
        )
        third = ran.asked(3, because="503 Service Unavailable is transient: ask again.")[2]
        ran.waited_before(
            third,
            20,
            because="A 503 may have a `Retry-After` too, and this one says 20 seconds.",
        )
        ran.succeeded()
        prints_it(check, ran, third)


def flaky(check: Check, site: Site) -> None:
    """One bad answer, at the speed of the machine; then one that never comes."""
    once = Answer("<h1>Service unavailable</h1>", status=503)
    with site.serve(
        lambda request, seen: forecast(request, seen) if seen else once, faster=1
    ) as served:
        ran = served.run(*BERLIN)
        second = ran.asked(2, because="503 Service Unavailable is transient: ask again.")[1]
        ran.waited_before(second, 1, because="It retries at once, and a busy server gets busier.")
        ran.succeeded()
        prints_it(check, ran, second)
    never = Answer(after=NEVER)
    with site.serve(lambda request, seen: forecast(request, seen) if seen else never) as served:
        ran = served.run(*BERLIN)
        ran.asked(2, because="A timeout is transient: ask again.")
        ran.succeeded()


def down(check: Check, site: Site) -> None:
    """It never gets better. A machine that is busy may be late: then without any haste."""
    ran, waits, rest = stays_down(check, site, 4)
    if not grows(waits) or rest > REST:
        ran, waits, rest = stays_down(check, site, 1)
    check.that(
        grows(waits),
        f"`{ran.command}` waited {', '.join(f'{wait:.0f}' for wait in waits)} seconds",
        expected="1, 2 and 4 seconds",
        because="The pause does not grow. Exponential backoff doubles it each time.",
    )
    check.that(
        rest <= REST,
        f"`{ran.command}` waited {rest:.0f} seconds after its last request, and asked no more",
        expected="it ends at once",
        because="The loop waits after each try, and after the last one there is nothing to "
        "wait for.",
    )
    failed(check, ran)


def grows(waits: list[float]) -> bool:
    return waits[-1] - waits[0] > 1.5


def stays_down(check: Check, site: Site, faster: int) -> tuple[Ran, list[float], float]:
    """What it did, how long it waited before each further request, and after the last one."""

    def answers(request: Request, seen: list[Request]) -> Answer:
        return Answer("<h1>Out of order</h1>", status=ERRORS[len(seen) % len(ERRORS)])

    with site.serve(answers, faster=faster) as served:
        ran = served.run(*BERLIN)
        count = len(ran.asked(2, because=f"{ERRORS[0]} is transient: ask again."))
        for number, seconds in ((1, 1), (2, 2), (3, 4)):
            if number < count:
                ran.waited_before(
                    ran.requests[number],
                    seconds,
                    because="The waits are to be 1, 2 and 4 seconds: exponential backoff gives a "
                    "server in trouble time to recover.",
                )
        because = "Four requests in all: the first one, and one after each wait."
        if count < 4:
            because += f" The last status was {ERRORS[count - 1]}, which is transient."
        check.that(
            count == 4,
            f"`{ran.command}` asked {{got}} times while the service was down",
            got=count,
            expected=4,
            because=because,
        )
        waits = [later.at - before.over for before, later in zip(ran.requests, ran.requests[1:])]
        return ran, waits, ran.seconds - ran.requests[-1].over


def not_again(check: Check, site: Site) -> None:
    """What is wrong stays wrong."""
    with site.serve(forecast) as served:
        ran = served.run("95", "13.41")
        ran.asked()
        check.that(
            len(ran.requests) == 1,
            f"`{ran.command}` asked {{got}} times, though the service had refused with 400",
            got=len(ran.requests),
            expected=1,
            because="A 400 is permanent: the same request gets the same answer, so a retry only "
            "loads the service.",
        )
