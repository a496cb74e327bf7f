"""*Việc kỳ này*: the rows a unit reports in a period, and entering what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from desktop.models.combining import combine
from desktop.models.errors import Mistake
from desktop.models.facts import Content, Reference
from desktop.models.kinds import check_content
from desktop.models.merge import merge
from desktop.models.period import Period, PeriodKind, ReportingCalendar, period_on, periods_of, previous, read_period
from desktop.models.plan import NodeKind
from desktop.models.record_ids import report_record
from desktop.models.report import REPORT_FIELDS, STATE_WORDS, Report, WorkState
from desktop.models.strict_json import BadJson, JsonValue, dumps
from desktop.models.units import UnitTree
from desktop.services.records import (
    Body,
    day_of,
    deadline_words,
    int_of,
    moment_of,
    node_kind,
    report_json,
    report_of,
    text_of,
    time_of,
)
from desktop.services.views import Changes, PeriodChoice, ReportLine, Role, WorkRow, WorkView
from desktop.services.workspace import Workspace
from desktop.store.queries import RecordRow, ReportRow

_DUTY_KINDS = frozenset({PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR})
FIELD_NAMES = {
    "state": "Trạng thái", "percent": "Tỷ lệ %", "done_on": "Ngày hoàn thành", "result": "Kết quả",
    "evidence": "Minh chứng", "difficulties": "Khó khăn", "proposals": "Đề xuất",
}


def plan_year(ws: Workspace) -> int:
    """The year the plan is for."""
    row = ws.store.queries.record(ws.seat.plan_id)
    return (int_of(row.body.get("year")) if row else None) or ws.environment.clock().year


def periods(ws: Workspace) -> tuple[PeriodChoice, ...]:
    """The periods one can report on: quarters, half-years and the year of the plan."""
    return tuple(duty_of(ws, period) for period in periods_of(plan_year(ws), _DUTY_KINDS))


def duty_of(ws: Workspace, period: Period) -> PeriodChoice:
    """A period with the days its duty names, else those of the usual calendar."""
    row, calendar = ws.store.queries.record(period.id), ReportingCalendar()
    body: Body = row.body if row else {}
    return PeriodChoice(
        period.id, period.name, period.first, period.last, day_of(body.get("closes")) or calendar.closes(period),
        day_of(body.get("send_by")) or calendar.send_by(period),
    )


def current_period(ws: Workspace) -> str:
    """The quarter one reports on now: today's, or the plan's first or last when today lies outside its year."""
    year, today = plan_year(ws), ws.environment.clock().date()
    inside = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    return period_on(inside, PeriodKind.QUARTER).id


def own_units(ws: Workspace) -> frozenset[str]:
    """The units whose rows are entered on this PC: its own and those below that have no machine of their own.

    At the root of the tree that would be everybody: there it is the root alone.
    """
    return units_of(ws, ws.own_scopes())


def units_of(ws: Workspace, scopes: frozenset[str]) -> frozenset[str]:
    """The units that these report for; see ``own_units``."""
    enrolled = {grant.unit for grant in ws.grants()} - scopes
    return frozenset(unit for scope in scopes for unit in _own_within(ws.units(), scope, enrolled))


def _own_within(tree: UnitTree, scope: str, enrolled: Iterable[str]) -> Iterator[str]:
    """A unit and those below it that are below none with a machine of its own; of the root of the tree itself alone."""
    if scope not in tree or tree.unit(scope).parent is None:
        yield scope
        return
    others = [other for other in enrolled if tree.is_within(other, scope)]
    for unit in tree.subtree(scope):
        if not any(tree.is_within(unit.id, other) for other in others):
            yield unit.id


def work_view(ws: Workspace, period: str) -> WorkView:
    """The rows of a period in document order. Raises Mistake PERIOD_UNKNOWN."""
    chosen = read_period(period)
    mine = own_units(ws)
    leads: dict[tuple[str, str], bool] = {
        (item, unit): leading for item, unit, leading in ws.store.queries.assignments() if unit in mine
    }
    reports = _by_place(ws.store.queries.reports(period=period))
    earlier = _by_place(ws.store.queries.reports(period=previous(chosen).id))
    nodes = {row.record: row for row in ws.in_force("node")}
    today = ws.environment.clock().date()
    # A report may come before the row it is about.
    entered_besides = {place for place in reports if place[1] in mine and place[0] in nodes} - leads.keys()
    places = sorted(
        leads.keys() | entered_besides,
        key=lambda place: (int_of(nodes[place[0]].body.get("order")) or 0, place[1]),
    )
    rows = tuple(
        _work_row(ws, nodes[place[0]], place[1], period, leads.get(place, False), reports.get(place),
                  earlier.get(place), today)
        for place in places
    )
    return WorkView(ws.identity(), today, duty_of(ws, chosen), rows)


def _by_place(rows: Iterable[ReportRow]) -> dict[tuple[str, str], ReportRow]:
    return {(row.item, row.unit): row for row in rows}


def _report(row: ReportRow | None) -> Report | None:
    return report_of(row.item, row.unit, row.period, row.body, row.conflicts) if row else None


def _work_row(
    ws: Workspace, node: RecordRow, unit: str, period: str, lead: bool, current: ReportRow | None,
    earlier: ReportRow | None, today: date,
) -> WorkRow:
    body = node.body
    start, end = time_of(body.get("start")), time_of(body.get("end"))
    report = _report(current) or Report(node.record, unit, period)
    return WorkRow(
        item=node.record, unit=unit, unit_name=ws.unit_name(unit), lead=lead, path=text_of(body.get("path")),
        code=text_of(body.get("code")), title=text_of(body.get("title")), deadline=deadline_words(body),
        due=combine(start, end, plan_year(ws)).deadline, report=report, shown=current.shown if current else {},
        problems=problems(report, today), previous=_report(earlier),
    )


def problems(report: Report, today: date) -> tuple[tuple[str, str], ...]:
    """Checks of a report that are not met: (field, sentence). An empty report has none: it is not entered yet."""
    found: list[tuple[str, str]] = []
    if report.state is WorkState.DONE and report.done_on is None:
        found.append(("done_on", "Thiếu ngày hoàn thành"))
    if report.done_on is not None and report.done_on > today:
        found.append(("done_on", "Ngày hoàn thành sau hôm nay"))
    if report.state is WorkState.DONE and report.percent not in (None, 100):
        found.append(("percent", "Hoàn thành nhưng chưa đủ 100%"))
    if report.state is None and (report.percent is not None or report.result):
        found.append(("state", "Thiếu trạng thái"))
    if report.state in (WorkState.DONE, WorkState.DOING) and not report.result:
        found.append(("result", "Thiếu kết quả"))
    return tuple(found)


def enter(
    ws: Workspace, item: str, unit: str, period: str, values: Mapping[str, object],
    shown: Mapping[str, tuple[str, ...]],
) -> Changes:
    """Save entered values; on the disk when this returns.

    ``shown`` gives, per field, the facts (ids in hex) whose values the person saw: exactly those are superseded, and
    what this very PC wrote in the field. An unchanged value writes nothing. Raises Mistake: REPORT_FIELD_UNKNOWN,
    REPORT_BAD_VALUE, REPORT_TOO_LONG, ITEM_UNKNOWN, ITEM_NOT_REPORTABLE, UNIT_NOT_YOURS, PERIOD_UNKNOWN.
    """
    read_period(period)
    require_reportable(ws, item)
    refuse_foreign_unit(ws, unit)
    record = report_record(item, unit, period)
    fields = _checked(record, values)
    audience = audience_of(ws, unit)
    content = change(ws, audience, "report", record, fields, shown)
    if content is None:
        return Changes()
    try:
        with ws.store.atomic():
            ws.append(audience, [content])
    except BadJson as error:
        raise Mistake(
            "REPORT_TOO_LONG", "Nội dung quá dài hoặc có ký tự không gửi được. Chưa lưu ô này.",
            "Hãy rút gọn (tối đa 20.000 ký tự) hoặc xóa ký tự lạ.",
        ) from error
    conflicts = frozenset({record} if (after := ws.store.queries.report(record)) and after.conflicts else ())
    return Changes(frozenset({item}), frozenset({unit}), frozenset({period}), conflicts)


def require_reportable(ws: Workspace, item: str) -> None:
    """Raises Mistake ITEM_UNKNOWN, ITEM_WITHDRAWN, ITEM_NOT_REPORTABLE unless one reports on the row."""
    row = ws.store.queries.record(item)
    if row is None:
        raise Mistake("ITEM_UNKNOWN", "Không có nội dung này trong kế hoạch.", "Hãy kiểm tra lại số thứ tự.")
    if row.body.get("withdrawn"):
        raise Mistake(
            "ITEM_WITHDRAWN", "Nội dung này đã rút khỏi kế hoạch nên không nhập báo cáo được. Chưa lưu gì.",
            "Báo cáo đã gửi trước đây vẫn còn trong danh sách báo cáo.",
        )
    if node_kind(row.body) is not NodeKind.ITEM:
        raise Mistake(
            "ITEM_NOT_REPORTABLE", f"“{text_of(row.body.get('code'))}” là đề mục, không phải nhiệm vụ để báo cáo.",
            "Hãy chọn một nội dung bên trong đề mục.",
        )


def refuse_foreign_unit(ws: Workspace, unit: str) -> None:
    """Raises Mistake UNIT_NOT_YOURS unless this PC enters for the unit."""
    seat = ws.seat
    if unit not in ws.units() or (seat.role is Role.UNIT and not ws.writes_for(unit)):
        raise Mistake(
            "UNIT_NOT_YOURS", f"Máy này không nhập thay được cho “{ws.unit_name(unit)}”. Chưa lưu gì.",
            "Hãy nhập trên máy của đơn vị đó, hoặc đề nghị đơn vị tổng hợp nhập thay.",
        )


def _checked(record: str, values: Mapping[str, object]) -> Body:
    """The values as they stand in a fact. Raises Mistake for an unknown field or a value that does not fit."""
    unknown = [name for name in values if name not in REPORT_FIELDS]
    if unknown:
        raise Mistake(
            "REPORT_FIELD_UNKNOWN", f"Không có ô “{unknown[0]}” trong báo cáo.",
            "Các ô: " + ", ".join(REPORT_FIELDS) + ".",
        )
    fields = report_json(dict(values))
    for name, value in fields.items():
        if check_content(Content(0, "", "report", record, {name: value}, {})) or (
            value is None and values[name] not in (None, "") and str(values[name]).strip()
        ):
            raise Mistake(
                "REPORT_BAD_VALUE", f"Ô “{FIELD_NAMES[name]}” không nhận giá trị này. Chưa lưu ô đó.", _HINTS[name]
            )
    return fields


_HINTS = {
    "state": "Trạng thái là một trong: " + ", ".join(STATE_WORDS.values()) + ".",
    "percent": "Tỷ lệ là số nguyên từ 0 đến 100.",
    "done_on": "Ngày ghi như 08/9/2023.",
} | dict.fromkeys(("result", "evidence", "difficulties", "proposals"), "Tối đa 20.000 ký tự.")


def stands(before: RecordRow | ReportRow | None, name: str, value: JsonValue) -> bool:
    """Whether the field holds just this value, so that entering it again writes nothing."""
    if before is None or name not in before.body:
        return value is None
    try:
        return name not in before.conflicts and dumps(before.body[name]) == dumps(value)
    except BadJson:
        # What could not travel stands nowhere; writing it says why.
        return False


def audience_of(ws: Workspace, unit: str) -> str:
    """The log of what is about a unit: a machine's own unit; at a hub the enrolled unit that may read it."""
    seat = ws.seat
    if seat.role is Role.UNIT or unit == seat.unit:
        return seat.unit
    tree = ws.units()
    enrolled = {grant.unit for grant in ws.grants() if tree.is_within(unit, grant.unit)} - {seat.unit}
    # The nearest one above: it reports for the unit.
    return min(enrolled, key=lambda owner: (len(tree.subtree(owner)), owner), default=unit)


