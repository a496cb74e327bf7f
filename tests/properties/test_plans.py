"""Two plans run together, as every January: wherever which is worked in, each value comes to its own plan alone.

Real services over real folders, against a model of what each office wrote. Files of both plans are lost, late or
doubled, and arrive where the other plan is worked in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.services import doctor, reporting
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import Carried, open_new_plan
from desktop.services.plan.plans import choose_plan, plans
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.views import Outcome
from desktop.services.workspace import Workspace
from tests.next_year import write_next_plan
from tests.offices import BODY, HUB, WARD, District, copy_district

YEARS = (2023, 2024)
OFFICES = (HUB, WARD, BODY)
ITEMS = {2023: ("I/1/1.4", "II/2/2.1/2.1.9"), 2024: ("II/1", "II/2", "chuyen-tiep/1")}
PERIODS = {2023: "2023-Q4", 2024: "2024-Q1"}
Step = tuple[str, str, int, int]
"""(what, office, a number that chooses, another)."""
steps = st.lists(
    st.tuples(st.sampled_from(("turn", "enter", "send", "lose", "late", "twice")), st.sampled_from(OFFICES),
              st.integers(0, 99), st.integers(0, 5)),
    max_size=14,
)


@dataclass
class January:
    """The offices in both years; what each unit's value must be in the end."""

    district: District
    entered: dict[tuple[int, str, str], int] = field(default_factory=dict)
    late: list[tuple[Path, str]] = field(default_factory=list)

    def year(self, office: str) -> int:
        """The year an office works in."""
        return self.district.at(office).identity().plan.year

    def turn(self, office: str, year: int) -> None:
        ws = self.district.at(office)
        choose_plan(ws, next(one.id for one in plans(ws) if one.year == year))

    def enter(self, office: str, value: int, choice: int) -> None:
        """A unit writes into a row of its own; only it does, so that nothing is a conflict."""
        if office == HUB:
            return
        year, ws = self.year(office), self.district.at(office)
        path = ITEMS[year][choice % len(ITEMS[year])]
        item, unit = reporting.item_at(ws, path), ws.unit_named(office).id
        shown = reporting.shown_now(ws, item, unit, PERIODS[year])
        reporting.enter(ws, item, unit, PERIODS[year], {"percent": value}, shown)
        self.entered[year, path, office] = value

    def send(self, office: str, fate: str) -> None:
        for path, receiver in self.files(office):
            if fate == "late":
                self.late.append((path, receiver))
            elif fate != "lose":
                self.arrive(path, receiver)
                if fate == "twice":
                    self.arrive(path, receiver, again=True)

    def files(self, office: str) -> Sequence[tuple[Path, str]]:
        written = self.district.written(office)
        names = {self.district.at(one).identity().unit_name: one for one in OFFICES}
        return [(path, names[recipient]) for recipient, path in written.items() if recipient in names]

    def arrive(self, path: Path, receiver: str, *, again: bool = False) -> None:
        ws = self.district.at(receiver)
        before = digests(ws)
        checked = exchanging.check_file(ws, path)
        assert digests(ws) == before
        (receipt,) = exchanging.import_files(ws, [path]).receipts
        assert (receipt.outcome, receipt.plan, receipt.new) == (checked.outcome, checked.plan, checked.new)
        assert receipt.outcome in (Outcome.IMPORTED, Outcome.ALREADY_HAD)
        after = digests(ws)
        touched = {year for year in YEARS if before[year] != after[year]}
        assert len(touched) <= 1, "a file speaks of one plan"
        assert touched <= ({self.year(receiver)} if not receipt.plan else set(YEARS) - {self.year(receiver)})
        assert not again or after == before

    def settle(self) -> None:
        """Late files come in, then everything is exchanged in both years, until nobody has anything to say."""
        for path, receiver in reversed(self.late):
            self.arrive(path, receiver)
        for _ in range(2):
            for year in YEARS:
                for office in OFFICES:
                    self.turn(office, year)
                for office in (WARD, BODY, HUB):
                    self.send(office, "once")


def digests(ws: Workspace) -> dict[int, str]:
    """The state of each plan of a folder."""
    return {one.year: ws.of(one.id).store.projections.digest() for one in plans(ws)}


def percents(ws: Workspace) -> dict[tuple[str, str], int | None]:
    return {(line.item_path, line.unit_name): line.report.percent for line in reporting.report_lines(ws)}


def two_years(district_template: Path) -> Path:
    """The district with the plan of the year after opened everywhere, made once."""
    made = district_template.parent / "mẫu hai năm"
    if not made.exists():
        district = copy_district(district_template, made)
        hub = district.at(HUB)
        plan, tree = read_for_office(hub, write_next_plan(district.root))
        open_new_plan(hub, plan, tree, [Carried(reporting.item_at(hub, ITEMS[2023][1]))])
        starter = enrolling.write_starter(hub, district.root).path
        for office in (WARD, BODY):
            exchanging.import_files(district.at(office), [starter])
        district.close()
    return made


@settings(
    max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], database=None,
)
@given(plot=steps)
def test_each_value_comes_to_its_own_plan(district_template: Path, plot: list[Step]) -> None:
    template = two_years(district_template)
    with tempfile.TemporaryDirectory() as folder:
        made = January(copy_district(template, Path(folder) / "quận"))
        for what, office, value, choice in plot:
            if what == "turn":
                made.turn(office, YEARS[value % 2])
            elif what == "enter":
                made.enter(office, value, choice)
            else:
                made.send(office, "once" if what == "send" else what)
        made.settle()
        for year in YEARS:
            for office in OFFICES:
                ws = made.district.at(office)
                made.turn(office, year)
                names = {unit: ws.unit_named(unit).name for unit in (WARD, BODY)}
                expected = {
                    (path, names[unit]): value for (when, path, unit), value in made.entered.items()
                    if when == year and office in (HUB, unit)
                }
                assert percents(ws) == expected, (office, year)
                view = exchanging.traffic(ws)
                assert (view.waiting, view.unconfirmed) == (0, 0), (office, year)
        assert all(doctor.examine(made.district.at(office)).ok for office in OFFICES)
        made.district.close()
