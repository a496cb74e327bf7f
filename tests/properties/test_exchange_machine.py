"""exchange.md's promises under whatever people do and whatever happens: a Hypothesis state machine over real folders.

Two PCs of the hub, three units of two PCs. Schedules of 110 steps: edits, comments, corrections, files written,
delivered late, twice, in any order or never, damaged, forged; submitted, accepted, returned, closed, reopened; wrong
clocks, kills, backups put back, cloned disks, retired machines, merged units, the opened spare. At the end everything
is exchanged once more, as offices do.
``--thorough`` runs ten times as many.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.properties.exchange_world import HUBS, ITEMS, PLACES, UNIT_OF, WARDS, World, cheaply

STEPS = 110
SHARES, SCHEDULES = 10, 20
"""Test functions and schedules of each: 200 in all."""
OFFICES = (*HUBS, *UNIT_OF)
UNITS = tuple(UNIT_OF)
anybody = st.sampled_from(OFFICES)
numbers = st.integers(0, 2**16)
_FAST = Path("/dev/shm")


class Exchange(RuleBasedStateMachine):
    """One schedule; the rules are what people and mishaps do, in the proportions in which they happen."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=_FAST if _FAST.is_dir() else None))
        self.world = World(self.template, self.folder / "huyện")

    @rule(office=anybody, place=st.sampled_from(PLACES))
    def enter(self, office: str, place: tuple[str, str]) -> None:
        self.world.enter(office, place)

    @rule(office=st.sampled_from(UNITS), item=st.sampled_from(ITEMS))
    def enter_own(self, office: str, item: str) -> None:
        self.world.enter(office, (item, UNIT_OF[office]))

    @rule(office=st.sampled_from(UNITS), item=st.sampled_from(ITEMS))
    def enter_more(self, office: str, item: str) -> None:
        self.world.enter(office, (item, UNIT_OF[office]))

    @rule(office=st.sampled_from(UNITS), item=st.sampled_from(ITEMS))
    def comment(self, office: str, item: str) -> None:
        self.world.comment(office, item)

    @rule(office=st.sampled_from(HUBS), item=st.sampled_from(ITEMS))
    def correct(self, office: str, item: str) -> None:
        self.world.correct(office, item)

    @rule(office=st.sampled_from(UNITS))
    def submit(self, office: str) -> None:
        self.world.submit(office)

    @rule(office=st.sampled_from(UNITS), luck=st.integers(0, 2))
    def withdraw(self, office: str, luck: int) -> None:
        if not luck:
            self.world.withdraw(office)

    @rule(office=st.sampled_from(HUBS), ward=st.sampled_from(WARDS), accepts=st.booleans())
    def decide(self, office: str, ward: str, *, accepts: bool) -> None:
        self.world.decide(office, ward, accepts=accepts)

    @rule(office=st.sampled_from(HUBS), luck=st.integers(0, 5))
    def close(self, office: str, luck: int) -> None:
        if luck < 2:
            self.world.close_period(office, reopens=bool(luck))

    @rule(office=anybody)
    def write(self, office: str) -> None:
        self.world.write(office)

    @rule(office=st.sampled_from(HUBS))
    def write_at_the_hub(self, office: str) -> None:
        self.world.write(office)

    @rule(at=numbers, office=anybody)
    def deliver(self, at: int, office: str) -> None:
        self.world.deliver(at, office)

    @rule(at=numbers, office=st.sampled_from(HUBS))
    def deliver_to_the_hub(self, at: int, office: str) -> None:
        self.world.deliver(at, office)

    @rule(at=numbers)
    def deliver_where_it_belongs(self, at: int) -> None:
        self.world.deliver_where_it_belongs(at)

    @rule(at=numbers)
    def deliver_another(self, at: int) -> None:
        self.world.deliver_where_it_belongs(at)

    @rule(at=numbers, office=anybody, how=numbers)
    def damage(self, at: int, office: str, how: int) -> None:
        self.world.damage(at, office, how)

    @rule(office=st.sampled_from(UNITS), place=st.sampled_from(PLACES), hub=st.sampled_from(HUBS))
    def forge(self, office: str, place: tuple[str, str], hub: str) -> None:
        self.world.forge(office, place, hub)

    @rule(office=anybody, days=st.sampled_from((-19_000, -1, 0, 1, 27_000)))
    def set_clock(self, office: str, days: int) -> None:
        self.world.set_clock(office, days)

    @rule(at=numbers, office=anybody, statement=st.integers(0, 60))
    def crash(self, at: int, office: str, statement: int) -> None:
        self.world.crash(at, office, statement)

    @rule(office=anybody)
    def snapshot(self, office: str) -> None:
        self.world.snapshot(office)

    @rule(at=numbers, luck=st.integers(0, 2))
    def restore(self, at: int, luck: int) -> None:
        if not luck:
            self.world.restore(at)

    @rule(office=anybody, luck=st.integers(0, 9))
    def clone(self, office: str, luck: int) -> None:
        if not luck:
            self.world.clone(office)

    @rule(office=anybody, luck=st.integers(0, 11))
    def retire(self, office: str, luck: int) -> None:
        if not luck:
            self.world.retire(office)

    @rule(merged=st.sampled_from(WARDS), successor=st.sampled_from(WARDS), luck=st.integers(0, 11))
    def merge(self, merged: str, successor: str, luck: int) -> None:
        if not luck:
            self.world.merge(merged, successor)

    @rule(luck=st.integers(0, 19))
    def open_spare(self, luck: int) -> None:
        if not luck:
            self.world.open_spare()

    def teardown(self) -> None:
        """Everything is exchanged; then the promises are looked at, and the folders thrown away."""
        try:
            for _ in range(3):
                self.world.exchange_everything()
            self.world.agree()
            self.world.silent()
        finally:
            self.world.close()
            shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The offices, all enrolled, made once per worker."""
    with cheaply():
        root = tmp_path_factory.mktemp("huyện") / "mẫu"
        root.mkdir()
        world = World(root / "chưa có", root)
        world.found()
        yield root


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.timeout(3000)
def test_whatever_happens_the_promises_hold(founded: Path, share: int, request: pytest.FixtureRequest) -> None:
    Exchange.template = founded
    many = SCHEDULES * (10 if request.config.getoption("--thorough") else 1)
    chosen = settings(
        max_examples=many, stateful_step_count=STEPS, deadline=None, database=None, print_blob=True,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )

    class Share(Exchange):
        """A machine with a name of its own: each share draws other schedules."""

    Share.__qualname__ = f"Share{share}"
    run_state_machine_as_test(Share, settings=chosen)
