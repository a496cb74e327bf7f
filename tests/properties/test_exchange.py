"""Whatever people do and whatever happens to files: exchange.md's promises, against a model that knows no code of ours.

Real services over real folders. Two hub copies get the same files in other orders; deliveries are dropped, doubled and
late. At the end everything is exchanged once more, as offices do.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.models.report import REPORT_FIELDS, WorkState
from desktop.services import doctor, reporting
from desktop.services.traffic import enrolling, exchanging
from desktop.services.traffic.checking import ValueChange, check_package
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.workspace import Workspace
from tests.offices import BODY, HUB, WARD, District, copy_district

PERIOD = "2023-Q3"
ITEMS = ("I/1/1.4", "II/2/2.1/2.1.9")
SECOND = f"{WARD} máy 2"
HUB_COPY = f"{HUB} bản sao"
"""Only reads: a hub's second copy that must come to the same state."""
UNITS = {WARD: WARD, SECOND: WARD, BODY: BODY}
VALUES: dict[str, tuple[object, ...]] = {
    "percent": (0, 40, 40, 100, None), "state": (*WorkState, None), "result": ("Một", "Hai\nba", "", "x" * 300),
}
Place = tuple[str, str, str]
"""(item path, unit, field)."""


@dataclass(frozen=True)
class Edit:
    """A person enters a value at an office; at the hub for a unit."""

    office: str
    item: str
    unit: str
    field: str
    value: object


@dataclass(frozen=True)
class Delivery:
    """An office's package arrives now, twice, or late (``kept``) after others; or it is lost."""

    sender: str
    fate: str


offices = st.sampled_from((WARD, SECOND, BODY))
fields = st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name])))
own_edits = st.builds(
    lambda office, item, pair: Edit(office, item, UNITS[office], *pair), offices, st.sampled_from(ITEMS), fields
)
hub_edits = st.builds(
    lambda unit, item, pair: Edit(HUB, item, unit, *pair), st.sampled_from((WARD, BODY)), st.sampled_from(ITEMS), fields
)
deliveries = st.builds(
    Delivery, st.sampled_from((WARD, SECOND, BODY, HUB, HUB)), st.sampled_from(("once", "twice", "lost", "late"))
)
steps = st.lists(st.one_of(own_edits, own_edits, hub_edits, deliveries, deliveries), min_size=4, max_size=14)


@dataclass
class Entry:
    """A value somebody entered: what it replaced is what its office knew of the field just then."""

    number: int
    office: str
    value: object
    replaced: frozenset[int]


@dataclass
class Model:
    """What every office should hold: entries by place, and which entries each office knows."""

    entries: dict[Place, list[Entry]] = field(default_factory=dict)
    known: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def current(self, office: str, place: Place) -> list[Entry]:
        """The entries of a field that nothing known here replaced."""
        mine = [one for one in self.entries.get(place, ()) if one.number in self.known[office]]
        gone = {number for one in mine for number in one.replaced}
        return [one for one in mine if one.number not in gone]

    def enter(self, edit: Edit) -> None:
        """A person enters a value; the same value again writes nothing."""
        place = (edit.item, edit.unit, edit.field)
        current = self.current(edit.office, place)
        value = edit.value or None if isinstance(edit.value, str) else edit.value
        if {one.value for one in current} == {value} or (not current and value is None):
            return
        number = sum(len(listed) for listed in self.entries.values())
        mine = self.entries.setdefault(place, [])
        mine.append(Entry(number, edit.office, value, frozenset(one.number for one in current)))
        self.known[edit.office].add(number)

    def readable(self, sender: str, receiver: str) -> set[int]:
        """What a package of one office brings another: a unit reads what concerns it."""
        unit = UNITS.get(receiver) or UNITS.get(sender)
        wanted = {one.number for (_, owner, _), listed in self.entries.items() if owner == unit for one in listed}
        return self.known[sender] & wanted


