"""Archives that attack, made here with zipfile and tarfile, given to the driver by hand: each is
refused, and nothing of it is left outside or inside of the cache."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import unittest
import zipfile
from pathlib import Path

from fetch_support import FetchTest, source_line


def tar_of(*members: tarfile.TarInfo | tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                info = tarfile.TarInfo(member[0])
                info.size = len(member[1])
                archive.addfile(info, io.BytesIO(member[1]))
    return buffer.getvalue()


def entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def zip_of(*members: tuple[str, bytes], mode: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (mode or stat.S_IFREG | 0o644) << 16
            archive.writestr(info, body)
    return buffer.getvalue()


GOOD = ("in/a.txt", b"a")
ATTACKS: list[tuple[str, str, bytes, str]] = [
    ("dots", "tar.gz", tar_of(GOOD, ("../out", b"x")), "leaves its folder"),
    ("dots inside", "tar.gz", tar_of(GOOD, ("in/../../out", b"x")), "leaves its folder"),
    ("absolute", "tar.gz", tar_of(GOOD, ("/tmp/mlpath-out", b"x")), "absolute path"),
    ("dots in a zip", "zip", zip_of(GOOD, ("../out", b"x")), "leaves its folder"),
    ("absolute in a zip", "zip", zip_of(GOOD, ("/tmp/mlpath-out", b"x")), "absolute path"),
    ("backslashes", "tar.gz", tar_of(GOOD, ("..\\out", b"x")), "backslash"),
    ("backslashes in a zip", "zip", zip_of(GOOD, ("..\\out", b"x")), "leaves its folder"),
    (
        "a link out",
        "tar.gz",
        tar_of(GOOD, entry("in/l", tarfile.SYMTYPE, "../../out")),
        "outside of the archive",
    ),
    (
        "a link to the root",
        "tar.gz",
        tar_of(GOOD, entry("in/l", tarfile.SYMTYPE, "/etc/passwd")),
        "outside",
    ),
    (
        "a link in a zip",
        "zip",
        zip_of(("in/a.txt", b"../../../etc/passwd"), mode=stat.S_IFLNK | 0o777),
        "outside",
    ),
    (
        "writing through a link",
        "tar.gz",
        tar_of(GOOD, entry("in/l", tarfile.SYMTYPE, "."), ("in/l/x", b"x")),
        "no file of it",
    ),
    (
        "a hard link out",
        "tar.gz",
        tar_of(GOOD, entry("in/h", tarfile.LNKTYPE, "../../etc/passwd")),
        "leaves",
    ),
    (
        "a link to itself",
        "tar.gz",
        tar_of(GOOD, entry("in/l", tarfile.SYMTYPE, "l")),
        "no file of it",
    ),
    (
        "a link to a folder",
        "tar.gz",
        tar_of(GOOD, entry("l", tarfile.SYMTYPE, "in")),
        "no file of it",
    ),
    (
        "a device",
        "tar.gz",
        tar_of(GOOD, entry("in/d", tarfile.CHRTYPE)),
        "neither file, folder nor link",
    ),
    (
        "a pipe",
        "tar.gz",
        tar_of(GOOD, entry("in/p", tarfile.FIFOTYPE)),
        "neither file, folder nor link",
    ),
    ("twice", "tar.gz", tar_of(GOOD, GOOD), "comes twice"),
    (
        "a file as a folder",
        "tar.gz",
        tar_of(("in", b"x"), ("in/a.txt", b"a")),
        "both a file and a folder",
    ),
    ("a control character", "tar.gz", tar_of(GOOD, ("in/\x1b[2J", b"x")), "control character"),
    (
        "a bomb",
        "zip",
        zip_of(GOOD, ("in/bomb", bytes(300_000_000))),
        "far more than its size allows",
    ),
    ("cut short", "tar.gz", tar_of(GOOD, ("in/b", os.urandom(100_000)))[:50_000], "damaged"),
    ("not what it says", "zip", tar_of(GOOD), "damaged or not of its kind"),
    ("a page", "tar.gz", b"<html>no archive</html>" * 100, "damaged or not of its kind"),
    ("empty", "zip", b"PK\x05\x06" + bytes(18), "has no member"),
    ("without a promised member", "zip", zip_of(("other", b"x")), "has no member in/a.txt"),
]


class Archives(FetchTest):
    def take(self, name: str, kind: str, body: bytes, members: str = "in/a.txt") -> tuple[int, str]:
        given = self.folder / "given"
        given.write_bytes(body)
        lines = self.catalogue(
            source_line("a", name, "http://127.0.0.1:1/", body, f"{kind}\t{members}")
        )
        return self.fetch(lines, "--from", given)

    def test_attacks_are_refused_and_leave_nothing(self) -> None:
        for what, kind, body, complaint in ATTACKS:
            with self.subTest(what):
                self.cache = self.folder / "caches" / what
                code, out = self.take(f"a.{kind}", kind, body)
                self.assertEqual(code, 3, out)
                self.assertRegex(out, "^error malformed ")
                self.assertIn(complaint, out)
                self.assertEqual(list((self.cache / "unpacked").iterdir()), [])
        self.assertFalse(Path("/tmp/mlpath-out").exists())
        self.assertEqual(list(self.folder.rglob("out")), [])

    def test_good_ones_are_unpacked_with_links_as_copies(self) -> None:
        tar = tar_of(
            entry("in", tarfile.DIRTYPE),
            ("./in/a.txt", b"a"),
            entry("in/l", tarfile.SYMTYPE, "./deep/../a.txt"),
            entry("in/h", tarfile.LNKTYPE, "in/a.txt"),
            ("in/ünï.txt", b"u"),
        )
        rows = [
            (
                "x.tar.gz",
                "tar.gz",
                tar,
                {"in/a.txt": b"a", "in/l": b"a", "in/h": b"a", "in/ünï.txt": b"u"},
                "in/a.txt",
            ),
            ("x.zip", "zip", zip_of(GOOD, ("in/e/", b"")), {"in/a.txt": b"a"}, "in/a.txt"),
            ("x.csv.gz", "gz", gzip.compress(b"csv"), {"x.csv": b"csv"}, "x.csv"),
        ]
        for name, kind, body, expected, members in rows:
            with self.subTest(name):
                code, out = self.take(name, kind, body, members)
                self.assertEqual(code, 0, out)
                folder = Path(out.split()[-1])
                found = {str(p.relative_to(folder)): p for p in folder.rglob("*") if not p.is_dir()}
                self.assertEqual({path: p.read_bytes() for path, p in found.items()}, expected)
                for path in found.values():
                    self.assertFalse(path.is_symlink())
                    self.assertEqual(path.stat().st_nlink, 1)

    def test_without_libarchive_the_package_is_named(self) -> None:
        before = self.without_library("libarchive.so.13")
        given = self.folder / "given"
        given.write_bytes(zip_of(GOOD))
        lines = self.catalogue(
            source_line("a", "a.zip", "http://127.0.0.1:1/", given.read_bytes(), "zip\tin/a.txt")
        )
        code, out = self.fetch(lines, "--from", given, before=before)
        self.assertEqual(code, 3)
        self.assertRegex(out, r"^error missing .*apt install libarchive13")


if __name__ == "__main__":
    unittest.main()
