"""The commands on the watched folder: choosing it, what lies in it, importing what is whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.cli.packages import exit_code, print_receipts
from desktop.models.errors import Mistake
from desktop.services.traffic import inbox
from desktop.services.traffic.inbox import InboxDone, InboxState, InboxView
from desktop.services.traffic.looking import DONE, look
from desktop.services.workspace import Workspace, workspace

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment

_OFF = "off"
_STATE_WORDS = {
    InboxState.COPYING: "Đang chép",
    InboxState.ALREADY_HAD: "Đã có",
    InboxState.OWN: "Tệp của đơn vị mình",
    InboxState.READY: "Sẵn sàng nhập",
    InboxState.UNCHECKED: "Chưa kiểm tra",
    InboxState.REFUSED: "Không nhập được",
}


def inbox_set(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Watch a folder, or none any more."""
    chosen = None if arguments.folder == _OFF else Path(arguments.folder)
    with workspace(environment, folder) as ws:
        _ = ws.seat
        inbox.set_inbox(ws, chosen)
        kept = inbox.inbox_folder(ws)
    output.line(f"Thư mục nhận: {kept}" if kept else "Không theo dõi thư mục nào.")
    return 0


def inbox_list(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """What lies in the watched folder and how each file stands."""
    with workspace(environment, folder) as ws:
        view = _judged(ws)
    if arguments.json:
        output.json_document({
            "folder": str(view.look.folder), "others": list(view.others),
            "files": [
                {
                    "name": one.name, "state": one.state.value, "size": one.size, "summary": one.summary,
                    "period": one.period,
                    "receipt": output.plain(one.receipt),
                }
                for one in view.files if one.state is not InboxState.OTHER
            ],
        })
    else:
        _print_view(view)
    return 0


def _judged(ws: Workspace) -> InboxView:
    """The watched folder at one look. Raises Mistake INBOX_NOT_SET."""
    _ = ws.seat
    chosen = inbox.inbox_folder(ws)
    if chosen is None:
        raise Mistake(
            "INBOX_NOT_SET", "Chưa chọn thư mục nhận. Không có gì thay đổi.", "Hãy chọn bằng lệnh inbox set DIR."
        )
    return inbox.judge(ws, look(chosen, ws.environment.clock()))


def _print_view(view: InboxView) -> None:
    for one in view.files:
        if one.state is InboxState.OTHER:
            continue
        who = f" · {one.receipt.sender_unit}" if one.receipt is not None and one.receipt.sender_unit else ""
        period = f" · kỳ {one.period}" if one.period else ""
        output.line(f"{one.name}{who}{period}: {_STATE_WORDS[one.state]}. {one.summary}")
    if not view.files:
        output.line(f"Không có tệp Sổ tiến độ nào trong {view.look.folder}.")
    if view.others:
        output.line(f"Bỏ qua {len(view.others)} tệp không phải tệp Sổ tiến độ: {', '.join(view.others)}")


def inbox_import(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """Import what is whole and new; put away what is in."""
    with workspace(environment, folder) as ws:
        done = inbox.import_inbox(ws, _judged(ws))
    if arguments.json:
        output.json_document({
            "receipts": output.plain(done.receipts),
            "moved": [{"name": name, "to": f"{DONE}/{there}"} for name, there in done.moved],
            "stayed": [{"name": name, "summary": why} for name, why in done.stayed],
        })
    else:
        _print_done(done)
    return exit_code(done.receipts)


def _print_done(done: InboxDone) -> None:
    print_receipts(done.receipts)
    for name, there in done.moved:
        output.line(f"Đã chuyển: {name} → {DONE}/{there}")
    for name, why in done.stayed:
        output.line(f"Còn trong thư mục nhận: {name}. {why}")
    if not (done.receipts or done.moved or done.stayed):
        output.line("Không có tệp mới nào để nhập.")


COMMANDS: Commands = {
    "inbox set": inbox_set,
    "inbox list": inbox_list,
    "inbox import": inbox_import,
}
