"""Reading the quantities that a title states as targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from desktop.models.target_words import Stated, described
from desktop.models.targets import Comparator, Target
from desktop.models.text import nfc, squeeze

# What offices count, as printed after a number. Words of the language, not levels of any office's tree.
_PLACES = ("phường", "xã", "thị trấn", "quận", "huyện", "thôn", "khu dân cư", "tổ dân phố", "TDP")
_COUNTED = (
    "tuyến đường", "tuyến phố", "tuyến", "con đường", "đoạn đường", "ngõ", "đơn vị", "cơ quan", "doanh nghiệp",
    "hợp tác xã", "trường học", "trường", "lớp", "học viên", "học sinh", "hộ gia đình", "hộ(?! khẩu)", "người",
    "lượt người", "lượt khách", "lượt", "đối tượng", "lao động", "cán bộ", "đảng viên", "đoàn viên", "hội viên",
    "chi bộ", "chi hội", "chi đoàn", "câu lạc bộ", "mô hình", "công trình", "dự án", "hội chợ", "chợ",
    "nhà văn h(?:óa|oá)", "nhà", "công viên", "vườn hoa", "sổ tiết kiệm", "sổ", "suất quà", "suất", "phần quà", "thẻ",
    "cuộc", "hội nghị", "hội thi", "buổi", "đợt", "lần", "cơ sở", "điểm", "vụ", "trường hợp", "km", "m2", "m²", "ha",
    "cây", "chậu", "xe", "TYT", "trạm y tế", "sản phẩm", "tin, bài", "bài", "tin", "cuốn", "phóng sự", "việc làm",
    "bếp than tổ ong", "bếp", "giường", "thủ tục", "hồ sơ",
)  # fmt: skip


def _one_of(words: Sequence[str]) -> str:
    """A pattern of words, longest first; by first letters, which is faster than trying each word at every place."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0].lower(), []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


_NOUN = _one_of((*_PLACES, *_COUNTED))
_PER = r"(?: ?/ ?(?:năm|tháng|quý|tuần|ngày|" + _NOUN + r")(?!\w))*"
_MONEY = r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)(?: đồng)?|đồng)"
_IS_MONEY = re.compile(_MONEY, re.IGNORECASE)
_UNIT = rf"(?:%|(?:{_MONEY}|{_NOUN})(?!\w){_PER})"
# At most 15 digits: more is no quantity, and stays exact in arithmetic.
_NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,6})?|[0-9]{1,12}(?:[.,][0-9]{1,3})?)(?![0-9])"
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")

_LIMITS = {
    Comparator.AT_LEAST: "ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|>=|≥",
    Comparator.AT_MOST: "tối đa|nhiều nhất|không quá|không vượt quá|không hơn|<=|≤",
    Comparator.LESS_THAN: "dưới|ít hơn|thấp hơn|<",
    Comparator.MORE_THAN: "trên|hơn|vượt|>",
}
_LIMIT_OF = {word: comparator for comparator, words in _LIMITS.items() for word in words.split("|")}
_LIMIT = "|".join(sorted(_LIMIT_OF, key=len, reverse=True))
_VALUE = (
    rf"(?<![0-9/.,-])(?P<value>{_NUMBER})(?:(?: ?%)? ?(?:-|–|đến) ?(?P<high>{_NUMBER})| ?/ ?(?P<whole>{_NUMBER}))?"
    rf" ?(?P<unit>{_UNIT})"
)
# What a quantity begins with is looked for first: everything else is tried only there.
_BEGINS = "".join(sorted({"n", "t", *(word[0] for word in _LIMIT_OF)}))
_QUANTITY = re.compile(
    rf"(?=[0-9{_BEGINS}])(?<![\w/.,-])"
    rf"(?:(?P<top>nhóm|top|tốp) )?(?:(?P<limit>{_LIMIT}) ?(?:là |đạt |mức )?)?(?P<from>từ )?"
    rf"{_VALUE}(?P<first> (?:đứng đầu|dẫn đầu|cao nhất|tốt nhất))?"
    r"(?P<onward>[^\d.,;:()%]{0,40}? trở (?:lên|xuống))?",
    re.IGNORECASE,
)
_VALUE_ALONE = re.compile(_VALUE, re.IGNORECASE)
_DIGITS = re.compile("[0-9]+")
_LONGEST_LEAD = 60
"""More than the words that may stand before a number as its limit."""
_NONE_LEFT_BEGINS = re.compile("[kK][hH][ôÔ][nN][gG] [cC]|[bB][ỏỎ] [hH][oO][àÀ][nN]")
"""Letters said in both cases are looked for faster than without regard to case."""
_NONE_LEFT = re.compile(
    rf"(?:(?:không có|không còn) (?P<unit>{_NOUN})(?!\w)|x(?:óa|oá) bỏ hoàn toàn(?: (?P<gone>{_NOUN})(?!\w))?)",
    re.IGNORECASE,
)
# A number after these names a document, a date, a place or the price of one piece: nothing to be measured.
_NAMES_SOMETHING = (
    "số", "thứ", "đề án", "kế hoạch", "quyết định", "nghị quyết", "nghị định", "chỉ thị", "chương trình", "thông báo",
    "công văn", "hướng dẫn", "tháng", "năm", "ngày", "quý", "khóa", "khoá", "điều", "khoản", "mục", "trị giá",
    "tổ dân phố", "tổ", "tdp", "ngõ", "ngách", "đội", "khu", "cụm",
)  # fmt: skip
_LONGEST_NAMING = 16
"""More than the longest of these with its colon and blank."""
# "Tăng từ 46% lên 50%": the first is where things stand now.
_GOES_TO = re.compile(r" (?:lên|xuống)(?: đến| tới| còn)? [0-9]", re.IGNORECASE)
_IS_A_PLACE = ("tại", "ở", "địa bàn", "và", "của", "khắp", "thuộc", "cả")


