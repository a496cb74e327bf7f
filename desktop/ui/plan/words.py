"""Readings in words an officer uses, for tooltips, details and editors. No Qt."""

from __future__ import annotations

from desktop.models.plan import NodeKind
from desktop.models.schedule import Span, Time, TimeKind
from desktop.models.targets import COMPARATOR_WORDS, Basis, Comparator, Enters, Rollup, Target
from desktop.services.views import FieldValue, PlanRow
from desktop.ui.parts.words import day_words

KIND_WORDS = {
    TimeKind.DATE: "một ngày",
    TimeKind.MONTH: "một tháng",
    TimeKind.QUARTER: "một quý",
    TimeKind.HALF_YEAR: "nửa năm",
    TimeKind.YEAR: "cả năm",
    TimeKind.RANGE: "khoảng thời gian",
    TimeKind.DATES: "nhiều thời điểm",
    TimeKind.ROUNDS: "nhiều đợt",
    TimeKind.CONTINUOUS: "thường xuyên, không tính quá hạn",
    TimeKind.RECURRING: "định kỳ",
    TimeKind.EVENT: "theo sự kiện, chưa có ngày hạn cụ thể",
    TimeKind.RELATIVE: "tính từ việc khác, chưa có ngày hạn cụ thể",
    TimeKind.UNSCHEDULED: "chưa ấn định thời gian",
    TimeKind.UNCLEAR: "chưa đọc được, cần rà soát",
}
_DATED_WORDS = {
    TimeKind.EVENT: "theo sự kiện, ngày hạn cụ thể",
    TimeKind.RELATIVE: "tính từ việc khác, ngày hạn cụ thể",
}
NO_TIME = "Không ghi thời gian"

ENTERS_WORDS = {
    Enters.LEAD: "đơn vị chủ trì nhập",
    Enters.UNITS: "từng đơn vị nhập",
    Enters.BOTH: "chủ trì và từng đơn vị nhập",
}
BASIS_WORDS = {Basis.CUMULATIVE: "lũy kế", Basis.PERIOD: "trong kỳ"}
ROLLUP_WORDS = {
    Rollup.SUM: "cộng các đơn vị",
    Rollup.RATIO: "tổng tử trên tổng mẫu",
    Rollup.WORST: "lấy đơn vị kém nhất",
    Rollup.COUNT_UNITS: "đếm số đơn vị đạt",
    Rollup.OFFICIAL: "chỉ lấy số liệu chính thức",
}
NAMELESS = "Chưa có tên tử số, mẫu số: đơn vị khó biết phải ghi số nào."


def reading_words(time: Time) -> str:
    """What a printed phrase is read as: its kind, and its days where it has any."""
    words = KIND_WORDS[time.kind]
    if time.last and time.kind in _DATED_WORDS:
        # Somebody has entered the date that the phrase leaves open.
        days = time.checkpoints or (time.last,)
        return f"{_DATED_WORDS[time.kind]}: {', '.join(day_words(day) for day in days)}"
    if time.checkpoints:
        return f"{words}: {', '.join(day_words(day) for day in time.checkpoints)}"
    if time.first and time.last:
        first, last = day_words(time.first), day_words(time.last)
        return f"{words}: {last if first == last else span_words(first, last)}"
    if time.last:
        return f"{words}: đến {day_words(time.last)}"
    if time.first:
        return f"{words}: từ {day_words(time.first)}"
    return words


def target_words(target: Target) -> str:
    """A target without its printed words: "mỗi phường: mô hình: ít nhất 1 mô hình"."""
    value = decimal_words(target.value)
    if target.value_max is not None:
        value = f"{value}–{decimal_words(target.value_max)}"
    if target.comparator is Comparator.ZERO:
        value = ""
    words = " ".join(part for part in (COMPARATOR_WORDS[target.comparator], value, target.unit) if part)
    if target.stretch == target.value:
        words = f"phấn đấu {words}"
    elif target.stretch is not None:
        words = f"{words}, phấn đấu {decimal_words(target.stretch)} {target.unit}".strip()
    if target.each:
        words = f"mỗi {target.each}: {words}"
    return f"{target.measures}: {words}" if target.measures else words


def settings_words(target: Target) -> list[str]:
    """How the values of a target are gathered, line by line: "lũy kế · đơn vị chủ trì nhập · cộng các đơn vị"."""
    told = [" · ".join((BASIS_WORDS[target.basis], ENTERS_WORDS[target.enters], ROLLUP_WORDS[target.rollup]))]
    if target.by_parts:
        parts = (("tử số", target.numerator), ("mẫu số", target.denominator))
        told += [f"{name}: {said}" for name, said in parts if said]
    return told


def is_nameless(target: Target) -> bool:
    """Whether a target lacks the names of the two numbers that its values are made of."""
    return target.by_parts and not (target.numerator.strip() and target.denominator.strip())


def decimal_words(value: str) -> str:
    """A decimal as an office writes it: "93.5" is "93,5", "2000" is "2.000"."""
    whole, _, rest = value.partition(".")
    first = len(whole) % 3 or 3
    grouped = ".".join((whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))))
    return f"{grouped},{rest}" if rest else grouped


def value_words(value: FieldValue) -> str:
    """Any reading on one line; "–" for none."""
    if isinstance(value, str):
        return value or "–"
    if isinstance(value, Time):
        return reading_words(value)
    return "; ".join(_whole_target(one) if isinstance(one, Target) else one for one in value) or "–"


def _whole_target(target: Target) -> str:
    return f"{target_words(target)} ({' · '.join(settings_words(target))})"


def span_words(first: str, last: str) -> str:
    """Two days, in words already, as one stretch."""
    return f"{first} – {last}"


def phrase(row: PlanRow) -> str:
    """The printed phrase that an undated row shows in the Gantt."""
    return row.end.text or row.start.text or NO_TIME


def tooltip_lines(row: PlanRow) -> list[str]:
    """Lines of the tooltip over a row of the Gantt: printed phrases beside their readings, then the deadlines."""
    lines = [f"{row.code} {row.title}".strip()]
    if row.kind is not NodeKind.ITEM:
        return lines
    for heading, time in (("Thực hiện", row.start), ("Hoàn thành", row.end)):
        if time.text:
            lines.append(f"{heading}: “{time.text}” – {reading_words(time)}")
    if not row.start.text and not row.end.text:
        lines.append(NO_TIME)
    if row.schedule.due_days:
        lines.append(f"Hạn: {', '.join(day_words(day) for day in row.schedule.due_days)}")
    if row.status.occurrences is not None and row.status.occurrences.late_days:
        late = ", ".join(day_words(day) for day in row.status.occurrences.late_days)
        lines.append(f"Đã qua mà chưa xong: {late}")
    if any(span.inferred for span in row.schedule.spans):
        lines.append(f"Gạch chéo: {inferred_words(row.schedule.spans)}, suy ra từ văn bản")
    return lines


def inferred_words(spans: tuple[Span, ...]) -> str:
    """From the first inferred day to the last one."""
    inferred = [span for span in spans if span.inferred]
    return span_words(day_words(inferred[0].first), day_words(inferred[-1].last))
