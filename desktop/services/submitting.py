"""*Nộp*, *Rút*, *Tiếp nhận*, *Trả lại để bổ sung*, *Ngày đến*: each one transaction (exchange.md "State")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.models.covers import Covers, Runs, ends_json
from desktop.models.entries import DeviceRole, End
from desktop.models.errors import Mistake
from desktop.models.facts import Content
from desktop.models.kinds import SUBMISSION, check_content
from desktop.models.lateness import Ruling
from desktop.models.period import read_period
from desktop.models.record_ids import split_record, submission_record
from desktop.models.strict_json import BadJson, JsonValue
from desktop.models.submission import Accepted, Returned, SubmissionState, decision_json, latest
from desktop.models.text import nfc
from desktop.services.figures import Covered
from desktop.services.plan.owner_facts import require_hub
from desktop.services.records import day_json
from desktop.services.reporting import audience_of, change, units_of
from desktop.services.submissions import HeldSubmission, board_row, held_submissions, unknown_submission
from desktop.services.traffic.log_ends import covers_now, ends_of
from desktop.services.views import Changes, Role
from desktop.services.workspace import Workspace

Shown = Mapping[str, Mapping[str, tuple[str, ...]]]
"""submission -> field -> the facts whose values the person saw (``HeldSubmission.shown``)."""


def submit(
    ws: Workspace, period: str, *, unit: str = "", number: str = "", day: date | None = None, signer: str = "",
    note: str = "", reason: str = "",
) -> Changes:
    """Submit all that this PC holds of a unit's report of a period: of its own unit, at the hub of any (*Nhập thay*).

    ``number``, ``day``, ``signer`` are of the signed paper. After an acceptance this is a *Báo cáo đính chính*, which
    needs a reason. Raises Mistake PERIOD_UNKNOWN, UNIT_NOT_YOURS, SUBMISSION_UNCHANGED, CORRECTION_WITHOUT_REASON,
    SUBMISSION_TOO_LONG.
    """
    read_period(period)
    unit = unit or ws.seat.unit
    _refuse_foreign(ws, unit)
    row = board_row(ws, unit, period)
    if row.state in (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED) and not row.changed:
        raise Mistake(
            "SUBMISSION_UNCHANGED",
            f"Báo cáo {read_period(period).name} của “{row.unit_name}” đã nộp, từ đó không có gì thay đổi.",
            "Chưa nộp lại. Nếu cần nộp lại với số, ký hiệu khác, hãy rút báo cáo rồi nộp.",
        )
    if row.state is SubmissionState.ACCEPTED and not reason.strip():
        raise Mistake(
            "CORRECTION_WITHOUT_REASON", f"Báo cáo {read_period(period).name} đã được tiếp nhận; nộp tiếp là báo cáo "
            "đính chính nên cần ghi lý do. Chưa nộp.", "Hãy ghi lý do đính chính.",
        )
    units = units_of(ws, ws.own_scopes() if unit == ws.seat.unit else frozenset({unit})) | {unit}
    texts = {"number": number, "signer": signer, "note": note, "reason": reason}
    named: list[JsonValue] = [*sorted(units)]
    fields: dict[str, JsonValue] = {
        "covers": ends_json(covers_now(ws, units)), "units": named,
        **{name: said for name, text in texts.items() if (said := nfc(text).strip())},
    }
    if day is not None:
        fields["day"] = day_json(day)
    record = submission_record(unit, period, ws.environment.random(16).hex())
    return _append(ws, unit, period, [Content(ws.now(), ws.person, SUBMISSION, record, fields, {})])


def _refuse_foreign(ws: Workspace, unit: str) -> None:
    seat = ws.seat
    if unit not in ws.units() or (seat.role is Role.UNIT and unit != seat.unit):
        raise Mistake(
            "UNIT_NOT_YOURS", f"Máy này không nộp hay rút thay được báo cáo của “{ws.unit_name(unit)}”. Chưa lưu gì.",
            "Hãy làm trên máy của đơn vị đó, hoặc đề nghị đơn vị tổng hợp nhập thay.",
        )


def withdraw(ws: Workspace, period: str, *, unit: str = "") -> Changes:
    """Take back what waits for a decision. Raises Mistake SUBMISSION_ACCEPTED, SUBMISSION_NONE, UNIT_NOT_YOURS.

    One that the hub accepts before it hears of this stays accepted; it is told on both sides.
    """
    read_period(period)
    unit = unit or ws.seat.unit
    _refuse_foreign(ws, unit)
    held = held_submissions(ws, period, unit)
    chosen = [one for one in held if not one.said.replaced and not one.said.decisions and not one.said.withdrawn]
    if not chosen and any(one.said.accepted for one in held):
        raise Mistake(
            "SUBMISSION_ACCEPTED", f"Báo cáo {read_period(period).name} đã được tiếp nhận nên không rút được nữa. "
            "Không có gì thay đổi.", "Nếu số liệu chưa đúng, hãy sửa rồi nộp báo cáo đính chính.",
        )
    return _say(ws, unit, period, chosen, dict.fromkeys(_records(chosen), {"withdrawn": 1}), None)


def accept(
    ws: Workspace, unit: str, period: str, shown: Shown | None = None, *, arrived: date | None = None,
    channel: str = "",
) -> Changes:
    """*Tiếp nhận*: what is covered counts from now on, whatever comes later.

    ``shown`` names the submissions one saw; without it all that no later one replaced. ``arrived`` is *Ngày đến*.
    Raises Mistake HUB_ONLY, SUBMISSION_NONE, SUBMISSION_INCOMPLETE.
    """
    require_hub(ws)
    chosen = [one for one in _decidable(ws, unit, period, shown) if one.said.state is not SubmissionState.ACCEPTED]
    said = {one.said.record: _accepting(ws, one) | _arrival(arrived, channel) for one in chosen}
    return _say(ws, unit, period, chosen, said, shown)


def _accepting(ws: Workspace, one: HeldSubmission) -> dict[str, JsonValue]:
    """The decision to accept: the ends that are submitted and held here, of the unit's own logs."""
    tree, covering, said = ws.units(), ws.store.covering(), one.said
    device = next(log.public_key for log in ws.store.journal.logs() if log.id == one.fact.log)
    scopes = {grant.unit for grant in ws.grants() if grant.device == device} | {said.unit}
    units = tuple(
        unit for unit in said.units if any(tree.is_within(unit, scope) for scope in scopes)
    ) or (said.unit,)
    places = covering.places(said.covers, covering.logs(units))
    if len(places) < len(said.covers.ends):
        raise Mistake(
            "SUBMISSION_INCOMPLETE", f"Chưa nhận đủ nội dung mà báo cáo của “{ws.unit_name(said.unit)}” nêu. "
            "Chưa tiếp nhận.", "Hãy nhập tệp mới nhất của đơn vị rồi tiếp nhận, hoặc trả lại để bổ sung.",
        )
    ends = _with_own_work(ws, said.period, Covered(frozenset(units), covering.coverage(said.covers)))
    covers = Covers({name: end for name, end in said.covers.ends.items() if places[name] not in ends} | {
        name: end for named in ends.values() for name, end in named.items()
    })
    apart: dict[str, Runs] = {
        name: covering.not_counted(log, covers.ends[name])
        for name, log in covering.places(covers, covering.logs(units)).items()
    }
    return {"decision": decision_json(Accepted(Covers(covers.ends, apart), units))}