@lru_cache(maxsize=4096)
def read_targets(title: str) -> tuple[Target, ...]:
    """The quantities a title states, in printed order. Numbers of documents, years, dates and prices are none.

    A rate, share or sum without another word is EXACTLY, a number of things COUNT, "14/14 phường" EXACTLY 14,
    "từ 1 - 3" RANGE, "nhóm 05 đơn vị đứng đầu" TOP, "không có hộ" ZERO. "93,5" is 93.5 and "2.000" is 2000.
    What the words round them say comes with each (``target_words``). Kept, because a plan is checked and then imported,
    and a newer version of it has most titles again.
    """
    text = squeeze(nfc(title))
    found: list[Stated] = []
    found += [Stated(_target(one), one.start(), one.end()) for one in _quantities(text) if _is_measured(one)]
    if _NONE_LEFT_BEGINS.search(text):
        found += [Stated(_zero(one), one.start(), one.end()) for one in _NONE_LEFT.finditer(text)]
    return described(text, sorted(found, key=lambda one: one.start))


def _quantities(text: str) -> Iterator[re.Match[str]]:
    """All quantities in order. Most numbers have no unit: a look at each is much cheaper than the search itself."""
    end = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < end or not _VALUE_ALONE.match(text, digits.start()):
            continue
        found = _QUANTITY.search(text, max(end, digits.start() - _LONGEST_LEAD))
        if found is None:
            return
        yield found
        end = found.end()


def read_decimal(printed: str) -> str | None:
    """A number as an office writes it, as a decimal string: "1.500" -> "1500", "93,5" -> "93.5"; None for anything
    else, also for more than 15 digits."""
    text = squeeze(nfc(printed))
    sign = "-" if text.startswith("-") else ""
    if not re.fullmatch(_NUMBER, text.removeprefix("-")):
        return None
    value = _decimal(text.removeprefix("-"))
    return value if value == "0" else sign + value


def _is_measured(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _LONGEST_NAMING) : match.start()].lower().removesuffix(" ")
    if before.removesuffix(":").endswith(_NAMES_SOMETHING):
        return False
    if match["from"] and _GOES_TO.match(match.string, match.end()):
        return False
    if match["whole"] and Decimal(_decimal(match["whole"])) < Decimal(_decimal(match["value"])):
        return False
    is_place = match["unit"].lower() in _PLACES
    if is_place and re.fullmatch(r"(?:19|20)\d\d", match["value"]):
        # "Long Biên 2045 quận Long Biên": a year before a place.
        return False
    bare = not (match["limit"] or match["from"] or match["whole"] or match["top"] or match["first"])
    return not (bare and is_place and before.endswith(_IS_A_PLACE))


def _target(match: re.Match[str]) -> Target:
    value, high = _decimal(match["value"]), match["high"]
    return Target(
        _comparator(match, value), value, _decimal(high) if high else None, match["unit"].replace(" / ", "/"),
        match[0].strip(),
    )  # fmt: skip


def _comparator(match: re.Match[str], value: str) -> Comparator:
    onward = (match["onward"] or "").lower()
    if match["high"]:
        return Comparator.RANGE
    if match["top"] or match["first"]:
        return Comparator.TOP
    if onward:
        return Comparator.AT_LEAST if onward.endswith("lên") else Comparator.AT_MOST
    if limit := match["limit"]:
        return _LIMIT_OF[limit.lower()]
    if value == "0":
        return Comparator.ZERO
    counted = match["unit"][0].isalpha() and not match["whole"] and not _IS_MONEY.match(match["unit"])
    return Comparator.COUNT if counted else Comparator.EXACTLY


def _zero(match: re.Match[str]) -> Target:
    return Target(Comparator.ZERO, "0", None, match["unit"] or match["gone"] or "", match[0])


def _decimal(printed: str) -> str:
    """ "2.000" -> "2000", "93,5" -> "93.5", "08" -> "8": a dot before three digits groups, a comma is decimal."""
    if _GROUPED.fullmatch(printed):
        printed = printed.replace(".", "")
    return f"{Decimal(printed.replace(',', '.')).normalize():f}"
