"""*Kiểm tra dữ liệu*: is what lies in the folder whole, and do the projections say what the journal says."""

from __future__ import annotations

from collections.abc import Callable

from desktop.exchange.authority import verify_entry
from desktop.exchange.hashes import first_head, next_head
from desktop.exchange.segments import Segment, verify
from desktop.models.charter import NOT_ROOT
from desktop.models.errors import EnvironmentTrouble
from desktop.models.strict_json import BadJson
from desktop.services.traffic.blobs import hash_of
from desktop.services.traffic.intake import misjudged
from desktop.services.traffic.sealing import log_name
from desktop.services.traffic.views import Health, HealthCheck
from desktop.services.workspace import Workspace


def examine(ws: Workspace) -> Health:
    """Examine a set-up data folder, every plan in it; changes nothing. Raises Mistake FOLDER_NOT_SET_UP."""
    _ = ws.seat
    examinations: tuple[tuple[str, Callable[[Workspace], str]], ...] = (
        ("Tệp dữ liệu", _file), ("Chuỗi băm của nhật ký", _chains), ("Chữ ký các đoạn", _signatures),
        ("Các mục quyền", _entries), ("Quyền của từng nội dung", _standings), ("Bảng suy ra", _projections),
        ("Tệp đính kèm", _attachments),
    )
    checks = []
    for name, examination in examinations:
        fault = _fault(ws, examination)
        checks.append(HealthCheck(name, not fault, fault or "không có lỗi"))
    present = ws.keys.has(bytes.fromhex(ws.seat.device))
    # Keys are no part of the folder: without them it reads and enters, and only sealing must wait.
    checks.append(HealthCheck(
        "Khóa của máy", True, "có trên máy này" if present else "không có trên máy này: xem và nhập được, chưa gửi được"
    ))
    return Health(tuple(checks))


def _fault(ws: Workspace, examination: Callable[[Workspace], str]) -> str:
    """What an examination found first in any plan, also where the damage keeps it from ending."""
    try:
        return next((fault for seat in ws.seats() if (fault := examination(ws.of(seat.plan_id)))), "")
    except EnvironmentTrouble as trouble:
        return trouble.message
    except BadJson as fault:
        return f"Có nội dung không đọc được ({fault.code})"
    except LookupError as missing:
        return f"Thiếu nội dung: {missing}"


def digest(ws: Workspace) -> str:
    """The hash of the projected state of the plan worked in. Raises Mistake FOLDER_NOT_SET_UP."""
    _ = ws.seat
    return ws.store.projections.digest()


def _file(ws: Workspace) -> str:
    found = ws.store.queries.integrity()
    return "" if found == "ok" else f"SQLite báo: {found}"


def _chains(ws: Workspace) -> str:
    """Every fact's id is the hash of what lies before it; every start is its log's own."""
    starts = {
        log.id: first_head(bytes.fromhex(log.public_key), bytes.fromhex(log.nonce), log.plan_id, log.audience)
        for log in ws.store.journal.logs()
    }
    for log, seq in ws.store.journal.mislabelled():
        return f"Mục {seq} của nhật ký {log} không đứng đúng tên"
    for fact in ws.store.journal.all_facts():
        if next_head(fact.prev, fact.line) != fact.head or (fact.seq == 1 and fact.prev != starts[fact.log]):
            return f"Mục {fact.seq} của nhật ký {fact.log} không đúng mã băm"
    return ""


def _signatures(ws: Workspace) -> str:
    logs = {log.id: log for log in ws.store.journal.logs()}
    for row in ws.store.journal.segments(logs):
        segment = Segment(
            log_name(logs[row.log]), row.first, ws.store.journal.lines(row), row.prev_head, row.head, row.signature
        )
        fault = verify(segment)
        if fault:
            return f"Đoạn {row.first} của nhật ký {row.log}: {fault}"
    return ""


def _entries(ws: Workspace) -> str:
    charter = ws.charter()
    for entry in ws.entries():
        if charter.void.get(entry.id) == NOT_ROOT or not verify_entry(entry):
            return f"Mục quyền {entry.id} không do khóa gốc ký"
    return ""


def _standings(ws: Workspace) -> str:
    """What counts, what is held and what is not counted is what the authority says."""
    for fact, judgement in misjudged(ws):
        return f"Mục {fact.seq} của nhật ký {fact.log} phải là “{judgement.standing.value}”"
    return ""


def _projections(ws: Workspace) -> str:
    """Rebuilt and incremental must be equal; the rebuild is rolled back."""
    before = ws.store.projections.digest()
    return "" if ws.store.rebuilt_digest() == before else "Khác với nhật ký; hãy dựng lại từ nhật ký"


def _attachments(ws: Workspace) -> str:
    """Every blob is what its name says, one at a time; those that have not come yet are no fault."""
    for sha256 in ws.store.blobs.sizes():
        blob = ws.store.blobs.content(sha256)
        if blob is None or hash_of(blob) != sha256:
            return f"Tệp đính kèm {sha256[:16]} không đúng mã băm"
    return ""
