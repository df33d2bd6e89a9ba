"""Clients of a site of ours that want to seem patient, or to be judged by another site."""

from __future__ import annotations

from attack import HELD, Attack

ASK = """
import urllib.error, urllib.request
def ask():
    try:
        with urllib.request.urlopen(os.environ["SITE_URL"], timeout=9) as answer:
            return answer.status
    except urllib.error.HTTPError as problem:
        return int(problem.headers["Retry-After"])
    except OSError:
        return 0
"""
HASTY = "at least 30 seconds later"
MEASURED = "held because the site measures by its own clock"


def asks(name: str, tries: str, code: str, why: str, seen: str) -> Attack:
    return Attack(name, tries, ASK + code, why=why, project="visits", none=HELD, seen=seen)


ATTACKS = [
    asks(
        "a-sleep-that-does-nothing",
        "replaces `time.sleep`, so that waiting takes no time",
        "time.sleep = lambda seconds: None\ntime.sleep(ask())\nask()\n",
        HASTY,
        MEASURED,
    ),
    asks(
        "a-clock-of-its-own",
        "asks for a clock that runs 900 times as fast, and waits by that",
        "import subprocess\n"
        "wait = ask()\n"
        "hurried = dict(os.environ, MLPATH_HURRY='900 0')\n"
        "subprocess.run(['sleep', str(wait)], env=hurried)\n"
        "ask()\n",
        HASTY,
        MEASURED + "; without namespaces, and where no clock is laid over it, too",
    ),
    asks(
        "the-clock-left",
        "waits a twentieth of the time in a program on which our clock is not laid",
        "import subprocess\n"
        "wait = ask()\n"
        "plain = {k: v for k, v in os.environ.items() if k != 'LD_PRELOAD'}\n"
        "subprocess.run(['sleep', str(wait / 20)], env=plain)\n"
        "ask()\n",
        "at least 1 second later",
        "without the second wait of the script, at the machine's own speed",
    ),
    asks(
        "a-site-of-its-own",
        "serves itself at the address of the site, and asks that",
        "import threading, http.server\n"
        "port = int(os.environ['SITE_URL'].rsplit(':', 1)[1])\n"
        "def serve():\n"
        "    http.server.HTTPServer(('127.0.0.1', port), http.server.SimpleHTTPRequestHandler)"
        ".serve_forever()\n"
        "tried(serve)\n",
        "asked the site nothing",
        "held because the site listens before the program runs",
    ),
    asks(
        "answers-of-the-driver",
        "writes into the descriptors of the driver that it ended well",
        'line = b\'{"ok": true, "value": {"code": 0, "out": "", "err": ""}}\\n\'\n'
        "for number in range(3, 10):\n"
        "    tried(lambda: os.write(number, line))\n"
        "    tried(lambda: open(f'/proc/{os.getppid()}/fd/{number}', 'wb').write(line))\n",
        "asked the site nothing|cannot be read|broke off|did not answer|exit code",
        "held because what was asked is known to the site alone",
    ),
    asks(
        "the-driver-killed",
        "kills what runs it",
        "import signal\nask()\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(99)\n",
        "signal 9",
        "held because the judge is another process",
    ),
    asks(
        "requests-without-end",
        "asks without end",
        "while True:\n    ask()\n",
        "asked more than 400 times",
        "held by the count of requests",
    ),
    asks(
        "a-crowd",
        "opens a thousand connections at once",
        "port = int(os.environ['SITE_URL'].rsplit(':', 1)[1])\n"
        "made = []\n"
        "for number in range(1000):\n"
        "    tried(lambda: made.append(socket.create_connection(('127.0.0.1', port), 1)))\n"
        "time.sleep(9999)\n",
        "more than 64 connections at once",
        "held by the count of connections",
    ),
]
