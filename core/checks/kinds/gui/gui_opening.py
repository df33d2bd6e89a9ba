"""What is refused of any window as soon as it is there, whatever a script asks of it."""

from __future__ import annotations

from gui_seen import Widget
from mlpath_check import Failure

MOST_WINDOWS = 30


def refuse_second_root(roots: int) -> None:
    if roots > 1:
        raise Failure(
            f"The program makes {roots} root windows",
            expected="one `Tk()`, and a `Toplevel` for every other window",
            because="`Tk()` stands in two places, or in a function that is called twice. Each"
            " is an application of its own, and their variables know nothing of each other.",
        )


def refuse_many_windows(widgets: list[Widget]) -> None:
    windows = sum(one.path == one.window for one in widgets)
    if windows > MOST_WINDOWS:
        raise Failure(
            f"The program opened {windows} windows before anything was done",
            expected="the window of the program, and others once they are asked for",
            because="A `Toplevel` is made in a loop, or where the list is filled.",
        )


def refuse_blank(root: Widget, screen: tuple[int, int]) -> None:
    """For a window in whose place the screen shows a single color."""
    across, down = screen
    if root.width > across or root.height > down:
        raise Failure(
            f"The window has {root.width} × {root.height} pixels, and the part of it that is on the"
            " screen is empty",
            expected=f"a window that fits a screen of {across} × {down} pixels",
            because="`geometry`, or the `width` of an entry, which counts letters, and not pixels.",
        )
    raise Failure(
        "The window is there, and nothing is drawn in it",
        because="No widget was placed: each needs `pack`, `grid` or `place`.",
    )
