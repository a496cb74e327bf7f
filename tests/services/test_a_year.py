"""A hub's year from the first file to the end of the plan: after every step each folder is whole, nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.models.report import WorkState
from desktop.services import doctor, reporting
from desktop.services.plan import commenting, correcting, planning
from desktop.services.plan.amending import amend
from desktop.services.plan.comparing import compare_plan, read_newer
from desktop.services.plan.issuing import read_for_office
from desktop.services.plan.new_plan import Carried, open_new_plan
from desktop.services.plan.plans import choose_plan, close_plan, plans
from desktop.services.plan.withdrawal import withdrawn_rows
from desktop.services.sheets import consolidated_sheet
from desktop.services.traffic import exchanging
from desktop.services.traffic.views import Outcome
from desktop.services.units.editing import set_members, teach_name
from desktop.services.views import ReadingField
from desktop.services.workspace import Workspace
from tests.amended import INSERTED, Amendment
from tests.next_year import NUMBER, ROWS, write_next_plan
from tests.offices import BODY, HUB, WARD, District, copy_district

OLD = "160-KH/QU"
THCS, SHARED = "II/2/2.1/2.1.9", "I/1/1.4"
GARDEN, UBND = "II/2/2.1/2.1.7", "Cải tạo sửa chữa, chỉnh trang UBND phường Thượng Thanh"
GARDEN_TITLE = "Cải tạo, chỉnh trang vườn hoa Ngọc Lâm"
PERIOD = "2023-Q4"
ORDERS = 3


@dataclass
class Year:
    """A district that writes down what it sends to its body, and looks at the folders that a step changed."""

    district: District
    sent: list[Path] = field(default_factory=list)

    def at(self, office: str) -> Workspace:
        return self.district.at(office)

    def whole(self, *offices: str) -> None:
        for office in offices:
            health = doctor.examine(self.at(office))
            assert health.ok, (office, [check for check in health.checks if not check.ok])

    def bring(self, files: Sequence[Path], office: str) -> None:
        """Import what is meant for an office; checking each file says the same as importing it."""
        for file in files:
            checked = exchanging.check_file(self.at(office), file)
            (receipt,) = exchanging.import_files(self.at(office), [file]).receipts
            assert replace(checked, received=None) == replace(receipt, received=None)
            assert (receipt.outcome in (Outcome.IMPORTED, Outcome.ALREADY_HAD), receipt.quarantined) == (True, 0)

    def down(self) -> None:
        """The hub's files to both units, each the common one and its own."""
        written = self.district.written(HUB)
        for office in (WARD, BODY):
            meant = [written["Tất cả đơn vị"], written[self.at(office).identity().unit_name]]
            self.sent += meant if office == BODY else []
            self.bring(meant, office)
        self.whole(WARD, BODY)

    def up(self) -> None:
        """The units' files to the hub."""
        for office in (WARD, BODY):
            self.bring(self.district.write(office), HUB)
        self.whole(HUB)

    def turn(self, number: str, *offices: str) -> None:
        for office in offices:
            ws = self.at(office)
            choose_plan(ws, next(one.id for one in plans(ws) if one.number == number))

    def enter(self, office: str, path: str, period: str = PERIOD, **values: object) -> str:
        ws = self.at(office)
        item, unit = reporting.item_at(ws, path), ws.seat.unit
        reporting.enter(ws, item, unit, period, values, reporting.shown_now(ws, item, unit, period))
        return item

    def correct(self, path: str, about: ReadingField, typed: str) -> str:
        hub = self.at(HUB)
        record = reporting.item_at(hub, path)
        correcting.correct(hub, record, about, typed, correcting.shown_now(hub, record), "Theo thông báo 15")
        return record


def corrected(ws: Workspace, record: str) -> set[ReadingField]:
    return {one.field for one in planning.node_details(ws, record).readings if one.corrected}


