"""The learner's server, from its start to its end: what judge.py and scripts of projects ask of it.

A method returns what came, or fails the check in a sentence that says what the server did.
"""

from __future__ import annotations

import shlex
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from mlpath_check import Check, Driver, Failure
from service_client import Answer, Request, Trouble, exchange, json_request

TYPED_PORT = 8000  # in what a learner may type: any free one will do
SHORT = 400  # characters of a body that a shell command repeats
LOOKS = 0.25  # seconds between two looks at a server that starts
ELSEWHERE = 2.0  # seconds that a server which listens elsewhere may still take
WITHIN = 10.0


class Service:
    """The server of this check. Requests are made one after the other, or side by side.

    It starts when it is first asked. Until then a script may run steps: what the learner's programs
    may take of the machine is dealt out, and while the server has its share a step would wait for
    one that perhaps another check's server has.
    """

    def __init__(
        self, check: Check, fields: Mapping[str, Any], at_first: Callable[[], None]
    ) -> None:
        """`at_first`: starts the server, and asks what is asked first."""
        self._check = check
        self._fields = fields
        self._at_first: Callable[[], None] | None = at_first
        self._begun = time.monotonic()
        self._asked = 0
        self._driver: Driver

    # For scripts

    def get(self, path: str, *, within: float = WITHIN) -> Answer:
        return self.ask(Request("GET", path), within)

    def post(self, path: str, value: Any, *, within: float = WITHIN) -> Answer:
        """The answer to a POST of `value` as JSON."""
        return self.ask(json_request("POST", path, value), within)

    @staticmethod
    def request(method: str, path: str, value: Any) -> Request:
        """A request that sends `value` as JSON, for `ask`, `json` and `look`."""
        return json_request(method, path, value)

    def ask(self, request: Request, within: float = WITHIN) -> Answer:
        """The answer, whatever its status."""
        return self.ask_at_once([request], [within])[0]

    def json(self, answer: Answer, request: Request) -> Any:
        """The value of the body."""
        try:
            return answer.json()
        except ValueError as problem:
            raise Failure(
                f"The answer to {request.name} is no JSON: {problem}",
                actual=answer.shown or "nothing",
                because="It is text or HTML, or JSON was put together by hand.",
                look=self.look(request),
            ) from None

    def look(self, request: Request) -> str:
        """How the learner asks the same."""
        start = f"Start it (`{self.command}`), and in another terminal: "
        words = ["curl", "-i"]
        body = (request.body or b"").decode("utf-8", "replace")
        if request.raw is not None or request.slowly:
            return ""
        large = len(body) > SHORT
        if request.method != ("POST" if request.body is not None else "GET"):
            words += ["-X", request.method]
        for name, value in request.headers.items():
            words += ["-H", f"{name}: {value}"]
        if request.body is not None:
            words += ["--data-binary", "@-"] if large else ["-d", body]
        line = shlex.join([*words, f"http://127.0.0.1:{TYPED_PORT}{request.path}"])
        return f"{start}`{f'head -c {len(body)} /dev/zero | ' if large else ''}{line}`"

    @property
    def command(self) -> str:
        words = ["python3" if "/python" in word else word for word in self._driver.command]
        return " ".join(shlex.quote(w.replace("{port}", str(TYPED_PORT))) for w in words)

    # From start to end

    def begin(self) -> None:
        """Does what comes first, once."""
        at_first, self._at_first = self._at_first, None
        if at_first is not None:
            at_first()

    def start(self) -> None:
        """Starts it, and waits until it listens on its port."""
        fields = self._fields
        self._driver = self._check.drive(
            "driver.py",
            seconds=fields["starts_within"] + fields["seconds"] + fields["stops_within"] + 30,
            loopback=True,
            step=fields["server"],
        )
        self._begun = time.monotonic()
        problem = self._driver.ask(
            "start", command=self._driver.command, port=self._driver.port, within=10
        )
        if problem:
            raise Failure(
                f"`{self.command}` could not be started: {problem}",
                because="There is no such program here, or its file was moved or renamed:"
                " `mlpath reset FILE` brings back one that you began with.",
            )
        limit, begun, elsewhere_since = self._fields["starts_within"], time.monotonic(), 0.0
        while not self._listens():
            self._refuse_if_ended("before it listened on its port")
            now = time.monotonic()
            if not elsewhere_since and self._places():
                elsewhere_since = now
            if now - begun > limit or (elsewhere_since and now - elsewhere_since > ELSEWHERE):
                self._refuse_port(limit)
        if self._exit_code() is not None:
            raise Failure(
                f"`{self.command}` has ended, and a process that it had started serves in its"
                " place",
                because="It puts itself into the background (`fork`, a daemon, `&`). Whoever"
                " started it can no longer see how it is, or stop it.",
            )
        self._refuse_place()

    def ask_at_once(self, requests: Sequence[Request], within: Sequence[float]) -> list[Answer]:
        """The answers to requests that are under way at the same time, in their order."""
        self.begin()
        left = self._fields["seconds"] - (time.monotonic() - self._begun)
        if left <= 0:
            raise Failure(
                f"The requests before {requests[0].name} took all of the"
                f" {self._fields['seconds']:g} s that this check has",
                because="Far more work for each request than the task needs: is the model loaded"
                " again for each?",
                lasting=False,
            )
        waits = [min(limit, left) for limit in within]
        connections = [self._connect(request) for request in requests]
        found: list[Answer | Trouble] = [Trouble("was not asked", "late")] * len(requests)

        def talk(i: int) -> None:
            found[i] = exchange(connections[i], requests[i], waits[i], self._driver.port)

        others = [threading.Thread(target=talk, args=(i,)) for i in range(1, len(requests))]
        for other in others:
            other.start()
        talk(0)
        for other in others:
            other.join()
        self._asked += len(requests)
        answers = []
        for request, one in zip(requests, found):
            if isinstance(one, Trouble) and request.raw is None:
                self._refuse(request, one, at_once=len(requests) > 1)
            answers.append(one if isinstance(one, Answer) else Answer(0, {}, b"", 0))
        return answers

    def stop(self) -> None:
        """Asks it to end, and sees that nothing listens afterwards."""
        self._refuse_if_ended(f"after {_count(self._asked, 'request')}")
        patience = self._fields["stops_within"]
        stopped = self._driver.ask("stop", patience=patience, within=patience + 10)
        if stopped is not True:
            raise Failure(
                f"The server did not end within {patience:g} s of being asked to (SIGTERM)",
                because="It catches the signal and goes on, or waits for work that never ends.",
                look=f"Start it (`{self.command}`), and press Ctrl-C; `kill PID` sends SIGTERM.",
                lasting=False,
            )
        if self._listens():
            raise Failure(
                "The server ended when it was asked to, and a process that it had started still"
                " listens on its port",
                because="It starts a second process (a reloader, a worker), and does not end it.",
            )

    # Inside

    def _listens(self) -> bool:
        try:
            self._driver.connect(within=LOOKS).close()
        except Failure:
            return False
        return True

    def _connect(self, request: Request) -> Any:
        try:
            return self._driver.connect(within=2)
        except Failure:
            self._refuse_if_ended(f"before {request.name} could be sent")
            raise Failure(
                f"The server no longer accepts connections: {request.name} could not be sent",
                because="It has closed its port, or is busy with requests that came before.",
                lasting=False,
            ) from None

    def _refuse(self, request: Request, trouble: Trouble, at_once: bool) -> NoReturn:
        if trouble.kind == "closed":
            time.sleep(0.05)  # a process that dies closes its connections before it is gone
            self._refuse_if_ended(f"while it answered {request.name}")
        beside = " while others were asking too" if at_once else ""
        because = {
            "late": "The work for one request never ends, or keeps the server from all others.",
            "closed": "The code that answers raised an error outside of the framework.",
            "garbage": "Something else than a web server listens there, or prints into the answer.",
            "endless": "A loop writes into the answer and never ends.",
        }[trouble.kind]
        raise Failure(
            f"To {request.name} the server {trouble}{beside}",
            because=because,
            look=self.look(request),
            lasting=trouble.kind != "late",
        )

    def _exit_code(self) -> int | None:
        """None while it runs."""
        code = self._driver.ask("ended", within=10)
        return code if isinstance(code, int) else None

    def _places(self) -> list[dict[str, Any]]:
        found = self._driver.ask("listening", within=10)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def _refuse_if_ended(self, when: str) -> None:
        code = self._exit_code()
        if code is None:
            return
        told = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        because = "An error at its start: the last lines that it printed name it."
        if code == 0:
            because = (
                "The program comes to its end instead of serving: is the line that starts the"
                " server missing, or does it run in the background?"
            )
        raise Failure(f"`{self.command}` {told} {when}", because=because)

    def _refuse_port(self, limit: float) -> NoReturn:
        """Nothing answers at 127.0.0.1 on its port: where it listens says why."""
        given = self._driver.port
        ports = sorted(p for one in self._places() if isinstance(p := one.get("port"), int))
        if given in ports:
            raise Failure(
                f"The server listens on port {given}, and not on 127.0.0.1",
                expected="127.0.0.1, which only this machine reaches",
                because="`localhost` and `::1` may be the machine's address of IPv6 alone.",
                look='Name the address itself: `host="127.0.0.1"`.',
            )
        if ports:
            raise Failure(
                f"The server listens on port {ports[0]}, not on port {given}, which it was given",
                expected="the port of the environment variable PORT",
                because="The port is written into the program, or is the framework's usual one.",
                look='`os.environ.get("PORT", "8000")` is a text: `int(…)` makes a number of it.',
            )
        raise Failure(
            f"Nothing listened on port {self._driver.port} {limit:g} s after"
            f" `{self.command}` was started",
            because="Something before the line that starts the server takes very long, or never"
            " ends.",
            lasting=False,
        )

    def _refuse_place(self) -> None:
        if self._fields["listens"] == "anywhere":
            return
        if any(one.get("everywhere") is True for one in self._places()):
            raise Failure(
                "The server listens on all addresses of the machine (0.0.0.0)",
                expected="127.0.0.1, which only this machine reaches",
                because='`host="0.0.0.0"` opens it to everybody in the same network.',
            )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
