"""*Mở kế hoạch mới*: the next plan of the same hub, with its units, machines and calendar, and rows carried over.

Source: office.md, "Years overlap". The keys stay: no machine is enrolled anew.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.exchange.hashes import short_id
from desktop.models.errors import Mistake, Refused
from desktop.models.facts import ALL, Content
from desktop.models.kinds import KINDS
from desktop.models.plan import Node, NodeKind, Plan, PlanHeader, PrintedCells
from desktop.models.report import WorkState
from desktop.models.schedule import UNSCHEDULED
from desktop.models.units import UnitTree
from desktop.services.plan.carrying import INDICATORS, TASKS
from desktop.services.plan.issuing import item_record, plan_contents
from desktop.services.plan.owner_facts import require_hub
from desktop.services.records import Body, day_of, header_of, node_json, text_of, texts_of
from desktop.services.reporting import report_lines
from desktop.services.standing import StandingRow, standing
from desktop.services.traffic.authorizing import issue
from desktop.services.traffic.machines import following
from desktop.services.traffic.own_keys import root_keys
from desktop.services.views import Identity, ReportLine, Status
from desktop.services.workspace import Workspace

_OVER = frozenset({WorkState.DONE, WorkState.NONE_ARISING})
_SECTION_WORDS = {TASKS: "Nhiệm vụ chuyển tiếp từ năm {year}", INDICATORS: "Chỉ tiêu chuyển tiếp từ năm {year}"}


@dataclass(frozen=True, slots=True)
class CarryRow:
    """An item that is not done in the plan one leaves. ``deadline`` as printed, ``due`` its day where it has one.

    ``last`` is the newest report on it, None where nobody reported.
    """

    record: str
    path: str
    code: str
    title: str
    lead_units: tuple[str, ...]
    deadline: str
    due: date | None
    status: Status
    last: ReportLine | None


@dataclass(frozen=True, slots=True)
class Carried:
    """A row to carry over; ``as_row`` is the path of the new plan's row that continues it, "" for a row of its own."""

    record: str
    as_row: str = ""


def unfinished(ws: Workspace) -> tuple[CarryRow, ...]:
    """*Chuyển tiếp*: what is not done in the plan worked in, in document order."""
    last: dict[str, ReportLine] = {}
    for line in report_lines(ws):
        known = last.get(line.report.item)
        if known is None or known.report.period <= line.report.period:
            last[line.report.item] = line
    return tuple(_carry_row(row, last.get(row.node.record)) for row in _open_items(ws))


def _open_items(ws: Workspace) -> list[StandingRow]:
    return [row for row in standing(ws) if row.kind is NodeKind.ITEM and row.status.state not in _OVER]


def _carry_row(row: StandingRow, last: ReportLine | None) -> CarryRow:
    body = row.node.body
    return CarryRow(
        record=row.node.record, path=text_of(body.get("path")), code=text_of(body.get("code")),
        title=text_of(body.get("title")), lead_units=texts_of(body.get("lead_units")),
        deadline=row.end.text or row.start.text, due=row.schedule.deadline, status=row.status, last=last,
    )


def open_new_plan(ws: Workspace, plan: Plan, tree: UnitTree, carried: Sequence[Carried] = ()) -> Identity:
    """Open the next plan beside the one worked in, and work in it from now on; who works there.

    Every machine enrolled in the plan one leaves is granted the same in the new one. Raises Mistake HUB_ONLY,
    CARRY_UNKNOWN, CARRY_ROW_UNKNOWN, ROOT_NOT_HERE; Refused PLAN_ALREADY_OPEN, passphrase; nothing is changed then.
    """
    require_hub(ws)
    seat = ws.seat
    new_id = _new_id(ws, plan.header)
    contents = [*_issued(ws, plan, tree, new_id, carried), *_calendar(ws, plan.header.year)]
    root = root_keys(ws)
    said = following(ws, new_id, root)
    with ws.store.atomic():
        seated = ws.take_seat(replace(
            seat, plan_id=new_id, root=root.public_key.hex(), nonce=ws.environment.random(16).hex()
        ))
        issue(seated, said, root)
        seated.append(ALL, contents)
        ws.store.office.set_current_plan(new_id)
    ws.turn_to(new_id)
    return ws.identity()


def _new_id(ws: Workspace, header: PlanHeader) -> str:
    """The new plan's id; numbers begin anew every year, so one that is taken is told apart by its year."""
    root = bytes.fromhex(ws.seat.root)
    parts = (b"plan", root, header.number.encode())
    for made in (short_id(*parts), short_id(*parts, str(header.year).encode())):
        if ws.store.office.seat(made) is None:
            return made
        row = ws.of(made).store.queries.record(made)
        if header_of(row.body if row else {}).year == header.year:
            break
    raise Refused(
        "PLAN_ALREADY_OPEN", f"Kế hoạch {header.number} năm {header.year} đã có trong sổ này; không có gì thay đổi.",
        "Hãy chọn kế hoạch đó trong danh sách kế hoạch, hoặc kiểm tra lại tệp.",
    )


