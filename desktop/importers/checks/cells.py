"""What a finding says of its cell: the value as printed, what was understood, what would be accepted."""

from __future__ import annotations

from functools import lru_cache

from desktop.models.plan import CellReading, Node
from desktop.models.schedule import Time, TimeKind
from desktop.models.text import squeeze
from desktop.models.time_printing import print_day

LONGEST = 200
"""Letters of a printed or understood value that a finding shows; the plan itself keeps all."""
NOT_UNDERSTOOD = "chưa hiểu"
NAMES_ACCEPTED = "tên có trong danh sách đơn vị"
LEADER_ACCEPTED = "họ tên và chức danh, ví dụ: Đ/c Nguyễn Văn An - Phó Chủ tịch"
AS_PRINTED_ACCEPTED = "giữ như bản in nếu đúng ý"


@lru_cache(maxsize=1024)
def shortened(text: str) -> str:
    """Text of a cell on one line, markup kept, at most LONGEST letters."""
    plain = squeeze(text)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST - 1].rstrip()}…"


def cell_of(
    node: Node, column: str, understood: str, accepted: str, printed: str | None = None
) -> CellReading:
    """The reading of a row's cell. ``column`` is a field of PrintedCells; ``printed`` the part concerned, else all."""
    whole = getattr(node.printed, column) if printed is None else printed
    return CellReading(column, shortened(whole), shortened(understood), accepted)


def times_accepted(year: int) -> str:
    """Forms of a time that are understood, as examples in the plan's year."""
    return f"ví dụ: Tháng 6/{year}; Quý II/{year}; 15/6/{year}"


def time_understood(time: Time) -> str:
    """The days a time was read as, in plain words."""
    match time.kind:
        case TimeKind.UNCLEAR:
            return NOT_UNDERSTOOD
        case TimeKind.EVENT | TimeKind.RELATIVE | TimeKind.UNSCHEDULED if time.last is None:
            return "chưa có ngày cụ thể"
        case TimeKind.DATES | TimeKind.ROUNDS:
            return f"{len(time.checkpoints)} mốc: {', '.join(print_day(day) for day in time.checkpoints)}"
        case TimeKind.CONTINUOUS if time.last is None:
            return "làm thường xuyên, không có hạn cuối"
        case TimeKind.RECURRING if time.checkpoints:
            return f"{len(time.checkpoints)} kỳ, kỳ cuối {print_day(time.checkpoints[-1])}"
        case _:
            return _stretch(time)


def _stretch(time: Time) -> str:
    if time.first and time.last and time.first != time.last:
        return f"từ {print_day(time.first)} đến {print_day(time.last)}"
    if time.last:
        return print_day(time.last)
    return f"từ {print_day(time.first)}" if time.first else "không có ngày"