def reported(ws: Workspace) -> list[tuple[str, int | None, bool]]:
    return [(line.item_path, line.report.percent, line.withdrawn) for line in reporting.report_lines(ws)]


def test_a_year(district: District, district_template: Path, tmp_path: Path) -> None:
    year = Year(district)
    spring(year)
    garden = year.at(HUB).store.queries.record(reporting.item_at(year.at(HUB), GARDEN))
    assert garden is not None
    summer(year, tmp_path, garden.record)
    autumn(year, tmp_path, garden.record)
    winter(year)
    in_any_order(year, district_template, tmp_path)


def spring(year: Year) -> None:
    """Names taught, reports and comments in, readings corrected, comments answered, and all of it out again."""
    hub, body = year.at(HUB), year.at(BODY)
    teach_name(hub, "Trung tâm đất đai mới", hub.unit_named(BODY).id)
    set_members(hub, "các trường học", [hub.unit_named("Phòng GDĐT").id])
    thcs = year.enter(BODY, THCS, state=WorkState.DOING, percent=40, result="4/10 trường")
    year.enter(BODY, GARDEN, state=WorkState.DOING, percent=60)
    year.enter(WARD, SHARED, percent=20)
    commenting.add_comment(body, thcs, "end", "Hạn này chưa đúng")
    year.up()
    year.correct(THCS, ReadingField.END, "Tháng 11/2023")
    year.correct(THCS, ReadingField.LEAD_UNITS, "TTPTQĐ; Phòng GDĐT")
    year.correct(THCS, ReadingField.TITLE, "Cải tạo các trường THCS năm 2023")
    year.correct(SHARED, ReadingField.TARGETS, "ít nhất 95%")
    (asked,) = commenting.comments(hub)
    commenting.answer_comment(hub, asked.record, "Đã sửa thành tháng 11", asked.shown)
    year.down()
    assert corrected(body, thcs) == {ReadingField.END, ReadingField.LEAD_UNITS, ReadingField.TITLE}
    (told,) = commenting.comments(body)
    assert [answer.text for answer in told.answers] == ["Đã sửa thành tháng 11"]
    assert "Trung tâm đất đai mới" in body.unit_named(BODY).aliases


def summer(year: Year, folder: Path, garden: str) -> None:
    """A newer version: a row put in, one withdrawn, cells written anew; reports and corrections stay."""
    hub, body = year.at(HUB), year.at(BODY)
    thcs = reporting.item_at(hub, THCS)
    row = f"{INSERTED}|Đ/c Nguyễn Mạnh Trình|Phòng TNMT|UBND phường||Quý IV/2023"
    twice = f"{INSERTED} và khu dân cư|Đ/c Nguyễn Mạnh Trình|Phòng TNMT|UBND phường||Quý IV/2023"
    file = (
        Amendment().insert(UBND, row).insert(UBND, twice).delete(GARDEN_TITLE)
        .cell("Cải tạo, sửa chữa, chỉnh trang các trường THCS", 4, "Phòng GDĐT, Phòng Y tế").write(folder)
    )
    newer = read_newer(hub, file)
    assert compare_plan(hub, newer).undecided == 0
    amend(hub, newer)
    assert compare_plan(hub, newer).is_empty
    year.enter(BODY, GARDEN, percent=65)
    commenting.add_comment(body, garden, "", "Vẫn đang làm")
    year.down()
    year.up()
    year.down()
    for ws in (hub, body):
        assert reporting.item_at(ws, "II/2/2.1/2.1.10") == thcs
        assert {("II/2/2.1/2.1.10", 40, False), (GARDEN, 65, True)} <= set(reported(ws))
        assert corrected(ws, thcs) == {ReadingField.END, ReadingField.LEAD_UNITS, ReadingField.TITLE}
        units = {unit: leads for item, unit, leads in ws.store.queries.assignments() if item == thcs}
        assert units == {ws.unit_named(BODY).id: True, ws.unit_named("Phòng GDĐT").id: True,
                         ws.unit_named("Phòng Y tế").id: False}
        (gone,) = withdrawn_rows(ws)
        assert ([line.report.percent for line in gone.reports], [one.text for one in gone.comments]) == (
            [65], ["Vẫn đang làm"]
        )
        assert planning.search(ws, "tram quan trac").total == 2
        assert planning.search(ws, "cai tao cac truong thcs nam 2023").records[0] == thcs
        assert planning.search(ws, "vườn hoa Ngọc Lâm").total == 0


