"""The window: it shows notes and passes on what the user does."""

from __future__ import annotations

import tkinter as tk

PATH = "notes.json"


class App(tk.Tk):
    def __init__(self) -> None:
        super().__init__()
        self.title("Notes")
        self.build()

    def build(self) -> None:
        """Make the widgets. A check finds each by its name."""
        # TODO: the entry "search", the list "notes", the entry "title", the text "text", buttons
        tk.Label(self, text="Nothing here yet", name="empty", padx=80, pady=80).pack()


def main() -> None:
    App().mainloop()


if __name__ == "__main__":
    main()
