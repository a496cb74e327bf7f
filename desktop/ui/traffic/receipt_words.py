"""A receipt in plain words, as rich text for *Phiếu tiếp nhận*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from desktop.services.traffic.reasons import reason_words
from desktop.services.traffic.views import EnrolmentRequest, Outcome, Receipt, SegmentOutcome
from desktop.ui.parts.words import clock_words, day_words
from desktop.ui.theme import Colours, outcome_style
from desktop.ui.widgets.words import counted, grouped

SEGMENT_WORDS = {
    "new": "mới",
    "already_had": "đã có",
    "fills_gap": "bù phần còn thiếu",
    "held": "tạm giữ",
    "quarantined": "tạm giữ, không tính",
    "refused": "từ chối",
}
_LIST_MOST = 40
"""Parts listed one by one; of more only the ones that need attention."""


def as_it_stands(receipts: Sequence[Receipt], requests: Sequence[EnrolmentRequest]) -> tuple[Receipt, ...]:
    """Receipts with what came after them: facts held for an unknown machine count since it was accepted."""
    counted_now = {one.code for one in requests if one.state == "approved" and not one.held}
    return tuple(
        _settled(one) if one.outcome is Outcome.HELD and one.request_code in counted_now else one for one in receipts
    )


def _settled(receipt: Receipt) -> Receipt:
    told = f"Máy đã được chấp nhận: {counted(receipt.held, 'nội dung')} tạm giữ nay đã tính."
    parts = tuple(
        replace(part, outcome="new", reason="") if part.outcome == "held" else part for part in receipt.segments
    )
    return replace(receipt, outcome=Outcome.IMPORTED, reason="", summary=told, held=0, segments=parts)


def received_words(receipt: Receipt) -> str:
    """When a file came in: "14/9/2023 09:41"."""
    if receipt.received is None:
        return "–"
    return f"{day_words(receipt.received.date())} {clock_words(receipt.received)}"


def unit_words(receipt: Receipt) -> str:
    """The sender, or a dash where the file did not say."""
    return receipt.sender_unit or "–"


def code_words(receipt: Receipt) -> str:
    """The check code to compare."""
    return receipt.check_code or "–"


def summary_words(receipt: Receipt) -> str:
    """What became of a file in one sentence or two; one of a plan that nobody works in just now says so."""
    return f"Kế hoạch {receipt.plan}: {receipt.summary}" if receipt.plan else receipt.summary


def part_words(segment: SegmentOutcome) -> str:
    """One part of a file in a line: which entries, what became of them and why."""
    entries = f"Mục {segment.first}–{segment.last}" if segment.last > segment.first else f"Mục {segment.first}"
    if not segment.first:
        entries = "Một phần không đọc được"
    words = f"{entries}: {SEGMENT_WORDS.get(segment.outcome, segment.outcome)}"
    return f"{words} – {reason_words(segment.reason)}" if segment.reason else words


def receipt_html(receipt: Receipt, colours: Colours, note: str = "") -> str:
    """The whole receipt, ``note`` above it. Every word of the file is escaped."""
    style = outcome_style(receipt.outcome, receipt.conflicts)
    blocks = [
        f'<p style="font-size: large"><b>{escape(receipt.file)}</b></p>',
        f'<p><span style="color: {style.fg.name()}; background-color: {style.bg.name()}">'
        f"<b>&nbsp;{escape(style.text)}&nbsp;</b></span></p>",
        f"<p>{escape(receipt.summary)}</p>",
        _facts(receipt, colours),
    ]
    if note:
        blocks.insert(0, f'<p style="color: {colours.blue.name()}"><b>{escape(note)}</b></p>')
    if receipt.gaps:
        blocks.append(_listing("Còn thiếu (tự bù khi nhận tệp sau)", list(receipt.gaps)))
    parts = _parts_told(receipt)
    if parts:
        blocks.append(_listing("Từng phần trong tệp", [part_words(one) for one in parts]))
    if receipt.outcome is Outcome.REFUSED:
        blocks.append(f'<p style="color: {colours.muted.name()}">Mã lý do: {escape(receipt.reason)}</p>')
    return "".join(blocks)


def _parts_told(receipt: Receipt) -> tuple[SegmentOutcome, ...]:
    if len(receipt.segments) <= _LIST_MOST:
        return receipt.segments
    return tuple(one for one in receipt.segments if one.outcome not in ("new", "already_had"))


def _facts(receipt: Receipt, colours: Colours) -> str:
    rows = [
        ("Đơn vị gửi", unit_words(receipt)),
        ("Nhận lúc", received_words(receipt)),
        ("Mã kiểm tra", code_words(receipt)),
    ]
    if receipt.plan:
        rows.insert(0, ("Thuộc kế hoạch", receipt.plan))
    if receipt.request_code:
        rows.append(("Mã đối chiếu của máy", grouped(receipt.request_code)))
    if receipt.outcome is not Outcome.REFUSED:
        counts = (
            ("Mới", receipt.new),
            ("Đã có", receipt.already_had),
            ("Tạm giữ", receipt.held),
            ("Không tính", receipt.quarantined),
            ("Cần đối chiếu", receipt.conflicts),
        )
        rows += [(name, counted(count, "nội dung")) for name, count in counts if count or name == "Mới"]
    cells = "".join(
        f'<tr><td style="padding: 2px 16px 2px 0; color: {colours.muted.name()}">{escape(name)}</td>'
        f'<td style="padding: 2px 0">{escape(value)}</td></tr>'
        for name, value in rows
    )
    return f'<table cellspacing="0">{cells}</table>'


def _listing(heading: str, lines: list[str]) -> str:
    return f"<p><b>{escape(heading)}</b></p><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
