"""*Phiếu tiếp nhận*: what became of a file, in plain words, kept and listed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from desktop.exchange.files import forget, write_secret
from desktop.exchange.hashes import check_code
from desktop.exchange.package import Contents
from desktop.models.authority import APPLIED
from desktop.models.branches import lineage
from desktop.models.entries import DeviceRole
from desktop.models.errors import Refused, SoTienDoError
from desktop.models.kinds import SEEN, split_record
from desktop.services.records import header_of, moment_of
from desktop.services.traffic.intake import Taken
from desktop.services.traffic.views import Outcome, Receipt, SegmentOutcome
from desktop.services.views import Role
from desktop.services.workspace import Workspace

REFUSALS = "tep-bi-tu-choi.jsonl"
INBOX = "tep-den"


def made(
    ws: Workspace, path: Path, data: bytes, contents: Contents, taken: Taken, *, opens: bool = False
) -> Receipt:
    """The receipt of a file that was taken in, in the workspace of its plan; ``opens`` when it brought the plan."""
    outcome = _outcome(taken)
    summary = _summary(outcome, taken)
    if opens:
        summary = f"Đã mở Kế hoạch {plan_words(ws)} trong sổ này. {summary}"
    return Receipt(
        file=_name(path), outcome=outcome, reason=_reason(taken), summary=summary,
        sender_unit=_sender(ws, contents, taken), check_code=check_code(data),
        received=ws.environment.clock(), new=taken.new, already_had=taken.already_had, held=taken.held,
        quarantined=taken.quarantined, conflicts=len(taken.conflicts), segments=tuple(taken.segments),
        gaps=tuple(taken.gaps), request_code=taken.request_code,
    )


def of_another_plan(ws: Workspace, receipt: Receipt) -> Receipt:
    """The receipt as shown to somebody who works in another plan than the workspace's."""
    return replace(receipt, plan=plan_words(ws))


def plan_words(ws: Workspace) -> str:
    """Number and year of the workspace's plan: "98-KH/QU năm 2024"."""
    row = ws.store.queries.record(ws.store.plan)
    header = header_of(row.body if row else {})
    return f"{header.number} năm {header.year}"


def _sender(ws: Workspace, contents: Contents, taken: Taken) -> str:
    """The unit that the sender's machine was granted; what a machine says of itself counts while it asks only."""
    granted = [grant.unit for grant in ws.authority().grants_of(contents.sender.hex())]
    if granted:
        return ws.unit_name(contents.sender_unit if contents.sender_unit in granted else granted[0])
    return ws.unit_name(contents.request.unit) if contents.request and taken.request_code else ""