def references_to(
    ws: Workspace, audience: str, record: str, name: str, shown: Iterable[str]
) -> tuple[Reference, ...]:
    """What a new value of a field supersedes: the facts shown and what this PC itself wrote there."""
    own = ws.own_log(audience).id
    wanted = set(shown)
    references = []
    for fact in ws.store.journal.facts_of(record):
        if name not in fact.content.fields:
            continue
        if fact.log == own:
            references.append(Reference("", fact.seq, ""))
        elif fact.head.hex() in wanted:
            references.append(Reference(fact.log, fact.seq, fact.head.hex()[:16]))
    return tuple(references)


def change(
    ws: Workspace, audience: str, kind: str, record: str, fields: Mapping[str, JsonValue],
    shown: Mapping[str, tuple[str, ...]],
) -> Content | None:
    """The fact that says what differs from what stands; None where nothing does. The caller appends it.

    ``shown`` gives, per field, the facts (ids in hex) whose values the person saw: exactly those are superseded, and
    what this very PC wrote there.
    """
    queries = ws.store.queries
    before = queries.report(record) if kind == "report" else queries.record(record)
    changed = {name: value for name, value in fields.items() if not stands(before, name, value)}
    if not changed:
        return None
    supersedes = {
        name: references for name in changed
        if (references := references_to(ws, audience, record, name, shown.get(name, ())))
    }
    return Content(ws.now(), ws.person, kind, record, changed, supersedes)


