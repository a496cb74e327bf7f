"""One job cut off at each of its operations, in processes that are really killed; told as plain records.

Runs inside a process that ``medium.c`` was loaded into. Each point is a fork of it: a process of its own with the
program loaded, so that thousands of points cost seconds.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from desktop.exchange import libraries
from desktop.models.errors import EnvironmentTrouble
from tests.crash import states
from tests.crash.jobs import Job
from tests.crash.medium import COUNT, Fault, Medium
from tests.offices import BODY, HUB, WARD, District, copy_district

_CRASHED = 70


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a job: statement, open (of a new file), write, fsync, rename ... with what it is about."""

    kind: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Point:
    """What came of a fault at an operation.

    ``outcome``: "before" or "after" when the job's folders were found in just that state, else "between". ``code``
    and ``sentence``: what the person was told, where the process lived on. ``problems``: everything that is wrong.
    """

    job: str
    fault: str
    medium: str
    number: int
    operation: str
    outcome: str
    code: str
    sentence: str
    leftovers: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Bench:
    """A job prepared once, to be cut off again and again. ``work``: an empty folder for all copies."""

    def __init__(self, job: Job, template: Path, work: Path, medium: Medium, all_statements: bool = False) -> None:
        self.job = job
        self.all_statements = all_statements
        self._medium = medium
        self._base, self._root, self._spare, self._stash = (work / name for name in ("nền", "điểm", "bản sao", "cất"))
        self._seen = work / "khám"
        self._log = work / "thao tác.txt"
        self._known_trees: dict[str, tuple[str, list[str], list[str]]] = {}
        self._examined: dict[tuple[str, ...], list[str]] = {}
        prepared = copy_district(template, self._base)
        job.prepare(prepared)
        prepared.close()
        for office in {HUB, WARD, BODY} - {*job.offices, *job.needs}:
            shutil.rmtree(self._base / office)
        self._before, _ = states.contents(job, self._base, self._spare)
        district = self._later(self._fresh().root)
        self._files = frozenset(path.relative_to(self._root) for path in self._root.rglob("*"))
        # Once in this process: what a child would load and derive again at each point is there by then.
        job.run(district)
        district.close()
        self._after, problems = states.contents(job, self._root, self._spare)
        assert not problems, problems
        assert not states.strange_files(self._root, self._files, District(self._root))
        self.operations = self._counted()
        assert any(one.kind == "write" for one in self.operations), "the failing medium was not loaded"

    def _fresh(self) -> District:
        for folder in (self._root, self._stash):
            shutil.rmtree(folder, ignore_errors=True)
        self._stash.mkdir()
        return copy_district(self._base, self._root)

    def _later(self, root: Path) -> District:
        """The district an hour after it was prepared, opened as by a program started then."""
        district = District(root)
        district.clock.now += timedelta(hours=1)
        return district

    def _counted(self) -> tuple[Operation, ...]:
        """The operations of the whole job, in order."""
        self._attempt(COUNT, 0, self._fresh().root)
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        fields = (line.split("\t") for line in lines)
        return tuple(Operation(kind, name, int(size)) for kind, name, size in fields)

    def numbered(self, fault: Fault, medium: str = "") -> list[tuple[int, str]]:
        """(number, what it is) of the points at which a fault makes sense; ``medium``: of those in a folder.

        A statement changes no file by itself: of those between two operations on files the first and the last are
        points, unless all are wanted.
        """
        below = f"/{medium}/" if medium else "/"
        kinds = [one.kind for one in self.operations]
        counted = [
            (number, one) for number, one in enumerate(self.operations, 1)
            if (fault.mode == "kill" and (self.all_statements or _at_edge(kinds, number)))
            or f"{one.name}/".startswith(below)
        ]
        if fault.mode != "kill":
            counted = [(number, one) for number, (_, one) in enumerate(counted, 1)]
        points = [
            (number, f"{one.kind} {one.name}") for number, one in counted
            if fault.mode != "torn" or (one.kind == "write" and one.size > 1)
        ]
        last = len(self.operations) if fault.mode == "kill" else len(counted)
        ends = [(last + 1, "the end")] if fault.mode in ("kill", "cut") else []
        return points + ends

    def _attempt(self, fault: Fault, number: int, folder: Path) -> tuple[int, dict[str, str]]:
        """Run the job in a child with a fault: its exit status as ``waitpid`` gives it, and what it said."""
        self._log.write_bytes(b"")
        log = os.open(self._log, os.O_WRONLY | os.O_APPEND)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            status = _CRASHED
            try:
                os.close(reading)
                said = self._child(fault, number, folder, log)
                os.write(writing, json.dumps(said).encode())
                status = 0
            finally:
                if status:
                    self._medium.disarm()
                    os.write(writing, json.dumps({"crash": traceback.format_exc()}).encode())
                os._exit(status)
        os.close(writing)
        os.close(log)
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        return status, json.loads(told or b"{}")

    def _child(self, fault: Fault, number: int, folder: Path, log: int) -> dict[str, str]:
        said: dict[str, str] = {}
        connect = sqlite3.connect

        def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **named)
            connection.set_trace_callback(self._medium.statement)
            return connection

        with mock.patch.object(sqlite3, "connect", traced):
            self._medium.arm(folder, self._stash, fault, number, log)
            district = self._later(self._root)
            try:
                self.job.run(district)
                self._medium.end()
            except EnvironmentTrouble as trouble:
                said = {"code": trouble.code, "sentence": trouble.sentence}
            if fault.again:
                self._medium.disarm()
                # What is open stays open; keys and nonces of a new folder are drawn as at the first try.
                district.environment = self._later(self._root).environment
                self.job.run(district)
            district.close()
        return said

    def at(self, label: str, fault: Fault, number: int, operation: str, medium: str = "") -> Point:
        """Have the fault at an operation and look at what came of it. ``medium``: the folder that fails."""
        root = self._fresh().root
        status, said = self._attempt(fault, number, root / medium if medium else root)
        problems = [said["crash"]] if "crash" in said else []
        if medium:
            problems += _told(said)
        elif not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            problems.append(f"not killed: {status}")
        if operation == "the end" and self.job.kept and not list(root.glob(self.job.kept)):
            problems.append(f"ended well, but nothing is there: {self.job.kept}")
        key = states.tree_hash(root)
        if key not in self._known_trees:
            self._known_trees[key] = self._judged(root)
        outcome, left, found = self._known_trees[key]
        if outcome != "after" and (fault.again or operation == "the end"):
            problems.append(f"done, but {outcome}")
        return Point(
            self.job.name, label, medium, number, operation, outcome, said.get("code", ""), said.get("sentence", ""),
            left, problems + found,
        )

    def _judged(self, root: Path) -> tuple[str, list[str], list[str]]:
        """Outcome, leftovers and problems of what a fault left behind."""
        found, problems = states.contents(self.job, root, self._spare)
        outcome = "after" if found == self._after else "before" if found == self._before else "between"
        if outcome == "between":
            problems.append("neither before nor after")
        district = District(root)
        problems += states.strange_files(root, self._files, district)
        problems += self._ill(found, root)
        district = self._later(root)
        self.job.run(district)
        district.close()
        done, more = states.contents(self.job, root, self._spare)
        problems += more
        if done != self._after:
            problems.append("finished, but not in the state of a job that was never cut off")
        problems += [wrong] if (wrong := self.job.seen(district)) else []
        problems += self._ill(done, root)
        district.close()
        problems += states.strange_files(root, self._files, District(root))
        return outcome, states.leftovers(root), problems

    def _ill(self, found: tuple[str, ...], root: Path) -> list[str]:
        """What the doctor says of folders with this content; it is asked once for each content."""
        if found not in self._examined:
            self._examined[found] = self._doctor(root)
        return self._examined[found]

    def _doctor(self, root: Path) -> list[str]:
        """What the doctor says of a copy: opening a folder may do what another job is there for."""
        shutil.rmtree(self._seen, ignore_errors=True)
        district = copy_district(root, self._seen)
        problems = states.ill(self.job, district)
        district.close()
        return problems


