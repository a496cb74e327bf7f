"""A hub and its units as a folder that tests copy, and go on with by the real commands only."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.services.environment import RESOURCES, Environment
from desktop.services.traffic import enrolling, exchanging
from desktop.services.workspace import workspace
from tests.cli.program import PASSPHRASE, Answer, Program
from tests.offices import HANOI

PLAN = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"
HUB = "UB MTTQ quận"
WARD = "Phường Bồ Đề"
WARD_AGAIN = "Phường Bồ Đề máy hai"
BODY = "TTPTQĐ"
PERIOD = "2023-Q3"
SHARED = "I/1/1.4"
THCS = "II/2/2.1/2.1.9"
HOME = "nhà riêng"
UNITS = {WARD: WARD, WARD_AGAIN: WARD, BODY: BODY}
STARTER = "Tệp khởi tạo gửi các đơn vị.sotiendo"


@dataclass(frozen=True)
class Town:
    """Offices as folders under ``root``; one user's keys for all."""

    root: Path

    @property
    def program(self) -> Program:
        """The program of this town's user."""
        return Program(self.root / HOME, self.root)

    def at(self, office: str, *words: str | Path) -> Answer:
        """Run a command in an office, however it ends."""
        return self.program.at(self.root / office, *words)

    def good(self, office: str, *words: str | Path) -> Answer:
        """Run a command in an office that must be done."""
        return self.program.good(self.root / office, *words)

    def found(self, hub: str = HUB) -> None:
        """Set a hub up and write its starter file."""
        (self.root / HOME).mkdir(parents=True)
        self.good(hub, "setup", "hub", "--unit", hub, "--plan", PLAN)
        self.good(hub, "enroll", "starter", "--out", STARTER)

    def join(self, office: str, unit: str, hub: str = HUB) -> None:
        """Set a unit's PC up."""
        code = self.good(hub, "enroll", "code").out.strip()
        self.good(office, "setup", "unit", "--unit", unit, "--starter", self.root / STARTER, "--root-code", code)

    def enter(self, office: str, item: str, *values: str, unit: str = "") -> None:
        """Enter a report."""
        settings = [word for value in values for word in ("--set", value)]
        named = ["--unit", unit] if unit else []
        said = self.good(office, "report", "enter", "--item", item, "--period", PERIOD, *named, *settings).out
        assert said.startswith("Đã lưu")

    def folder(self, name: str) -> Path:
        """A folder for files to send, made where missing."""
        path = self.root / f"gửi đi {name}"
        path.mkdir(exist_ok=True)
        return path

    def write(self, office: str, name: str = "") -> list[Path]:
        """Write packages of an office into a folder of their own."""
        out = self.folder(name or f"{office} {len(list(self.root.iterdir()))}")
        written = self.good(office, "package", "write", "--out", out, "--json").json
        assert sorted(Path(one["path"]) for one in written) == sorted(out.iterdir())
        return [Path(one["path"]) for one in written]

    def take(self, office: str, *files: Path) -> list[dict[str, Any]]:
        """Import files at an office; their receipts."""
        receipts: list[dict[str, Any]] = self.good(office, "package", "import", "--json", *files).json
        return receipts

    def reports(self, office: str) -> list[dict[str, Any]]:
        """Every report held at an office."""
        lines: list[dict[str, Any]] = self.good(office, "report", "list", "--json").json
        return lines

    def digest(self, office: str) -> str:
        """The hash of an office's state."""
        return self.good(office, "digest").out.strip()

    def copied(self, target: Path) -> Town:
        """The same town somewhere else."""
        shutil.copytree(self.root, target)
        return Town(target)


def enrolled_town(root: Path) -> Town:
    """A hub, two PCs of a ward and a district body, all approved and informed.

    Made within this process, as the commands would make it: ``Town.found`` and ``Town.join`` are the long way.
    """
    (root / HOME).mkdir(parents=True)
    environment = Environment(
        lambda: datetime(2023, 9, 14, 9, 41, tzinfo=HANOI), RESOURCES, root / HOME / "SoTienDo" / "khoa",
        lambda _new: PASSPHRASE, os.urandom,
    )
    enrolling.setup_hub(environment, root / HUB, HUB, PLAN)
    with workspace(environment, root / HUB) as hub:
        starter = enrolling.write_starter(hub, root / STARTER).path
        code = enrolling.own_code(hub)
        for office, unit in UNITS.items():
            enrolling.setup_unit(environment, root / office, unit, starter, code)
            with workspace(environment, root / office) as ws:
                exchanging.import_files(hub, [exchanging.write_packages(ws, root / f"{office}.sotiendo")[0].path])
        enrolling.approve(hub, None)
        common = exchanging.write_packages(hub, root / "tổng hợp.sotiendo")[0].path
    for office in UNITS:
        with workspace(environment, root / office) as ws:
            exchanging.import_files(ws, [common])
    return Town(root)
