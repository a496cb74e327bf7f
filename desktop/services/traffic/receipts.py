"""*Phiếu tiếp nhận*: what became of a file, in plain words, kept and listed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.exchange.files import forget, write_secret
from desktop.exchange.hashes import check_code
from desktop.exchange.package import Contents
from desktop.models.errors import Refused, SoTienDoError
from desktop.models.record_ids import split_record
from desktop.services.records import header_of, moment_of
from desktop.services.traffic import blobs
from desktop.services.traffic.intake import Gap, Taken
from desktop.services.traffic.views import Outcome, Receipt, SegmentOutcome
from desktop.services.workspace import Workspace

REFUSALS = "tep-bi-tu-choi.jsonl"
INBOX = "tep-den"
_HASH = "sha256"
"""Of a noted refusal: the file's hash, so that the same file is not offered again."""
_MOST_NAMES = 3
"""Attachments named in a receipt; of the others it gives the number."""


def made(
    ws: Workspace, path: Path, data: bytes, contents: Contents, taken: Taken, *, opens: bool = False
) -> Receipt:
    """The receipt of a file that was taken in, in the workspace of its plan; ``opens`` when it brought the plan."""
    outcome = _outcome(taken)
    missing = blobs.missing(ws, contents.sender.hex())
    summary = _summary(outcome, taken, missing)
    if opens:
        summary = f"Đã mở Kế hoạch {plan_words(ws)} trong sổ này. {summary}"
    return Receipt(
        file=shown_name(path), outcome=outcome, reason=_reason(taken), summary=summary,
        sender_unit=_sender(ws, contents, taken), check_code=check_code(data),
        received=ws.environment.clock(), new=taken.new, already_had=taken.already_had, held=taken.held,
        quarantined=taken.quarantined, conflicts=len(taken.conflicts), segments=tuple(taken.segments),
        gaps=tuple(_gap_words(ws, gap) for gap in taken.gaps), request_code=taken.request_code,
        attachments=taken.attachments, attachments_waiting=taken.attachments_waiting,
        attachments_missing=len(missing),
    )


def of_another_plan(ws: Workspace, receipt: Receipt) -> Receipt:
    """The receipt as shown to somebody who works in another plan than the workspace's."""
    return replace(receipt, plan=plan_words(ws))


def plan_words(ws: Workspace) -> str:
    """Number and year of the workspace's plan: "98-KH/QU năm 2024"."""
    row = ws.store.queries.record(ws.store.plan)
    header = header_of(row.body if row else {})
    return f"{header.number} năm {header.year}"


def _gap_words(ws: Workspace, gap: Gap) -> str:
    """What is missing and whose it is: "thiếu mục 41–60 của PC2 Phường Bồ Đề"."""
    places = f"mục {gap.first}–{gap.last}" if gap.last > gap.first else f"mục {gap.first}"
    if gap.log.own:
        return f"thiếu {places} của chính máy này"
    grants = ws.authority().grants_of(gap.log.public_key)
    if not grants:
        return f"thiếu {places} của một máy chưa đăng ký"
    return f"thiếu {places} của {grants[0].label} {ws.unit_name(grants[0].unit)}"


def _sender(ws: Workspace, contents: Contents, taken: Taken) -> str:
    """The unit that the sender's machine was granted; what a machine says of itself counts while it asks only."""
    granted = [grant.unit for grant in ws.authority().grants_of(contents.sender.hex())]
    if granted:
        return ws.unit_name(contents.sender_unit if contents.sender_unit in granted else granted[0])
    return ws.unit_name(contents.request.unit) if contents.request and taken.request_code else ""


def shown_name(path: Path) -> str:
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
        file=shown_name(path), outcome=outcome, reason=reason, summary=summary, sender_unit="", check_code=code,
        received=ws.environment.clock(), new=0, already_had=0, held=0, quarantined=0, conflicts=0,
    )


def _outcome(taken: Taken) -> Outcome:
    if taken.request_code or taken.held or taken.attachments_waiting:
        return Outcome.HELD
    return Outcome.IMPORTED if taken.new or taken.authority_grew or taken.attachments else Outcome.ALREADY_HAD


def _reason(taken: Taken) -> str:
    if taken.request_code:
        return "DEVICE_NOT_ENROLLED"
    return next((segment.reason for segment in taken.segments if segment.reason), "")


