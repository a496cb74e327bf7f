"""Sheets to print in tests: ordinary rows, and rows that strain the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.models.plan import NodeKind
from desktop.models.report import STATE_WORDS, Timeliness, WorkState
from desktop.models.sheets import (
    ConsolidatedRow,
    ConsolidatedSheet,
    Paper,
    SheetHead,
    Signature,
    SigningFor,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS = RESOURCES / "fonts"
LAYOUTS = RESOURCES / "layouts"
PLAN_TEXT = RESOURCES / "plans" / "long-bien-2023-160-KH-QU.txt"

SENTENCE = (
    "Tổng số 180 nhiệm vụ; đã hoàn thành 93 (đúng hạn 80, trễ hạn 13); chưa hoàn thành 87 (trong hạn 61, quá hạn 26)."
)
NOTES = ("Không phát sinh: 2 nhiệm vụ, không tính vào tổng số.", "Tạm dừng: 3 nhiệm vụ, vẫn tính vào tổng số.")
LONG = ("Tiếp tục đẩy mạnh công tác tuyên truyền, vận động các tầng lớp nhân dân; " * 14)[:900].strip()
WORD = "BC_125_" + "8" * 53


def head(paper: Paper = Paper.PARTY, *, subject: str = "thực hiện chủ đề công tác năm 2023") -> SheetHead:
    """A head of the paper's kind, signed."""
    party = paper is Paper.PARTY
    signature = Signature(
        SigningFor.BODY if party else SigningFor.HEAD,
        "Ban Thường vụ" if party else "Chủ tịch",
        "Phó Bí thư" if party else "Phó Chủ tịch",
        "Nguyễn Văn A",
        "Trần Thị B",
    )
    return SheetHead(
        paper=paper,
        superior="Đảng bộ thành phố Hà Nội" if party else "Ủy ban nhân dân quận Long Biên",
        issuer="Quận ủy Long Biên" if party else "Ủy ban nhân dân phường Bồ Đề",
        place="Long Biên",
        plan_number="160-KH/QU",
        plan_day=date(2023, 1, 11),
        plan_issuer="Ban Thường vụ Quận ủy",
        title="Bảng tổng hợp tiến độ",
        subject=subject,
        period="Quý III/2023",
        basis="Lũy kế từ đầu năm",
        updated=datetime(2023, 9, 15, 9, 41),
        number="125-BC/QU" if party else "15/BC-UBND",
        day=date(2023, 9, 5),
        signature=signature,
    )


def item(code: str = "1.1", title: str = "Duy trì 6 phường đạt chuẩn", **fields: Any) -> ConsolidatedRow:
    """An item with ordinary cells; ``fields`` replace them."""
    usual = ConsolidatedRow(
        f"I/1/{code}",
        NodeKind.ITEM,
        2,
        code,
        title,
        leaders=("Đ/c Đinh Thị Thu Hương - UVTVP, PCT UBND quận",),
        lead_units=("VP HĐND&UBND quận", "TTVHTT&TT"),
        coordinating_units=("Phòng QLĐT", "UBND các phường"),
        deadline="Tháng 11/2023",
        due=date(2023, 11, 30),
        status_words=STATE_WORDS[WorkState.DOING],
        percent=45,
        timeliness=Timeliness.OVERDUE,
        days=12,
        result="Đã hoàn thành 12/14 tuyến phố.",
        evidence="Báo cáo 125/BC-UBND ngày 08/9/2023",
    )
    return replace(usual, **fields)


def section(code: str = "I", title: str = "CÁC CHỈ TIÊU CHỦ YẾU") -> ConsolidatedRow:
    """A section row with its count."""
    return ConsolidatedRow(code, NodeKind.SECTION, 0, code, title, status_words="14/33 hoàn thành")


def group(code: str = "1", title: str = "Về chỉnh trang đô thị (05 chỉ tiêu)") -> ConsolidatedRow:
    """A group row with its count."""
    return ConsolidatedRow(f"I/{code}", NodeKind.GROUP, 1, code, title, status_words="4/5 hoàn thành")


def many(count: int) -> tuple[ConsolidatedRow, ...]:
    """A section and a group with ``count`` items of changing length."""
    items = (item(f"1.{number}", LONG[: 30 + number * 7 % 200]) for number in range(1, count + 1))
    return (section(), group(), *items)


def sheet(
    rows: Iterable[ConsolidatedRow], paper: Paper = Paper.PARTY, notes: tuple[str, ...] = NOTES
) -> ConsolidatedSheet:
    """A whole sheet around the rows."""
    return ConsolidatedSheet(head(paper), tuple(rows), SENTENCE, notes)
