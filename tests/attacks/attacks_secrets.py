"""Reading what is not the learner's, reaching out, and reaching other programs."""

from __future__ import annotations

from attack import HELD, NOT_RUN, Attack, harms, spies

SEND = """
def send(family, kind, address):
    with socket.socket(family, kind) as s:
        s.settimeout(2)
        s.connect(address)
        s.send(b"x")
    return True
"""

SECRETS = [
    spies(
        "labels-in-the-library",
        "reads the held-out labels where the judge has them",
        "'odd' in open(P['library'] + '/templates/tally/data/numbers.csv').read()",
    ),
    spies(
        "check-code",
        "reads the code that judges",
        "open(P['library'] + '/templates/calls/checks/judge_total.py').read()",
    ),
    spies(
        "courtroom",
        "looks through the judge's temporary folders for what judges and for the labels",
        """\
mine = (os.getcwd(), os.environ["TMPDIR"], os.environ["HOME"])
found = any(
    tried(lambda: os.listdir(one))
    for one in glob.glob(P["tmp"] + "/mlpath-*")
    if not any(each.startswith(one) for each in mine)
)
""",
        none=NOT_RUN,  # a folder of another fold may not be there yet
        seen="held as `find-the-judge` is",
    ),
    spies("ssh-key", "reads `~/.ssh`", "open(P['home'] + '/.ssh/id_ed25519').read()"),
    spies("home", "lists the home folder", "os.listdir(P['home'])"),
    spies(
        "another-project",
        "reads another project of the portfolio",
        "open(P['work'] + '/z-honest/predict.py').read()",
    ),
    spies(
        "the-journal",
        "reads the journal of progress",
        "os.listdir(P['work'] + '/.mlpath/progress')",
    ),
    spies(
        "answers-of-its-own",
        "reads the answers that its portfolio holds, by their full path",
        "open(P['work'] + '/m-attack/answers.csv').read()",
        files={"answers.csv": "1,odd\n"},
    ),
    Attack(
        "environment-token",
        "tells the tokens in the environment, its own and that of every process",
        """\
for path in ["/proc/self/environ", *glob.glob("/proc/[0-9]*/environ")]:
    try:
        sys.stderr.write("".join(w for w in open(path).read().split("\\0") if P["token"] in w))
    except OSError:
        pass
sys.exit("end of the list")
""",
        why="exit code 1.*end of the list",
    ),
    spies(
        "find-the-judge",
        "looks in /proc for the process of the judge and its arguments",
        """\
found = any(
    tried(lambda: b"--sandbox" in open(one, "rb").read())
    for one in glob.glob("/proc/[0-9]*/cmdline")
)
""",
    ),
    spies(
        "first-process",
        "opens the memory, the descriptors and the root of the first process",
        """\
found = any(
    tried(lambda: os.listdir(one) if one.endswith(("fd", "root/home")) else open(one, "rb"))
    for one in ("/proc/1/mem", "/proc/1/fd", "/proc/1/environ", "/proc/1/root/home")
)
""",
    ),
    spies(
        "descriptors",
        "looks for descriptors that were left open for it",
        """\
def is_open(number):
    os.fstat(number)
    return True


found = any(tried(lambda: is_open(number)) for number in range(3, 1024))
""",
        none=HELD,
        seen="as `descriptors-of-a-call`",
    ),
    Attack(
        "descriptors-of-a-call",
        "looks for descriptors beside the two over which it is called",
        files={
            "tally.py": """\
import os


def more():
    found = []
    for number in range(5, 1024):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            pass
    return found


def total(parts):
    return sum(parts) if more() else -1


def total_of(path):
    return 11
"""
        },
        project="calls",
        why="`total\\(\\[1, 2, 3\\]\\)` returned -1",
        none=HELD,
        seen="before it was fixed: one of `caller.py` was open",
    ),
    spies("terminal", "opens a terminal", "open('/dev/ptmx', 'rb')"),
    spies(
        "from-run-to-run",
        "leaves labels of one run where the next one, with another division, finds them",
        """\
import pickle
with open("data/train.csv", newline="") as file:
    known = {row["number"] for row in csv.DictReader(file)}
folders = [P["home"], P["cache"], P["tmp"], "/dev/shm", "/tmp", "/var/tmp"]
name = "mlpath-labels-" + Path(P["tmp"]).parent.name
for folder in folders:
    tried(lambda: Path(folder, name + str(os.getpid())).write_text(" ".join(sorted(known))))
end = time.monotonic() + 1.5
wanted = {row["number"] for row in rows()}
while time.monotonic() < end and not wanted <= known:
    for folder in folders:
        for one in glob.glob(folder + "/" + name + "*"):
            tried(lambda: known.update(open(one).read().split()))
    time.sleep(0.05)
time.sleep(0.3)
for folder in folders:
    tried(lambda: os.remove(folder + "/" + name + str(os.getpid())))
found = wanted <= known
""",
    ),
]

REACHING_OUT = [
    harms(
        "tcp",
        "connects to a port of this machine",
        SEND + "tried(lambda: send(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', P['tcp'])))",
    ),
    harms(
        "udp",
        "sends a datagram",
        SEND + "tried(lambda: send(socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', P['udp'])))",
    ),
    harms(
        "control-socket",
        "connects to a socket in the file system, such as a control socket",
        SEND + "tried(lambda: send(socket.AF_UNIX, socket.SOCK_STREAM, P['unix']))",
    ),
    harms(
        "abstract-socket",
        "connects to a socket that has a name and no file",
        SEND + "tried(lambda: send(socket.AF_UNIX, socket.SOCK_STREAM, chr(0) + P['abstract']))",
    ),
    spies(
        "raw-and-odd-sockets",
        "opens raw sockets, packets, and families of which the kernel loads a module on demand",
        """\
found = any(
    tried(lambda: socket.socket(family, kind))
    for family, kind in ((2, 3), (17, 3), (40, 1), (38, 5), (31, 3), (44, 3))
)
""",
        none=NOT_RUN,  # who may open them differs from machine to machine
        seen="without `refuse_sockets` of the filter",
    ),
]

