"""Artifacts that are something else than they should be."""

from __future__ import annotations

from attack import HELD, Attack, harms

NO_OWN_FILE = "without the look at `st_nlink` in `run/beneath.cpp`"
FOLLOWED = "without O_NOFOLLOW in `run/beneath.cpp`"


def becomes(name: str, tries: str, makes: str, why: str, seen: str, **more: object) -> Attack:
    """The artifact is made by these lines, on a program that would pass with an ordinary file."""
    return Attack(
        name,
        tries,
        f'predict(into="right.csv")\n{makes}\n',
        why=why,
        none=HELD,
        seen=seen,
        **more,  # type: ignore[arg-type]
    )


ATTACKS = [
    becomes(
        "link-to-the-truth",
        "leaves a link to a file with the right answers",
        'os.symlink(os.path.abspath("right.csv"), "predictions.csv")',
        "is a link, not a file of its own",
        FOLLOWED,
    ),
    becomes(
        "linked-folder",
        "makes the folder of the artifact a link",
        'os.mkdir("real")\nos.rename("right.csv", "real/predictions.csv")\n'
        'os.symlink("real", "out")',
        "lies behind a link",
        FOLLOWED,
        project="nested",
    ),
    becomes(
        "swapped-link",
        "swaps the artifact for a link again and again, from a process that stays behind",
        """\
if os.fork() == 0:
    os.setsid()
    while True:
        tried(lambda: os.symlink(P["library"] + "/templates/tally/data/numbers.csv", "next"))
        tried(lambda: os.rename("next", "predictions.csv"))
        tried(lambda: predict(False, "other.csv"))
        tried(lambda: os.rename("other.csv", "predictions.csv"))
predict(False, "mine.csv")
os.rename("mine.csv", "predictions.csv")""",
        "is a link, not a file of its own|not enough better than",
        "held by `end_all`, which comes first, and by O_NOFOLLOW",
    ),
    becomes(
        "hard-link",
        "leaves a second name of a file",
        'os.link("right.csv", "predictions.csv")',
        "is a hard link",
        NO_OWN_FILE,
    ),
    becomes(
        "hard-link-to-the-truth",
        "leaves a second name of the judge's own file",
        """\
truth = P["library"] + "/templates/tally/data/numbers.csv"
if not tried(lambda: os.link(truth, "predictions.csv") or True):
    predict(False)""",
        "is a hard link|not enough better than",
        "held by its name being out of reach; with none, by the look at `st_nlink`",
    ),
    becomes(
        "named-pipe",
        "leaves a pipe that never ends",
        'os.mkfifo("predictions.csv")',
        "is a named pipe",
        "held by O_NONBLOCK and the look at the kind of file",
    ),
    becomes(
        "device",
        "leaves a device that never ends",
        'tried(lambda: os.mknod("predictions.csv", 0o20666, os.makedev(1, 5)))',
        "is a device|wrote no `predictions.csv`",
        "held by the look at the kind of file",
    ),
    becomes(
        "socket",
        "leaves a socket",
        """\
def bind():
    socket.socket(socket.AF_UNIX).bind("predictions.csv")
tried(bind)""",
        "is a socket|wrote no `predictions.csv`",
        "held by the look at the kind of file",
    ),
    becomes(
        "folder",
        "leaves a folder",
        'os.mkdir("predictions.csv")',
        "is a folder",
        "held by the look at the kind of file",
    ),
    becomes(
        "nothing",
        "ends with exit code 0 and leaves nothing",
        "sys.exit(0)",
        "finished without an error but wrote no `predictions.csv`",
        "held by `artifact_of`",
    ),
    becomes(
        "quick-exit",
        "ends by `os._exit(0)` before anything was done",
        "os._exit(0)",
        "finished without an error but wrote no `predictions.csv`",
        "held by `artifact_of`",
    ),
    becomes(
        "a-signal",
        "ends itself by a signal after the right answers were written",
        'os.rename("right.csv", "predictions.csv")\nos.kill(os.getpid(), 15)',
        "was ended by signal 15",
        "held by `succeeded`",
    ),
    becomes(
        "pickle",
        "leaves a pickle that does harm to whoever loads it",
        """\
import pickle
class Trap:
    def __reduce__(self):
        return os.system, ("touch " + P["home"] + "/loaded",)
Path("predictions.csv").write_bytes(pickle.dumps(Trap()))""",
        "predictions.csv",
        "held because nothing of mlpath's loads a pickle",
    ),
    becomes(
        "escapes-in-a-table",
        "writes escapes of a terminal into the table that is shown",
        """\
Path("predictions.csv").write_text(
    "row_id,pari\\x1b]0;owned\\x07ty\\n::error::owned,\\x1b[31m\\u009b2J\\n"
)""",
        "has no column",
        "held by `printable`",
    ),
    becomes(
        "other-rows",
        "answers for rows that nobody asked for, and for some twice",
        """\
lines = Path("right.csv").read_text().splitlines()
Path("predictions.csv").write_text("\\n".join([*lines, lines[1], "9999,odd"]) + "\\n")""",
        "more than once",
        "held by `aligned_predictions`",
    ),
    harms(
        "a-file-beside",
        "writes outside its folder by names that lead up",
        """\
for up in ("../", "../../", "../../../"):
    tried(lambda: Path(up + "work/m-attack/left.txt").write_text("x"))
    tried(lambda: Path(up + "home/left.txt").write_text("x"))
tried(lambda: Path(P["home"] + "/left.txt").write_text("x"))
""",
    ),
]
