"""Runs a notebook's cells in a fresh kernel, beside the learner's files, and tells what came of it.

The kernel is this script too (`kernel`): it notes the figures and tables that are shown, and
afterwards the values that the judge asks for. All of this is the learner's side: claims, in bounds.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import hashlib
import importlib.util
import io
import json
import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

if __name__ != "__main__":
    import caller
else:  # the kernel, to which nobody has given a way to find ours in a folder that it may not list
    _spec = importlib.util.spec_from_file_location(
        "caller", Path(__file__).resolve().parents[2] / "caller.py"
    )
    assert _spec is not None and _spec.loader is not None
    caller = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(caller)

PORTS: list[int] = []  # for the kernel to listen on

MOST_OUTPUT = 5_000_000  # characters and bytes that all cells may show
MOST_MESSAGES = 20_000
MOST_TEXT = 20_000  # of one output, that is told
MOST_SHOWN = 100  # figures, and tables
MOST_MARKS = 5_000  # numbers of one line of a figure
VALUE_SECONDS = 10.0  # for one value that is asked for
START_SECONDS = 60
PORT_NAMES = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")


# In the driver's process


def run(
    cells: list[dict[str, Any]],
    asks: list[str],
    limit: float,
    hash_seed: int,
    path: str,
) -> dict[str, Any]:
    """What came of running the cells in their order, and then of the values in `asks`."""
    for needed in ("nbclient", "ipykernel"):
        if importlib.util.find_spec(needed) is None:
            return {"ended": "lacks", "message": needed}
    before = hash_of(path)
    with tempfile.TemporaryDirectory(prefix="kernel-") as folder:
        (Path(folder) / "asks").write_text(json.dumps(asks), encoding="utf-8")
        told = asyncio.run(Session(Path(folder), cells, limit).go(hash_seed))
    after = hash_of(path)
    told["itself"] = "same" if after == before else "changed" if after else "gone"
    return told


def hash_of(path: str) -> str:
    with contextlib.suppress(OSError):
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return ""


class Session:
    """One fresh kernel, from its start to its end."""

    def __init__(self, folder: Path, cells: list[dict[str, Any]], limit: float) -> None:
        self._folder = folder
        self._cells = cells
        self._limit = limit
        self._deadline = 0.0  # once the kernel is there
        self._current = 0
        self._flooded = False

    def _left(self, *_: Any) -> float:
        return max(0.1, self._deadline - time.monotonic())

    async def go(self, hash_seed: int) -> dict[str, Any]:
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        client = self._client()
        told: dict[str, Any] = {"ended": "well", "values": []}
        settings = {"PYTHONHASHSEED": str(hash_seed), "IPYTHONDIR": str(self._folder / "ipython")}
        environment = {**os.environ, **settings}
        environment.pop("MPLBACKEND", None)  # a notebook shows its figures inline
        try:
            async with client.async_setup_kernel(env=environment):
                self._deadline = time.monotonic() + self._limit
                try:
                    for self._current, cell in enumerate(client.nb.cells):
                        await client.async_execute_cell(cell, self._current)
                    told["values"] = await self._values(client)
                except CellExecutionError:
                    told["ended"] = "raised"
                except CellTimeoutError:
                    told["ended"] = "hung"
                except DeadKernelError:
                    told["ended"] = "flooded" if self._flooded else "died"
        except (RuntimeError, DeadKernelError) as problem:
            if told["ended"] == "well":
                ended = "no_kernel" if all(map(is_free, PORTS)) else "no_ports"
                told.update(ended=ended, message=str(problem)[:500])
        told["cell"] = self._current
        told["outputs"] = [[plain(out) for out in cell.outputs] for cell in client.nb.cells]
        for name in ("figures", "tables"):
            told[name] = self._noted(name) or []
        told["error"] = self._noted("error") or {}
        return told

    def _client(self) -> Any:
        import nbformat.v4
        from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager
        from nbclient import NotebookClient

        ours = [sys.executable, __file__, str(self._folder), "{connection_file}"]
        session = self

        class Specs(KernelSpecManager):  # whatever kernels are installed: this interpreter's
            def get_kernel_spec(self, _: str) -> Any:
                return KernelSpec(argv=ours, language="python", display_name="Python 3")

        class Client(NotebookClient):
            size = 0
            messages = 0

            def process_message(self, message: Any, cell: Any, index: int) -> Any:
                content = message["content"]
                self.messages += 1
                self.size += len(content.get("text", "") or "")
                self.size += sum(map(len, map(str, (content.get("data") or {}).values())))
                if self.size > MOST_OUTPUT or self.messages > MOST_MESSAGES:
                    if not session._flooded:
                        session._flooded = True
                        with contextlib.suppress(Exception):
                            os.kill(self.km.provisioner.pid, signal.SIGKILL)
                    return None
                return super().process_message(message, cell, index)

        manager = AsyncKernelManager(
            kernel_name="python3",
            transport="tcp",
            cache_ports=False,  # it would look for others
            **dict(zip(PORT_NAMES, PORTS)),
            connection_file=str(self._folder / "c.json"),
            kernel_spec_manager=Specs(),
        )
        notebook = nbformat.v4.new_notebook()
        for cell in self._cells:
            tags = ["raises-exception"] if cell["raises"] else []
            made = nbformat.v4.new_code_cell(cell["source"], metadata={"tags": tags})
            notebook.cells.append(made)
        return Client(
            notebook,
            km=manager,
            timeout_func=self._left,
            startup_timeout=START_SECONDS,
            shutdown_kernel="immediate",
            coalesce_streams=True,
        )

    async def _values(self, client: Any) -> list[Any]:
        """What each value is. One that never comes is the last: the kernel is not free again."""
        found: list[Any] = []
        for number in range(len(json.loads((self._folder / "asks").read_text(encoding="utf-8")))):
            wait = min(VALUE_SECONDS, self._left())
            code = f"__import__('mlpath_probe').value({number})"
            message = client.kc.execute(code, silent=True, store_history=False)
            if not await self._answered(client, message, wait):
                found.append({"ok": False, "problem": "hung", "seconds": wait})
                break
            found.append(self._noted(f"value-{number}") or {"ok": False, "problem": "lost"})
        return found

    async def _answered(self, client: Any, message: str, wait: float) -> bool:
        deadline = time.monotonic() + wait
        while (left := deadline - time.monotonic()) > 0:
            with contextlib.suppress(Exception):  # Empty: nothing came in this time
                reply = await client.kc.shell_channel.get_msg(timeout=min(left, 0.5))
                if reply["parent_header"].get("msg_id") == message:
                    return True
            if not await client.km.is_alive():
                return True
        return False

    def _noted(self, name: str) -> Any:
        """What the kernel wrote under this name; None where that is nothing."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            file = self._folder / name
            if file.stat().st_size <= caller.MAX_BYTES:
                return json.loads(file.read_text(encoding="utf-8"))
        return None


