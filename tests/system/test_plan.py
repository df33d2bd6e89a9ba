"""plan: a curriculum over the calendar, what status says of it, and the file for calendars."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest

try:
    import icalendar
except ImportError:  # the strict reader below stands alone then
    icalendar = None

SCHEMAS = Path(__file__).resolve().parents[2] / "curricula/schemas"
DAY = datetime.timedelta(days=1)
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[;,]")
ESCAPE = re.compile(r"\\(?![\\;,nN])")


def today(hours: int = 0) -> datetime.date:
    """The day where clocks are so many hours ahead of UTC."""
    zone = datetime.timezone(datetime.timedelta(hours=hours))
    return datetime.datetime.now(zone).date()


def read_calendar(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar, read as strictly as RFC 5545 would have it."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    logical: list[str] = []
    for line in physical:
        assert b"\n" not in line and b"\r" not in line, line
        assert 0 < len(line) <= 75, line
        text = line.decode()  # each line by itself: no letter is torn apart
        if text.startswith(" "):
            logical[-1] += text[1:]
        else:
            logical.append(text)
    assert logical[0] == "BEGIN:VCALENDAR" and logical[-1] == "END:VCALENDAR"
    assert logical[1] == "VERSION:2.0"
    events: list[dict[str, str]] = []
    inside = False
    for line in logical[1:-1]:
        name, colon, value = line.partition(":")
        assert colon, line
        assert not any(ord(c) < 32 or ord(c) == 127 for c in line), line
        if line in ("BEGIN:VEVENT", "END:VEVENT"):
            assert inside == (line == "END:VEVENT")
            inside = not inside
            if inside:
                events.append({})
        elif inside:
            assert name not in events[-1], line
            if name in ("SUMMARY", "DESCRIPTION"):
                assert not ESCAPE.search(value.replace("\\\\", "")), value
                assert not UNESCAPED.search(value), value
            events[-1][name] = value
    assert not inside
    return events


class PlanTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("init").code, 0)

    def environment(self, extra: dict[str, str | None] | None = None) -> dict[str, str]:
        return super().environment({"TZ": "UTC", **(extra or {})})

    def journal(self) -> list[str]:
        files = (self.folder / ".mlpath/progress").glob("*.jsonl")
        return [line for file in files for line in file.read_text().splitlines()]

    def planned_in_the_past(
        self, days: int, minutes: int = 420, curriculum: str = "levels"
    ) -> None:
        """As if `mlpath plan` had been run so many days ago."""
        start = today() - days * DAY
        line = {
            "format": 1,
            "id": f"{days:032x}",
            "at": f"{start}T00:00:00.000000Z",
            "type": "planned",
            "curriculum": curriculum,
            "start": str(start),
            "minutes": minutes,
        }
        folder = self.folder / ".mlpath/progress"
        folder.mkdir(exist_ok=True)
        (folder / f"{days:032x}.jsonl").write_text(json.dumps(line) + "\n")

    def plan(self, *words: str) -> dict[str, Any]:
        outcome = self.run_cli("plan", "--json", *words)
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        (plan,) = outcome.json()["plans"]
        return plan


class Mistakes(PlanTest):
    def test_each_is_a_sentence_and_nothing_is_recorded(self) -> None:
        yesterday = str(today() - DAY)
        hours = ("--hours-per-week", "5")
        for words, said in (
            (("plan",), "there is no plan yet"),
            (("plan", "--start", yesterday, *hours), "before today"),
            (("plan", "--start", "soon", *hours), "--start"),
            (("plan", "--start", "2027-02-29", *hours), "--start"),
            (("plan", "--hours-per-week", "0"), "from 0.01"),
            (("plan", "--hours-per-week", "-3"), "from 0.01"),
            (("plan", "--hours-per-week", "200"), "168"),
            (("plan", "--hours-per-week", "nan"), "--hours-per-week"),
            (("plan", "--hours-per-week", "ten"), "is a number"),
            (("plan", "--start", str(today())), "--hours-per-week"),
            (("plan", "--curriculum", "levls", *hours), "levels"),
            (("plan", "--curriculum", "six-months", *hours), "mlpath init --curriculum six-months"),
            (("plan", "--start", "9999-12-31", *hours), "9999"),
            (("plan", *hours, "--ics", str(self.folder)), "is a folder"),
            (("plan", *hours, "--ics", "no/such/plan.ics"), "no folder"),
        ):
            with self.subTest(words=words):
                outcome = self.run_cli(*words)
                self.assert_usage(outcome, said)
                self.assert_calm(outcome.err)
                self.assertEqual(self.journal(), [])
        self.assertIn(str(today()), self.run_cli("plan", "--start", yesterday, *hours).err)

    def test_outside_a_workspace(self) -> None:
        self.assert_usage(self.run_cli("plan", cwd=self.home), "mlpath init")

    def test_a_mistake_keeps_the_plan_that_there_is(self) -> None:
        before = self.plan("--hours-per-week", "5")
        self.assert_usage(self.run_cli("plan", "--hours-per-week", "0"))
        self.assertEqual(self.plan(), before)

    def test_today_is_the_learners_day(self) -> None:
        for zone, hours in (("<+14>-14", 14), ("<-12>12", -12)):
            here = today(hours)
            env = {"TZ": zone}
            words = ("plan", "--hours-per-week", "5", "--start")
            self.assertEqual(self.run_cli(*words, str(here), env=env).code, 0)
            self.assert_usage(self.run_cli(*words, str(here - DAY), env=env), "before today")


class Plans(PlanTest):
    def test_made_shown_and_told_by_status(self) -> None:
        self.assertNotIn("Plan:", self.run_cli("status").out)
        self.assertEqual(self.run_cli("status", "--json").json()["plans"], [])
        start = today() + 10 * DAY
        outcome = self.run_cli("plan", "--start", str(start), "--hours-per-week", "7.5")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("7.5 hours a week", outcome.out)
        self.assert_calm(outcome.out)
        plan = self.plan()
        self.assertEqual((plan["start"], plan["hours_per_week"]), (str(start), 7.5))
        self.assertEqual(plan["standing"]["pace"], "not-begun")
        self.assertEqual(plan["stages"][0]["first_day"], str(start))
        self.assertEqual(plan["stages"][-1]["last_day"], plan["last_day"])
        self.assertIn("Plan: it begins on", self.run_cli("status").out)

    def test_behind_and_ahead_and_by_what(self) -> None:
        self.planned_in_the_past(1000)
        shown = self.run_cli("status").out
        self.assertRegex(
            shown,
            r"Plan: 100\d days behind: by now Level \d would be done; you are at Level 0, 0 of",
        )
        standing = self.run_cli("status", "--json").json()["plans"][0]
        self.assertEqual((standing["pace"], standing["stage"]), ("behind", "level-0"))
        self.assertIn(standing["says"].split(":")[0], shown)
        # Made anew: nobody is behind a plan of today.
        self.assertEqual(self.plan("--start", str(today()))["standing"]["pace"], "on-time")
        # What is beside the core puts nobody ahead, and what its projects ask for does.
        self.run_cli("done", "linear-algebra")
        self.assertRegex(
            self.run_cli("status").out, r"Plan: on time: you are at Level 0, 0 of \d+ of"
        )
        self.run_cli("done", "numpy")
        self.assertRegex(self.run_cli("status").out, r"Plan: \d+ days ahead: you are at Level 0")

    def test_a_little_behind_it_is_an_entry_that_is_named(self) -> None:
        self.run_cli("init", "--curriculum", "six-months")
        self.planned_in_the_past(10, curriculum="six-months")
        # By the id that one types.
        self.assertRegex(
            self.run_cli("status").out,
            r"behind: by now `python-basics` would be done; you are at [^,]+, 0 of 10 done\.",
        )
        self.run_cli("plan", "--curriculum", "six-months", "--hours-per-week", "7")
        self.run_cli("done", "linear-algebra")
        self.assertRegex(
            self.run_cli("status").out, r"Plan: \d+ days ahead: you are at [^,]+, 1 of 10 done\."
        )

    def test_planning_again_keeps_what_is_done(self) -> None:
        first = self.plan("--hours-per-week", "5")
        self.run_cli("done", "numpy")
        again = self.plan("--hours-per-week", "5")
        self.assertEqual(again["stages"][0]["works"]["done"], 1)
        self.assertLess(again["last_day"], first["last_day"])
        self.assertEqual(again["stages"][0]["hours"], first["stages"][0]["hours"])
        topics = self.run_cli("status", "--json").json()["curricula"][0]["topics"]
        self.assertEqual(topics["done"], 1)

    def test_each_curriculum_has_a_plan_of_its_own(self) -> None:
        self.run_cli("init", "--curriculum", "forty-weeks")
        self.run_cli("plan", "--hours-per-week", "5")
        weeks = self.plan("--hours-per-week", "3", "--curriculum", "forty-weeks")
        self.assertGreater(weeks["hours_per_week_of_lengths"], 3)
        both = self.run_cli("plan", "--json").json()["plans"]
        self.assertEqual([plan["curriculum"] for plan in both], ["levels", "forty-weeks"])
        (last,) = [stage for stage in weeks["stages"] if stage["id"] == "week-39-40"]
        last_day = datetime.date.fromisoformat(last["last_day"])
        self.assertAlmostEqual((last_day - today()).days, 40 * 7, delta=2)
        self.assertEqual(self.run_cli("status").out.count("Plan for "), 2)

    def test_it_fits_into_a_narrow_terminal(self) -> None:
        self.run_cli("plan", "--hours-per-week", "5")
        shown = self.run_pty("plan", columns=40)
        self.assertEqual(shown.code, 0)
        self.assertLessEqual(max(map(len, shown.out.splitlines())), 60)


class Calendars(PlanTest):
    FILE = "plan.ics"

    def ics(self) -> list[dict[str, str]]:
        return read_calendar((self.folder / self.FILE).read_bytes())

    def test_every_roadmap_becomes_a_sound_calendar(self) -> None:
        for curriculum in (
            "levels",
            "six-months",
            "forty-weeks",
            "topic-map",
            "beginner-to-expert",
        ):
            with self.subTest(curriculum=curriculum):
                self.run_cli("init", "--curriculum", curriculum)
                words = ("--curriculum", curriculum, "--hours-per-week", "6", "--ics", self.FILE)
                plan = self.plan(*words)
                events = self.ics()
                self.assertGreater(len(events), 4)
                end = plan["start"].replace("-", "")
                for event in events:
                    self.assertEqual(event["DTSTART;VALUE=DATE"], end)
                    end = event["DTEND;VALUE=DATE"]
                    self.assertLess(event["DTSTART;VALUE=DATE"], end)
                    self.assertRegex(event["DTSTAMP"], r"^\d{8}T\d{6}Z$")
                self.assertEqual(len({event["UID"] for event in events}), len(events))
                last = datetime.date.fromisoformat(plan["last_day"])
                self.assertEqual(end, f"{last + DAY:%Y%m%d}")

    @unittest.skipUnless(icalendar, "python3-icalendar is not installed")
    def test_a_program_of_others_reads_the_same(self) -> None:
        plan = self.plan("--hours-per-week", "6", "--ics", self.FILE)
        calendar = icalendar.Calendar.from_ical((self.folder / self.FILE).read_bytes())
        events = calendar.walk("VEVENT")
        laid = [stage for stage in plan["stages"] if "first_day" in stage]
        self.assertEqual([str(event["SUMMARY"]) for event in events], [s["title"] for s in laid])
        for event, stage in zip(events, laid, strict=True):
            self.assertEqual(event.errors, [])
            self.assertEqual(str(event["DTSTART"].dt), stage["first_day"])
            self.assertEqual(str(event["DTEND"].dt - DAY), stage["last_day"])
        self.assertEqual(calendar.errors, [])

    def test_importing_again_updates(self) -> None:
        self.run_cli("plan", "--hours-per-week", "6", "--ics", self.FILE)
        first = self.ics()
        self.run_cli("plan", "--hours-per-week", "3", "--ics", self.FILE)
        again = self.ics()
        self.assertEqual([event["UID"] for event in first], [event["UID"] for event in again])
        self.assertNotEqual(first, again)
        # Of two with one UID, RFC 5545 takes the higher SEQUENCE, then the later DTSTAMP.
        self.assertEqual({event["SEQUENCE"] for event in first}, {"0"})
        self.assertEqual({event["SEQUENCE"] for event in again}, {"1"})
        for event in again:
            self.assertEqual(event["DTSTAMP"], event["LAST-MODIFIED"])
        self.run_cli("plan", "--ics", self.FILE)
        self.assertEqual({event["SEQUENCE"] for event in self.ics()}, {"1"})

    def test_two_learners_have_calendars_of_their_own(self) -> None:
        self.run_cli("plan", "--hours-per-week", "6", "--ics", self.FILE)
        mine = {event["UID"] for event in self.ics()}
        other = self.root / "other"
        self.run_cli("init", str(other))
        self.run_cli("plan", "--hours-per-week", "6", "--ics", self.FILE, cwd=other)
        theirs = {event["UID"] for event in read_calendar((other / self.FILE).read_bytes())}
        self.assertFalse(mine & theirs)

    def test_what_is_not_ours_stays(self) -> None:
        file = self.folder / self.FILE
        for theirs in (
            b"BEGIN:VCALENDAR\r\nPRODID:-//other//EN\r\nEND:VCALENDAR\r\n",
            b"notes",
            b"\xff",
        ):
            file.write_bytes(theirs)
            outcome = self.run_cli("plan", "--hours-per-week", "6", "--ics", self.FILE)
            self.assert_usage(outcome, "stays as it is")
            self.assertEqual(file.read_bytes(), theirs)
            self.assertEqual(self.journal(), [])

    def test_nothing_left_is_no_calendar(self) -> None:
        library = self.root / "library"
        stage = {"id": "one", "kind": "stage", "title": "One", "goals": [{"id": "g", "text": "G"}]}
        road = {"format": 2, "id": "road", "title": "R", "summary": "S", "stages": [stage]}
        (library / "curricula").mkdir(parents=True)
        (library / "templates").mkdir()
        shutil.copytree(SCHEMAS, library / "curricula/schemas")
        (library / "curricula/road.json").write_text(json.dumps(road))
        env = {"MLPATH_LIBRARY": str(library)}
        self.run_cli("init", "mine", "--curriculum", "road", env=env)
        words = ("plan", "--hours-per-week", "6", "--ics", self.FILE)
        mine = self.folder / "mine"
        self.assertEqual(self.run_cli(*words, cwd=mine, env=env).code, 0)
        before = (mine / self.FILE).read_bytes()
        self.assertEqual(len(read_calendar(before)), 1)
        self.run_cli("done", "g", cwd=mine, env=env)
        again = self.run_cli(*words, cwd=mine, env=env)
        self.assertEqual((again.code, again.err), (0, ""))
        self.assertIn("all of it is done", again.out)
        self.assertIn("no calendar to write", again.out)
        self.assertEqual((mine / self.FILE).read_bytes(), before)
        dash = self.run_cli(*words[:-1], "-", cwd=mine, env=env)
        self.assertEqual((dash.code, dash.out), (0, ""))
        self.assertIn("no calendar to write", dash.err)

    def test_a_dash_is_standard_output(self) -> None:
        outcome = self.run_cli("plan", "--hours-per-week", "6", "--ics", "-")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertGreater(len(read_calendar(outcome.out.encode())), 4)
        self.assertTrue(self.journal())
        both = self.run_cli("plan", "--hours-per-week", "6", "--ics", "-", "--json")
        self.assertEqual((both.code, both.json()["error"]["exit"]), (2, 2))
        self.assertFalse((self.folder / "-").exists())
        self.assertFalse((self.folder / self.FILE).exists())

    def test_through_links_and_not_into_what_cannot_be_written(self) -> None:
        target = self.root / "target.ics"
        (self.folder / self.FILE).symlink_to(target)
        self.run_cli("plan", "--hours-per-week", "6", "--ics", self.FILE)
        self.assertTrue((self.folder / self.FILE).is_symlink())
        self.assertGreater(len(read_calendar(target.read_bytes())), 4)
        locked = Path(self.root / "locked")
        locked.mkdir()
        locked.chmod(0o555)
        before = self.journal()
        outcome = self.run_as_nobody("plan", "--hours-per-week", "6", "--ics", str(locked / "x"))
        self.assertEqual(outcome.code, 3, outcome.err)
        self.assertIn("locked", outcome.err)
        self.assertEqual(self.journal(), before)


if __name__ == "__main__":
    unittest.main()