def _issued(
    ws: Workspace, plan: Plan, tree: UnitTree, new_id: str, carried: Sequence[Carried]
) -> list[Content]:
    """The facts of the new plan: its own rows, those carried over, and where both come from."""
    old = ws.store.plan
    continued = _continued(ws, plan, new_id, carried)
    contents: list[Content] = []
    for content in plan_contents(plan, tree, new_id, ws.seat.unit, ws.now(), ws.person):
        added: Body = {"previous": old} if content.kind == "plan" else {}
        if content.record in continued:
            added = {"continues": f"{old}/{continued[content.record]}"}
        contents.append(replace(content, fields={**content.fields, **added}) if added else content)
    return contents + _carried_rows(ws, plan, new_id, {one.record for one in carried if not one.as_row})


def _continued(ws: Workspace, plan: Plan, new_id: str, carried: Iterable[Carried]) -> dict[str, str]:
    """New record -> the old one it continues, of the rows that a person matched."""
    open_records = {row.node.record for row in _open_items(ws)}
    paths = {node.path for node in plan.nodes if node.kind is NodeKind.ITEM}
    found: dict[str, str] = {}
    for one in carried:
        if one.record not in open_records:
            raise Mistake(
                "CARRY_UNKNOWN", "Có dòng chuyển tiếp không phải là việc chưa xong của kế hoạch đang làm.",
                "Hãy chọn lại trong danh sách việc chưa xong. Chưa mở kế hoạch mới.",
            )
        if not one.as_row:
            continue
        new = item_record(new_id, one.as_row)
        if one.as_row not in paths or new in found:
            raise Mistake(
                "CARRY_ROW_UNKNOWN", f"Kế hoạch mới không có nội dung “{one.as_row}” để nối, hoặc đã nối dòng khác.",
                "Hãy chọn lại dòng của kế hoạch mới. Chưa mở kế hoạch mới.",
            )
        found[new] = one.record
    return found


def _carried_rows(ws: Workspace, plan: Plan, new_id: str, records: set[str]) -> list[Content]:
    """The rows carried over as rows of their own, under a section for tasks and one for indicators."""
    contents: list[Content] = []
    order = len(plan.nodes)
    rows = [row for row in _open_items(ws) if row.node.record in records]
    for path, chosen in (
        (INDICATORS, [row for row in rows if row.indicator]), (TASKS, [row for row in rows if not row.indicator]),
    ):
        if not chosen:
            continue
        contents.append(_fact(ws, new_id, path, _section(ws, path, order, len(chosen))))
        for number, row in enumerate(chosen, start=1):
            own = f"{path}/{number}"
            moved: Body = {
                "path": own, "parent": item_record(new_id, path), "order": order + number, "code": str(number),
                "source_lines": [], "continues": f"{ws.store.plan}/{row.node.record}",
            }
            kept = {name: value for name, value in row.node.body.items() if name in KINDS["node"].fields}
            contents.append(_fact(ws, new_id, own, kept | moved))
        order += 1 + len(chosen)
    return contents


def _section(ws: Workspace, path: str, order: int, count: int) -> Body:
    year = ws.identity().plan.year
    title = _SECTION_WORDS[path].format(year=year)
    node = Node(
        path=path, kind=NodeKind.SECTION, code="", title=title, stated_count=count, leaders=(), lead_units=(),
        coordinating_units=(), expands_to=(), start=UNSCHEDULED, end=UNSCHEDULED, targets=(), source_lines=(),
        printed=PrintedCells(title=title),
    )
    return node_json(node, "", order, (), ())


def _fact(ws: Workspace, plan_id: str, path: str, fields: Body) -> Content:
    return Content(ws.now(), ws.person, "node", item_record(plan_id, path), fields, {})


def _calendar(ws: Workspace, year: int) -> list[Content]:
    """The reporting calendar of the plan one leaves, moved to the new plan's year."""
    move = year - ws.identity().plan.year
    contents: list[Content] = []
    for row in ws.store.queries.records("duty"):
        period_year, dash, rest = row.record.partition("-")
        fields: Body = {name: _moved(day_of(value), move) for name, value in row.body.items()}
        record = f"{int(period_year) + move:04d}{dash}{rest}"
        contents.append(Content(ws.now(), ws.person, "duty", record, fields, {}))
    return contents


def _moved(day: date | None, years: int) -> str | None:
    """The same day of another year; 29 February becomes the 28th where that year has none."""
    if day is None:
        return None
    year = day.year + years
    leap_day = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if leap_day else day.day).isoformat()