def _summary(outcome: Outcome, taken: Taken, missing: Sequence[str]) -> str:
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
    if taken.came_back:
        parts.append(
            f"Đã lấy lại {taken.came_back} mục chính máy này ghi trước khi dữ liệu được chép lại hoặc khôi phục."
        )
    if taken.disputed:
        parts.append(
            "Bên gửi xác nhận những mục của máy này mà ở đây không có hoặc khác; chỉ ghi lại, không đổi số liệu."
        )
    if taken.gaps:
        parts.append(f"Còn thiếu {len(taken.gaps)} đoạn; sẽ bù khi nhận tệp sau.")
    if any(segment.outcome == "refused" for segment in taken.segments):
        parts.append("Có đoạn không hợp lệ, không được tính.")
    return " ".join((*parts, *_attachment_words(taken, missing)))


def _attachment_words(taken: Taken, missing: Sequence[str]) -> Iterator[str]:
    if taken.attachments:
        yield f"{taken.attachments} tệp đính kèm mới."
    if taken.attachments_waiting:
        yield (
            f"{taken.attachments_waiting} tệp đính kèm tạm giữ vì chưa có báo cáo nêu tên; hãy nhập cả các tệp khác "
            "ghi cùng lần."
        )
    if missing:
        named = ", ".join(f"“{name}”" for name in missing[:_MOST_NAMES])
        more = f" và {len(missing) - _MOST_NAMES} tệp khác" if len(missing) > _MOST_NAMES else ""
        yield f"Còn thiếu tệp đính kèm {named}{more}; sẽ đến trong tệp khác."


def keep(ws: Workspace, receipt: Receipt, data: bytes) -> None:
    """Keep a receipt, in the workspace of the file's plan; the caller holds the import's transaction."""
    applied = receipt.held == 0 and not receipt.request_code and not receipt.attachments_waiting
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


def note_refusal(ws: Workspace, receipt: Receipt, sha256: str) -> None:
    """Log a refusal beside the database, which stays as it was, with the hash of the file (hex)."""
    line = json.dumps(_body(receipt) | {_HASH: sha256}, ensure_ascii=False, separators=(",", ":"))
    try:
        with (ws.folder / REFUSALS).open("a", encoding="utf-8") as log:
            # Begun on a line of its own: the one before may have been cut off by a crash or a full disk.
            log.write(f"\n{line}\n")
    except OSError:
        # A full disk: the person is told all the same.
        return


def all_receipts(ws: Workspace) -> tuple[Receipt, ...]:
    """Every receipt and refusal, whatever the plan, newest first."""
    others = {seat.plan_id: ws.of(seat.plan_id) for seat in ws.seats() if seat.plan_id != ws.store.plan}
    kept = [
        of_another_plan(others[plan], of_json(text)) if plan in others else of_json(text)
        for plan, text in ws.store.office.receipts()
    ]
    receipts = [*kept, *(receipt for receipt, _ in reversed(_refusals(ws)))]
    return tuple(sorted(receipts, key=lambda one: one.received.timestamp() if one.received else 0, reverse=True))


def refusals_by_hash(ws: Workspace) -> dict[str, Receipt]:
    """The last refusal of every file, by the hash of the file (hex)."""
    return {sha256: receipt for receipt, sha256 in _refusals(ws) if sha256}


def _refusals(ws: Workspace) -> list[tuple[Receipt, str]]:
    """Every refusal with the hash of its file, "" where none was noted."""
    log = ws.folder / REFUSALS
    found = []
    for text in log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else ():
        try:
            body = json.loads(text)
            sha256 = str(body.pop(_HASH, ""))
            found.append((_of_body(body), sha256))
        except (ValueError, LookupError, TypeError, AttributeError):
            # The end of a line that a crash cut off.
            continue
    return found


def as_json(receipt: Receipt) -> str:
    """A receipt as kept: one line of JSON."""
    return json.dumps(_body(receipt), ensure_ascii=False, separators=(",", ":"))


def _body(receipt: Receipt) -> dict[str, Any]:
    return asdict(receipt) | {"received": receipt.received.isoformat() if receipt.received else None}


def of_json(text: str) -> Receipt:
    """A receipt out of what was kept."""
    return _of_body(json.loads(text))


def _of_body(body: dict[str, Any]) -> Receipt:
    body["outcome"] = Outcome(body["outcome"])
    body["received"] = datetime.fromisoformat(body["received"]) if body["received"] else None
    body["segments"] = tuple(SegmentOutcome(**segment) for segment in body["segments"])
    body["gaps"] = tuple(body["gaps"])
    return Receipt(**body)
