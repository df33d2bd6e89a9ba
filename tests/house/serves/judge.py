"""The kind `serves`: a driver starts the server, we talk to it, a reader looks at what it left."""

from __future__ import annotations

from mlpath_check import Check


def judge(check: Check) -> None:
    fields = check.fields
    driver = check.drive("driver.py", loopback=True)
    driver.ask("start", program=fields["path"], port=driver.port, within=5)
    with driver.connect(within=3) as connection:
        connection.settimeout(3)
        connection.sendall(b"learner\n")
        answer = connection.makefile("r", encoding="utf-8").readline().strip()
    check.equal(answer, fields["says_back"], "What the server answers")
    left = driver.leave("guests.txt")
    guests = left.read("guests.py", "guests.txt", seconds=5, given="a door\u00e9")
    check.equal(guests["names"], ["learner"], "The guests in `guests.txt`")
    check.equal(guests["beside"], ["guests.txt"], "What the reader finds beside the file")
    check.equal(guests["given"], "a door\u00e9", "What the judge gave the reader")
    alone = left.read("guests.py", "guests.txt", seconds=5)
    check.equal(alone["given"], "", "What the judge gave the reader")
