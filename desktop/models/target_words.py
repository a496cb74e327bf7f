"""What the words round a stated quantity say of it: what is measured, of whom each owes it, and that it is striven for.

A title is parted into clauses, and the words between two quantities of one clause are shared out between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.models.targets import Basis, Comparator, Enters, Rollup, Target
from desktop.models.text import fold, squeeze

_CLAUSE = re.compile(r";|\.(?=\s|$)|:(?!\s*(?:đạt|là|trên|từ|\d))", re.IGNORECASE)
# Where the words between two quantities part, the likeliest first; each at its last place.
_PARTS_AT = tuple(
    re.compile(rf".*({sign})", re.IGNORECASE)
    for sign in (r",?\s+(?=trong đó\s)", r"\s+và\s(?=(?:\w+\s){1,2}và\s)", r",?\s+và\s", r",\s")
)
# "Phần đấu" and "phản đấu" are how the reader of a scan met "phấn đấu".
_STRIVES = re.compile(r"\bph[ấảầ]n đ[ấầ]u\b", re.IGNORECASE)
_BEGINS = re.compile(r"^[\s,:)+•–-]*(?:(?:và|trong đó|ph[ấảầ]n đ[ấầ]u)\b[\s,:]*)*", re.IGNORECASE)
_SIGNS = " \t,:.(–-"
# Words that end what is measured without belonging to it, and words between the name of a rate and its value.
_ENDINGS = ("và", "cho", "tại", "với", "của", "trong đó", "phấn đấu", "phản đầu", "phấn đầu", "phần đấu", "phần đầu")
_LEADING_TO = ("đạt", "là", "còn", "lên", "mức")
_LONGEST_ENDING = max(map(len, (*_ENDINGS, *_LEADING_TO)))
_YEAR_AT_END = re.compile(r"(?:^|(?<=[\s(]))năm \d{4}$", re.IGNORECASE)
# Doing that says nothing of what is measured.
_PLAIN_DOING = re.compile(
    r"\b(?:tiếp tục|duy trì|đảm bảo|bảo đảm|hoàn thành|thực hiện|ph[ấảầ]n đ[ấầ]u|đạt|năm \d{4})(?!\w)", re.IGNORECASE
)
_UNCOUNTED = re.compile(r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)(?: đồng)?|đồng|lần)\b", re.IGNORECASE)
_SHARE = re.compile(r"\d\s?/\s?(\d+)")
_RATE = re.compile(r"\b(?:tỷ lệ|tỉ lệ|chỉ số|tỷ trọng|mức độ)\s", re.IGNORECASE)
_WHOLE = re.compile(r"^(?:tổng|số)\s", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\s(?:được|đạt|đăng ký(?! kinh doanh)|tham gia|xây dựng|triển khai|thực hiện|duy trì|tự)\s",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:mỗi|từng)\s+(?P<whom>(?!(?:năm|quý|tháng|tuần|ngày|đợt|kỳ|lần)\b)[^,;:]*?)"
    r"(?=\s+(?:xây dựng|có|tặng|thực hiện|duy trì|đạt|phấn đấu|vận động|hỗ trợ|đăng ký|triển khai|trồng|giúp đỡ"
    r"|lựa chọn|ra mắt|nhân rộng|tổ chức(?=\s+(?:các|từ|ít|tối|\d|$)))\b|\s*[,:]|\s*$)",
    re.IGNORECASE,
)
_TIMES = frozenset({"nam", "quy", "thang", "tuan", "ngay"})
_LIMITS = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})
_NO_BEYOND = frozenset({Comparator.ZERO, Comparator.TOP, Comparator.RANGE})


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity with its place in the title, from ``start`` up to ``end``."""

    target: Target
    start: int
    end: int


def described(title: str, stated: Sequence[Stated]) -> tuple[Target, ...]:
    """The targets in printed order with what their words say; a "phấn đấu" value joins the base value before it."""
    found: list[Target] = []
    for rank, one in enumerate(stated):
        before, after = _words_round(title, stated, rank)
        between = title[stated[rank - 1].end if rank else 0:one.start]
        strives = _STRIVES.search(_CLAUSE.split(between)[-1]) is not None
        if strives and found and _goes_beyond(found[-1], one.target, between, after):
            found[-1] = replace(found[-1], stretch=one.target.value)
            continue
        follows = _follows(after)
        measures, each = _measures(one.target, before, after, follows), _each(one.target, before)
        rollup, numerator, denominator = _rollup(one.target, measures, each, follows)
        stated_as, whole = one.target, one.target.value if strives else None
        # Said in full: ``replace`` takes several times as long, and every quantity passes here.
        found.append(Target(
            stated_as.comparator, stated_as.value, stated_as.value_max, stated_as.unit, stated_as.text, whole, measures,
            each, Enters.UNITS if each else Enters.LEAD, _basis(stated_as.unit), rollup, numerator, denominator,
        ))
    return tuple(found)