def _at_edge(kinds: list[str], number: int) -> bool:
    """Whether an operation is one on a file, or a statement just before or after one."""
    return kinds[number - 1] != "statement" or {"statement"} != set(kinds[max(number - 2, 0):number + 1])


def _told(said: dict[str, str]) -> list[str]:
    """What is wrong with how a fault was told: a fault that hindered nothing is told nothing."""
    sentence = said.get("sentence", "")
    foreign = any(word in sentence for word in ("Errno", "error", "sqlite", "Traceback"))
    return [f"told badly: {said}"] if said and (foreign or not sentence or not said["code"].isupper()) else []


def thinned(points: list[tuple[int, str]], every: int) -> Iterator[tuple[int, str]]:
    """Every so manieth point, the first and the last among them."""
    for place, point in enumerate(points):
        if place % every == 0 or place == len(points) - 1:
            yield point


@contextmanager
def settled_keys() -> Iterator[None]:
    """Passphrases are derived once in the first process, and its forks inherit what came out; new keys are alike."""
    with (
        mock.patch.object(libraries, "derive", functools.cache(libraries.derive)),
        mock.patch.object(libraries, "new_identity", functools.cache(libraries.new_identity)),
    ):
        yield


def told(point: Point) -> None:
    """One line of JSON to whoever started this process."""
    sys.stdout.write(json.dumps(asdict(point), ensure_ascii=False) + "\n")