def _with_own_work(ws: Workspace, period: str, submitted: Covered) -> dict[str, dict[str, End]]:
    """hub log -> its ends, where the hub has entered or settled something since: that is its own, and counts too."""
    covering = ws.store.covering()
    hub = {one.grant.device for one in ws.charter().granted if one.grant.role is DeviceRole.HUB}
    audiences = submitted.units
    return {
        log.id: ends_of(ws, log) for log in ws.store.journal.logs()
        if log.public_key in hub and log.audience in audiences and any(
            (place := split_record(record))[2] == period and place[1] in audiences
            for record in covering.misfits(log.id, submitted.coverage)
        )
    }


def send_back(ws: Workspace, unit: str, period: str, reason: str, shown: Shown | None = None) -> Changes:
    """*Trả lại để bổ sung*, with what is missing in words; also what was accepted by mistake.

    Raises Mistake HUB_ONLY, RETURN_WITHOUT_REASON, SUBMISSION_NONE, SUBMISSION_TOO_LONG.
    """
    require_hub(ws)
    said = nfc(reason).strip()
    if not said:
        raise Mistake("RETURN_WITHOUT_REASON", "Chưa ghi lý do trả lại. Chưa lưu gì.", "Hãy ghi cần bổ sung những gì.")
    chosen = _decidable(ws, unit, period, shown)
    decision = decision_json(Returned(said))
    return _say(ws, unit, period, chosen, dict.fromkeys(_records(chosen), {"decision": decision}), shown)


