"""The command ``package inspect``: what is inside a file, in plain lines or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli import output
from desktop.services.traffic.inside import FactInside, Inside, SegmentInside
from desktop.services.traffic.inspecting import inspect_in
from desktop.services.traffic.reasons import reason_words

if TYPE_CHECKING:
    from desktop.cli.libraries import Commands
    from desktop.services.environment import Environment

_KIND_WORDS = {
    "report": "tệp báo cáo của đơn vị", "hub": "tệp của đơn vị tổng hợp", "starter": "tệp khởi tạo",
}
_GRANTED_WORDS = {
    "here": "đã được chấp nhận", "file": "được chấp nhận theo chính tệp này, thư mục dữ liệu chưa biết",
    "closed": "đã thôi được ghi", "": "chưa được chấp nhận",
}


def package_inspect(environment: Environment, folder: Path, arguments: argparse.Namespace) -> int:
    """The inside of a file."""
    inside = inspect_in(environment, folder, arguments.file, facts=arguments.facts)
    if arguments.json:
        output.json_document(output.plain(inside))
    else:
        for words in _lines(inside):
            output.line(words)
    return 1 if inside.reason else 0


def _lines(inside: Inside) -> Iterator[str]:
    yield f"{inside.file} · {inside.size} byte · mã kiểm tra {inside.check_code}"
    sealed = f"có, {inside.age_readers} khóa mở được" if inside.encrypted else "không"
    yield f"Mã hóa: {sealed}"
    if inside.reason:
        yield f"Không xem được bên trong ({inside.reason}). {inside.summary}"
        return
    yield from _manifest_lines(inside)
    yield "Các phần trong tệp:"
    yield from (f"  {one.name} · {one.size} byte (trong tệp: {one.packed})" for one in inside.entries)
    for part, reason in inside.set_aside:
        yield f"  KHÔNG TÍNH: {part} – {reason_words(reason)} ({reason})"
    yield "Quyền:"
    yield from (f"  {words}" for words in inside.authority)
    yield "Nội dung:"
    yield from (f"  {_segment_line(one)}" for one in inside.segments)
    yield f"Tệp đính kèm: {len(inside.blobs)}"
    if inside.facts is not None:
        yield "Từng nội dung:"
        yield from (f"  {_fact_line(one)}" for one in inside.facts)


def _manifest_lines(inside: Inside) -> Iterator[str]:
    known = "" if inside.trusted else " (thư mục dữ liệu này không có kế hoạch đó)"
    yield f"Loại: {_KIND_WORDS.get(inside.kind, inside.kind)} · gói {inside.package}"
    yield f"Kế hoạch: {inside.plan_words or inside.plan}{known} · mã khóa gốc {inside.root_code}"
    if inside.signer is not None:
        label = f" · {inside.signer.label}" if inside.signer.label else ""
        granted = _GRANTED_WORDS[inside.signer.granted]
        yield f"Người ký: {inside.signer.unit}{label} · {granted} · mã máy {inside.signer.code}"
    yield f"Gửi cho: {', '.join(inside.recipients)}"
    period = f" · kỳ {inside.period}" if inside.period else ""
    application = f" · {inside.application}" if inside.application else ""
    yield f"Ghi lúc: {_moment(inside.written)} (theo máy gửi){period}{application}"
    if inside.request:
        yield f"Xin đăng ký: {inside.request}"


def _segment_line(one: SegmentInside) -> str:
    entries = f"mục {one.first}–{one.last}" if one.last > one.first else f"mục {one.first}"
    kinds = ", ".join(f"{count} {words}" for words, count in one.kinds)
    times = f"{_moment(one.earliest)} – {_moment(one.latest)}"
    return f"nhật ký {one.log[:8]} của {one.writer} · cho {one.audience} · {entries} · {times} · {kinds}"


def _fact_line(one: FactInside) -> str:
    place = f"{one.log[:8]} {one.seq}"
    if one.problem:
        return f"{place} · {one.writer}: {reason_words(one.problem)} ({one.problem})"
    row = f"{one.code} {one.title}".strip() or one.record
    about = " · ".join(words for words in (row, one.unit, one.period) if words)
    values = "; ".join(f"{name}: {value}" for name, value in one.fields)
    later = f" · thay {one.supersedes} giá trị trước" if one.supersedes else ""
    return f"{place} · {_moment(one.when)} · {one.user} ({one.writer}) · {one.kind} · {about} · {values}{later}"


def _moment(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if moment is not None else "–"


COMMANDS: Commands = {
    "package inspect": package_inspect,
}