def autumn(year: Year, folder: Path, garden: str) -> None:
    """The next year's plan with what is not done, at every unit; then a newer version of that one too."""
    hub, body = year.at(HUB), year.at(BODY)
    thcs = reporting.item_at(hub, "II/2/2.1/2.1.10")
    plan, tree = read_for_office(hub, write_next_plan(folder))
    open_new_plan(hub, plan, tree, [Carried(thcs), Carried(reporting.item_at(hub, SHARED), as_row="I/1")])
    year.down()
    year.turn(NUMBER, WARD, BODY)
    carried = year.enter(BODY, "chuyen-tiep/1", "2024-Q1", percent=55)
    commenting.add_comment(body, reporting.item_at(body, "II/2"), "end", "Hạn này còn sớm")
    year.up()
    more = "3|Trồng cây xanh tại các vườn hoa mới|Đ/c Trần Thị Bình|TTPTQĐ|UBND các phường||25/11/2024"
    amend(hub, read_newer(hub, write_next_plan(folder, rows=(*ROWS, more))))
    year.down()
    for ws in (hub, body):
        assert [row.path for row in planning.plan_view(ws).rows][-3:] == ["II/3", "chuyen-tiep", "chuyen-tiep/1"]
        assert reported(ws) == [("chuyen-tiep/1", 55, False)]
        assert [line.report.percent for line in planning.earlier_reports(ws, carried)] == [40]
        assert [one.text for one in commenting.comments(ws)] == ["Hạn này còn sớm"]
        assert garden not in {row.id for row in planning.plan_view(ws).rows}


def winter(year: Year) -> None:
    """Reports on both plans, the old one ended; what a unit wrote before it heard of that is not lost."""
    hub, body = year.at(HUB), year.at(BODY)
    year.turn(OLD, HUB, BODY, WARD)
    close_plan(hub)
    printed = [row.title for row in consolidated_sheet(hub, PERIOD).rows]
    year.enter(BODY, "II/2/2.1/2.1.10", percent=90)
    year.up()
    year.down()
    assert body.closed() is not None
    assert ("II/2/2.1/2.1.10", 90, False) in reported(hub)
    assert [row.title for row in consolidated_sheet(hub, PERIOD).rows] == printed
    year.turn(NUMBER, HUB, BODY, WARD)
    assert reported(hub) == [("chuyen-tiep/1", 55, False)]
    (line, *_) = planning.earlier_reports(hub, reporting.item_at(hub, "chuyen-tiep/1"))
    assert line.report.percent == 90
    year.down()
    year.whole(HUB)


def in_any_order(year: Year, first: Path, folder: Path) -> None:
    """All files the body ever got, taken in any order by its folder as it was at first: one state."""
    own = year.district.write(BODY)
    year.turn(OLD, BODY)
    own += year.district.write(BODY)
    expected = digests(year.at(BODY))
    year.district.close()
    chance = random.Random(2023)
    for number in range(ORDERS):
        files = [*year.sent, *own]
        chance.shuffle(files)
        copy = copy_district(first, folder / f"thứ tự {number}")
        ws = copy.at(BODY)
        exchanging.import_files(ws, files)
        assert digests(ws) == expected
        assert doctor.examine(ws).ok
        copy.close()


def digests(ws: Workspace) -> dict[str, str]:
    """Per plan the hash of its state."""
    return {one.number: doctor.digest(ws.of(one.id)) for one in plans(ws)}
