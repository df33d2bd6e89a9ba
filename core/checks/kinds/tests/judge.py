"""The kind `tests`: the learner's tests on right and wrong versions of the code under test."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from mlpath_check import Check, Failure, Refused, Trial
from results import Results, Unreadable, read_results
from ruins import DUMMY, NAMES, ruined
from versions import Version, read_versions

PATIENCE = 10.0  # seconds at least for a run on a wrong version, and times what a right one took
RIGHT, WRONG, RUINED = "right", "wrong", "ruined"
SHOWN = 6  # of what survives or cannot fail


@dataclass
class Tried:
    """A version, how the tests ended on it, and what they said of each test."""

    kind: str
    version: Version
    trial: Trial
    results: Results | None = None  # None: it said nothing

    @property
    def late(self) -> bool:
        return self.trial.ending == "late"

    @property
    def contradicts_itself(self) -> bool:
        """A test failed, and none of them did."""
        if self.passed or self.results is None:
            return False
        return all(outcome == "passed" for outcome in self.results.values())

    def let_pass(self, name: str) -> bool:
        """Whether this test found no fault. Ruined values may break it before it asserts."""
        outcome = (self.results or {}).get(name)
        if self.kind == RUINED and self.version.says != DUMMY:
            return outcome in ("passed", "broken")
        return outcome == "passed" and not self.contradicts_itself

    @property
    def passed(self) -> bool:
        return self.trial.ending == "exited" and self.trial.exit_code == 0


class Court:
    def __init__(self, check: Check) -> None:
        self._check = check
        fields = check.fields
        self._step: str = fields["step"]
        self._fails: list[int] = fields["fails"]
        self._code: str = fields["code"]
        self._results: str = fields.get("results", "")
        self._versions = read_versions(fields["versions"], check.path)
        self._known: Results = {}  # the tests that there are on what was given

    def judge(self) -> None:
        given = self._versions.given
        first = self._try([(RIGHT, given)], 3600)[0]
        self._must_pass(first, f"`{self._code}` as it was given to you", "")
        self._known = first.results or {}
        plan = [(RIGHT, given), *((RIGHT, version) for version in self._versions.right)]
        plan += [(WRONG, version) for version in self._versions.wrong]
        if self._results and self._code.endswith(".py"):
            plan += [(RUINED, Version(ruined(given.text, ruin), ruin)) for ruin in NAMES]
        random.SystemRandom().shuffle(plan)
        tried = self._try(plan, max(PATIENCE, PATIENCE * first.trial.seconds))
        self._right_ones_pass([one for one in tried if one.kind == RIGHT])
        right = [first, *(one for one in tried if one.kind == RIGHT)]
        others = [one for one in tried if one.kind != RIGHT]
        self._each_test_can_fail(right, others)
        self._mutants_die([one for one in others if one.kind == WRONG], right)

    # Runs

    def _try(self, plan: Sequence[tuple[str, Version]], seconds: float) -> list[Tried]:
        files = [{self._code: version.text} for _, version in plan]
        trials = self._check.trials(self._step, files, seconds)
        tried = [Tried(*one, trial) for one, trial in zip(plan, trials)]
        for one in tried:
            one.results = self._said(one)
        return tried

    def _said(self, tried: Tried) -> Results | None:
        if not self._results:
            return None
        try:
            return read_results(tried.trial.artifact(self._results))
        except Refused:  # none was written, which may be right where the tests broke
            return None
        except Unreadable as problem:
            if tried.trial.ending != "exited":  # it was stopped while it wrote them
                return None
            raise Failure(
                f"The tests wrote `{self._results}`, which {problem}", run=self._shown(tried)
            ) from None

    def _lacks_results(self, tried: Tried) -> bool:
        """Python ends with exit code 1 too where a program breaks, and then writes none."""
        return bool(self._results) and tried.results is None

    # Of other versions nothing is shown that the tests print or name: they could print the version,
    # and whoever knows all right ones could call everything else wrong.

    def _shown(self, tried: Tried) -> int | None:
        return tried.trial.number if tried.version is self._versions.given else None

    def _end_of(self, tried: Tried) -> str:
        if tried.version is self._versions.given or tried.trial.ending == "late":
            return tried.trial.told
        exited = tried.trial.ending == "exited"
        return f"ended with exit code {tried.trial.exit_code}" if exited else "was stopped"

    # What has to hold

    def _must_pass(self, tried: Tried, where: str, because: str) -> None:
        if tried.results == {}:
            raise Failure(
                f"There are no tests: `{self._results}` names none",
                because="Discovery finds files and functions by their names, or in another folder.",
                run=self._shown(tried),
            )
        if not tried.passed:
            raise self._baseline_fails(tried, where, because)
        if not self._results:
            return
        if tried.results is None:
            raise Failure(
                f"The tests passed on {where}, but wrote no `{self._results}`",
                because="It is written under another name, or only where a test fails; or the"
                " program ended before it was.",
                run=self._shown(tried),
            )
        bad = [name for name, outcome in tried.results.items() if outcome != "passed"]
        if bad:
            raise Failure(
                f"The exit code says that all tests passed on {where}, and `{self._results}` says"
                f" that {listed(bad)} did not",
                because="The exit code has to be 0 only where every test passed.",
                run=self._shown(tried),
            )

    def _baseline_fails(self, tried: Tried, where: str, because: str) -> Failure:
        trial, given = tried.trial, self._versions.given
        tail = ""
        lasting = not tried.late
        if tried.late:
            message = f"The tests did not come to an end on {where}"
            because = because or "A test waits for something, or loops, or does far too much."
        elif (
            trial.ending == "exited"
            and trial.exit_code in self._fails
            and not self._lacks_results(tried)
        ):
            named = [
                name
                for name, outcome in (tried.results or {}).items()
                if outcome != "passed" and (tried.version is given or name in self._known)
            ]
            message = f"The tests fail on {where}, which is right"
            if tried.version is not given:
                message = f"The tests fail on {where}"
            message += f": {listed(named)}" if named else ""
            outcomes = {(tried.results or {})[name] for name in named}
            if outcomes == {"broken"}:
                because = because or (
                    "A broken test raised something else than an AssertionError, and says nothing"
                    " of the code."
                )
            because = because or (
                "A test expects what the code does not promise, or compares decimal numbers"
                " exactly. Where the baseline fails, every mutant would look killed, so none was"
                " tried."
            )
        else:
            message = f"The test program itself broke on {where}: it {self._end_of(tried)}"
            tail = ", where a test failed" if trial.ending == "exited" else ""
            if self._lacks_results(tried):
                tail += f", with `{self._results}` written" if tail else ""
            # A cause may name what stands in the version that ran.
            because = trial.cause if tried.version is given else ""
            if self._lacks_results(tried) and trial.exit_code == 1:
                because = because or (
                    "Python ends a program with exit code 1 where an exception leaves it, and no"
                    " test was reported."
                )
            if trial.ending == "exited" and trial.exit_code == 5:
                because = "pytest ends with exit code 5 where it finds no tests."
        expected = "exit code 0, which says that all tests passed"
        if tail:
            expected += f" (or {listed([str(code) for code in self._fails], 'or', '')}{tail})"
        return Failure(
            message, expected=expected, because=because, lasting=lasting, run=self._shown(tried)
        )

    def _right_ones_pass(self, right: list[Tried]) -> None:
        for tried in sorted(right, key=lambda one: one.version is not self._versions.given):
            if tried.version is self._versions.given:
                self._must_pass(
                    tried,
                    f"the very same `{self._code}` when they run again",
                    "They passed the first time, so chance decides: a test draws random numbers"
                    " without a seed, or reads the clock. Such a test is called flaky.",
                )
            else:
                self._must_pass(
                    tried,
                    self._other_right(tried.version),
                    "A test looks at how the code is written or pins what may differ (its text, a"
                    " private name, an exact score), where only what it promises counts; or chance"
                    " decides.",
                )

    def _other_right(self, version: Version) -> str:
        which = f", in which {version.says}" if version.says else ", written otherwise"
        return f"another right version of `{self._code}`{which}"

    def _each_test_can_fail(self, right: list[Tried], others: list[Tried]) -> None:
        ruined_ones = [one for one in others if one.kind == RUINED]
        if not ruined_ones:
            return
        always = self._never_failed(right, others)
        if not always:
            return
        one = len(always) == 1
        raise Failure(
            f"{listed(always)} cannot fail: {'it passes' if one else 'each passes'} whatever the"
            f" functions of `{self._code}` return",
            expected="a test that fails when the code is wrong",
            because='It asserts nothing, or something that always holds (`assert (a == b, "why")`'
            " is a tuple, which counts as true), or catches its own failure, or never calls the"
            " code.",
            look=f"Break `{self._code}` on purpose, run the tests, and see each one fail once.",
        )

    def _never_failed(self, right: list[Tried], others: list[Tried]) -> list[str]:
        names = list(right[0].results or {})
        return [name for name in names if all(one.let_pass(name) for one in (*right, *others))]

    def _mutants_die(self, mutants: list[Tried], right: list[Tried]) -> None:
        order = {id(version): place for place, version in enumerate(self._versions.wrong)}
        mutants = sorted(mutants, key=lambda one: order[id(one.version)])
        alive = [one for one in mutants if self._survives(one)]
        self._check.fact("mutants", len(mutants))
        self._check.fact("mutants killed", len(mutants) - len(alive))
        if not alive:
            return
        quiet = [one for one in alive if one.passed]
        if not quiet:
            raise self._odd_end(alive[0])
        says = [f"when {one.version.says}" for one in quiet[:SHOWN]]
        more = f", and {len(quiet) - SHOWN} more" if len(quiet) > SHOWN else ""
        count = (
            f"{len(quiet)} of {len(mutants)} mutants {'survives' if len(quiet) == 1 else 'survive'}"
        )
        idle = self._never_failed(right, mutants)
        because = "Nobody tests that behavior yet, or the test of it cannot see the difference."
        if len(quiet) == len(mutants):
            because = (
                f"The tests pass on every wrong version: they do not call `{self._code}`, or assert"
                " nothing about what it returns."
            )
        elif idle:
            because = (
                f"Nobody tests that behavior yet; or {listed(idle)}, which passed on every wrong"
                " version, cannot see the difference."
            )
        raise Failure(
            f"{count}: no test fails {'; or '.join(says)}{more}",
            expected="at least one test that fails on each wrong version",
            because=because,
            look=f"Make that mistake in `{self._code}` yourself, run the tests, and write the one"
            " that fails.",
        )

    def _survives(self, one: Tried) -> bool:
        if one.late:
            return not one.version.hangs
        if one.trial.ending != "exited" or one.trial.exit_code not in self._fails:
            return True
        return self._lacks_results(one) or one.contradicts_itself

    def _odd_end(self, one: Tried) -> Failure:
        where = f"on a version of `{self._code}` in which {one.version.says}"
        if one.late:
            return Failure(
                f"The tests did not come to an end {where}",
                because="A test waits, or loops until something is right.",
                lasting=False,
                run=self._shown(one),
            )
        codes = listed([str(code) for code in self._fails], "or", "")
        if one.contradicts_itself:
            message = f"The exit code says that a test failed {where}, and `{self._results}` names"
            return Failure(f"{message} none that did", run=self._shown(one))
        return Failure(
            f"The test program itself broke {where}: it {self._end_of(one)}",
            expected=f"exit code {codes}: a test failed",
            because="An exception in a test has to be that test's failure, and not the end of all"
            " tests.",
            run=self._shown(one),
        )


def listed(parts: Sequence[str], last: str = "and", quote: str = "`") -> str:
    """ "`a`, `b` and `c`" """
    shown = [f"{quote}{part}{quote}" for part in parts[:SHOWN]]
    if len(parts) > SHOWN:
        shown.append(f"{len(parts) - SHOWN} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def judge(check: Check) -> None:
    Court(check).judge()
