"""Folders go back to old backups at any moment, at units and at the hub: what was delivered comes back (promise 8).

The world and the model are those of ``test_exchange``; the keys and their marks stay, as they do on a PC.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.services import doctor
from desktop.services.traffic import exchanging
from tests.offices import HUB, WARD
from tests.properties.test_exchange import (
    SECOND,
    UNITS,
    Delivery,
    Edit,
    World,
    deliveries,
    hub_edits,
    own_edits,
    silent,
    two_machines,
    world,
)


@dataclass(frozen=True)
class Backup:
    """An office's folder is copied, or becomes its last copy."""

    office: str
    back: bool


@dataclass
class Backups:
    """The copies of folders, each with what its office knew then."""

    kept: dict[str, frozenset[int]] = field(default_factory=dict)

    def step(self, one: Backup, all_of_it: World) -> None:
        """Make a copy, or go back to it."""
        district, known = all_of_it.district, all_of_it.model.known
        district.close()
        folder, copy = district.root / one.office, district.root / f"sao lưu {one.office}"
        if not one.back:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy)
            self.kept[one.office] = frozenset(known[one.office])
        elif one.office in self.kept:
            shutil.rmtree(folder)
            shutil.copytree(copy, folder)
            known[one.office] = set(self.kept[one.office])
            all_of_it.agree(one.office)


backups = st.builds(Backup, st.sampled_from((WARD, SECOND, HUB)), st.booleans())
steps = st.lists(st.one_of(own_edits, hub_edits, deliveries, deliveries, backups, backups), min_size=6, max_size=18)


@settings(
    max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], database=None,
)
@given(plot=steps)
def test_what_was_delivered_comes_back_after_any_restore(
    district_template: Path, plot: list[Edit | Delivery | Backup]
) -> None:
    copies = Backups()
    with world(two_machines(district_template)) as all_of_it:
        for step in plot:
            if isinstance(step, Backup):
                copies.step(step, all_of_it)
            elif isinstance(step, Edit):
                all_of_it.enter(step)
                all_of_it.agree(step.office)
            else:
                all_of_it.deliver(step)
        for _ in range(3):
            all_of_it.exchange_everything()
        known, district = all_of_it.model.known, all_of_it.district
        assert known[HUB] >= set().union(*(known[office] for office in UNITS))
        for office in (*UNITS, HUB):
            ws = district.at(office)
            all_of_it.agree(office)
            assert silent(ws), (office, exchanging.traffic(ws))
            assert not any(ws.store.journal.forks(log.id) for log in ws.store.journal.logs()), office
            health = doctor.examine(ws)
            assert health.ok, (office, health)
        assert doctor.digest(district.at(WARD)) == doctor.digest(district.at(SECOND))
