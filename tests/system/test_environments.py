"""Whatever the machine keeps from the judge is never the learner's failure.

A table of who runs mlpath and in what surroundings. In each cell honest work passes, or it could
not be told and a reason is given; wrong work never passes; `doctor` says what is the matter. What a
cell could not be told for is not remembered in a better one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mlpath_cli import BINARY, CONTAINER, NOBODY, CliTest, Outcome
from tiny_project import PROJECT, milestone, prints_check, tiny_library

NO_LANDLOCK = [*CONTAINER, "--no-landlock"]
# What Docker leaves root of.
LEFT_BY_DOCKER = [
    "chown",
    "dac_override",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "net_bind_service",
    "net_raw",
    "sys_chroot",
    "mknod",
    "audit_write",
    "setfcap",
]
FEW = ["setpriv", "--bounding-set=-all," + ",".join(f"+{name}" for name in LEFT_BY_DOCKER)]
NONE_LEFT = ["setpriv", "--bounding-set=-all"]
# Takes folders over, and may then neither read them nor end what runs in them.
SOME = ["setpriv", "--bounding-set=-all,+chown,+setuid,+setgid"]
ORDINARY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
ONE_USER = ["unshare", "-Ur"]

USERS = {
    "root": [],
    "root in a container": [*CONTAINER, *FEW],
    "root in a container without Landlock": [*NO_LANDLOCK, *FEW],
    "root without capabilities": NONE_LEFT,
    "root in a container without capabilities": [*CONTAINER, *NONE_LEFT],
    "root with some capabilities": [*CONTAINER, *SOME],
    "root of a namespace of one user": ONE_USER,
    "root of such a namespace in a container": [*ONE_USER, *CONTAINER],
    "an ordinary user": ORDINARY,
    "an ordinary user in a container": [*CONTAINER, *ORDINARY],
    "an ordinary user who seems to be root": [*ORDINARY, *ONE_USER],
}
ORDINARY_USERS = {who for who in USERS if who.startswith("an ordinary user")}

REASON = "the unprivileged user that programs run as"

HONEST = "print('forty-two')\n"
WRONG = "print('forty-one')\n"


@dataclass(frozen=True)
class Surroundings:
    umask: int = 0o022
    private_temporary: bool = False
    python: str = ""  # of the folder of the test; empty: the system's


SURROUNDINGS = {
    "as usual": Surroundings(),
    "a umask of 027": Surroundings(umask=0o027),
    "a umask of 077 and a private TMPDIR": Surroundings(umask=0o077, private_temporary=True),
    "a Python below a private home": Surroundings(python="private/env/bin/python3"),
    "a Python that was made with a umask of 077": Surroundings(python="closed/bin/python3"),
    "all of it": Surroundings(0o077, True, "private/env/bin/python3"),
}
# Cells in which nothing can be had. Without Landlock nobody lends a program root's right to read.
CANNOT = {
    ("root in a container without Landlock", "a Python below a private home"),
    ("root in a container without Landlock", "a Python that was made with a umask of 077"),
    ("root in a container without Landlock", "all of it"),
}


def can_be_had(prefix: list[str]) -> bool:
    return not prefix or subprocess.run([*prefix, "true"], capture_output=True).returncode == 0


class Environments(CliTest):
    def setUp(self) -> None:
        super().setUp()
        if os.getuid() != 0:
            self.skipTest("skipped: who is not root cannot be all of these users")
        for program in ("setpriv", "unshare"):
            if shutil.which(program) is None:
                self.skipTest(f"skipped: there is no {program} here")
        self.root.chmod(0o755)
        self.binary = self.root / "mlpath"
        shutil.copy(BINARY, self.binary)
        self.binary.chmod(0o755)
        self.library = tiny_library(
            self.root / "library",
            [milestone("prints", prints_check("prints", "forty-two"))],
            skeleton="",
            solution=HONEST,
        )
        for name in ("private/env", "closed"):
            made = [sys.executable, "-m", "venv", "--without-pip", str(self.root / name)]
            subprocess.run(made, check=True, capture_output=True)
        subprocess.run(["chmod", "-R", "go-rwx", str(self.root / "closed")], check=True)
        (self.root / "private").chmod(0o700)

    def place(self, name: str, who: str) -> Path:
        """A home, a workspace and temporary folders for one cell, of the user who is in it."""
        place = self.root / name
        for folder in ("home", "work", "cache", "tmp"):
            (place / folder).mkdir(parents=True)
        for folder in (place, *place.iterdir()):
            folder.chmod(0o755)
        (place / "tmp").chmod(0o1777)
        (place / "private-tmp").mkdir(mode=0o700)
        if who in ORDINARY_USERS:
            for each in (place, *place.rglob("*")):
                os.chown(each, NOBODY, NOBODY)
        return place

    def tell(self, who: str, around: Surroundings, place: Path, *words: str) -> Outcome:
        python = self.root / around.python if around.python else Path("/usr/bin/python3")
        temporary = place / ("private-tmp" if around.private_temporary else "tmp")
        done = subprocess.run(
            [*USERS[who], str(self.binary), *words],
            env={
                "HOME": str(place / "home"),
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG": "C.UTF-8",
                "TMPDIR": str(temporary),
                "MLPATH_CACHE_DIR": str(place / "cache"),
                "MLPATH_LIBRARY": str(self.library),
                "MLPATH_PYTHON": str(python),
            },
            cwd=place / "work",
            capture_output=True,
            timeout=300,
            check=False,
            umask=around.umask,
        )
        return Outcome(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def judge(self, who: str, around: Surroundings, place: Path, text: str, *words: str) -> Outcome:
        program = place / "work" / PROJECT / "predict.py"
        if not program.exists():
            made = self.tell(who, around, place, "new", PROJECT)
            if made.code != 0:
                return made
        program.write_text(text, encoding="utf-8")
        program.chmod(0o644)
        return self.tell(who, around, place, "check", PROJECT, *words)

    def cell(self, who: str, where: str, name: str) -> list[str]:
        """What is wrong about one cell."""
        around = SURROUNDINGS[where]
        place = self.place(name, who)
        faults = []

        def expect(what: str, outcome: Outcome, codes: set[int], holds: str = "") -> None:
            told = outcome.out + outcome.err
            named = any(words in told for words in holds.split("|"))
            if outcome.code not in codes or not named:
                faults.append(
                    f"{who}, {where}: {what}: exit {outcome.code}, not {sorted(codes)}"
                    f"{f' with {holds!r}' if holds else ''}\n{told}"
                )

        # Where a private home is not even ours to enter, there is no such Python.
        ours = who not in ORDINARY_USERS or not around.python
        could_not = (who, where) in CANNOT or not ours
        honest = self.judge(who, around, place, HONEST)
        if could_not:
            expect("honest work", honest, {3}, "Python" if not ours else REASON)
        else:
            expect("honest work", honest, {0})
        wrong = self.judge(who, around, place, WRONG)
        expect("wrong work", wrong, {3} if could_not else {1})
        if where in ("as usual", "all of it"):
            doctor = self.tell(who, around, place, "doctor")
            expect("doctor", doctor, {3} if could_not else {0, 3}, "sandbox: ")
            if could_not and ours:
                expect("doctor", doctor, {3}, REASON)
            required = self.judge(who, around, place, HONEST, "--sandbox", "require")
            reason = "pass" if required.code == 0 else "doctor" if ours else "Python|namespace"
            expect("with --sandbox require", required, {0, 3}, reason)
        # What was found here holds elsewhere: nothing of the cell is remembered as a failure.
        later = self.judge(who, Surroundings(), place, HONEST)
        expect("in better surroundings", later, {0})
        return faults

    def test_every_cell_of_the_table(self) -> None:
        cells = []
        for who, prefix in USERS.items():
            if not can_be_had(prefix):
                print(f"skipped: {who} cannot be had here", file=sys.stderr)
                continue
            cells += [(who, where) for where in SURROUNDINGS]
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(lambda each: self.cell(*each[1], f"cell-{each[0]}"), enumerate(cells))
        faults = [fault for each in found for fault in each]
        self.assertEqual(faults, [], "\n\n".join(faults))

    def test_doctor_names_what_is_the_matter(self) -> None:
        for who, where, says in [
            ("root in a container", "a umask of 077 and a private TMPDIR", "cannot enter"),
            ("root in a container", "a Python below a private home", "cannot start"),
            ("root without capabilities", "as usual", "root has no CAP_SETUID here"),
            ("root of a namespace of one user", "as usual", "holds nobody but you"),
        ]:
            with self.subTest(who=who, where=where):
                if not can_be_had(USERS[who]):
                    print(f"skipped: {who} cannot be had here", file=sys.stderr)
                    continue
                place = self.place(f"doctor-{who}-{where}".replace(" ", "-"), who)
                outcome = self.tell(who, SURROUNDINGS[where], place, "doctor", "--json")
                told = [
                    f"{symptom['message']} {symptom['remedy']}"
                    for symptom in outcome.json()["symptoms"]
                    if symptom["area"] == "sandbox" and symptom["health"] != "good"
                ]
                self.assertIn(says, "\n".join(told))

    def test_the_report_says_what_is_in_force(self) -> None:
        who, where = "root in a container", "a umask of 077 and a private TMPDIR"
        if not can_be_had(USERS[who]):
            self.skipTest(f"skipped: {who} cannot be had here")
        place = self.place("report", who)
        self.assertEqual(self.judge(who, SURROUNDINGS[where], place, HONEST).code, 0)
        report = self.tell(who, SURROUNDINGS[where], place, "verify", ".", "--format", "json")
        self.assertEqual(report.code, 0, report.out + report.err)
        detail = report.json()["isolation"]["detail"]
        self.assertIn("the folders of programs were made in /tmp", detail)

    def test_the_report_says_where_a_loopback_opens_the_network(self) -> None:
        who, where = "root in a container without Landlock", "as usual"
        if not can_be_had(USERS[who]):
            self.skipTest(f"skipped: {who} cannot be had here")
        place = self.place("network", who)
        self.assertEqual(self.judge(who, SURROUNDINGS[where], place, HONEST).code, 0)
        report = self.tell(who, SURROUNDINGS[where], place, "verify", ".", "--format", "json")
        self.assertEqual(report.code, 0, report.out + report.err)
        self.assertIn("could reach the network too", report.json()["isolation"]["detail"])


if __name__ == "__main__":
    unittest.main()
