"""An answer of the learner's server against what the manifest says that it must be like."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from mlpath_check import Failure, difference
from mlpath_judgments import ABSENT
from service_client import Answer, Request
from service_schema import fault
from service_talk import Service


class Exchange:
    """A request of the manifest, and what came back."""

    def __init__(
        self, service: Service, asked: Mapping[str, Any], request: Request, answer: Answer
    ) -> None:
        self._service = service
        self._asked = asked
        self._request = request
        self._answer = answer
        about = f" ({asked['says']})" if "says" in asked else ""
        self._told = f"The answer to {request.name}{about}"

    def judge(self) -> None:
        """Fails where it is not as it should be; what is most likely to explain the rest first."""
        self._judge_status()
        for name, pattern in self._asked.get("answer_headers", {}).items():
            self._judge_header(name, pattern)
        if "keys" in self._asked:
            self._judge_keys(self._asked["keys"])
        if "schema" in self._asked and (wrong := fault(self._value(), self._asked["schema"])):
            self._refuse(f"is not as it should be: {wrong}", actual=self._answer.shown)
        for expectation in self._asked.get("answer", []):
            self._judge_body(expectation)

    def _judge_status(self) -> None:
        status = self._answer.status
        if status not in self._asked["status"]:
            right = " or ".join(map(str, self._asked["status"]))
            came = f"status {status}: {self._answer.shown}" if self._answer.body else ""
            self._refuse(
                f"has status {status}, not {right}",
                expected=f"status {right}",
                actual=came,
                because=cause_of_status(status),
            )

    def _judge_header(self, name: str, pattern: str) -> None:
        value = self._answer.headers.get(name.lower())
        if value is None:
            self._refuse(f"has no header {name}", expected=f"{name} like `{pattern}`")
        elif not re.search(pattern, value):
            self._refuse(
                f"has another {name} than it should", expected=f"like `{pattern}`", actual=value
            )

    def _judge_keys(self, keys: list[str]) -> None:
        value = self._value()
        if not isinstance(value, dict):
            self._refuse("must be a JSON object", actual=self._answer.shown)
        lacking = [f"`{key}`" for key in keys if key not in value]
        if lacking:
            self._refuse(
                f"has no {'key' if len(lacking) == 1 else 'keys'} {', '.join(lacking)}",
                expected="the keys " + ", ".join(keys),
                actual=self._answer.shown,
            )

    def _judge_body(self, expectation: Mapping[str, Any]) -> None:
        says = f": {expectation['says']}" if "says" in expectation else ""
        because = expectation.get("because", "")
        if "pointer" in expectation:
            self._judge_place(expectation, says, because)
            return
        wanted = "matches" in expectation
        pattern = expectation["matches" if wanted else "lacks"]
        if bool(re.search(pattern, self._answer.text)) != wanted:
            shown = self._answer.shown or "nothing"
            if wanted:
                self._refuse("is different" + says, actual=shown, because=because)
            self._refuse(
                "has something in it that does not belong there",
                expected=expectation.get("says", ""),
                actual=shown,
                because=because,
            )

    def _judge_place(self, expectation: Mapping[str, Any], says: str, because: str) -> None:
        pointer, wanted = expectation["pointer"], expectation["equals"]
        got = at(self._value(), pointer)
        if got is ABSENT:
            self._refuse(
                f"has nothing at `{pointer}`{says}", actual=self._answer.shown, because=because
            )
        if difference(got, wanted, expectation["tolerance"]) is not None:
            self._refuse(
                f"is wrong{f' at `{pointer}`' if pointer else ''}{says}",
                expected=json.dumps(wanted, ensure_ascii=False),
                actual=json.dumps(got, ensure_ascii=False)[:2000],
                because=because,
            )

    def _value(self) -> Any:
        return self._service.json(self._answer, self._request)

    def _refuse(
        self, wrong: str, expected: str = "", actual: str = "", because: str = ""
    ) -> NoReturn:
        raise Failure(
            f"{self._told} {wrong}",
            expected=expected,
            actual=actual,
            because=because,
            look=self._service.look(self._request),
        )


def at(value: Any, pointer: str) -> Any:
    """What the JSON pointer leads to; ABSENT: nothing."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return ABSENT
    return value


def cause_of_status(status: int) -> str:
    """The likely one, where the status says it."""
    if status == 404:
        return (
            "No route has this path: it is spelled otherwise, ends with another slash, or stands"
            " below the line that starts the server, where it is never reached."
        )
    if status == 405:
        return 'The route does not take this method (`methods=["POST"]`).'
    if status == 415:
        return "The code takes only another Content-Type than the one that was sent."
    if status >= 500:
        return "The code that answers raised an error; what the server printed names the line."
    return ""