@dataclass
class World:
    """The offices, the files under way, the model beside them."""

    district: District
    model: Model = field(default_factory=Model)
    late: list[tuple[Path, str, set[int]]] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)
    checks: bool = False
    """Each file is checked before it is imported, and the two compared."""

    def enter(self, edit: Edit) -> None:
        """An edit in the program and in the model."""
        ws = self.district.at(edit.office)
        item, unit = reporting.item_at(ws, edit.item), ws.unit_named(edit.unit).id
        shown = reporting.shown_now(ws, item, unit, PERIOD)
        reporting.enter(ws, item, unit, PERIOD, {edit.field: edit.value}, shown)
        self.model.enter(edit)

    def deliver(self, delivery: Delivery) -> None:
        """Write an office's packages and have them arrive as fate has it."""
        for path, receiver in self.written(delivery.sender):
            parcel = (path, receiver, self.model.readable(delivery.sender, receiver))
            if delivery.fate == "late":
                self.late.append(parcel)
            elif delivery.fate != "lost":
                self.arrive(*parcel)
                if delivery.fate == "twice":
                    self.arrive(*parcel, again=True)

    def written(self, sender: str) -> Iterator[tuple[Path, str]]:
        """The files of an office, each with an office that reads it."""
        files = self.district.written(sender)
        for recipient, path in files.items():
            if sender != HUB:
                self.copies.append(path)
                yield path, HUB
            else:
                yield from ((path, office) for office in UNITS
                            if self.district.at(office).identity().unit_name == recipient)

    def arrive(self, path: Path, receiver: str, brought: set[int], *, again: bool = False) -> None:
        """A file is imported; nothing is ever refused, and the second time nothing happens."""
        ws = self.district.at(receiver)
        before = doctor.digest(ws) if again else ""
        receipt = self.checked_then_imported(ws, path) if self.checks else self.imported(ws, path)
        assert receipt.outcome in (Outcome.IMPORTED, Outcome.ALREADY_HAD), receipt
        assert (receipt.held, receipt.quarantined, receipt.gaps) == (0, 0, ()), receipt
        self.model.known[receiver].update(brought)
        if again:
            assert receipt.outcome is Outcome.ALREADY_HAD
            assert doctor.digest(ws) == before
        self.agree(receiver)

    def imported(self, ws: Workspace, path: Path) -> Receipt:
        """The receipt of a file."""
        return exchanging.import_files(ws, [path]).receipts[0]

    def checked_then_imported(self, ws: Workspace, path: Path) -> Receipt:
        """The receipt of a file, which a check foretold, with every value that is shown otherwise."""
        shown = shown_values(ws)
        checked = check_package(ws, path)
        receipt = self.imported(ws, path)
        assert checked.receipt == receipt, "checking is importing (promise 6)"
        assert foretold(checked.changes) == changed_values(shown, shown_values(ws))
        return receipt

    def exchange_everything(self) -> None:
        """Late files come in, last first; then everybody sends to the hub, and the hub to everybody."""
        for parcel in reversed(self.late):
            self.arrive(*parcel)
        for office in (*UNITS, HUB):
            self.deliver(Delivery(office, "once"))

    def agree(self, office: str) -> None:
        """What an office shows is what the model says: values, conflicts, and no others."""
        ws = self.district.at(office)
        names = {unit: ws.unit_named(unit).name for unit in set(UNITS.values())}
        lines = {(line.item_path, line.unit_name): line.report for line in reporting.report_lines(ws)}
        for (item, unit, name), _ in self.model.entries.items():
            current = self.model.current(office, (item, unit, name))
            report = lines.get((item, names[unit]))
            if not current:
                assert report is None or not getattr(report, name) and name not in report.conflicts
                continue
            assert report is not None, (office, item, unit, name)
            values = {one.value for one in current}
            assert (name in report.conflicts) == (len(values) > 1), (office, item, unit, name, current)
            if name in report.conflicts:
                rivals = reporting.rivals(ws, report)[name]
                assert {one["value"] for one in rivals} == values
            else:
                assert getattr(report, name) in (*values, *([""] if values == {None} else []))