def item_at(ws: Workspace, path: str) -> str:
    """The record id of the row with this path. Raises Mistake ITEM_UNKNOWN."""
    for row in ws.in_force("node"):
        if row.body.get("path") == path:
            return row.record
    raise Mistake(
        "ITEM_UNKNOWN", f"Không có nội dung “{path}” trong kế hoạch.", "Hãy kiểm tra lại đường dẫn số, ví dụ II/1/1.2."
    )


def report_lines(ws: Workspace, item: str | None = None) -> tuple[ReportLine, ...]:
    """Every report held, or those on one row, by item in document order, unit and period.

    Raises Mistake FOLDER_NOT_SET_UP.
    """
    _ = ws.seat
    queries = ws.store.queries
    known = queries.records("node") if item is None else (queries.record(item, "node"),)
    nodes = {row.record: row for row in known if row}
    zone = ws.environment.clock().tzinfo
    rows = [row for row in queries.reports(item=item) if row.item in nodes]
    rows.sort(key=lambda row: (int_of(nodes[row.item].body.get("order")) or 0, row.unit, row.period))
    return tuple(
        ReportLine(
            report_of(row.item, row.unit, row.period, row.body, row.conflicts), ws.unit_name(row.unit),
            text_of(nodes[row.item].body.get("path")), row.author, moment_of(row.entered, zone),
            withdrawn=bool(nodes[row.item].body.get("withdrawn")),
        )
        for row in rows
    )


def shown_now(ws: Workspace, item: str, unit: str, period: str) -> dict[str, tuple[str, ...]]:
    """The facts that hold each field's present values: what a person looking at the report just now sees."""
    row = ws.store.queries.report(report_record(item, unit, period))
    return row.shown if row else {}


def rivals(ws: Workspace, report: Report) -> dict[str, list[dict[str, JsonValue]]]:
    """For each field in conflict its current values with author and claimed time (ISO 8601)."""
    zone = ws.environment.clock().tzinfo
    fields = merge(ws.store.journal.facts_of(report_record(report.item, report.unit, report.period)))
    return {
        name: [
            {
                "value": one.value, "author": one.fact.content.user,
                "entered": moment_of(one.fact.content.wall, zone).isoformat(),
            }
            for one in fields[name].current
        ]
        for name in report.conflicts
    }
