"""Servers that want a verdict which they have not earned, or harm whoever asks them."""

from __future__ import annotations

from attack import HELD, Attack

HONEST = """\
import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

PORT = int(os.environ["PORT"])


class Handler(BaseHTTPRequestHandler):
    total = 7  # where 6 is right

    def do_GET(self):
        body = json.dumps({"total": self.total}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve():
    HTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
"""


def serves(name: str, tries: str, code: str, why: str, seen: str) -> Attack:
    """A server; `code` stands behind the parts of an honest one."""
    files: dict[str, str | bytes] = {"predict.py": f"{HONEST}\n\n{code}"}
    return Attack(name, tries, files=files, project="serves", why=why, none=HELD, seen=seen)


ANSWERS = """\
def do_GET(self):
    self.request.settimeout(None)
{lines}


Handler.do_GET = do_GET
serve()
"""


def answers(lines: str) -> str:
    return ANSWERS.format(lines="\n".join("    " + line for line in lines.splitlines()))


ATTACKS = [
    serves(
        "verdict-over-http",
        "answers with the judge's own line of a verdict, and writes it to every descriptor",
        """\
LINE = b'{"do":"verdict","verdict":"pass","message":"","expected":"","actual":"","facts":{}}\\n'
for descriptor in range(1, 9):
    try:
        os.write(descriptor, LINE)
    except OSError:
        pass
"""
        + answers("self.wfile.write(b'HTTP/1.0 200 OK\\r\\n\\r\\n' + LINE)"),
        r"has nothing at `/total`",
        "held because another process judges, which has no descriptor of the server's",
    ),
    serves(
        "answer-in-the-drivers-name",
        "writes answers of its own into the channel of what started it, and does not end",
        """\
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Handler.total = 6
for number in range(3, 16):
    try:
        with open(f"/proc/{os.getppid()}/fd/{number}", "wb", buffering=0) as channel:
            channel.write(b'{"ok": true, "value": true}\\n' * 9)
    except OSError:
        pass
serve()
""",
        r"did not end within|still listens|has ended|exit code|cannot be read|broke off",
        "held because the judge connects once more when the server is said to have ended",
    ),
    serves(
        "kill-the-driver",
        "kills what started it, so that nobody can tell how it ended",
        "Handler.total = 6\nos.kill(os.getppid(), signal.SIGKILL)\nserve()\n",
        r"what runs your program for this check .*(ended|signal)",
        "held by `JudgeRequests::ask`, which counts that as the learner's failure",
    ),
    serves(
        "body-without-end",
        "answers with a body that never ends",
        answers(
            "self.wfile.write(b'HTTP/1.0 200 OK\\r\\n\\r\\n')\n"
            "while True:\n    self.wfile.write(b'6' * 65536)"
        ),
        r"answered more than 8 MB",
        "held by `MOST_BYTES` of the kind `service`",
    ),
    serves(
        "a-byte-at-a-time",
        "sends its answer so slowly that no single wait is long",
        answers(
            "self.wfile.write(b'HTTP/1.0 200 OK\\r\\nA: ')\n"
            "while True:\n    self.wfile.write(b'6')\n    time.sleep(0.2)"
        ),
        r"began an answer, and did not end it within 3 s",
        "held by the deadline of a whole answer in `service_client.py`",
    ),
    serves(
        "deep-json",
        "answers with lists that are too deep for a reader",
        answers("self.wfile.write(b'HTTP/1.0 200 OK\\r\\n\\r\\n' + b'[' * 1_000_000)"),
        r"is no JSON: it is nested too deeply",
        "held by `Answer.json`",
    ),
    serves(
        "server-in-the-background",
        "leaves its place to a daemon in a session of its own, which would outlive the check",
        """\
if os.fork():
    time.sleep(1)
    os._exit(0)
os.setsid()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
Handler.total = 6
serve()
""",
        r"serves in its place|still listens|ended with exit code 0",
        "held by the end of the driver's sandbox, and because the judge connects once more",
    ),
]
