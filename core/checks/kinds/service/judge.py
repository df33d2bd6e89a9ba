"""The kind `service`: a server of the learner's is started, asked, and stopped.

What speaks to it is this process, over connections that mlpath hands it (service_client.py). What
is asked stands in the manifest; what data cannot say is in a script of the project.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mlpath_check import Check, ScriptError
from service_answers import Exchange
from service_client import Request
from service_talk import Service

Asked = Mapping[str, Any]  # a request of the manifest, with what its answer must be like


def judge(check: Check) -> None:
    fields = check.fields

    def begin() -> None:
        service.start()
        for group in groups(fields.get("requests", [])):
            ask(service, group)

    service = Service(check, fields, begin)
    if "script" in fields:
        script_of(check, fields)(check, service)
    service.begin()
    service.stop()


def script_of(check: Check, fields: Asked) -> Callable[[Check, Service], object]:
    path = check.path(fields["script"])
    sys.path.append(str(path.parent))
    spec = importlib.util.spec_from_file_location(f"check_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found = getattr(module, fields["function"], None)
    if not callable(found):
        raise ScriptError(f"{path.name} has no function {fields['function']}")
    return found


def groups(requests: list[Asked]) -> Iterator[list[Asked]]:
    """The requests that are under way together."""
    group: list[Asked] = []
    for asked in requests:
        if group and not asked["beside"]:
            yield group
            group = []
        group.append(asked)
    if group:
        yield group


def request_of(asked: Asked) -> Request:
    headers = dict(asked.get("headers", {}))
    body: bytes | None = None
    if "json" in asked:
        body = json.dumps(asked["json"]).encode("utf-8")
        headers.setdefault("Content-Type", "application/json")
    elif "body" in asked:
        body = asked["body"].encode("utf-8")
    if "bytes" in asked:
        body = (body or b"").ljust(asked["bytes"])
    raw = asked["raw"].encode("utf-8") if "raw" in asked else None
    return Request(asked["method"], asked["path"], headers, body, raw, asked["slowly"])


def ask(service: Service, group: list[Asked]) -> None:
    each = [asked for asked in group for _ in range(asked["times"])]
    requests = [request_of(asked) for asked in each]
    answers = service.ask_at_once(requests, [asked["within"] for asked in each])
    for asked, request, answer in zip(each, requests, answers):
        if request.raw is None:
            Exchange(service, asked, request, answer).judge()
