"""What a check script of the kind `site` works with.

    def waits(check: Check, site: Site) -> None:
        with site.serve(lambda request, seen: Answer({"ok": True}) if seen else BUSY) as served:
            ran = served.run("Berlin")
            ran.succeeded()
            ran.waited_before(ran.asked(2)[1], 30, because="…")

Seconds are those of the learner's program, whose clock we make run faster, and never ours.
"""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

from mlpath_check import Check, Failure, ScriptError
from site_server import MOST_CONNECTIONS, MOST_REQUESTS, NEVER, Answer, Answers, Request, Server

__all__ = ["NEVER", "Answer", "Ran", "Request", "Served", "Site", "in_turn"]

DRIVER = "driver.py"
LONGEST = 300.0  # seconds of ours, for all runs at one site
START = 20.0  # seconds of ours that a program may take beside its own time
LOOK = 0.05  # seconds of ours between two looks at it
MOST_TEXT = 4 << 20  # bytes of a file that it wrote
UNREACHABLE = re.compile(
    r"NameResolutionError|getaddrinfo|Name or service not known|Temporary failure in name|"
    r"Network is unreachable|ENETUNREACH",
)


def in_turn(*answers: Answer) -> Answers:
    """One answer after the other, whatever is asked; the last one again and again."""
    return lambda request, seen: answers[min(len(seen), len(answers) - 1)]


@dataclass(frozen=True)
class Ran:
    """A run of the learner's program, and what it asked meanwhile."""

    check: Check
    command: str
    code: int | None  # None: it did not end by itself
    out: str
    err: str
    seconds: float
    requests: list[Request]
    variable: str  # that has the address

    def asked(self, least: int = 1, because: str = "") -> list[Request]:
        """The requests; a Failure where there are fewer than `least`."""
        count = len(self.requests)
        if not count:
            self._asked_nothing()
        if count < least:
            self.check.fail(
                f"`{self.command}` asked the site {_times(count)}, and then not again",
                expected=f"at least {least} requests",
                got=[request.shown for request in self.requests],
                because=because,
            )
        return self.requests

    def succeeded(self, because: str = "") -> None:
        """A Failure unless it ended with exit code 0."""
        if self.code != 0:
            raise Failure(
                f"`{self.command}` {self.ending}",
                expected="exit code 0",
                actual=self._last_words(),
                because=because,
                raised="" if because else self._raised(),
            )

    def failed_kindly(self, because: str = "") -> None:
        """A Failure unless it ended with another exit code, and a message but no traceback."""
        wanted = "a message on stderr and an exit code that is not 0"
        told = {"expected": wanted, "got": self._last_words(), "because": because}
        traceback = "Traceback (most recent call last)" in self.err
        self.check.that(self.code != 0, f"`{self.command}` ended with exit code 0", **told)
        self.check.that(not traceback, f"`{self.command}` ended with a traceback", **told)
        self.check.that(self.err.strip(), f"`{self.command}` said nothing on stderr", **told)

    def waited_before(self, request: Request, seconds: float, because: str = "") -> None:
        """A Failure unless so many seconds passed between the request and the one before it."""
        before = [other for other in self.requests if other.at < request.at]
        if not before:
            raise ScriptError("nothing was asked before the first request")
        waited = max(0.0, request.at - max(other.over for other in before))
        if waited < seconds:
            self.check.fail(
                f"`{self.command}` asked for `{request.path}` {shown_seconds(waited)} after the "
                "answer before",
                expected=f"at least {shown_seconds(seconds)} later",
                got=shown_seconds(waited),
                because=because,
            )

    @property
    def ending(self) -> str:
        return "did not end" if self.code is None else f"ended with exit code {self.code}"

    def _asked_nothing(self) -> NoReturn:
        elsewhere = UNREACHABLE.search(self.err)
        self.check.fail(
            f"`{self.command}` asked the site nothing",
            expected=f"a request to the address in `{self.variable}`",
            got=self._last_words(),
            because=f"It asks an address of the internet, which a check does not have. The site is "
            f"at the address in the environment variable `{self.variable}`."
            if elsewhere
            else "",
        )

    def _last_words(self) -> str:
        """What it said last, on stderr or else on stdout."""
        lines = (self.err.strip() or self.out.strip()).splitlines()
        return lines[-1][:300] if lines else "no output"

    def _raised(self) -> str:
        return self._last_words() if "Traceback (most recent call last)" in self.err else ""