def _name(path: Path) -> str:
    """The file's name as text, also where it is none in the system's encoding."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def known(ws: Workspace, path: Path, data: bytes) -> Receipt | None:
    """The receipt of a file that was imported before and of which nothing is left held, else None."""
    received = ws.store.office.applied_receipt(hashlib.sha256(data).hexdigest())
    if received is None:
        return None
    moment = moment_of(received, ws.environment.clock().tzinfo)
    return _empty(
        ws, path, Outcome.ALREADY_HAD, "", f"Tệp này đã nhập {moment:%d/%m/%Y lúc %H:%M}; không có gì thay đổi.",
        check_code(data),
    )


def refused(ws: Workspace, path: Path, refusal: SoTienDoError, data: bytes) -> Receipt:
    """The receipt of a file refused as a whole, or one that could not be read at all; nothing of it was stored."""
    outcome = Outcome.REFUSED if isinstance(refusal, Refused) else Outcome.UNREADABLE
    return _empty(ws, path, outcome, refusal.code, refusal.sentence, check_code(data) if data else "")


def _empty(ws: Workspace, path: Path, outcome: Outcome, reason: str, summary: str, code: str) -> Receipt:
    return Receipt(
        file=_name(path), outcome=outcome, reason=reason, summary=summary, sender_unit="", check_code=code,
        received=ws.environment.clock(), new=0, already_had=0, held=0, quarantined=0, conflicts=0,
    )


def _outcome(taken: Taken) -> Outcome:
    if taken.request_code or taken.held:
        return Outcome.HELD
    return Outcome.IMPORTED if taken.new or taken.authority_grew else Outcome.ALREADY_HAD


def _reason(taken: Taken) -> str:
    if taken.request_code:
        return "DEVICE_NOT_ENROLLED"
    return next((segment.reason for segment in taken.segments if segment.reason), "")


def _summary(outcome: Outcome, taken: Taken) -> str:
    if outcome is Outcome.ALREADY_HAD:
        return "Mọi nội dung trong tệp này đã có; không có gì thay đổi."
    parts = []
    if taken.request_code:
        # The same file again brings nothing new, but what it brought before still waits.
        held = f"{taken.held} nội dung tạm giữ" if taken.held else "nội dung đã nhận vẫn đang tạm giữ"
        parts.append(f"Máy chưa được đăng ký: {held}. So mã đối chiếu qua điện thoại rồi bấm Chấp nhận máy.")
    else:
        parts.append(f"{taken.new} nội dung mới, {taken.already_had} nội dung đã có.")
        if taken.held:
            parts.append(f"{taken.held} nội dung tạm giữ.")
    if taken.quarantined:
        parts.append(f"{taken.quarantined} nội dung không được tính (xem lý do trong phiếu).")
    conflicts = sum(bool(split_record(record)[2]) for record in taken.conflicts)
    if conflicts:
        parts.append(f"{conflicts} báo cáo cần đối chiếu.")
    if torn := len(taken.conflicts) - conflicts:
        parts.append(f"{torn} dòng của kế hoạch hoặc ý kiến có giá trị cần đối chiếu.")
    if taken.met_itself:
        parts.append("Có phần chính máy này đã ghi trước khi dữ liệu được chép lại hoặc khôi phục; đã lấy lại đủ.")
    if taken.gaps:
        parts.append(f"Còn thiếu {len(taken.gaps)} đoạn; sẽ bù khi nhận tệp sau.")
    if any(segment.outcome == "refused" for segment in taken.segments):
        parts.append("Có đoạn không hợp lệ, không được tính.")
    return " ".join(parts)


def keep(ws: Workspace, receipt: Receipt, data: bytes) -> None:
    """Keep a receipt, in the workspace of the file's plan; the caller holds the import's transaction."""
    applied = receipt.held == 0 and not receipt.request_code
    ws.store.office.add_receipt(ws.store.plan, hashlib.sha256(data).hexdigest(), ws.now(), applied, as_json(receipt))


@contextmanager
def copy_kept(ws: Workspace, data: bytes) -> Iterator[Callable[[], None]]:
    """What keeps a copy of an imported file, by its hash; it is forgotten when the import around it fails."""
    target = ws.folder / INBOX / f"{hashlib.sha256(data).hexdigest()}.sotiendo"
    before = target.exists()
    try:
        yield lambda: None if before else write_secret(data, target, "Chưa nhập gì từ tệp này.")
    except BaseException:
        if not before:
            forget(target)
        raise


def note_refusal(ws: Workspace, receipt: Receipt) -> None:
    """Log a refusal beside the database, which stays as it was."""
    try:
        with (ws.folder / REFUSALS).open("a", encoding="utf-8") as log:
            log.write(as_json(receipt) + "\n")
    except OSError:
        # A full disk: the person is told all the same.
        return


def all_receipts(ws: Workspace) -> tuple[Receipt, ...]:
    """Every receipt and refusal, whatever the plan, newest first."""
    others = {seat.plan_id: ws.of(seat.plan_id) for seat in ws.seats() if seat.plan_id != ws.store.plan}
    kept = [
        of_another_plan(others[plan], _from_json(text)) if plan in others else _from_json(text)
        for plan, text in ws.store.office.receipts()
    ]
    receipts = [*kept, *reversed(_refusals(ws))]
    return tuple(sorted(receipts, key=lambda one: one.received.timestamp() if one.received else 0, reverse=True))


def _refusals(ws: Workspace) -> list[Receipt]:
    log = ws.folder / REFUSALS
    found = []
    for text in log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else ():
        try:
            found.append(_from_json(text))
        except (ValueError, LookupError, TypeError):
            # The end of a line that a crash cut off.
            continue
    return found


def as_json(receipt: Receipt) -> str:
    """A receipt as kept: one line of JSON."""
    body = asdict(receipt) | {"received": receipt.received.isoformat() if receipt.received else None}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _from_json(text: str) -> Receipt:
    body = json.loads(text)
    body["outcome"] = Outcome(body["outcome"])
    body["received"] = datetime.fromisoformat(body["received"]) if body["received"] else None
    body["segments"] = tuple(SegmentOutcome(**segment) for segment in body["segments"])
    body["gaps"] = tuple(body["gaps"])
    return Receipt(**body)


def unconfirmed(ws: Workspace) -> int:
    """How many own facts (acknowledgements aside) no `seen` of the other side covers yet."""
    own = {log.id for log in ws.store.journal.logs() if log.own}
    facts = list(ws.store.journal.all_facts())
    before = {fact.head: fact.prev for fact in facts if fact.log in own}
    other_side = _other_side(ws)
    confirmed: set[bytes] = set()
    for fact in facts:
        if fact.content.kind == SEEN and fact.log in other_side and fact.judgement == APPLIED:
            for end in fact.content.fields.values():
                # An end that no own log ever had confirms nothing.
                head = bytes.fromhex(str(end[1])) if isinstance(end, list) else b""
                confirmed.update(takewhile(lambda one: one not in confirmed, lineage(head, before)))
    return sum(
        1 for fact in facts if fact.log in own and fact.content.kind != SEEN and fact.head not in confirmed
    )


def _other_side(ws: Workspace) -> set[str]:
    """The logs of the hub's machines, seen from a unit; those of units, seen from a hub."""
    wanted = DeviceRole.UNIT if ws.seat.role is Role.HUB else DeviceRole.HUB
    devices = {grant.device for grant in ws.grants() if grant.role is wanted}
    return {log.id for log in ws.store.journal.logs() if log.public_key in devices and not log.own}
