"""Entries of the authority set in plain words, for whoever looks inside a package."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.exchange.hashes import code_of
from desktop.models.entries import (
    DeviceRole,
    Entry,
    Grant,
    ReadingChange,
    Retirement,
    RootChange,
    RootEntry,
    Said,
    ScopeChange,
)
from desktop.services.traffic.reasons import reason_words


def entry_words(
    entry: Entry, body: str, grants: Mapping[str, Grant], unit_name: Callable[[str], str], void: str
) -> str:
    """One entry; of a kind that is not known here its ``body`` as signed. ``void``: the code why it has no effect."""
    words = f"Mục quyền khác: {body}" if entry.said is None else _words(entry.said, grants, unit_name)
    return f"{words} – không có hiệu lực: {reason_words(void)}" if void else words


def _words(said: Said, grants: Mapping[str, Grant], unit_name: Callable[[str], str]) -> str:
    match said:
        case RootEntry():
            return f"Khóa gốc {_code(said.root)} · đơn vị tổng hợp: {unit_name(said.hub_unit)}"
        case RootChange():
            return f"Khóa gốc từ đây là {_code(said.root)}, khóa dự phòng {_code(said.spare)}"
        case ReadingChange():
            return f"Khóa đọc mới của đơn vị tổng hợp, cho {len(said.sealed)} máy"
        case Grant():
            role = "đơn vị tổng hợp" if said.role is DeviceRole.HUB else "đơn vị báo cáo"
            return f"Chấp nhận máy {said.label} của {unit_name(said.unit)} ({role}), mã {_code(said.device)}"
        case ScopeChange():
            machine = grants.get(said.grant)
            which = f"Máy {machine.label} của {unit_name(machine.unit)}" if machine is not None else "Một máy"
            return f"{which} từ đây ghi cho {unit_name(said.unit)}" if said.unit else f"{which} từ đây không ghi nữa"
        case Retirement():
            return f"Máy mã {_code(said.device)} thôi ghi, {len(said.at)} nhật ký còn được tính"


def _code(key: str) -> str:
    """The 20 digits of a key in hex; what is no key stands for itself."""
    try:
        return code_of(bytes.fromhex(key))
    except ValueError:
        return key