def rule(
    ws: Workspace, unit: str, period: str, *, arrived: date | None = None, channel: str = "",
    ruling: Ruling | None = None, shown: Shown | None = None,
) -> Changes:
    """*Ngày đến* and channel of the paper or mail, and what a person rules about its being in time.

    Said of every submission of the unit that was not taken back. Raises Mistake HUB_ONLY, SUBMISSION_NONE.
    """
    require_hub(ws)
    chosen = [
        one for one in _named(held_submissions(ws, period, unit), shown)
        if one.said.accepted or not one.said.withdrawn
    ]
    fields = _arrival(arrived, channel) | ({} if ruling is None else {"ruling": ruling.value})
    return _say(ws, unit, period, chosen, dict.fromkeys(_records(chosen), fields), shown)


def _arrival(arrived: date | None, channel: str) -> dict[str, JsonValue]:
    said = nfc(channel).strip()
    fields: dict[str, JsonValue] = {} if arrived is None else {"arrived": day_json(arrived)}
    return fields | ({"channel": said} if said else {})


def _decidable(ws: Workspace, unit: str, period: str, shown: Shown | None) -> list[HeldSubmission]:
    """The submissions a hub may decide about, or decide again."""
    read_period(period)
    held = held_submissions(ws, period, unit)
    current = {one.record for one in latest(one.said for one in held)}
    return [
        one for one in _named(held, shown)
        if one.said.record in current and one.said.state is not SubmissionState.WITHDRAWN
    ]


def _named(held: Sequence[HeldSubmission], shown: Shown | None) -> list[HeldSubmission]:
    return [one for one in held if shown is None or one.said.record in shown]


def _records(chosen: Sequence[HeldSubmission]) -> list[str]:
    return [one.said.record for one in chosen]


def _say(
    ws: Workspace, unit: str, period: str, chosen: Sequence[HeldSubmission],
    said: Mapping[str, Mapping[str, JsonValue]], shown: Shown | None,
) -> Changes:
    """Say something of each of these submissions; of a value that stands nothing is written again."""
    if not chosen:
        raise unknown_submission(ws, unit, period)
    audience = audience_of(ws, unit)
    contents = []
    for one in chosen:
        record = one.said.record
        seen = one.shown if shown is None else shown[record]
        content = change(ws, audience, SUBMISSION, record, said[record], seen)
        if content is not None:
            contents.append(content)
    return _append(ws, unit, period, contents)


def _append(ws: Workspace, unit: str, period: str, contents: Sequence[Content]) -> Changes:
    if not contents:
        return Changes()
    too_long = Mistake(
        "SUBMISSION_TOO_LONG", "Có ô quá dài hoặc có ký tự không gửi được. Chưa lưu gì.",
        "Hãy rút gọn (tối đa 20.000 ký tự) hoặc xóa ký tự lạ.",
    )
    if any(check_content(content) for content in contents):
        raise too_long
    try:
        with ws.store.atomic():
            ws.append(audience_of(ws, unit), contents)
    except BadJson as error:
        raise too_long from error
    return Changes(units=frozenset({unit}), periods=frozenset({period}))
