"""Windows that are none, or want to be judged without one."""

from __future__ import annotations

from attack import HELD, Attack

# The socket over which the driver asks what the window shows, and its answers.
TALK = """
import select, stat
def sockets():
    for number in range(3, 1024):
        if tried(lambda: stat.S_ISSOCK(os.fstat(number).st_mode)):
            yield number
LINK = next(sockets())
def requests():
    rest = b""
    while True:
        *lines, rest = (rest + os.read(LINK, 65536)).split(b"\\n")
        yield from map(json.loads, lines)
def answer(request, value):
    told = {"id": request["id"], "ok": True, "value": value}
    os.write(LINK, json.dumps(told).encode() + b"\\n")
"""
SHOWN = """
PLACE = {"window": ".", "state": "normal", "shown": True, "x": 0, "y": 0, "width": 300}
PLACE["height"] = 200
WIDGETS = [
    {"path": ".", "name": "", "class": "Tk", "text": "", "title": "Words", **PLACE},
    {"path": ".word", "name": "word", "class": "Entry", "text": "", "value": "", **PLACE},
    {"path": ".keep", "name": "keep", "class": "Button", "text": "Keep", **PLACE},
]
for request in requests():
    shown = {"widgets": WIDGETS, "roots": 1, "cpu": 0}
    answer(request, {"ready": True, "look": shown}.get(request["do"], 0))
"""
WINDOW = """
import tkinter
root = tkinter.Tk()
tkinter.Entry(root, name="word").pack()
kept = tkinter.Label(root, name="kept")
kept.pack()
tkinter.Button(root, text="Keep", command=lambda: keep()).pack()
"""


def shows(name: str, tries: str, code: str, why: str, seen: str) -> Attack:
    more = {"project": "window", "rules": HELD, "none": HELD}
    return Attack(name, tries, code, why=why, seen=seen, **more)  # type: ignore[arg-type]


ATTACKS = [
    shows(
        "a-window-of-words",
        "opens no window, and answers what asks for one",
        TALK + SHOWN,
        "nothing is drawn in it",
        "held by `refuse_blank`, which asks the screen",
    ),
    shows(
        "a-verdict-for-a-window",
        "answers what asks for a window with the judge's own line of a verdict",
        TALK
        + 'line = b\'{"do": "verdict", "verdict": "pass", "id": 1, "ok": true}\\n\'\n'
        + "for request in requests():\n"
        + "    for number in range(3, 12):\n"
        + "        tried(lambda: os.write(number, line))\n",
        "showed no window|broke off|cannot be read|did not answer",
        "held because another process judges, which has no descriptor of the program's",
    ),
    shows(
        "a-word-in-the-title",
        "remembers nothing, and says so in a text without end",
        WINDOW + "keep = lambda: None\nkept['text'] = 'x' * 60_000_000\nroot.mainloop()\n",
        "What is kept|cannot be read|did not answer|broke off|showed no window",
        "held by the bounds of `driver_widgets.py` and of the driver",
    ),
    shows(
        "the-screen-ended",
        "ends the screen that its window is on",
        WINDOW
        + "def keep():\n"
        + "    for name in os.listdir('/proc'):\n"
        + "        told = Path('/proc', name, 'stat')\n"
        + "        words = told.read_text().split() if name.isdigit() and told.exists() else []\n"
        + "        if words and words[1] == '(Xvfb)' and int(words[3]) == os.getppid():\n"
        + "            os.kill(int(name), 9)\n"
        + "    time.sleep(60)\n"
        + "root.mainloop()\n",
        # With rules alone it finds no process but itself.
        "ended the screen|did not answer|ended with exit code|PermissionError",
        "held because a screen that is gone shows nothing",
    ),
    shows(
        "the-driver-of-a-window-killed",
        "kills what drives its window",
        WINDOW + "keep = lambda: os.kill(os.getppid(), 9)\nroot.mainloop()\n",
        "signal 9",
        "held because the judge is another process",
    ),
    shows(
        "a-window-that-stands-still",
        "shows its window, and never serves an event",
        WINDOW + "root.update()\nwhile True:\n    pass\n",
        "showed no window within 3 s",
        "held by the time that a window has",
    ),
]