def is_free(port: int) -> bool:
    """Whether nobody listens there, now that our kernel has ended."""
    with contextlib.suppress(OSError):
        socket.create_server(("127.0.0.1", port)).close()
        return True
    return False


def plain(output: Any) -> dict[str, Any]:
    """An output of a cell as text, and which other forms it has."""
    kind = output["output_type"]
    if kind == "stream":
        return {"stream": output["name"], "text": output["text"][:MOST_TEXT]}
    if kind == "error":
        return {"error": f"{output['ename']}: {output['evalue']}"[:MOST_TEXT]}
    text = output["data"].get("text/plain", "")
    told = text if isinstance(text, str) else str(text)
    return {"text": told[:MOST_TEXT], "image": any(k.startswith("image/") for k in output["data"])}


# In the kernel's process


class Probe:
    """Notes what the notebook shows, and tells values."""

    def __init__(self, shell: Any, folder: Path) -> None:
        self._shell = shell
        self._folder = folder
        self._refs = caller.Refs()
        self._asks = json.loads((folder / "asks").read_text(encoding="utf-8"))
        self._figures: list[Any] = []
        self._tables: list[Any] = []
        self._format = shell.display_formatter.format
        shell.display_formatter.format = self._shown
        self._tell_error = shell._showtraceback
        shell._showtraceback = self._failed
        shell.system = shell.system_raw  # `!ls` needs a terminal otherwise, and a sandbox has none

    def value(self, number: int) -> None:
        told: dict[str, Any]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                thing = evaluate(self._asks[number], dict(self._shell.user_ns))
            told = {"ok": True, "value": caller.Encoder(self._refs).value(thing)}
        except caller.TooLarge:
            told = {"ok": False, "problem": "too_large"}
        except caller.Unencodable as problem:
            told = {"ok": False, "problem": "unencodable", "message": str(problem)}
        except BaseException as problem:  # whatever the learner's code raises
            told = {**caller.raised(problem, str(Path.cwd()), "call"), "problem": "raised"}
        self._note(f"value-{number}", told)

    def _note(self, name: str, what: Any) -> None:
        with contextlib.suppress(ValueError, OSError, RecursionError):
            (self._folder / name).write_text(json.dumps(what), encoding="utf-8")

    def _failed(self, kind: type, problem: Any, text: Any) -> None:
        """Where a cell stopped: the last line of its own that the exception passed through."""
        line = 0
        step = getattr(problem, "__traceback__", None)
        while step is not None:
            is_cells = step.tb_frame.f_globals is self._shell.user_ns
            line = (
                step.tb_lineno if is_cells and step.tb_frame.f_code.co_name == "<module>" else line
            )
            step = step.tb_next
        if isinstance(problem, SyntaxError):
            line = problem.lineno or 0
        bases = [base.__name__ for base in kind.__mro__ if base is not object]
        self._note("error", {"type": kind.__name__, "bases": bases, "line": line})
        self._tell_error(kind, problem, text)

    def _shown(self, thing: Any, *args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(Exception):
            self._look(thing, type(thing))
        return self._format(thing, *args, **kwargs)

    def _look(self, thing: Any, kind: type) -> None:
        if caller.is_a(kind, caller.known_class("matplotlib.figure", "Figure")):
            title = thing.get_suptitle() if hasattr(thing, "get_suptitle") else ""
            axes = [axes_of(each) for each in thing.axes[:MOST_SHOWN]]
            self._figures.append({"title": str(title)[:500], "axes": axes})
            self._note("figures", self._figures[:MOST_SHOWN])
        if caller.is_a(kind, caller.known_class("pandas", "DataFrame")):
            columns = [str(name)[:200] for name in thing.columns][:1000]
            self._tables.append({"columns": columns, "rows": len(thing)})
            self._note("tables", self._tables[:MOST_SHOWN])


def evaluate(code: str, space: dict[str, Any]) -> Any:
    """The value of the last line, an expression; what stands above it is done first."""
    tree = ast.parse(code)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "<the check>", "exec"), space)
    return eval(compile(ast.Expression(last.value), "<the check>", "eval"), space)