class Served:
    """A site while it is open. `answers` may be changed between two runs."""

    def __init__(self, site: Site, driver: Any, server: Server) -> None:
        self._site = site
        self._driver = driver
        self._server = server

    def answer_by(self, answers: Answers) -> None:
        """From now on. `seen` begins anew with each run."""
        self._server.answers = answers

    def run(self, *arguments: str, within: float = 120, stop_after: int = 0) -> Ran:
        """Runs the learner's program with these arguments, and gives what came of it.

        A Failure where it has not ended `within` so many seconds. `stop_after`: it is killed, as
        by a power failure, once it has had so many answers.
        """
        site, server = self._site, self._server
        command = f"{site.program} {shlex.join(arguments)}".strip()
        server.seen = []
        server.most = stop_after or MOST_REQUESTS
        begun = server.now
        self._driver.ask(
            "start",
            program=site.program,
            arguments=list(arguments),
            variables={site.variable: self.address},
            factor=int(server.factor),
        )
        ended = self._follow(command, within, stop_after)
        server.forget()
        if server.problem is not None:
            raise ScriptError(f"the site's script failed: {server.problem!r}")
        requests = list(server.seen)
        site.disturbed = site.disturbed or any(map(_unasked, requests))
        code = ended.get("code")
        ran = Ran(
            site.check,
            command,
            code if isinstance(code, int) else None,
            str(ended.get("out", "")),
            str(ended.get("err", "")),
            server.now - begun,
            requests[: stop_after or None],
            site.variable,
        )
        if server.garbled:
            site.check.fail(
                f"`{command}` sent what is no request: {server.garbled[0]}",
                expected="HTTP/1.1, such as requests, httpx and urllib speak",
            )
        return ran

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._driver.port}"

    def text(self, path: str, because: str = "") -> str:
        """What the program has written there."""
        told = self._driver.ask("text", path=path, most=MOST_TEXT)
        if not isinstance(told, dict) or not isinstance(told.get("text"), str):
            why = told.get("problem") if isinstance(told, dict) else "cannot be read"
            self._site.check.fail(f"`{path}` {why}", because=because)
        return str(told["text"])

    def _follow(self, command: str, within: float, stop_after: int) -> dict[str, Any]:
        server = self._server
        deadline = time.monotonic() + START + within / server.factor
        asked = False
        while True:
            ended = self._driver.ask("ended", wait=LOOK)
            if isinstance(ended, dict):
                return ended
            if server.problem is not None or server.garbled:
                return dict(self._driver.ask("stop"))
            if stop_after and server.seen and len(server.seen) > stop_after:
                return dict(self._driver.ask("stop"))
            if not stop_after and server.overrun:
                self._stop(command, "")
            if server.seen and not asked:  # what it took to start is not its own time
                asked, deadline = True, time.monotonic() + within / server.factor
            if time.monotonic() > deadline:
                self._stop(command, shown_seconds(within))

    def _stop(self, command: str, time_out: str) -> NoReturn:
        server, check = self._server, self._site.check
        waiting = [request for request in server.seen if request.over == NEVER]
        self._driver.ask("stop")
        if server.crowd > MOST_CONNECTIONS:
            check.fail(
                f"`{command}` opened more than {MOST_CONNECTIONS} connections at once",
                because="It starts all requests together, or never closes its connections.",
                look="Ask one thing after the other, or bound the number of workers.",
            )
        if not time_out:
            check.fail(
                f"`{command}` asked more than {server.most} times, and was stopped",
                got=f"… {server.seen[-1].shown}",
                because="A loop that asks has no end: it does not see that nothing new comes.",
            )
        self._site.hung(command, time_out, waiting)


class Site:
    """Opens sites for the learner's program. `factor`: how much faster its clock runs."""

    def __init__(self, check: Check, factor: int) -> None:
        fields = check.fields
        self.check = check
        self.program: str = fields["path"]
        self.variable: str = fields["variable"]
        self.factor = factor
        self.disturbed = False  # a client gave up though we were not late on purpose

    @contextmanager
    def serve(self, answers: Answers, faster: int = 20) -> Iterator[Served]:
        """A site at a loopback that the learner's program alone has, in a new copy of its folder.

        `faster`: how much, at most. Less makes short waits measurable, and takes longer.
        """
        driver = self.check.drive(DRIVER, seconds=LONGEST, loopback=True)
        listens = driver.listen()  # before anything of the learner's runs
        hurries = driver.ask("can_hurry") is True
        server = Server(listens, min(faster, self.factor) if hurries else 1)
        server.answers = answers
        try:
            yield Served(self, driver, server)
            driver.leave()
        finally:
            server.close()

    def hung(self, command: str, seconds: str, waiting: list[Request]) -> NoReturn:
        """It has not ended in time."""
        if waiting and waiting[0].asked_to_wait == NEVER:
            self.check.fail(
                f"`{command}` was still waiting after {seconds} for an answer that never comes",
                expected="it gives up after some seconds",
                got=f"{waiting[0].shown}, still open",
                because="The request has no timeout, or a long one. Without one, requests and "
                "urllib wait as long as the connection is open, however long nothing comes.",
                look="Look for `timeout` in the documentation of the function that asks.",
            )
        self.check.fail(
            f"`{command}` was still running after {seconds}, and was stopped",
            because="It waits for something that never comes, or repeats something without an end.",
        )


def _unasked(request: Request) -> bool:
    """The client gave up on an answer that we meant to give."""
    return request.gave_up < NEVER and request.asked_to_wait < NEVER


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def shown_seconds(seconds: float) -> str:
    """As a person says it."""
    number = f"{seconds:.0f}" if seconds >= 10 or seconds == int(seconds) else f"{seconds:.1f}"
    return f"{number} {'second' if number == '1' else 'seconds'}"
