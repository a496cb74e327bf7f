"""The head of a plan as text: number, day of issue, issuer, title, theme, year, signer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from desktop.importers.checks.doubts import Doubt, note, warning
from desktop.importers.files.grid import CELL_BREAK
from desktop.importers.table.issuer import read_issuer
from desktop.models.plan import CellReading, PlanHeader
from desktop.models.text import fold, squeeze
from desktop.models.time_reading import printed_text

_SIGN = r"(\d{1,5})\s*(?:[-–/]\s*)([A-ZĐ]{1,6}(?:\s*[-–/&]\s*[A-ZĐ]{1,8}){0,3})"
_ISSUED_WITH = re.compile(
    rf"(?:[Bb]an hành k|[Kk])èm(?:\s+theo)?\s+.{{0,40}}?số:?\s*{_SIGN}\s*,?\s*"
    r"(?:ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4}))?"
    r"(?:\s+của\s+([^()\n]+?))?\s*\)?\s*$"
)
_NUMBER = re.compile(rf"^(?:\*{{2}})?[Ss]ố:?\s*{_SIGN}")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]\s*\*?\s*([^”\"]{8,300}?)\s*\*?\s*[”\"]")
_THEME = re.compile(r"chủ đề", re.IGNORECASE)
_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})", re.IGNORECASE)
_KIND = re.compile(r"(?:ke hoach|chuong trinh|de an|bieu tien do)")
_TITLED = re.compile(rf"{_KIND.pattern}|danh muc|lich cong tac|bieu |bang |phan cong")
_SIGNED = re.compile(
    r"^(?:t/?m|tm|k/?t|kt|t/?l|tl|q|bi thu|pho bi thu|chu tich|pho chu tich|chanh van phong|truong ban|thu truong)\b"
)
_RECIPIENTS = re.compile(r"noi nhan")
_EMPHASIS = re.compile(r"(?!(?<=\()\*+\))\*\*")
_HEAD_LINES = 60


def plain(line: str) -> str:
    """A line of the text without emphasis marks and runs of blanks."""
    text = printed_text(line)
    return squeeze(_EMPHASIS.sub("", text)) if "**" in text else text


def read_heading(
    lines: Sequence[str], table_line: int, after: Sequence[str] = ()
) -> tuple[PlanHeader, list[Doubt]]:
    """Header facts of the text before the table, and what was doubtful; an unknown fact is empty.

    ``table_line`` is the 1-based line of the first header row, ``after`` the lines below the table, where some plans
    are signed. The year falls back on the day of issue, then on the first year the text names.
    """
    texts = _parts(lines[: table_line - 1])
    doubts: list[Doubt] = []
    number, issued, issuer = _issue(texts, doubts)
    issuer = issuer or read_issuer(texts)
    day = _day(texts) or issued
    if day and issued and day != issued:
        doubts.append(warning(
            "ISSUE_DAYS_DIFFER", f"Ngày ban hành ghi hai cách: {day:%d/%m/%Y} và {issued:%d/%m/%Y}.", (), "",
            CellReading("", f"{day:%d/%m/%Y}; {issued:%d/%m/%Y}", f"{day:%d/%m/%Y}", "một ngày ban hành"),
        ))
    title = _title(texts)
    theme = _theme(title, texts)
    year = _year(title, texts, day)
    header = PlanHeader(number, day, issuer, title, theme, year, _signer(texts) or _signer(_parts(after)))
    missing = [name for name, value in (
        ("số", number), ("ngày ban hành", day), ("cơ quan ban hành", issuer), ("trích yếu", title),
        ("người ký", header.signer),
    ) if not value]
    if missing:
        doubts.append(warning("HEADER_INCOMPLETE", f"Chưa đọc được {', '.join(missing)} của kế hoạch.", (), ""))
    return header, doubts


def _parts(lines: Sequence[str]) -> list[str]:
    return [plain(part) for line in lines for part in line.split(CELL_BREAK)]


def _issue(texts: Sequence[str], doubts: list[Doubt]) -> tuple[str, date | None, str]:
    """Number, day and issuer as the caption of the table states them, else the number in the head."""
    for line, text in enumerate(texts, start=1):
        if found := _ISSUED_WITH.search(text):
            number = _joined(found[1], found[2], text[found.end(1): found.start(2)])
            if number not in text:
                printed = squeeze(text[found.start(1): found.end(2)])
                doubts.append(note("HEADER_NUMBER_BLANKS", f"Số kế hoạch in “{printed}”, được đọc là {number}.",
                                   (line,), "", CellReading("", printed, number, number)))
            return number, _date(found[5], found[4], found[3]), squeeze(found[6] or "")
    for text in texts[:_HEAD_LINES]:
        if found := _NUMBER.search(text):
            return _joined(found[1], found[2], text[found.end(1): found.start(2)]), None, ""
    return "", None, ""


def _joined(number: str, sign: str, between: str) -> str:
    return f"{number}{'/' if '/' in between else '-'}{''.join(sign.split()).replace('–', '-')}"


def _date(year: str | None, month: str | None, day: str | None) -> date | None:
    if not year or not month or not day:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(texts: Sequence[str]) -> date | None:
    for text in texts[:_HEAD_LINES]:
        if (found := _DAY.search(text)) and (day := _date(found[3], found[2], found[1])):
            return day
    return None


def _title(texts: Sequence[str]) -> str:
    """The paragraph under the words KẾ HOẠCH."""
    for rank, text in enumerate(texts):
        if text and text == text.upper() and _KIND.fullmatch(fold(text)):
            return next((below for below in texts[rank + 1:] if below), "")
    return next((text for text in texts if text and text == text.upper() and _TITLED.match(fold(text))), "")


def _theme(title: str, texts: Sequence[str]) -> str:
    for text in (title, *texts):
        if _THEME.search(text) and (found := _QUOTED.search(text)):
            return found[1].strip("* ")
    return ""


def _year(title: str, texts: Sequence[str], day: date | None) -> int:
    unquoted = _QUOTED.sub("", title)
    if found := _YEAR.search(unquoted) or _YEAR.search(title):
        return int(found[1])
    if day:
        return day.year
    return next((int(found[1]) for text in texts if (found := _YEAR.search(text))), 0)


def _signer(texts: Sequence[str]) -> str:
    """The name under the signing title, nearest before the table."""
    candidate = ""
    for text in reversed(texts):
        folded = fold(text)
        if candidate and text:
            return candidate if _SIGNED.match(folded) else ""
        if _RECIPIENTS.match(folded):
            return ""
        if _is_person(text):
            candidate = text
    return ""


def _is_person(text: str) -> bool:
    """Whether a line is a name alone: two to six words, each with a capital, not all in capitals."""
    words = text.split()
    return 1 < len(words) < 7 and text != text.upper() and all(
        word.isalpha() and word[0].isupper() for word in words
    )
