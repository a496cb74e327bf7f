"""A district for tests: hub and units with real folders, keys, files; one clock they share."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from desktop.services.environment import RESOURCES, Environment
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.views import ImportDone
from desktop.services.workspace import Workspace, open_workspace

PLAN = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"
HANOI = timezone(timedelta(hours=7))
HUB = "UB MTTQ quận"
WARD = "Phường Bồ Đề"
BODY = "TTPTQĐ"


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = datetime(2023, 9, 14, 9, 41, tzinfo=HANOI)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class RandomBytes:
    """A stream of bytes from a seed: unpredictable enough for tests, and the same every time."""

    seed: str
    _count: itertools.count[int] = field(default_factory=itertools.count)

    def __call__(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            data += sha256(f"{self.seed}/{next(self._count)}".encode()).digest()
        return data[:length]


def make_environment(root: Path, clock: Clock, seed: str = "thử") -> Environment:
    """Surroundings with keys under ``root``."""
    return Environment(
        clock=clock, resources=RESOURCES, keys_folder=root / "khoa", passphrase=lambda new: "mật khẩu thử",
        random=RandomBytes(seed),
    )


@dataclass
class District:
    """A hub and units enrolled with it, each in its folder under ``root``; workspaces are opened on demand."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    environment: Environment = field(init=False)
    _open: dict[str, Workspace] = field(default_factory=dict)
    _apart: dict[str, Environment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = make_environment(self.root, self.clock, str(self.root.name))

    def found(self, *units: str, plan: Path = PLAN) -> None:
        """Set the hub up, then each unit by starter file, request and approval."""
        enrolling.setup_hub(self.environment, self.root / HUB, HUB, plan)
        starter = enrolling.write_starter(self.at(HUB), self.root).path
        code = enrolling.own_code(self.at(HUB))
        for unit in units:
            enrolling.setup_unit(self.environment, self.root / unit, unit, starter, code)
            self.send(unit, HUB)
        enrolling.approve(self.at(HUB), None)
        for unit in units:
            self.send(HUB, unit)

    def at(self, name: str) -> Workspace:
        """The open workspace of an office."""
        if name not in self._open:
            self._open[name] = open_workspace(self._apart.get(name, self.environment), self.root / name)
        return self._open[name]

    def apart(self, name: str) -> Environment:
        """Surroundings of an office whose keys are its own, as on a PC of its own."""
        if name not in self._apart:
            self._apart[name] = make_environment(self.root / f"máy {name}", self.clock, f"{self.root.name} {name}")
        return self._apart[name]

    def close(self) -> None:
        """Close every workspace."""
        for ws in self._open.values():
            ws.close()
        self._open.clear()

    def written(self, name: str) -> dict[str, Path]:
        """Write packages of an office into a folder of their own: recipient in words -> file."""
        out = self.root / f"gửi {len(list(self.root.glob('gửi *')))}"
        out.mkdir()
        return {package.recipient: package.path for package in exchanging.write_packages(self.at(name), out)}

    def write(self, name: str) -> list[Path]:
        """Write packages of an office into a folder of their own."""
        return list(self.written(name).values())

    def send(self, sender: str, receiver: str) -> ImportDone:
        """Write at one office and import at another what is meant for it."""
        meant = self.written(sender)[self.at(receiver).identity().unit_name]
        return exchanging.import_files(self.at(receiver), [meant])


def copy_district(source: Path, target: Path) -> District:
    """A district made before, copied with its keys so that a test may change it."""
    shutil.copytree(source, target)
    return District(target)
