"""Runs beside the learner's code, in its interpreter and sandbox, and does what the judge asks.

    python drive.py SCRIPT

Protocol: one JSON object a line, plain ASCII. From descriptor 3 comes first

    {"relay":null,"ports":[]}, or {"relay":{"port":…,"token":…},"ports":[8643,…]}

and then requests, each for a function of SCRIPT, whose answers go to descriptor 4:

    {"function":"start","arguments":{…}}
        {"ok":true,"value":…}
        {"ok":false,"type":"ValueError","message":…}

The end of descriptor 3 is the end: what the driver started ends with it.

`ports`, as many as the judge asked for, are the loopback's for what the driver starts to talk to
each other; SCRIPT has them as its `PORTS`. Where the sandbox has no network of its own, the judge
connects through the relay: a port of this machine's loopback that lets in whoever names the token,
on to the port that he names.
"""

from __future__ import annotations

import hmac
import importlib.util
import json
import os
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

GREETING = 200  # bytes at most: "TOKEN PORT\n"
PATIENCE = 10  # seconds for a greeting


class Parts:
    """Finds `driver_….py`, beside a driver or beside this file, and `caller.py`, by their paths.

    With rules alone these folders cannot be listed, so that Python's own search finds nothing.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self.found: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        ours = name.startswith("driver_") or name == "caller"
        files = (folder / f"{name}.py" for folder in self._folders if ours)
        file = next((file for file in files if file.is_file()), None)
        if file is None:
            return None
        self.found.append(name)
        return importlib.util.spec_from_file_location(name, file)


def load(script: Path) -> Any:
    sys.path.append(str(script.parent))
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    parts = Parts(script.parent, Path(__file__).resolve().parent)
    sys.meta_path.insert(0, parts)  # type: ignore[arg-type]
    spec.loader.exec_module(module)
    sys.meta_path.remove(parts)  # type: ignore[arg-type]
    for name in parts.found:
        del sys.modules[name]  # a learner's module may have this name
    return module


def pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while block := source.recv(1 << 16):
            sink.sendall(block)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def greeted(visitor: socket.socket, token: str) -> int | None:
    """The port that a visitor who knows the token asks for."""
    line = b""
    while not line.endswith(b"\n") and len(line) < GREETING:
        byte = visitor.recv(1)
        if not byte:
            return None
        line += byte
    named, _, port = line.decode("ascii", "replace").strip().partition(" ")
    return int(port) if hmac.compare_digest(named, token) and port.isdigit() else None


def let_in(visitor: socket.socket, token: str) -> None:
    with visitor:
        try:
            visitor.settimeout(PATIENCE)
            port = greeted(visitor, token)
            if port is None:
                return
            server = socket.create_connection(("127.0.0.1", port), PATIENCE)
        except OSError:
            with suppress(OSError):
                visitor.sendall(b"-")
            return
        with server:
            for side in (visitor, server):
                side.settimeout(None)
            visitor.sendall(b"+")
            back = threading.Thread(target=pump, args=(server, visitor), daemon=True)
            back.start()
            pump(visitor, server)
            back.join()


def relay(port: int, token: str) -> None:
    door = socket.create_server(("127.0.0.1", port), backlog=128)

    def serve() -> None:
        while True:
            visitor, _ = door.accept()
            threading.Thread(target=let_in, args=(visitor, token), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()


def answer(script: Any, request: dict[str, Any]) -> str:
    try:
        value = getattr(script, request["function"])(**request["arguments"])
        return json.dumps({"ok": True, "value": value})
    except BaseException as problem:  # the learner's code may raise anything
        told = {"ok": False, "type": type(problem).__name__, "message": str(problem)[:2000]}
        return json.dumps(told)


def main() -> None:
    requests, answers = os.fdopen(3, "rb"), os.fdopen(4, "wb")
    for descriptor in (3, 4):  # the learner's programs do not get them
        os.set_inheritable(descriptor, False)

    def tell(line: str) -> None:
        answers.write(line.encode("ascii", "backslashreplace") + b"\n")
        answers.flush()

    first = json.loads(requests.readline())
    if first["relay"] is not None:
        relay(**first["relay"])
    script = load(Path(sys.argv[1]))
    script.PORTS = first["ports"]
    tell(json.dumps({"ok": True}))
    while line := requests.readline():
        tell(answer(script, json.loads(line)))
    # Not by the usual way: a thread of the learner's would be waited for.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
