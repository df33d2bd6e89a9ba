"""The window: it shows notes and passes on what the user does."""

from __future__ import annotations

import tkinter as tk
from tkinter import messagebox

import store
from notes import Notebook

PATH = "notes.json"


class App(tk.Tk):
    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self.title("Notes")
        self.notebook = notebook
        self.current: int | None = None  # the id of the note in the editor; None: a new one
        self.loaded = ("", "")  # title and text as they were saved
        self.listed: list[int] = []  # the ids behind the rows of the list
        self.build()
        self.bind("<Control-n>", lambda _: self.new())
        self.bind("<Control-s>", lambda _: self.save())
        self.bind("<Control-f>", lambda _: self.search_entry.focus_set())
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.fill_list()
        self.title_entry.focus_set()

    def build(self) -> None:
        """Make the widgets. A check finds each by its name."""
        self.query = tk.StringVar(self)
        self.query.trace_add("write", lambda *_: self.fill_list())
        self.search_entry = tk.Entry(self, name="search", textvariable=self.query)
        self.list = tk.Listbox(self, name="notes", width=30, exportselection=False)
        self.list.bind("<<ListboxSelect>>", lambda _: self.open_selected())
        self.title_entry = tk.Entry(self, name="title")
        self.text = tk.Text(self, name="text", width=60, height=20, undo=True)
        buttons = tk.Frame(self)
        for label, command in (("New", self.new), ("Save", self.save), ("Delete", self.delete)):
            tk.Button(buttons, text=label, command=command).pack(side="left", padx=4)
        self.search_entry.grid(row=0, column=0, sticky="ew", padx=8, pady=8)
        self.title_entry.grid(row=0, column=1, sticky="ew", padx=8, pady=8)
        self.list.grid(row=1, column=0, sticky="nsew", padx=8)
        self.text.grid(row=1, column=1, sticky="nsew", padx=8)
        buttons.grid(row=2, column=1, sticky="e", padx=8, pady=8)
        self.columnconfigure(1, weight=1)
        self.rowconfigure(1, weight=1)

    # What the user does

    def new(self) -> None:
        if self.may_leave():
            self.show(None)
            self.title_entry.focus_set()

    def save(self) -> bool:
        """Keep what is in the editor; False: it cannot be kept, and the user knows why."""
        title, text = self.edited()
        try:
            if self.current is None:
                self.current = self.notebook.add(title, text)
            else:
                self.notebook.edit(self.current, title, text)
        except ValueError as problem:
            messagebox.showerror("Notes", str(problem))
            return False
        self.store()
        self.loaded = (title, text)
        self.fill_list()
        return True

    def delete(self) -> None:
        if self.current is None:
            return
        if messagebox.askyesno("Notes", f"Delete “{self.loaded[0]}”?"):
            self.notebook.delete(self.current)
            self.store()
            self.show(None)
            self.fill_list()

    def open_selected(self) -> None:
        selected = self.list.curselection()
        if not selected or self.listed[selected[0]] == self.current:
            return
        chosen = self.listed[selected[0]]
        if self.may_leave():
            self.show(chosen)
        self.mark_current()

    def close(self) -> None:
        if self.may_leave():
            self.destroy()

    # What the window shows

    def edited(self) -> tuple[str, str]:
        return self.title_entry.get(), self.text.get("1.0", "end-1c")

    def may_leave(self) -> bool:
        """Ask about unsaved text; False: the user wants to stay."""
        if self.edited() == self.loaded:
            return True
        answer = messagebox.askyesnocancel("Notes", "Save the changes to this note?")
        if answer is None:
            return False
        return self.save() if answer else True

    def show(self, note_id: int | None) -> None:
        """Put a note into the editor, or nothing for a new one."""
        rows = {row["id"]: row for row in self.notebook.to_list()}
        note = rows.get(note_id, {"title": "", "text": ""})
        self.current = note_id
        self.title_entry.delete(0, "end")
        self.title_entry.insert(0, note["title"])
        self.text.delete("1.0", "end")
        self.text.insert("1.0", note["text"])
        self.text.edit_reset()
        self.loaded = self.edited()
        self.mark_current()

    def fill_list(self) -> None:
        titles = {row["id"]: row["title"] for row in self.notebook.to_list()}
        self.listed = self.notebook.search(self.query.get())
        self.list.delete(0, "end")
        self.list.insert("end", *(titles[note_id] for note_id in self.listed))
        self.mark_current()

    def mark_current(self) -> None:
        self.list.selection_clear(0, "end")
        if self.current in self.listed:
            self.list.selection_set(self.listed.index(self.current))

    def store(self) -> None:
        store.save(PATH, self.notebook.to_list())


def main() -> None:
    try:
        notebook = Notebook.from_list(store.load(PATH))
    except store.DamagedFile as problem:
        root = tk.Tk()
        root.withdraw()
        messagebox.showerror("Notes", f"{problem}. The file was left as it is.")
        raise SystemExit(1) from None
    App(notebook).mainloop()


if __name__ == "__main__":
    main()
