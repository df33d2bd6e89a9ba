"""Fetching as a program, from a real nginx: killed, interrupted, beside itself, without disk."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import threading
import unittest
from pathlib import Path

from fetch_support import FetchTest, source_line

BODY = os.urandom(8_000_000)
DEAD = "http://127.0.0.1:1/nothing"


class Ended(FetchTest):
    def setUp(self) -> None:
        super().setUp()
        (self.served / "big.bin").write_bytes(BODY)
        self.server = self.nginx()
        self.lines = self.catalogue(
            source_line("big", "big.bin", self.server.url + "/slow/big.bin", BODY)
        )

    def assert_resumes(self) -> None:
        code, out = self.fetch(self.lines)
        self.assertEqual(code, 0, out)
        name, origin, transferred, source, path = out.split()
        self.assertEqual((name, origin), ("big/big.bin", "downloaded"))
        self.assertLess(int(transferred), len(BODY) - 2_000_000)
        self.assertEqual(Path(path).read_bytes(), BODY)
        self.assertIn(" 206 ", self.server.requests("/slow/big.bin")[-1])
        self.assertEqual(list((self.cache / "partial").iterdir()), [])

    def test_killed_it_goes_on_where_it_was(self) -> None:
        self.assertEqual(self.fetch_until(self.lines, 3_000_000, signal.SIGKILL), -signal.SIGKILL)
        self.assertFalse(list(self.cache.glob("sha256/*/*")))
        self.assert_resumes()

    def test_interrupted_it_ends_at_once_and_goes_on_where_it_was(self) -> None:
        self.assertEqual(self.fetch_until(self.lines, 3_000_000, signal.SIGINT), 130)
        self.assert_resumes()

    def test_killed_after_the_last_byte_nothing_is_fetched_again(self) -> None:
        part = self.cache / "partial"
        part.mkdir(parents=True)
        hash_of = self.lines.read_text(encoding="utf-8").split()[-1]
        (part / f"{hash_of}.part").write_bytes(BODY)
        code, out = self.fetch(self.lines)
        self.assertEqual(code, 0, out)
        self.assertEqual(self.server.requests("/slow"), [])

    def test_a_file_that_changed_on_the_server_is_fetched_whole(self) -> None:
        (self.served / "big.bin").write_bytes(os.urandom(len(BODY)))
        self.fetch_until(self.lines, 3_000_000, signal.SIGKILL)
        (self.served / "big.bin").write_bytes(BODY)
        os.utime(self.served / "big.bin", (1, 1))
        code, out = self.fetch(self.lines)
        self.assertEqual(code, 0, out)
        self.assertEqual(int(out.split()[2]), len(BODY))

    def test_two_processes_fetch_a_file_once(self) -> None:
        environment = self.environment()
        both = [
            subprocess.Popen(
                self.command(self.lines),
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for _ in range(2)
        ]
        outs = [process.communicate(timeout=120) for process in both]
        self.assertEqual([process.returncode for process in both], [0, 0])
        self.assertEqual(len(self.server.requests("/slow/big.bin")), 1)
        self.assertEqual(sorted(out.split()[1] for out, _ in outs), [b"cached", b"downloaded"])


class Disk(FetchTest):
    def setUp(self) -> None:
        super().setUp()
        (self.served / "big.bin").write_bytes(BODY)
        self.server = self.nginx()
        self.lines = self.catalogue(
            source_line("big", "big.bin", self.server.url + "/big.bin", BODY)
        )
        self.cache.mkdir()

    def test_a_full_disk_is_said_before_the_download(self) -> None:
        before = self.in_namespace(f"mount -t tmpfs -o size=3m tmpfs {self.cache}")
        code, out = self.fetch(self.lines, before=before)
        self.assertEqual(code, 3)
        self.assertRegex(
            out, r"^error io .*No space left on device.*\| the disk is full.*MLPATH_CACHE_DIR"
        )

    def test_a_read_only_cache_serves_what_it_has_and_says_what_helps(self) -> None:
        before = self.in_namespace(
            f"mount --bind {self.cache} {self.cache}; mount -o remount,bind,ro {self.cache}"
        )
        code, out = self.fetch(self.lines, before=before)
        self.assertEqual(code, 3)
        self.assertRegex(out, r"^error io .*Read-only file system.*MLPATH_CACHE_DIR")
        self.assertEqual(self.fetch(self.lines)[0], 0)
        code, out = self.fetch(self.lines, before=before)
        self.assertEqual((code, out.split()[1]), (0, "cached"))

    def test_a_library_that_is_not_installed_is_named_by_its_package(self) -> None:
        code, out = self.fetch(self.lines, before=self.without_library("libcurl.so.4"))
        self.assertEqual(code, 3)
        self.assertRegex(out, r"^error missing .*libcurl\.so\.4.*apt install libcurl4")

    def test_a_damaged_entry_is_fetched_anew(self) -> None:
        _, out = self.fetch(self.lines)
        entry = Path(out.split()[-1])
        entry.chmod(0o644)
        entry.write_bytes(BODY[:-1] + b"x")
        code, out = self.fetch(self.lines)
        self.assertEqual((code, out.split()[1]), (0, "downloaded"))
        self.assertEqual(entry.read_bytes(), BODY)
        self.assertEqual(len(list((self.cache / "rejected").iterdir())), 1)


class Proxy(FetchTest):
    def test_the_environment_names_the_proxy_and_who_needs_none(self) -> None:
        asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "5")
                self.end_headers()
                self.wfile.write(b"bytes")

            def log_message(self, *_: object) -> None: ...

        proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        self.addCleanup(proxy.server_close)
        self.addCleanup(proxy.shutdown)
        address = f"http://127.0.0.1:{proxy.server_address[1]}"
        lines = self.catalogue(source_line("a", "a.csv", "http://data.example/a.csv", b"bytes"))
        code, out = self.fetch(lines, http_proxy=address)
        self.assertEqual(code, 0, out)
        self.assertEqual(asked, ["http://data.example/a.csv"])
        (self.served / "b.csv").write_bytes(b"other")
        server = self.nginx()
        lines = self.catalogue(source_line("b", "b.csv", server.url + "/b.csv", b"other"))
        self.assertEqual(self.fetch(lines, http_proxy=address, no_proxy="127.0.0.1")[0], 0)
        self.assertEqual(len(asked), 1)


class Tls(FetchTest):
    """Certificates made by openssl: good, expired, of another host, trusted by nobody."""

    def certificate(self, name: str, address: str, start: str, end: str) -> tuple[Path, Path]:
        folder = self.folder / name
        folder.mkdir()
        (folder / "index").touch()
        (folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=own\n[own]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
            f"policy=any\nx509_extensions=more\n[any]\ncommonName=supplied\n[more]\nsubjectAltName={address}\n",
            encoding="utf-8",
        )
        for words in (
            f"req -new -newkey rsa:2048 -nodes -keyout key -out request -subj /CN={name}",
            "ca -batch -notext -config ca.cnf -selfsign -keyfile key -in request -out certificate"
            f" -startdate {start} -enddate {end}",
        ):
            subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
        return folder / "certificate", folder / "key"

    def test_certificates_are_verified_and_told_apart(self) -> None:
        (self.served / "a.csv").write_bytes(b"bytes")
        plain = self.nginx()
        always = ("20200101000000Z", "20491231000000Z")
        good = self.certificate("good", "IP:127.0.0.1", *always)
        rows = [
            ("good", good, str(good[0]), None),
            ("self-signed", good, "", "the certificate of 127.0.0.1:[0-9]+ is signed by itself"),
            (
                "expired",
                self.certificate("old", "IP:127.0.0.1", "20200101000000Z", "20200102000000Z"),
                str(self.folder / "old/certificate"),
                "the certificate of 127.0.0.1:[0-9]+ has expired",
            ),
            (
                "of another host",
                self.certificate("other", "DNS:example.org", *always),
                str(self.folder / "other/certificate"),
                "the certificate of 127.0.0.1:[0-9]+ belongs to another host",
            ),
        ]
        for what, keys, trusted, complaint in rows:
            with self.subTest(what):
                server = self.nginx(tls=keys)
                self.cache = self.folder / f"cache {what}"
                secure = source_line("a", "a.csv", server.url + "/a.csv", b"bytes")
                trust = {"SSL_CERT_FILE": trusted} if trusted else {}
                code, out = self.fetch(self.catalogue(secure), **trust)
                if complaint is None:
                    self.assertEqual(code, 0, out)
                    continue
                self.assertEqual(code, 3)
                self.assertRegex(out, "^error network .*" + complaint)
                lines = self.catalogue(
                    secure, source_line("a", "a.csv", plain.url + "/a.csv", b"bytes")
                )
                code, out = self.fetch(lines, **trust)
                self.assertEqual(code, 0, out)
                self.assertIn(plain.url, out)


if __name__ == "__main__":
    unittest.main()
