"""The kind `notebook`: a driver runs the cells in a fresh kernel, and we look at what it tells.

Which cells there are, their order and what was saved we read in the file ourselves. What came of
running them is a claim of the learner's side, as every value of their code is.
"""

from __future__ import annotations

import re
from typing import Any

import mlpath_notebook
import saved
import shows
from mlpath_check import Check, Failure, ScriptError
from mlpath_notebook import Cell, Notebook

RESTART = (
    "In Jupyter: Kernel > Restart Kernel and Run All Cells, and save. VS Code: Restart, Run All."
)
OWN_FILE = "A cell writes to the notebook's own file, moves it, or removes it."
KERNEL_PORTS = 5  # which every kernel of Jupyter listens on
GRACE = 90  # seconds of the driver, beside what the cells have: a kernel starts, values are told


def judge(check: Check) -> None:
    fields = check.fields
    path = fields["path"]
    notebook = mlpath_notebook.read(check.source(path), path)
    if not any(cell.is_run for cell in notebook.code):
        raise Failure(
            f"`{path}` has no code cell with something in it",
            because="It has no cells yet, or only Markdown cells."
            if notebook.cells
            else "The notebook is new, and has no cells yet.",
            look="Add a code cell, write into it, run it with Shift+Enter, and save the notebook.",
        )
    told = Ran(check, notebook, fields, 0)
    told.ended_well()
    if fields["saved"] != "ignored":
        is_what_was_saved(check, notebook, fields, told)
    for again in range(1, fields["runs"]):
        shows_the_same(notebook, told, Ran(check, notebook, fields, again))
    shows.values(check, fields.get("values", []), told.values)
    shows.figures(check, fields.get("figures", []), told.figures, told.values)
    shows.tables(check, fields.get("tables", []), told.tables)
    shows.prose(check, fields.get("prose", {}), notebook)
    check.fact("cells", len(notebook.code))


class Ran:
    """One run in a fresh kernel; the same for all checks of this notebook with the same files."""

    def __init__(
        self, check: Check, notebook: Notebook, fields: dict[str, Any], number: int
    ) -> None:
        self._notebook = notebook
        self._cells = [cell for cell in notebook.code if cell.is_run]
        alike = [one for one in check.alike if same_run(one, fields)]
        asks = list(dict.fromkeys(ask for one in alike for ask in shows.asked(one)))
        self._seconds = max([fields["seconds"], *(one["seconds"] for one in alike)])
        told = check.drive_once(
            "driver.py",
            "run",
            files={
                name: check.path(file).read_text(encoding="utf-8")
                for name, file in fields.get("files", {}).items()
            },
            seconds=self._seconds + GRACE,
            ports=KERNEL_PORTS,
            cells=[{"source": cell.source, "raises": cell.raises} for cell in self._cells],
            asks=asks,
            limit=self._seconds,
            hash_seed=number,
            path=notebook.path,
        )
        self._told = told if isinstance(told, dict) else {}
        values = self._list("values")
        self.values = {ask: values[i] if i < len(values) else {} for i, ask in enumerate(asks)}
        self.figures, self.tables = self._list("figures"), self._list("tables")

    def _list(self, key: str) -> list[dict[str, Any]]:
        found = self._told.get(key)
        return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []

    def _outputs(self) -> list[list[dict[str, Any]]]:
        """The outputs of each cell that was to run, in order."""
        found = self._told.get("outputs")
        outputs = found if isinstance(found, list) else []
        told = [
            [part for part in out if isinstance(part, dict)] if isinstance(out, list) else []
            for out in outputs
        ]
        return told + [[]] * (len(self._cells) - len(told))

    def shown(self) -> list[tuple[Cell, saved.Shown]]:
        """Each cell with what it shows now."""
        return [(cell, saved.now(out)) for cell, out in zip(self._cells, self._outputs())]

    def ended_well(self) -> None:
        path, ended = self._notebook.path, self._told.get("ended")
        number = self._told.get("cell")
        cell = self._cells[number if type(number) is int and 0 <= number < len(self._cells) else 0]
        if ended == "raised":
            self._raised(cell)
        if ended == "hung":
            raise Failure(
                f"`{path}` does not come to its end: {cell.name} still ran after"
                f" {self._seconds:g} s",
                because="A loop in it never ends, or it waits for something that never comes.",
                look="Run it in Jupyter: where [*] stays beside a cell, stop it there.",
                lasting=False,
            )
        if ended == "flooded":
            raise Failure(
                f"{cell.name.capitalize()} of `{path}` shows more than a notebook can hold",
                expected="at most 5 MB and 20,000 outputs from all cells",
                because="It prints in a loop that does not end, or shows something very large.",
            )
        if ended == "died":
            raise Failure(
                f"The kernel ended in {cell.name} of `{path}`, and did not come to the cells below",
                because="It calls `exit()` or `os._exit()`, or takes more memory than there is."
                if "exit" in cell.source
                else "It takes more memory than there is, or crashes a library.",
                look="Jupyter says 'The kernel appears to have died' there.",
                lasting=False,
            )
        if ended == "lacks":
            raise Failure(
                f"No kernel starts: the Python that runs `{path}` has no"
                f" {str(self._told.get('message'))[:50]}",
                look="`mlpath doctor` says which Python that is; `mlpath env base` makes one.",
                lasting=False,
            )
        if ended == "no_ports":
            raise ScriptError(
                "another program of this machine took a port that the notebook's kernel was to"
                " listen on; run the check once more"
            )
        if ended == "no_kernel":
            raise Failure(
                f"No kernel started for `{path}`: {str(self._told.get('message'))[:300]}",
                because="A file of yours has the name of a module that the kernel needs.",
                look="Is there a `random.py`, `types.py` or `code.py` beside the notebook?",
                lasting=False,
            )
        if ended != "well":
            raise Failure(f"What ran `{path}` gave an answer that cannot be read")
        if (after := self._told.get("itself")) in ("changed", "gone"):
            does = "rewrites" if after == "changed" else "deletes"
            raise Failure(
                f"`{path}` {does} itself while it runs",
                because=OWN_FILE,
                look="What it writes is lost when Jupyter saves. Write another file instead.",
            )

    def _raised(self, cell: Cell) -> None:
        error = self._told.get("error")
        error = error if isinstance(error, dict) else {}
        shown = {found.number: outputs for found, outputs in zip(self._cells, self._outputs())}
        # Figures that are still open are shown after the exception.
        told = [str(out["error"]) for out in shown[cell.number] if "error" in out]
        message = saved.normal(told[-1] if told else "an exception").split("\n", 1)[0][:500]
        line = error.get("line")
        raise Failure(
            f"`{self._notebook.path}` does not run from a fresh start: {cell.name} raises"
            f" {message}",
            because=self._stale(cell, message),
            look=RESTART + " You will see the same.",
            raised=message,
            code=lines_around(cell, line if type(line) is int else 0),
        )

    def _stale(self, cell: Cell, message: str) -> str:
        """Why it may have worked for the learner all the same; empty where it cannot have."""
        if re.match(r"(OSError|PermissionError): ", message) and self._notebook.path in message:
            return OWN_FILE + " What it changes there is lost when Jupyter saves."
        name = re.match(r"NameError: name '(\w+)' is not defined", message)
        if name is None:
            return ""
        made = {c.number: name[1] in mlpath_notebook.names_made(c.python()) for c in self._cells}
        below = next((c for c in self._cells if made[c.number] and c.number > cell.number), None)
        if below is not None:
            return (
                f"`{name[1]}` is first made further down, in {below.name}. It worked for you"
                " because you had run that cell before, in another order than they stand in."
            )
        worked = cell.count is not None and not any(
            out.get("output_type") == "error" for out in cell.outputs
        )
        if worked and not any(made.values()):
            return (
                f"No cell makes `{name[1]}`, and yet this cell worked when you ran it: the cell"
                " that made it was deleted or changed, and your kernel still remembered the name."
            )
        return ""


