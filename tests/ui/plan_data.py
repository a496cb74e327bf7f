"""Small plans for the tests of screens: one row of every kind of time, and as many rows as wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop.models.combining import combine
from desktop.models.plan import NodeKind, PlanHeader
from desktop.models.report import Report, Timeliness, WorkState
from desktop.models.schedule import TimeKind
from desktop.models.time_reading import read_time
from desktop.services.views import Identity, PeriodChoice, PlanRow, PlanView, Role, Status, WorkRow

YEAR = 2023
TODAY = date(2023, 9, 14)
HEADER = PlanHeader(
    number="160-KH/QU",
    day=date(2023, 1, 11),
    issuer="Ban Thường vụ Quận ủy Long Biên",
    title="Kế hoạch thực hiện chủ đề năm",
    theme="Năm chỉnh trang đô thị",
    year=YEAR,
    signer="Đường Hoài Nam",
)
IDENTITY = Identity(
    role=Role.UNIT,
    unit_id="ttptqd",
    unit_name="TTPTQĐ quận",
    plan=HEADER,
    hub_name="UB MTTQ quận",
    device_label="Máy 1",
    demonstration=True,
)
NOT_REPORTED = Status(WorkState.TODO, Timeliness.IN_TIME, None, 0, 1, None, 0, reported=False)

PHRASES = {
    TimeKind.DATE: ("", "Trước ngày 25/10/2023"),
    TimeKind.MONTH: ("", "Tháng 5/2023"),
    TimeKind.QUARTER: ("Tháng 2/2023", "Quý III/2023"),
    TimeKind.HALF_YEAR: ("", "6 tháng đầu năm"),
    TimeKind.YEAR: ("", "Năm 2023"),
    TimeKind.RANGE: ("", "Quý I - Quý III/2023"),
    TimeKind.DATES: ("", "Tháng 3,7,10/2023"),
    TimeKind.ROUNDS: ("", "Đợt 1: Tháng 4/2023 Đợt 2: Tháng 10/2023"),
    TimeKind.CONTINUOUS: ("Thường xuyên", ""),
    TimeKind.RECURRING: ("Hàng tháng", "Tháng 12/2023"),
    TimeKind.EVENT: ("", "Khi có hướng dẫn của Thành phố"),
    TimeKind.RELATIVE: ("", "20 ngày sau khi có kết luận"),
    TimeKind.UNSCHEDULED: ("", ""),
    TimeKind.UNCLEAR: ("", "Xong trước mùa mưa bão"),
}
"""Start and end cell, as printed, of an item of every kind of time."""


def heading(record: str, parent: str | None, depth: int, code: str, title: str) -> PlanRow:
    """A section (no parent) or a group."""
    kind = NodeKind.GROUP if parent else NodeKind.SECTION
    status = Status(None, None, None, 1, 3, None, 0, reported=False)
    return _row(record, parent, depth, kind, code, title, "", "", (), status)


def item(
    record: str,
    parent: str,
    code: str,
    title: str,
    times: tuple[str, str] = ("", "Quý III/2023"),
    *,
    lead: tuple[str, ...] = ("TTPTQĐ",),
    status: Status = NOT_REPORTED,
    depth: int = 2,
) -> PlanRow:
    """An item with printed start and end."""
    return _row(record, parent, depth, NodeKind.ITEM, code, title, *times, lead, status)


def _row(
    record: str,
    parent: str | None,
    depth: int,
    kind: NodeKind,
    code: str,
    title: str,
    start: str,
    end: str,
    lead: tuple[str, ...],
    status: Status,
) -> PlanRow:
    read_start, read_end = read_time(start, YEAR), read_time(end, YEAR)
    return PlanRow(
        id=record,
        parent=parent,
        depth=depth,
        path=f"II/{code}",
        kind=kind,
        code=code,
        title=title,
        leaders=("Đ/c Nguyễn Mạnh Trình",) if lead else (),
        lead_units=lead,
        coordinating_units=("UBND các phường",) if lead else (),
        start=read_start,
        end=read_end,
        deadline=end or start,
        schedule=combine(read_start, read_end, YEAR),
        status=status,
        needs_review=TimeKind.UNCLEAR in (read_start.kind, read_end.kind),
        mine="TTPTQĐ" in lead,
    )


def kinds_plan() -> PlanView:
    """A section with a group for every kind of time, each holding one item of that kind."""
    rows = [heading("s", None, 0, "II", "NỘI DUNG, NHIỆM VỤ")]
    for place, (kind, times) in enumerate(PHRASES.items(), start=1):
        rows.append(heading(f"g{place}", "s", 1, f"{place}", f"Nhóm {kind.value} (01 nội dung)"))
        rows.append(item(kind.value, f"g{place}", f"{place}.1", f"Việc có thời gian kiểu {kind.value}", times))
    return PlanView(IDENTITY, TODAY, tuple(rows))


def small_plan() -> PlanView:
    """Two sections, three groups, eight items with different states, units and deadlines."""
    overdue = Status(WorkState.DOING, Timeliness.OVERDUE, 60, 0, 1, 76, 0, reported=True)
    soon = Status(WorkState.DOING, Timeliness.DUE_SOON, 70, 0, 1, -16, 0, reported=True)
    done = Status(WorkState.DONE, Timeliness.DONE_ON_TIME, 100, 1, 1, None, 0, reported=True)
    torn = Status(WorkState.DOING, Timeliness.IN_TIME, 20, 0, 1, None, 1, reported=True)
    rows = (
        heading("s1", None, 0, "I", "CÁC CHỈ TIÊU CHỦ YẾU"),
        item("i1", "s1", "1.1", "Duy trì 6 phường đạt chuẩn “Phường văn minh đô thị”", ("", "Tháng 11/2023"),
             lead=("Phòng VHTT",), depth=1),
        heading("s2", None, 0, "II", "NỘI DUNG, NHIỆM VỤ"),
        heading("g1", "s2", 1, "2.1", "Các nội dung do cơ quan, đơn vị chủ trì thực hiện (33 nội dung)"),
        item("i2", "g1", "2.1.9", "Cải tạo, sửa chữa, chỉnh trang các trường THCS trên địa bàn quận", status=soon),
        item("i3", "g1", "2.1.10", "Cải tạo, chỉnh trang vườn hoa Ngọc Lâm, phường Ngọc Lâm", ("", "Tháng 5/2023"),
             status=done),
        item("i4", "g1", "2.1.21", "Xây dựng phương án đỗ xe tạm trên địa bàn", ("Tháng 2/2023", "Tháng 6/2023"),
             lead=("Phòng QLĐT",), status=overdue),
        item("i5", "g1", "2.1.30", "Thực hiện quy trình thu gom, vận chuyển rác thải", ("Thường xuyên", ""),
             lead=("UBND các phường",)),
        heading("g2", "s2", 1, "3.1", "Chăm lo đời sống vật chất nhân dân (19 nội dung)"),
        item("i6", "g2", "3.1.15", "Chiến dịch khám chữa bệnh y học cổ truyền tại 14 trạm y tế phường",
             ("", "Đợt 1: Tháng 4/2023 Đợt 2: Tháng 10/2023"), lead=("Hội Đông y", "Trung tâm Y tế"), status=torn),
        item("i7", "g2", "3.1.19", "Duy trì 06 tuyến phố kinh doanh dịch vụ ăn uống an toàn thực phẩm",
             ("", "Trước ngày 25/10/2023"), lead=("Phòng Y tế",)),
        item("i8", "g2", "3.1.20", "Lắp đặt dụng cụ thể dục thể thao ngoài trời tại công viên, vườn hoa",
             ("", "Xong trước mùa mưa bão")),
    )
    return PlanView(IDENTITY, TODAY, rows)


def large_plan(count: int) -> PlanView:
    """``count`` rows in groups of twenty, of the kinds of time in turn."""
    rows = [heading("s", None, 0, "II", "NỘI DUNG, NHIỆM VỤ")]
    kinds = list(PHRASES.values())
    sample = [item("x", "s", "1", "Cải tạo, sửa chữa các trường học trên địa bàn quận", times) for times in kinds]
    group = ""
    for number in range(count - 1):
        if number % 21 == 0:
            group = f"g{number}"
            rows.append(heading(group, "s", 1, f"{number // 21 + 1}", f"Nhóm nội dung {number // 21 + 1}"))
            continue
        code = f"{number // 21 + 1}.{number % 21}"
        rows.append(replace(sample[number % len(sample)], id=f"i{number}", parent=group, code=code))
    return PlanView(IDENTITY, TODAY, tuple(rows))


PERIOD = PeriodChoice(
    "2023-Q3", "Quý III/2023", date(2023, 7, 1), date(2023, 9, 30), date(2023, 9, 14), date(2023, 9, 15)
)


def work_row(
    record: str,
    code: str,
    title: str,
    *,
    lead: bool = True,
    unit: str = "ttptqd",
    problems: tuple[tuple[str, str], ...] = (),
    **report: Any,
) -> WorkRow:
    """A row of the work screen; ``report`` sets fields of its report."""
    made = replace(Report(record, unit, PERIOD.id), **report)
    return WorkRow(
        item=record,
        unit=unit,
        unit_name={"ttptqd": "TTPTQĐ quận"}.get(unit, unit),
        lead=lead,
        path=f"II/{code}",
        code=code,
        title=title,
        deadline="Quý III/2023",
        due=date(2023, 9, 30),
        report=made,
        shown={"state": ("f" * 64,)} if made.state else {},
        problems=problems,
        previous=None,
    )
