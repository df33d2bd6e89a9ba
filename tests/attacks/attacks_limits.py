"""Using more than there is: processes, time, memory, disk, output."""

from __future__ import annotations

from attack import HELD, NOT_RUN, THROUGH, Attack, spies

MEMORY = r"of memory that it may use, and was stopped"
TIME = r"did not end within 1 s and was stopped"

BOMB = """\
def bomb(orphans=False):
    reads, writes = os.pipe()
    for _ in range(32):
        if os.fork() == 0:
            if orphans and os.fork() != 0:
                os._exit(0)
            block = bytearray(b"x") * (160 << 20)
            os.write(writes, b"x")
            time.sleep(60)
    for _ in range(32):
        os.read(reads, 1)
    time.sleep(0.5)
    print('{"total": 42}', flush=True)


"""

ATTACKS = [
    spies(
        "fork-bomb",
        "starts processes until it cannot; 400 are more than it gets",
        """\
made = 0
try:
    while made < 400:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        made += 1
except OSError:
    pass
found = made == 400
""",
        crowds=True,
    ),
    spies(
        "threads",
        "the same with threads",
        """\
import threading
threading.stack_size(65536)
made = 0
try:
    while made < 400:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        made += 1
except RuntimeError:
    pass
found = made == 400
""",
        crowds=True,
    ),
    Attack(
        "endless-loop",
        "never ends",
        "while True:\n    pass\n",
        project="hasty",
        why=TIME,
        none=HELD,
        seen="held by the wall limit",
    ),
    Attack(
        "deaf-to-signals",
        "ignores every signal, in every process of a growing tree, and never ends",
        """\
import signal
for number in range(1, 65):
    tried(lambda: signal.signal(number, signal.SIG_IGN))
for _ in range(4):
    os.fork()
    os.setsid() if os.getpid() != os.getsid(0) else None
while True:
    time.sleep(1)
""",
        project="hasty",
        why=TIME,
        none=HELD,
        seen="held by `end_all` of the supervisor",
    ),
    Attack(
        "endless-call",
        "never returns from a call",
        files={"tally.py": "def total(parts):\n    while True:\n        pass\n"},
        project="hasty-calls",
        why="did not come back within 1 s",
        none=HELD,
        seen="held by the wall limit",
    ),
    Attack(
        "memory-bomb",
        "spreads 5 GB over 32 processes, none of which is large",
        BOMB + "bomb()\n",
        project="prints",
        why=MEMORY,
    ),
    Attack(
        "memory-bomb-of-threads",
        "the same, from processes that a thread started",
        BOMB
        + """\
import threading
thread = threading.Thread(target=bomb)
thread.start()
thread.join()
""",
        project="prints",
        why=MEMORY,
        none=NOT_RUN,
        seen="without the look at every thread in `all_below`",
    ),
    Attack(
        "memory-bomb-of-orphans",
        "the same, from processes whose parents are gone",
        BOMB + "bomb(orphans=True)\n",
        project="prints",
        why=MEMORY,
        none=NOT_RUN,
        seen="rules alone, counting from the program instead of the supervisor",
    ),
    spies(
        "memory-without-a-process",
        "makes files in memory, which count for no process",
        """\
found = tried(lambda: os.write(os.memfd_create("x"), bytes(1 << 20)))
""",
    ),
    spies(
        "memory-of-system-v",
        "makes shared memory and messages that outlive every process",
        """\
number = {"x86_64": 29}.get(os.uname().machine, 194)
made = LIBC.syscall(number, 0, 1 << 20, 0o600)
found = made >= 0
if found:
    LIBC.syscall({"x86_64": 31}.get(os.uname().machine, 195), made, 0, 0)
""",
    ),
    spies(
        "fill-the-disk",
        "writes 700 MB into its folder",
        """\
block, written = bytes(50 << 20), 0
try:
    for number in range(14):
        Path(f"{number}.bin").write_bytes(block)
        written += len(block)
except OSError:
    pass
for one in glob.glob("*.bin"):
    os.remove(one)
found = written >= 700 << 20
""",
        rules=THROUGH,
    ),
    spies(
        "fill-with-names",
        "makes files without content until there are no inodes",
        """\
made = 0
try:
    for number in range(140_000):
        os.close(os.open(f"x{number}", os.O_CREAT | os.O_WRONLY))
        made += 1
except OSError:
    tried(lambda: [os.remove(f"x{number}") for number in range(10)])
found = made == 140_000
""",
        rules=NOT_RUN,
        none=NOT_RUN,
        seen="with any number of inodes in the scratch folder",
    ),
    Attack(
        "ten-gigabytes-of-output",
        "prints 10 GB",
        """\
block = b"x" * (1 << 20)
for _ in range(10 << 10):
    os.write(1, block)
predict()
""",
        why="printed more than",
        none=HELD,
        seen="before there was a limit of output: it passed",
    ),
    Attack(
        "sparse-artifact",
        "leaves an artifact of 100 GB that takes no room",
        'os.truncate(os.open("predictions.csv", os.O_CREAT | os.O_RDWR), 100 << 30)\n',
        why="File too large",
        none=HELD,
        seen="held by the limit of a file",
    ),
    Attack(
        "large-artifact",
        "leaves an artifact of 300 MB",
        'os.truncate(os.open("predictions.csv", os.O_CREAT | os.O_RDWR), 300 << 20)\n',
        why="is larger than",
        none=HELD,
        seen="held by `Workplace::max_artifact`",
    ),
]
