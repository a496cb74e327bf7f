"""Whatever is entered, submitted, decided and carried in any order: accepted and closed figures move by decisions.

Real services over real folders: two machines of a ward, the hub, and a copy of the hub that gets all files late.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.models.errors import Mistake
from desktop.services import closing, doctor, reporting, sheets, submissions, submitting
from desktop.services.figures import counted_reports
from desktop.services.traffic import exchanging
from desktop.services.workspace import Workspace
from tests.offices import HUB, WARD, District
from tests.properties.test_exchange import HUB_COPY, ITEMS, PERIOD, SECOND, two_machines, world

Step = tuple[str, str, int]
"""(what, office, a number to choose by)."""
WARDS = (WARD, SECOND)

edits = st.tuples(st.just("edit"), st.sampled_from((*WARDS, HUB)), st.integers(0, 100))
acts = st.tuples(st.sampled_from(("submit", "withdraw", "send", "send")), st.sampled_from(WARDS), st.integers(0, 1))
decisions = st.tuples(st.sampled_from(("accept", "accept", "return", "answer", "answer")), st.just(HUB),
                      st.integers(0, 1))
steps = st.lists(st.one_of(edits, acts, decisions), min_size=6, max_size=18)
SLIPS = {
    "", "SUBMISSION_NONE", "SUBMISSION_UNCHANGED", "SUBMISSION_ACCEPTED", "CORRECTION_WITHOUT_REASON",
}
"""What a person may be told when there is nothing to do."""


def act(district: District, copies: list[Path], step: Step) -> None:
    """One step of somebody; files of the ward are kept for the copy of the hub."""
    what, office, number = step
    ws = district.at(office)
    unit = ws.unit_named(WARD).id
    if what == "edit":
        item = reporting.item_at(ws, ITEMS[number % 2])
        shown = reporting.shown_now(ws, item, unit, PERIOD)
        reporting.enter(ws, item, unit, PERIOD, {"percent": number}, shown)
        return
    if what == "send":
        files = district.write(office)
        copies += files
        exchanging.import_files(district.at(HUB), files)
        return
    if what == "answer":
        files = [district.written(HUB)["Phường Bồ Đề"]]
        exchanging.import_files(district.at(WARDS[number]), files)
        return
    does: dict[str, Callable[[], object]] = {
        "submit": lambda: submitting.submit(ws, PERIOD, unit=unit, reason="Đính chính" if number else ""),
        "withdraw": lambda: submitting.withdraw(ws, PERIOD),
        "accept": lambda: submitting.accept(ws, unit, PERIOD),
        "return": lambda: submitting.send_back(ws, unit, PERIOD, "Bổ sung"),
    }
    assert slip(does[what]) in SLIPS


def slip(does: Callable[[], object]) -> str:
    """What somebody is told who does something, "" when it is done."""
    try:
        does()
    except Mistake as told:
        return told.code
    return ""


def accepted_figures(ws: Workspace) -> tuple[object, ...]:
    """What the ward's reports count with, while something of it is accepted; else nothing to hold on to."""
    row = submissions.board_row(ws, ws.unit_named(WARD).id, PERIOD)
    if not any(one.said.accepted for one in row.submissions):
        return ()
    return tuple((one.item, one.body) for one in counted_reports(ws) if one.unit == row.unit and one.period == PERIOD)


def standing_of(ws: Workspace) -> tuple[object, ...]:
    """All that the board says of the ward, but for what only this PC knows to be late."""
    row = submissions.board_row(ws, ws.unit_named(WARD).id, PERIOD)
    return (
        row.state, [(one.said.record, one.said.state, one.said.replaced) for one in row.submissions], row.changed,
        [one.said.record for one in row.waiting], row.withdrawn_too_late, row.incomplete, row.returned, row.sending,
        row.brackets, accepted_figures(ws),
    )


@settings(
    max_examples=5, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], database=None,
)
@given(plot=steps, closes=st.integers(2, 16))
def test_only_decisions_move_accepted_figures(district_template: Path, plot: list[Step], closes: int) -> None:
    with world(two_machines(district_template)) as made:
        district, copies = made.district, list[Path]()
        hub, expected = district.at(HUB), None
        for number, step in enumerate(plot):
            before = accepted_figures(hub)
            act(district, copies, step)
            if step[0] not in ("accept", "return"):
                assert not before or accepted_figures(hub) == before, step
            if number == closes:
                closing.close(hub, PERIOD)
                expected = sheets.consolidated_sheet(hub, PERIOD)
        for _ in range(2):
            for step in (("send", WARD, 0), ("send", SECOND, 0), ("answer", HUB, 0), ("answer", HUB, 1)):
                act(district, copies, step)
        found = standing_of(hub)
        for office in WARDS:
            assert standing_of(district.at(office)) == found, office
        copy = district.at(HUB_COPY)
        exchanging.import_files(copy, [*reversed(copies), *district.written(HUB).values()])
        assert standing_of(copy) == found
        assert doctor.digest(copy) == doctor.digest(hub) == hub.store.rebuilt_digest()
        if expected is not None:
            assert sheets.consolidated_sheet(hub, PERIOD) == sheets.consolidated_sheet(copy, PERIOD) == expected