def axes_of(axes: Any) -> dict[str, Any]:
    """One pair of axes as text and numbers."""
    legend = axes.get_legend()
    texts = [text.get_text() for text in legend.get_texts()] if legend is not None else []
    return {
        "title": axes.get_title()[:500],
        "x": axes.get_xlabel()[:500],
        "y": axes.get_ylabel()[:500],
        "legend": [text[:200] for text in texts][:100],
        "line": [
            {"x": numbers(line.get_xdata(orig=True)), "y": numbers(line.get_ydata(orig=True))}
            for line in axes.get_lines()[:100]
        ],
        "bars": [
            {
                "x": numbers([bar.get_x() + bar.get_width() / 2 for bar in group]),
                "y": numbers([bar.get_height() for bar in group]),
            }
            for group in [[patch for patch in axes.patches if hasattr(patch, "get_height")]]
            if group
        ],
        "points": [
            {"x": numbers(found.get_offsets()[:, 0]), "y": numbers(found.get_offsets()[:, 1])}
            for found in axes.collections[:100]
            if hasattr(found, "get_offsets") and len(found.get_offsets())
        ],
        "images": len(axes.images),
    }


def numbers(values: Any) -> Any:
    """At most MOST_MARKS of them, as plain values; null where they are none."""
    try:
        listed = values.tolist() if hasattr(values, "tolist") else list(values)
        return caller.Encoder(caller.Refs()).value(listed[:MOST_MARKS])
    except (caller.Unencodable, caller.TooLarge, TypeError, ValueError):
        return None


def kernel(folder: Path, connection: str) -> None:
    from ipykernel.kernelapp import IPKernelApp

    sys.path[:1] = [""]  # the learner's folder, as every kernel of Jupyter has it
    sys.argv[:] = [sys.argv[0]]
    app = IPKernelApp.instance()
    app.initialize(["-f", connection, "--HistoryManager.enabled=False"])
    sys.modules["mlpath_probe"] = Probe(app.shell, folder)  # type: ignore[assignment]
    for stream in (sys.stdout, sys.stderr):
        bound(stream)
    app.start()


def bound(stream: Any) -> None:
    """Takes no more of what is printed than the driver needs to see that it is too much.

    The kernel holds what nobody has read yet, and an endless `print` fills the memory faster than
    anybody reads.
    """
    write, left = stream.write, 2 * MOST_OUTPUT

    def write_while_it_counts(text: str) -> int:
        nonlocal left
        left -= len(text)
        return write(text) if left > 0 else len(text)

    stream.write = write_while_it_counts


if __name__ == "__main__":
    kernel(Path(sys.argv[1]), sys.argv[2])
