"""How dates, hours and percentages are written on paper."""

from __future__ import annotations

from datetime import date, datetime

from desktop.models.sheets import SheetHead

# Blanks that no line breaking takes away: room for two figures written by hand.
_BLANK = "\u00a0" * 6


def short_day(day: date) -> str:
    """Day in figures as NĐ 30/2020 writes it: 08/9/2023, 14/02/2023 (a zero before days below 10, months 1 and 2)."""
    return f"{day.day:02}/{_month(day)}/{day.year}"


def long_day(day: date) -> str:
    """Day in words: "ngày 08 tháng 9 năm 2023"."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def percent(value: int) -> str:
    """A percentage with its blank: 45 %."""
    return f"{value} %"


def place_and_date(head: SheetHead) -> str:
    """Place and date of the sheet; without a day, room to write day and month by hand."""
    day = long_day(head.day) if head.day else f"ngày{_BLANK} tháng{_BLANK} năm {head.updated.year}"
    return f"{head.place}, {day}" if head.place else day.capitalize()


def updated(moment: datetime) -> str:
    """What every sheet carries (office.md): "Số liệu cập nhật 09h41, ngày 15/09/2023"."""
    return f"Số liệu cập nhật {moment:%H}h{moment:%M}, ngày {moment:%d/%m/%Y}"


def plan_reference(head: SheetHead) -> str:
    """Which plan is counted: "Thực hiện Kế hoạch số 160-KH/QU ngày 11/01/2023 của Ban Thường vụ Quận ủy"."""
    if not head.plan_number:
        return ""
    parts = [f"Thực hiện Kế hoạch số {head.plan_number}"]
    if head.plan_day:
        parts.append(f"ngày {short_day(head.plan_day)}")
    if head.plan_issuer:
        parts.append(f"của {head.plan_issuer}")
    return " ".join(parts)


def period_and_basis(head: SheetHead) -> str:
    """The period and the basis of counting: "Kỳ báo cáo: Quý III/2023 – Lũy kế từ đầu năm"."""
    return " – ".join(part for part in (head.period and f"Kỳ báo cáo: {head.period}", head.basis) if part)


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)