def _words_round(title: str, stated: Sequence[Stated], rank: int) -> tuple[str, str]:
    """The words before and after a quantity within its clause, up to the neighbouring quantities' own words."""
    one, last = stated[rank], rank + 1 == len(stated)
    # A colon or bracket right before the quantity leads to it and parts nothing.
    before = title[stated[rank - 1].end if rank else 0:one.start].rstrip(" :(")
    after = title[one.end:None if last else stated[rank + 1].start]
    if clauses := list(_CLAUSE.finditer(before)):
        before = before[clauses[-1].end():]
    elif rank:
        before = _shared_out(before)[1]
    if clause := _CLAUSE.search(after):
        after = after[: clause.start()]
    elif not last:
        after = _shared_out(after)[0]
    return before, after


def _shared_out(between: str) -> tuple[str, str]:
    """The words between two quantities: those of the first, those of the second."""
    for parting in _PARTS_AT:
        if cut := parting.match(between):
            return between[: cut.start(1)], between[cut.end(1):]
    return between, ""


def _goes_beyond(base: Target, further: Target, between: str, after: str) -> bool:
    """Whether "phấn đấu 95%" goes beyond the base value before it, of the same thing."""
    one_thing = base.unit == further.unit and not _CLAUSE.search(between) and not _follows(after).strip(")")
    if not one_thing or base.stretch is not None or further.value_max is not None or base.comparator in _NO_BEYOND:
        return False
    first, second = Decimal(base.value), Decimal(further.value)
    return second < first if base.comparator in _LIMITS else second > first


def _measures(target: Target, before: str, after: str, follows: str) -> str:
    """What is measured, in the title's words: of a rate the thing, of a number the doing with the thing."""
    leads = _leads(before)
    if target.comparator is Comparator.TOP:
        return leads
    if target.comparator is Comparator.ZERO:
        return squeeze(f"{target.unit} {follows}")
    if target.is_rate:
        if _RATE.search(f"{leads} ") or not follows:
            return leads
        return squeeze(f"{_PLAIN_DOING.sub(' ', leads)} {follows}")
    noun = target.unit.partition("/")[0]
    if _UNCOUNTED.match(noun):
        return squeeze(f"{leads} {follows}")
    words = squeeze(f"{leads} {noun}{_without_ending(after, _ENDINGS)}")
    # The bracket that opened before the number closes nothing now.
    return words.removesuffix(")") if words.count(")") > words.count("(") else words


def _follows(after: str) -> str:
    return squeeze(_without_ending(_BEGINS.sub("", after, count=1), _ENDINGS))


def _leads(before: str) -> str:
    """The words before a value without those that only lead to it, from "tỷ lệ" on where there is one."""
    leads = _without_ending(_BEGINS.sub("", before, count=1), _LEADING_TO)
    if year := _YEAR_AT_END.search(leads[-len("năm 2023"):]):
        leads = _without_ending(leads[: -len(year[0])], _LEADING_TO)
    rate = _RATE.search(leads)
    return squeeze(leads[rate.start():] if rate else leads)


def _without_ending(text: str, words: tuple[str, ...]) -> str:
    """The text without signs and, again and again, without any of these words at its end."""
    while True:
        text = text.rstrip(_SIGNS)
        # Most texts end in none of them.
        end = text[-_LONGEST_ENDING:].lower()
        if not end.endswith(words):
            return text
        ending = next(word for word in words if end.endswith(word))
        if text[: -len(ending)][-1:] not in ("", " ", "("):
            return text
        text = text[: -len(ending)]


def _each(target: Target, before: str) -> str:
    """Of whom each owes the quantity: "mỗi phường ...", "... mô hình/phường"; empty for the whole."""
    if found := _EACH.search(before):
        return squeeze(found["whom"])
    per = [part.strip() for part in target.unit.split("/")[1:]]
    return next((part for part in per if fold(part) not in _TIMES), "")


def _basis(unit: str) -> Basis:
    """A quantity per month or week is one of the period alone."""
    per = {fold(part) for part in unit.split("/")[1:]}
    return Basis.PERIOD if per & (_TIMES - {"nam"}) else Basis.CUMULATIVE


def _rollup(target: Target, measures: str, each: str, follows: str) -> tuple[Rollup, str, str]:
    """How values of units become one, as the hub is offered it, with the numerator and denominator of a rate."""
    if each:
        return Rollup.COUNT_UNITS, "", ""
    if share := _SHARE.search(target.text):
        return Rollup.COUNT_UNITS, "", f"{share[1]} {target.unit}"
    if target.comparator is Comparator.TOP:
        return Rollup.OFFICIAL, "", ""
    if target.is_rate:
        numerator = squeeze(_RATE.sub("", f"{measures} "))
        return Rollup.RATIO, numerator, _whole(numerator, follows)
    return Rollup.SUM, "", ""


def _whole(part: str, follows: str) -> str:
    """The name of the whole that a rate's part belongs to: "tổng số dân", or the part before what is said of it."""
    if _WHOLE.match(follows):
        return follows
    said = _PREDICATE.search(part)
    return part[: said.start()] if said else ""