Shown = dict[tuple[str, str, str, str], tuple[object, frozenset[object]]]
"""(unit, item path, period, field): the value shown, and all values where they stand against each other."""


def shown_values(ws: Workspace) -> Shown:
    """Every value of every report, as the screens get them."""
    found: Shown = {}
    for line in reporting.report_lines(ws):
        against = reporting.rivals(ws, line.report)
        for name in REPORT_FIELDS:
            value = getattr(line.report, name)
            values = frozenset(one["value"] for one in against.get(name, ()))
            found[line.unit_name, line.item_path, line.report.period, name] = (None if value == "" else value, values)
    return found


def changed_values(before: Shown, after: Shown) -> Shown:
    """What is shown otherwise than before."""
    return {place: found for place, found in after.items() if before.get(place, (None, frozenset())) != found}


def foretold(changes: Sequence[ValueChange]) -> Shown:
    """What a check said would be shown."""
    return {
        (one.unit, one.item, one.period, one.field): (one.after, frozenset(one.values)) for one in changes
    }


@contextmanager
def world(template: Path) -> Iterator[World]:
    """A copy of the made district, thrown away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        made = World(copy_district(template, Path(folder) / "quận"))
        try:
            yield made
        finally:
            made.district.close()


def two_machines(district_template: Path) -> Path:
    """The district with a second machine of the ward, made once."""
    made = district_template.parent / "mẫu hai máy"
    if not made.exists():
        district = copy_district(district_template, made)
        starter = next(district.root.glob("tep-khoi-tao*"))
        code = enrolling.own_code(district.at(HUB))
        enrolling.setup_unit(district.environment, district.root / SECOND, WARD, starter, code)
        district.send(SECOND, HUB)
        enrolling.approve(district.at(HUB), None)
        district.send(HUB, SECOND)
        district.close()
        shutil.copytree(district.root / HUB, district.root / HUB_COPY)
    return made


def silent(ws: Workspace) -> bool:
    """Whether an office has nothing more to say and everything it said was acknowledged."""
    view = exchanging.traffic(ws)
    return view.waiting == 0 and view.unconfirmed == 0


@settings(
    max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], database=None,
)
@given(plot=steps)
def test_whatever_happens_everybody_comes_to_the_same(district_template: Path, plot: list[Edit | Delivery]) -> None:
    with world(two_machines(district_template)) as all_of_it:
        for step in plot:
            if isinstance(step, Edit):
                all_of_it.enter(step)
                all_of_it.agree(step.office)
            else:
                all_of_it.deliver(step)
        all_of_it.exchange_everything()
        all_of_it.exchange_everything()
        model, district = all_of_it.model, all_of_it.district
        saved = {one.number for listed in model.entries.values() for one in listed}
        assert model.known[HUB] == saved, "nothing saved is lost"
        for office in (*UNITS, HUB):
            all_of_it.agree(office)
            assert silent(district.at(office)), office
        for office in (SECOND, HUB):
            health = doctor.examine(district.at(office))
            assert health.ok, (office, health)
        assert doctor.digest(district.at(WARD)) == doctor.digest(district.at(SECOND))
        _copy_comes_to_the_same(all_of_it)


@settings(
    max_examples=4, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], database=None,
)
@given(plot=steps)
def test_a_check_foretells_what_importing_does(district_template: Path, plot: list[Edit | Delivery]) -> None:
    with world(two_machines(district_template)) as all_of_it:
        all_of_it.checks = True
        for step in plot:
            if isinstance(step, Edit):
                all_of_it.enter(step)
            else:
                all_of_it.deliver(step)
        all_of_it.exchange_everything()


def _copy_comes_to_the_same(all_of_it: World) -> None:
    """A second hub copy gets all files of the units, last first, and what the first hub wrote."""
    district = all_of_it.district
    copy = district.at(HUB_COPY)
    exchanging.import_files(copy, list(reversed(all_of_it.copies)))
    exchanging.import_files(copy, list(district.written(HUB).values()))
    assert doctor.digest(copy) == doctor.digest(district.at(HUB))
