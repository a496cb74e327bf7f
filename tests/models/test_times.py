"""Readings of printed times, phrase by phrase, as an officer reads them in a plan of 2023."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from desktop.models.schedule import UNSCHEDULED, Time, TimeKind
from desktop.models.text import fold
from desktop.models.time_printing import print_day, print_time
from desktop.models.time_reading import TimeDoubt, parts_of, printed_text, read_time, recurrence_of, time_doubts

# phrase | kind | first | last | checkpoints ("m-d" in 2023, or whole days); "-" where there is none
PHRASES = """
Tháng 11/2023 | month | 2023-11-01 | 2023-11-30
Tháng 11 | month | 2023-11-01 | 2023-11-30
Tháng 01/2023 | month | 2023-01-01 | 2023-01-31
Tháng 2/2024 | month | 2024-02-01 | 2024-02-29
tháng 7 năm 2023 | month | 2023-07-01 | 2023-07-31
Tháng 7, năm 2023 | month | 2023-07-01 | 2023-07-31
Tháng 7-2023 | month | 2023-07-01 | 2023-07-31
T10/2023 | month | 2023-10-01 | 2023-10-31
T.10/2023 | month | 2023-10-01 | 2023-10-31
01/2026 | month | 2026-01-01 | 2026-01-31
tháng mười | month | 2023-10-01 | 2023-10-31
Tháng Tư | month | 2023-04-01 | 2023-04-30
Tháng mười hai năm 2023 | month | 2023-12-01 | 2023-12-31
Tháng năm | month | 2023-05-01 | 2023-05-31
Trong tháng 9 | month | 2023-09-01 | 2023-09-30
Đến hết tháng 9/2023 | month | 2023-09-01 | 2023-09-30
Hoàn thành trong tháng 9/2023 | month | 2023-09-01 | 2023-09-30
Tháng 10/23 | month | 2023-10-01 | 2023-10-31
Tháng 10/2022 | month | 2022-10-01 | 2022-10-31
Cuối tháng 10/2023 | month | 2023-10-21 | 2023-10-31
Cuối tháng 2 | month | 2023-02-21 | 2023-02-28
Đầu tháng 10/2023 | month | 2023-10-01 | 2023-10-10
giữa tháng 10 | month | 2023-10-11 | 2023-10-20
Hạ tuần tháng 10 | month | 2023-10-21 | 2023-10-31
Quý III/2023 | quarter | 2023-07-01 | 2023-09-30
Quý III năm 2023 | quarter | 2023-07-01 | 2023-09-30
Quý 1/2023 | quarter | 2023-01-01 | 2023-03-31
Quý IV | quarter | 2023-10-01 | 2023-12-31
Quý 3 | quarter | 2023-07-01 | 2023-09-30
Quý 03/2023 | quarter | 2023-07-01 | 2023-09-30
quý III | quarter | 2023-07-01 | 2023-09-30
Q3 | quarter | 2023-07-01 | 2023-09-30
QIII/2023 | quarter | 2023-07-01 | 2023-09-30
Quý ba | quarter | 2023-07-01 | 2023-09-30
Trong quý II | quarter | 2023-04-01 | 2023-06-30
Cuối quý III/2023 | quarter | 2023-09-01 | 2023-09-30
Đầu quý III/2023 | quarter | 2023-07-01 | 2023-07-31
6 tháng đầu năm | half_year | 2023-01-01 | 2023-06-30
06 tháng đầu năm 2023 | half_year | 2023-01-01 | 2023-06-30
6 tháng cuối năm | half_year | 2023-07-01 | 2023-12-31
6 tháng cuối năm 2024 | half_year | 2024-07-01 | 2024-12-31
sáu tháng đầu năm | half_year | 2023-01-01 | 2023-06-30
Nửa cuối năm 2023 | half_year | 2023-07-01 | 2023-12-31
Năm 2023 | year | 2023-01-01 | 2023-12-31
2023 | year | 2023-01-01 | 2023-12-31
Cả năm | year | 2023-01-01 | 2023-12-31
Trong năm | year | 2023-01-01 | 2023-12-31
Đến hết năm | year | 2023-01-01 | 2023-12-31
Hết năm 2025 | year | 2025-01-01 | 2025-12-31
Cuối năm 2023 | year | 2023-12-01 | 2023-12-31
25/10/2023 | date | 2023-10-25 | 2023-10-25
25-10-2023 | date | 2023-10-25 | 2023-10-25
25.10.2023 | date | 2023-10-25 | 2023-10-25
25/10/23 | date | 2023-10-25 | 2023-10-25
2023-10-25 | date | 2023-10-25 | 2023-10-25
2023-10-25 00:00:00 | date | 2023-10-25 | 2023-10-25
25/10 | date | 2023-10-25 | 2023-10-25
ngày 08/9/2023 | date | 2023-09-08 | 2023-09-08
Ngày 25 tháng 10 năm 2023 | date | 2023-10-25 | 2023-10-25
Trước ngày 25/10/2023 | date | 2023-10-25 | 2023-10-25
Trước 30/6/2023 | date | 2023-06-30 | 2023-06-30
chậm nhất 17/6 | date | 2023-06-17 | 2023-06-17
Chậm nhất là ngày 17/6/2023 | date | 2023-06-17 | 2023-06-17
Trước 17h00 ngày 25/10/2023 | date | 2023-10-25 | 2023-10-25
Trước 17 giờ 30 ngày 25/10 | date | 2023-10-25 | 2023-10-25
Không muộn hơn ngày 17/6 | date | 2023-06-17 | 2023-06-17
Xong trước ngày 17/6 | date | 2023-06-17 | 2023-06-17
29/02/2024 | date | 2024-02-29 | 2024-02-29
Tháng 3,7,10/2023 | dates | 2023-03-01 | 2023-10-31 | 03-31 07-31 10-31
Tháng 5,10/2023 | dates | 2023-05-01 | 2023-10-31 | 05-31 10-31
Tháng 6, 11/2023 | dates | 2023-06-01 | 2023-11-30 | 06-30 11-30
Tháng 3 và tháng 9 | dates | 2023-03-01 | 2023-09-30 | 03-31 09-30
Tháng 11, 6/2023 | dates | 2023-06-01 | 2023-11-30 | 06-30 11-30
Quý I, Quý II | dates | 2023-01-01 | 2023-06-30 | 03-31 06-30
Quý I+II/2026 | dates | 2026-01-01 | 2026-06-30 | 2026-03-31 2026-06-30
Quý I & III/2023 | dates | 2023-01-01 | 2023-09-30 | 03-31 09-30
Quý 2, 4 | dates | 2023-04-01 | 2023-12-31 | 06-30 12-31
Quý I/2023, tháng 10/2023 | dates | 2023-01-01 | 2023-10-31 | 03-31 10-31
19/05/2023 05/09/2023 10/10/2023 06/11/2023 | dates | 2023-05-19 | 2023-11-06 | 05-19 09-05 10-10 11-06
Ngày 5 và ngày 20/10 | dates | 2023-10-05 | 2023-10-20 | 10-05 10-20
Trước ngày 15/6 và 15/12 | dates | 2023-06-15 | 2023-12-15 | 06-15 12-15
11–12/2025 | range | 2025-11-01 | 2025-12-31
Tháng 3 – 4/2023 | range | 2023-03-01 | 2023-04-30
Quý I - Quý III/2026 | range | 2026-01-01 | 2026-09-30
Quý IV/2022 - Quý I/2023 | range | 2022-10-01 | 2023-03-31
Từ tháng 3 đến tháng 5/2023 | range | 2023-03-01 | 2023-05-31
Từ ngày 01/3 đến hết ngày 15/4/2023 | range | 2023-03-01 | 2023-04-15
Từ 01/3 đến hết năm | range | 2023-03-01 | 2023-12-31
5-10/10/2023 | range | 2023-10-05 | 2023-10-10
9 tháng đầu năm | range | 2023-01-01 | 2023-09-30
Giai đoạn 2023-2025 | range | 2023-01-01 | 2025-12-31
Bắt đầu từ 25/7 | range | 2023-07-25 | -
Từ tháng 3/2023 trở đi | range | 2023-03-01 | -
Từ nay đến hết năm 2023 | range | - | 2023-12-31
Đợt 1: Tháng 4/2023 Đợt 2: Tháng 10/2023 | rounds | 2023-04-01 | 2023-10-31 | 04-30 10-31
Đợt 1: Quý I - Đợt 2: Quý III | rounds | 2023-01-01 | 2023-09-30 | 03-31 09-30
Đợt 1: tháng 4; đợt 2: tháng 10/2023 | rounds | 2023-04-01 | 2023-10-31 | 04-30 10-31
Lần 1 tháng 4, lần 2 tháng 10 | rounds | 2023-04-01 | 2023-10-31 | 04-30 10-31
Đợt I: 01/4 - 15/4, Đợt II: 01/10 - 15/10/2023 | rounds | 2023-04-01 | 2023-10-15 | 04-15 10-15
02 đợt: tháng 4 và tháng 10/2023 | rounds | 2023-04-01 | 2023-10-31 | 04-30 10-31
Thường xuyên | continuous | - | -
liên tục | continuous | - | -
Thường xuyên, liên tục | continuous | - | -
Thường xuyên và đột xuất | continuous | - | -
Thường xuyên trong năm | continuous | - | -
Thường xuyên trong năm 2023 | continuous | 2023-01-01 | 2023-12-31
Thường xuyên đến hết tháng 11/2023 | continuous | - | 2023-11-30
Hàng quý | recurring | 2023-01-01 | 2023-12-31 | 03-31 06-30 09-30 12-31
Hằng quý, năm và theo yêu cầu | recurring | 2023-01-01 | 2023-12-31 | 03-31 06-30 09-30 12-31
1 lần/quý | recurring | 2023-01-01 | 2023-12-31 | 03-31 06-30 09-30 12-31
Định kỳ quý | recurring | 2023-01-01 | 2023-12-31 | 03-31 06-30 09-30 12-31
Ngày 15 tháng cuối quý | recurring | 2023-01-01 | 2023-12-31 | 03-15 06-15 09-15 12-15
6 tháng một lần | recurring | 2023-01-01 | 2023-12-31 | 06-30 12-31
Hàng năm | recurring | 2023-01-01 | 2023-12-31 | 12-31
Trước 15/12 hàng năm | recurring | 2023-01-01 | 2023-12-31 | 12-15
Hằng quý, trước ngày 15 tháng cuối quý | recurring | 2023-01-01 | 2023-12-31 | 03-15 06-15 09-15 12-15
Hàng quý, chậm nhất ngày 20 của tháng cuối quý | recurring | 2023-01-01 | 2023-12-31 | 03-20 06-20 09-20 12-20
Tháng 12 hằng năm | recurring | 2023-01-01 | 2023-12-31 | 12-31
Tháng 6 hàng năm | recurring | 2023-01-01 | 2023-12-31 | 06-30
Trước 25/10 | date | 2023-10-25 | 2023-10-25
Quý I và II/2023 | dates | 2023-01-01 | 2023-06-30 | 03-31 06-30
Tháng 3 & 9 | dates | 2023-03-01 | 2023-09-30 | 03-31 09-30
T1–T3/2023 | range | 2023-01-01 | 2023-03-31
Quý I–IV/2023 | range | 2023-01-01 | 2023-12-31
Khi có hướng dẫn của Thành phố | event | - | -
Hàng tuần | recurring | 2023-01-01 | 2023-12-31
Hằng ngày | recurring | 2023-01-01 | 2023-12-31
Hằng tháng từ tháng 9/2023 | recurring | 2023-09-01 | 2023-12-31 | 09-30 10-31 11-30 12-31
Hằng tháng đến hết tháng 3/2023 | recurring | 2023-01-01 | 2023-03-31 | 01-31 02-28 03-31
Khi có yêu cầu | event | - | -
Khi có phát sinh vụ việc | event | - | -
Dịp tổ chức các sự kiện của Quận | event | - | -
Các Ngày lễ Tết, Kỷ niệm | event | - | -
Tết Nguyên đán | event | - | -
Đột xuất | event | - | -
Theo tiến độ dự án | relative | - | -
Theo tình hình thực tế | relative | - | -
20 ngày sau khi có quyết định | relative | - | -
Sau khi có kết luận | relative | - | -
Trong vòng 10 ngày kể từ ngày nhận | relative | - | -
- | unscheduled | - | -
"""
UNCLEAR = (
    "Từ tháng 1/2 đến 6/2023",
    "Tháng 1/2",
    "31/2/2023",
    "Tháng 13",
    "Quý V",
    "Quý 5",
    "Tháng 0",
    "Tháng 3, 7/10/2023",
    "Trước tháng 11/2023",
    "Tháng năm 2023",
    "Tháng Giêng",
    "Cuối quý",
    "Đầu năm",
    "Năm",
    "Ngày 25",
    "Tháng 5 đến tháng 3/2023",
    "Từ tháng 10 đến tháng 3/2024",
    "Quý I, 10/2023",
    "Tháng 10/2023 (tháng cao điểm)",
    "Tháng 10, 20/10/2023",
    "Khi có kết luận, trước ngày 30/6/2023",
    "2 lần/năm",
    "3 đợt: tháng 4 và tháng 10",
    "Đợt 1: Tháng 4 Đợt 2: chưa rõ",
    "ngày 32 hằng tháng",
    "Tháng 13 hằng năm",
    "Nửa đầu tháng 6",
    "Trước ngày 05 của tháng sau",
    "Tháng 10 hoặc tháng 11",
    "Từ tháng 3, tháng 5",
    "Cuối tháng 9, 10",
    "12 tháng đầu năm",
    "Tháng 112023",
    "Tháng ٣",
    "x" * 401,
)


def _day(text: str) -> date | None:
    if text == "-":
        return None
    return date.fromisoformat(text if len(text) == 10 else f"2023-{text}")


def _rows() -> list[tuple[str, Time]]:
    rows = []
    for line in PHRASES.strip().splitlines():
        phrase, kind, first, last, *points = (part.strip() for part in line.split(" | "))
        days = [_day(point) for point in (points[0].split() if points else ())]
        checkpoints = tuple(day for day in days if day)
        rows.append((phrase, Time(phrase, TimeKind(kind), _day(first), _day(last), checkpoints)))
    return rows


ROWS = _rows()


@pytest.mark.parametrize(("phrase", "expected"), ROWS, ids=[phrase for phrase, _ in ROWS])
def test_phrase_is_read(phrase: str, expected: Time) -> None:
    assert read_time(phrase, 2023) == expected


@pytest.mark.parametrize(("phrase", "expected"), ROWS, ids=[phrase for phrase, _ in ROWS])
def test_phrase_is_read_alike_in_any_writing(phrase: str, expected: Time) -> None:
    variants = [
        phrase.upper(), phrase.lower(), fold(phrase), unicodedata.normalize("NFD", phrase), f" <i>{phrase}</i> ",
        phrase.replace(" ", "\u00a0"), phrase.replace(" ", "  "), f"- {phrase}.", f"({phrase})",
    ]  # fmt: skip
    for variant in variants:
        time = read_time(variant, 2023)
        assert (time.kind, time.first, time.last, time.checkpoints) == (
            expected.kind, expected.first, expected.last, expected.checkpoints,
        ), variant  # fmt: skip


@pytest.mark.parametrize(("phrase", "expected"), ROWS, ids=[phrase for phrase, _ in ROWS])
def test_printed_reading_reads_the_same(phrase: str, expected: Time) -> None:
    again = read_time(print_time(read_time(phrase, 2023)), 2023)
    assert (again.kind, again.first, again.last, again.checkpoints) == (
        expected.kind, expected.first, expected.last, expected.checkpoints,
    )  # fmt: skip


def test_the_day_of_a_quarters_last_month_may_stand_in_brackets() -> None:
    assert read_time("Hằng quý (trước ngày 15 tháng cuối quý)", 2023).checkpoints == (
        date(2023, 3, 15), date(2023, 6, 15), date(2023, 9, 15), date(2023, 12, 15),
    )  # fmt: skip


@pytest.mark.parametrize("phrase", UNCLEAR)
def test_unclear_phrase_has_no_days(phrase: str) -> None:
    assert read_time(phrase, 2023) == Time(phrase, TimeKind.UNCLEAR)


def test_blank_cell_is_unscheduled() -> None:
    assert read_time("", 2023) == UNSCHEDULED
    assert read_time(" \u00a0<i></i>\n", 2023) == UNSCHEDULED


@pytest.mark.parametrize("phrase", ["Hàng tháng", "Hằng tháng", "hàng  tháng", "Mỗi tháng một lần", "01 lần/tháng"])
def test_monthly_work_is_due_at_every_month_end(phrase: str) -> None:
    time = read_time(phrase, 2023)
    assert time.kind is TimeKind.RECURRING
    assert [(day.month, day.day) for day in time.checkpoints] == [
        (1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "phrase", ["trước ngày 15 hằng tháng", "Ngày 15 hàng tháng", "Hàng tháng (trước ngày 15)", "15 hằng tháng"]
)
def test_monthly_work_on_a_day(phrase: str) -> None:
    assert read_time(phrase, 2023).checkpoints == tuple(date(2023, month, 15) for month in range(1, 13))


def test_monthly_day_that_a_month_lacks_is_its_last() -> None:
    days = read_time("Ngày 30 hằng tháng", 2023).checkpoints
    assert days[0] == date(2023, 1, 30)
    assert days[1] == date(2023, 2, 28)


def test_strict_reading_of_before() -> None:
    assert read_time("Trước ngày 25/10/2023", 2023, strict_before=True).last == date(2023, 10, 24)
    assert read_time("Trước 17h00 ngày 25/10/2023", 2023, strict_before=True).last == date(2023, 10, 25)
    assert read_time("Chậm nhất 25/10/2023", 2023, strict_before=True).last == date(2023, 10, 25)
    assert read_time("Trước 01/3/2023", 2023, strict_before=True).last == date(2023, 2, 28)
    strict = read_time("trước ngày 15 hằng tháng", 2023, strict_before=True)
    assert strict.checkpoints[0] == date(2023, 1, 14)
    first = read_time("trước ngày 1 hằng tháng", 2023, strict_before=True)
    assert first.checkpoints == read_time("Hằng tháng", 2023).checkpoints


def test_missing_year_is_the_next_printed_one_else_that_of_the_plan() -> None:
    assert read_time("Tháng 9", 2030).first == date(2030, 9, 1)
    assert read_time("Tháng 3, 9/2022", 2030).first == date(2022, 3, 1)
    assert read_time("Tháng 3/2022, 9", 2030).last == date(2022, 9, 30)


@pytest.mark.parametrize("year", [-1, 0, 1, 1899, 2100, 9999, 10**9])
def test_no_year_to_supply(year: int) -> None:
    assert read_time("Tháng 9", year).kind is TimeKind.UNCLEAR
    assert read_time("Hằng tháng", year).kind is TimeKind.UNCLEAR
    assert read_time("Tháng 9/2023", year).kind is TimeKind.MONTH


DOUBTS = [
    ("Tháng 11/2023", ()),
    ("Tháng 11", (TimeDoubt.YEAR_SUPPLIED,)),
    ("29/2", (TimeDoubt.UNCLEAR,)),
    ("Tháng 8/2022", (TimeDoubt.OUTSIDE_YEAR,)),
    ("Tháng 6, 11/2023", (TimeDoubt.SEVERAL_DATES,)),
    ("Quý I, Quý II", (TimeDoubt.YEAR_SUPPLIED, TimeDoubt.SEVERAL_DATES)),
    ("Đợt 1: Tháng 4/2022 Đợt 2: Tháng 10/2023", (TimeDoubt.OUTSIDE_YEAR, TimeDoubt.SEVERAL_DATES)),
    ("Từ tháng 1/2 đến 6/2023", (TimeDoubt.UNCLEAR,)),
    ("6 tháng đầu năm", ()),
    ("Đến hết năm", ()),
    ("Thường xuyên", ()),
    ("Hàng tháng", ()),
    ("Dịp lễ", ()),
    ("", ()),
]


@pytest.mark.parametrize(("phrase", "expected"), DOUBTS)
def test_doubts(phrase: str, expected: tuple[TimeDoubt, ...]) -> None:
    assert time_doubts(read_time(phrase, 2023), 2023) == expected


def test_day_that_only_some_years_have() -> None:
    assert time_doubts(read_time("29/2", 2024), 2024) == (TimeDoubt.YEAR_SUPPLIED,)


PRINTED = [
    ("25.10.2023", "25/10/2023"),
    ("8/9/2023", "08/9/2023"),
    ("14/2/2023", "14/02/2023"),
    ("T10/2023", "Tháng 10/2023"),
    ("cuối tháng 10", "Cuối tháng 10/2023"),
    ("q3", "Quý III/2023"),
    ("cuối quý 3", "Cuối quý III/2023"),
    ("06 tháng đầu năm", "6 tháng đầu năm 2023"),
    ("cả năm", "Năm 2023"),
    ("tháng 3, tháng 7", "Tháng 3, 7/2023"),
    ("Quý 1 & 2/2023", "Quý I, II/2023"),
    ("5/9/2023 và 10/10/2023", "ngày 05/9/2023, ngày 10/10/2023"),
    ("11–12/2025", "Từ tháng 11/2025 đến tháng 12/2025"),
    ("từ 1/3 đến 15/4", "Từ 01/3/2023 đến 15/4/2023"),
    ("bắt đầu từ 25/7", "Bắt đầu từ 25/7/2023"),
    ("Lần 1 tháng 4, lần 2 tháng 10", "Đợt 1: Tháng 4/2023; Đợt 2: Tháng 10/2023"),
    ("thường xuyên", "Thường xuyên"),
    ("Mỗi tháng một lần", "Hằng tháng trong năm 2023"),
    ("trước ngày 15 hằng tháng", "Ngày 15 hằng tháng trong năm 2023"),
    ("ngày 15 tháng cuối quý", "Ngày 15 tháng cuối quý trong năm 2023"),
    ("hàng ngày", "Hằng ngày trong năm 2023"),
    ("Theo tiến độ dự án", "Theo tiến độ dự án"),
]


@pytest.mark.parametrize(("phrase", "printed"), PRINTED)
def test_printing(phrase: str, printed: str) -> None:
    assert print_time(read_time(phrase, 2023)) == printed


def test_a_corrected_reading_prints_by_its_days() -> None:
    corrected = Time("x", TimeKind.DATES, date(2023, 3, 5), date(2023, 4, 6), (date(2023, 3, 5), date(2023, 4, 6)))
    assert print_time(corrected) == "ngày 05/3/2023, ngày 06/4/2023"
    assert parts_of(corrected) == ((date(2023, 3, 5),) * 2, (date(2023, 4, 6),) * 2)
    assert recurrence_of(corrected) is None
    assert print_day(date(2023, 1, 2)) == "02/01/2023"


def test_markup_and_blanks_leave_the_printed_text() -> None:
    assert printed_text("Th<i>áng</i>\u00a0 3<br/>2023 ") == "Tháng 3 2023"
    assert printed_text("a < b") == "a < b"
    nested = printed_text("<" * 50 + "i>" * 50)
    assert printed_text(nested) == nested