def same_run(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["path"] == other["path"] and one.get("files", {}) == other.get("files", {})


def lines_around(cell: Cell, line: int) -> str:
    """The line that it stopped at, with a mark before it, and the one above."""
    lines = cell.source.splitlines()
    if not 1 <= line <= len(lines):
        return ""
    first = max(1, line - 1)
    return "\n".join(
        f"{'>' if n == line else ' '} {n:3} | {lines[n - 1][:200]}" for n in range(first, line + 1)
    )


def is_what_was_saved(check: Check, notebook: Notebook, fields: dict[str, Any], told: Ran) -> None:
    path = notebook.path
    if (wrong := saved.out_of_order(notebook.code)) is not None:
        upper, lower = wrong
        raise Failure(
            f"The cells of `{path}` were not run from top to bottom: {upper.name} was run as number"
            f" {upper.count}, and {lower.name}, which stands below it, as number {lower.count}",
            expected="numbers in brackets that grow from top to bottom",
            because="Cells were run in another order than they stand in, or one of them once more:"
            " a reader cannot know which outputs belong to which code.",
            look=RESTART,
        )
    for cell, shown in told.shown():
        if cell.count is None and not cell.outputs:
            if fields["saved"] == "required":
                raise Failure(
                    f"`{path}` was saved before {cell.name} was run, so it shows nothing there",
                    because="The outputs were cleared, or the cell was added after the last run.",
                    look=RESTART,
                )
            continue
        before = saved.before(cell)
        if before != shown:
            is_luck = cell_differs(check, notebook, fields, cell, shown)
            raise Failure(
                f"What is saved below {cell.name} of `{path}` is not what it shows now",
                expected=f"{str(shown)[:800]} (what it shows in a fresh kernel)",
                actual=str(before)[:800],
                because="It shows something else each time it runs: random numbers without a seed,"
                " the clock, or the order of a set decide."
                if is_luck
                else "The output is stale: this cell, or one that it builds on, was changed after"
                " it was run.",
                look="Set a seed, sort the set, or leave the time out. Then: " + RESTART
                if is_luck
                else RESTART,
            )


def cell_differs(
    check: Check, notebook: Notebook, fields: dict[str, Any], cell: Cell, first: saved.Shown
) -> bool:
    """Whether the cell shows something else in a second fresh kernel."""
    again = Ran(check, notebook, fields, 1)
    return any(found is cell and shown != first for found, shown in again.shown())


def shows_the_same(notebook: Notebook, first: Ran, again: Ran) -> None:
    again.ended_well()
    for (cell, shown), (_, then) in zip(first.shown(), again.shown()):
        if shown != then:
            raise Failure(
                f"`{notebook.path}` shows something else each time it runs: {cell.name}",
                expected=f"{str(shown)[:800]} (as in the first fresh kernel)",
                actual=f"{str(then)[:800]} (in another one)",
                because="Random numbers without a seed, the clock, or the order of a set decide.",
                look="Set a seed, sort the set, or leave the time out.",
            )
