"""*Thư mục nhận*: files that arrive in a watched folder are checked, offered, imported on demand and put away.

Source: exchange.md "Import" and "Promises" 10. Two looks tell whether a file still moves; nothing here waits. No reply
is ever written into the folder, so that two watched folders joined to each other fall silent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop.exchange.files import is_folder, put_away, read_file
from desktop.models.errors import Mistake, SoTienDoError
from desktop.services.traffic import receipts
from desktop.services.traffic.exchanging import check_data, import_data, united
from desktop.services.traffic.looking import DONE, Look, Lying
from desktop.services.traffic.views import Outcome, Receipt
from desktop.services.views import Changes
from desktop.services.workspace import Workspace

_SETTING = "inbox"
_TORN = frozenset({"PKG_EMPTY", "PKG_TRUNCATED", "PKG_DAMAGED", "PKG_BAD_CONTAINER"})
"""What a file is refused for that has not all come yet."""
_PASSING = frozenset({"PKG_NOT_FOR_US", "PKG_NEWER_VERSION", "PKG_OTHER_PLAN", "PKG_OTHER_ROOT", "PLAN_WITHOUT_UNIT"})
"""Refusals that may end without another file: a newer program, another plan or key."""
_COMING = "Tệp đang được chép đến; sẽ kiểm tra khi chép xong."
_OWN = "Tệp do chính đơn vị mình ghi; không nhập."
_WAITS = "Đang chờ đến lượt kiểm tra."
_LOCKED = "Chưa kiểm tra: cần mật khẩu khóa để mở. Bấm Nhập để kiểm tra và nhập."


class InboxState(StrEnum):
    """How a file of the watched folder stands."""

    COPYING = "copying"
    ALREADY_HAD = "already_had"
    OWN = "own"
    READY = "ready"
    UNCHECKED = "unchecked"
    """Whole as far as one can see without the keys, which are not open yet."""
    REFUSED = "refused"
    OTHER = "other"
    """A zip that is no package."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file with its state; ``receipt`` is what importing it would give, where it was checked.

    ``period``: for which period its sender wrote it, by the sender's word. ``told``: refused before, so that nobody
    need be told again.
    """

    name: str
    state: InboxState
    size: int
    summary: str
    sha256: str = ""
    receipt: Receipt | None = None
    told: bool = False
    period: str = ""


@dataclass(frozen=True, slots=True)
class InboxView:
    """The watched folder as judged at a look."""

    look: Look
    files: tuple[InboxFile, ...]
    is_done: bool = True
    """Whether every file that could be was checked; else judging goes on with this view."""

    @property
    def offered(self) -> tuple[InboxFile, ...]:
        """Files to import."""
        return tuple(one for one in self.files if one.state in (InboxState.READY, InboxState.UNCHECKED))

    @property
    def refused(self) -> tuple[InboxFile, ...]:
        """Files that cannot be imported, of which nobody was told yet."""
        return tuple(one for one in self.files if one.state is InboxState.REFUSED and not one.told)

    @property
    def others(self) -> tuple[str, ...]:
        """The names of files that are no packages."""
        zips = (one.name for one in self.files if one.state is InboxState.OTHER)
        return tuple(sorted((*self.look.others, *zips)))


@dataclass(frozen=True, slots=True)
class InboxDone:
    """What importing did: receipts, what changed, files put away (name, name there), files that stayed and why."""

    receipts: tuple[Receipt, ...]
    changes: Changes
    moved: tuple[tuple[str, str], ...]
    stayed: tuple[tuple[str, str], ...]


def inbox_folder(ws: Workspace) -> Path | None:
    """The folder this PC watches, None where none was chosen."""
    kept = ws.store.office.setting(_SETTING)
    return Path(kept) if kept else None


def set_inbox(ws: Workspace, folder: Path | None) -> Changes:
    """Watch a folder from now on, or none. Raises Mistake INBOX_NOT_A_FOLDER, INBOX_IN_DATA; EnvironmentTrouble."""
    kept = ""
    if folder is not None:
        chosen = folder.absolute()
        kept = str(chosen)
        if not is_folder(chosen) or kept.encode("utf-8", "replace").decode() != kept:
            raise Mistake(
                "INBOX_NOT_A_FOLDER", f"Không có thư mục “{receipts.shown_name(chosen)}”. Chưa thay đổi gì.",
                "Hãy chọn một thư mục đã có, ví dụ thư mục chung của cơ quan.",
            )
        data = ws.folder.resolve()
        if chosen.resolve() == data or data in chosen.resolve().parents:
            raise Mistake(
                "INBOX_IN_DATA", "Thư mục nhận không được nằm trong thư mục dữ liệu. Chưa thay đổi gì.",
                "Hãy chọn thư mục khác.",
            )
    with ws.store.atomic():
        ws.store.office.set_setting(_SETTING, kept)
    return Changes(exchange=True)


def judge(
    ws: Workspace, found: Look, before: InboxView | None = None, *, ask: bool = True, most: int | None = None
) -> InboxView:
    """What each file of a look is to this office; what was judged before and has not changed is not read again.

    Without ``ask`` nobody is asked for a passphrase: what cannot be opened stays unchecked. At ``most`` so many files
    are checked in one go, so that others get their turn at the database. Raises what concerns this
    machine's keys: Refused KEY_WRONG_PASSPHRASE, Mistake, EnvironmentTrouble.
    """
    if not any(one.sha256 for one in found.files):
        return InboxView(found, tuple(_unread(one, found) for one in found.files))
    judging = _Judging(
        ws, found, {one.sha256: one for one in (before.files if before else ()) if one.sha256},
        frozenset(row.check_code for seat in ws.seats() for row in ws.store.office.written(seat.plan_id)),
        receipts.refusals_by_hash(ws), ask or ws.opens_unasked(), len(found.files) if most is None else most,
    )
    files = tuple(judging.of(one) for one in found.files)
    return InboxView(found, files, judging.left >= 0)


@dataclass(slots=True)
class _Judging:
    """Judges the files of one look; ``left``: how many more may be checked, below 0 when some were not."""

    ws: Workspace
    look: Look
    before: Mapping[str, InboxFile]
    written: frozenset[str]
    refusals: Mapping[str, Receipt]
    opens: bool
    left: int

    def of(self, lying: Lying) -> InboxFile:
        """How one file stands."""
        if not lying.sha256:
            return _unread(lying, self.look)
        if lying.check_code in self.written:
            return InboxFile(lying.name, InboxState.OWN, lying.size, _OWN, lying.sha256)
        kept = self.ws.store.office.receipt_of(lying.sha256)
        if kept is not None:
            return self._imported(lying, receipts.of_json(kept))
        noted = self.refusals.get(lying.sha256)
        if noted is not None and noted.reason not in _PASSING:
            return _file(lying, InboxState.REFUSED, noted, told=True)
        earlier = self.before.get(lying.sha256)
        if earlier is not None and earlier.state not in (InboxState.COPYING, InboxState.UNCHECKED):
            return InboxFile(
                lying.name, earlier.state, lying.size, earlier.summary, lying.sha256, earlier.receipt,
                earlier.told or noted is not None, earlier.period,
            )
        if not self.opens:
            return InboxFile(lying.name, InboxState.UNCHECKED, lying.size, _LOCKED, lying.sha256)
        self.left -= 1
        if self.left < 0:
            return InboxFile(lying.name, InboxState.UNCHECKED, lying.size, _WAITS, lying.sha256)
        return self._checked(lying, was_told=noted is not None)

    def _imported(self, lying: Lying, receipt: Receipt) -> InboxFile:
        """A file that was imported before: the receipt says when, and whose it is."""
        when = f"{receipt.received:%d/%m/%Y lúc %H:%M}" if receipt.received else "trước đây"
        return InboxFile(
            lying.name, self._known_state(receipt), lying.size, f"Đã nhập {when}.", lying.sha256, receipt
        )

    def _known_state(self, receipt: Receipt) -> InboxState:
        # A file of the own unit is for the other side: it is never put away from where that side looks for it.
        return InboxState.OWN if is_own(self.ws, receipt) else InboxState.ALREADY_HAD

    def _checked(self, lying: Lying, *, was_told: bool) -> InboxFile:
        path = self.look.folder / lying.name
        try:
            data = read_file(path)
        except SoTienDoError as fault:
            return InboxFile(lying.name, InboxState.REFUSED, lying.size, fault.sentence)
        if hashlib.sha256(data).hexdigest() != lying.sha256:
            return InboxFile(lying.name, InboxState.COPYING, lying.size, _COMING)
        periods: list[str] = []
        receipt = check_data(self.ws, path, data, lambda _ws, opened, _taken: periods.append(opened.contents.period))
        if receipt.outcome is Outcome.REFUSED:
            return self._refused(lying, receipt, was_told=was_told)
        if receipt.outcome is Outcome.ALREADY_HAD or receipt.outcome is Outcome.HELD and not receipt.new:
            return _file(lying, self._known_state(receipt), receipt)
        return replace(_file(lying, InboxState.READY, receipt), period="".join(periods))

    def _refused(self, lying: Lying, receipt: Receipt, *, was_told: bool) -> InboxFile:
        if receipt.reason in _TORN and lying.may_be_unfinished(self.look.moment):
            return InboxFile(lying.name, InboxState.COPYING, lying.size, _COMING, lying.sha256)
        if receipt.reason == "PKG_NOT_A_PACKAGE" and lying.name.lower().endswith(".zip"):
            return InboxFile(lying.name, InboxState.OTHER, lying.size, receipt.summary, lying.sha256)
        return _file(lying, InboxState.REFUSED, receipt, told=was_told)


def _unread(lying: Lying, found: Look) -> InboxFile:
    """A file that was not read: it still moves, or somebody keeps it from being read, as one who copies does."""
    if lying.fault is not None and not lying.moves and not lying.may_be_unfinished(found.moment):
        return InboxFile(lying.name, InboxState.REFUSED, lying.size, lying.fault.sentence)
    return InboxFile(lying.name, InboxState.COPYING, lying.size, _COMING)


def _file(lying: Lying, state: InboxState, receipt: Receipt, *, told: bool = False) -> InboxFile:
    return InboxFile(lying.name, state, lying.size, receipt.summary, lying.sha256, receipt, told)


def is_own(ws: Workspace, receipt: Receipt) -> bool:
    """Whether a file was written by this very unit."""
    return receipt.sender_unit == ws.unit_name(ws.seat.unit)


def import_inbox(
    ws: Workspace, view: InboxView, progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> InboxDone:
    """Import what is offered, each file in its own transaction, and put away what is in, this time or before.

    Refused files stay and are noted, so that they are not told again. A file that cannot be put away stays imported.
    Raises what concerns this machine's keys: Refused KEY_WRONG_PASSPHRASE, Mistake, EnvironmentTrouble.
    """
    now = judge(ws, view.look, view)
    wanted = [one for one in now.files if one.state in (InboxState.READY, InboxState.ALREADY_HAD)]
    wanted += now.refused
    done = _Doing(ws, now.look.folder)
    for number, one in enumerate(wanted):
        if cancelled is not None and cancelled():
            break
        done.take(one)
        if progress is not None:
            progress(number + 1, len(wanted))
    return InboxDone(tuple(done.receipts), done.changes, tuple(done.moved), tuple(done.stayed))


class _Doing:
    """Imports and puts away one file after another."""

    def __init__(self, ws: Workspace, folder: Path) -> None:
        self._ws = ws
        self._folder = folder
        self.receipts: list[Receipt] = []
        self.changes = Changes()
        self.moved: list[tuple[str, str]] = []
        self.stayed: list[tuple[str, str]] = []

    def take(self, one: InboxFile) -> None:
        """Import a file and put it away; one that is in already is put away, a refused one noted."""
        path = self._folder / one.name
        try:
            data = read_file(path)
        except SoTienDoError as fault:
            self._stays(one, fault.sentence)
            return
        if one.sha256 and hashlib.sha256(data).hexdigest() != one.sha256:
            self._stays(one, _COMING)
            return
        if one.state is InboxState.ALREADY_HAD:
            self._put_away(path, one, data)
            return
        receipt, changes = import_data(self._ws, path, data)
        self.receipts.append(receipt)
        self.changes = united(self.changes, changes)
        if receipt.outcome is Outcome.REFUSED:
            self._stays(one, receipt.summary)
        elif not is_own(self._ws, receipt):
            self._put_away(path, one, data)

    def _put_away(self, path: Path, one: InboxFile, data: bytes) -> None:
        try:
            there = put_away(path, self._folder / DONE, data)
        except SoTienDoError as fault:
            self._stays(one, fault.sentence)
            return
        if there is not None:
            self.moved.append((one.name, there.name))

    def _stays(self, one: InboxFile, why: str) -> None:
        self.stayed.append((one.name, why))


def note_refused(ws: Workspace, files: Sequence[InboxFile]) -> Changes:
    """The person knows of these refused files: they are noted and told no more."""
    for one in files:
        if one.receipt is not None and one.sha256:
            receipts.note_refusal(ws, one.receipt, one.sha256)
    return Changes(exchange=True)