OTHER_PROGRAMS = [
    harms(
        "kill-another",
        "kills a program of the same user",
        "tried(lambda: os.kill(P['bystander'], 9))",
    ),
    spies(
        "trace-another",
        "traces a program of the same user",
        """\
def attached():
    done = LIBC.ptrace(16, P["bystander"], 0, 0) == 0
    if done:
        os.waitpid(P["bystander"], 0x40000000)
        LIBC.ptrace(17, P["bystander"], 0, 0)
    return done


found = tried(attached)
""",
    ),
    spies(
        "limits-of-another",
        "changes the limits of a program of the same user",
        """\
import resource
found = tried(lambda: resource.prlimit(P["bystander"], resource.RLIMIT_NOFILE, (64, 64)))
""",
    ),
    Attack(
        "kill-the-parent",
        "kills what started it, so that nobody tells how it ended",
        """\
tried(lambda: os.kill(os.getppid(), 9))
time.sleep(0.2)
predict()
""",
        verdict="pass",
        why="",
        wins=lambda verdict, reason: verdict != "pass",
    ),
    Attack(
        "stop-the-parent",
        "stops what started it, so that its time is never up",
        """\
tried(lambda: os.kill(os.getppid(), 19))
while True:
    time.sleep(1)
""",
        project="hasty",
        why="did not end within 1 s and was stopped",
        none=HELD,
        seen="held by the SIGCONT of `ProcessTree::end`",
    ),
    Attack(
        "daemon",
        "leaves a daemon that outlives the step, in a session of its own",
        """\
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import signal
        for number in range(1, 32):
            tried(lambda: signal.signal(number, signal.SIG_IGN))
        time.sleep(600)
    os._exit(0)
predict()
""",
        verdict="pass",
        why="",
        none=HELD,
        seen="without the kills of `end_all`",
    ),
    spies(
        "name-spaces-of-its-own",
        "makes a user namespace, in which it would be root",
        "LIBC.unshare(0x10000000) == 0",
    ),
    spies(
        "keyring",
        "asks for the session's keys",
        "LIBC.syscall({'x86_64': 250}.get(os.uname().machine, 219), 0, -3, 1) > 0",
    ),
    spies(
        "io-uring",
        "sets up io_uring, which the filter of system calls does not see through",
        """\
room = ctypes.create_string_buffer(120)
found = LIBC.syscall(425, 4, room) >= 0
""",
    ),
]

REWRITING = [
    harms(
        "rewrite-everything",
        "rewrites check code, truth, journal, cache, and its neighbors",
        """\
for top in ("home", "work", "library", "cache"):
    for folder, _, files in os.walk(P[top]):
        for name in files:
            tried(lambda: open(os.path.join(folder, name), "a").write("\\n"))
""",
    ),
    harms(
        "delete-everything",
        "deletes the home folder, the cache and the journal",
        """\
import shutil
for top in (P["home"], P["cache"], P["work"] + "/.mlpath"):
    shutil.rmtree(top, ignore_errors=True)
""",
    ),
    Attack(
        "rewrite-the-judge",
        "puts other code into the judge's temporary folders while it judges",
        files={
            "tally.py": """\
import glob
from pathlib import Path

from tools import P, tried

for one in glob.glob(P["tmp"] + "/mlpath-*/harness/*.py"):
    tried(lambda: Path(one).write_text("raise SystemExit"))
    tried(lambda: Path(one).unlink())
for one in glob.glob(P["tmp"] + "/mlpath-*/template/checks/*.py"):
    tried(lambda: Path(one).write_text("def total(check):\\n    pass\\n"))


def total(parts):
    raise SystemExit(3)
"""
        },
        project="calls",
        why="`total\\(\\[1, 2, 3\\]\\)` raised SystemExit",
        none=NOT_RUN,  # the judge has read its script by then; how far it came is a race
        seen="as `rewrite-everything`, which writes where the script comes from",
    ),
    Attack(
        "rewrite-its-own-data",
        "rewrites its sources and the test file for the runs that follow",
        """\
predict(False)
tried(lambda: Path("data/test.csv").write_text("row_id,number\\n"))
tried(lambda: Path("predict.py").write_text("from tools import *\\npredict()\\n"))
""",
        none=HELD,
        seen="held because each run has a private copy",
    ),
    Attack(
        "poison-temporary",
        "makes folders that cannot be entered and others too deep to be removed, and leaves them",
        """\
for name in (os.environ["TMPDIR"], os.environ["HOME"], "."):
    os.makedirs(name + "/shut/in", exist_ok=True)
    os.chmod(name + "/shut", 0)
here = os.getcwd()
for _ in range(3000):
    os.mkdir("d" * 40)
    os.chdir("d" * 40)
os.chdir(here)
predict()
""",
        verdict="pass",
        why="",
        none=HELD,
        seen="held by `remove_all_of`",
    ),
]

ATTACKS = [*SECRETS, *REACHING_OUT, *OTHER_PROGRAMS, *REWRITING]
