"""Words of the plan screen: readings, tooltips, places found in texts, the page of details."""

from __future__ import annotations

from datetime import date, datetime

from desktop.models.plan import Finding, Severity
from desktop.models.report import Report, WorkState
from desktop.models.target_reading import read_decimal
from desktop.models.targets import Comparator, Rollup, Target
from desktop.models.time_reading import read_time
from desktop.services.views import NodeDetails, ReportLine
from desktop.ui.parts.words import day_words, short_day_words
from desktop.ui.plan.filterline import filter_words
from desktop.ui.plan.finding import occurrences
from desktop.ui.plan.page import Inks, details_page
from desktop.ui.plan.rows import Filter, Quick
from desktop.ui.plan.words import NAMELESS, decimal_words, reading_words, tooltip_lines
from tests.ui.plan_data import YEAR, heading, item

INKS = Inks("#111111", "#222222", "#333333", "#444444", "#555555")


def test_days_as_offices_write_them() -> None:
    assert [day_words(date(2023, 9, 8)), day_words(date(2023, 2, 14)), day_words(date(2023, 11, 30))] == [
        "08/9/2023",
        "14/02/2023",
        "30/11/2023",
    ]
    assert short_day_words(date(2023, 9, 15)) == "15/9"


def test_readings_have_kind_and_days() -> None:
    def words(text: str) -> str:
        return reading_words(read_time(text, YEAR))

    assert words("Tháng 5/2023") == "một tháng: 01/5/2023 – 31/5/2023"
    assert words("Tháng 3,7,10/2023") == "nhiều thời điểm: 31/3/2023, 31/7/2023, 31/10/2023"
    assert words("Thường xuyên") == "thường xuyên, không tính quá hạn"
    assert words("Theo tiến độ dự án") == "tính từ việc khác, chưa có ngày hạn cụ thể"


def test_decimals_as_offices_write_them() -> None:
    values = ("0", "93.5", "500", "2000", "234567", "1234567.25", "0.5", "")
    written = ("0", "93,5", "500", "2.000", "234.567", "1.234.567,25", "0,5", "")
    assert tuple(decimal_words(value) for value in values) == written
    assert [read_decimal(one) for one in written[:-1]] == list(values[:-1]), "what is shown is read as what it was"


def test_a_tooltip_has_phrase_reading_and_deadline() -> None:
    lines = tooltip_lines(item("x", "g", "2.1.4", "Cải tạo", ("", "Tháng 5/2023")))
    assert lines == [
        "2.1.4 Cải tạo",
        "Hoàn thành: “Tháng 5/2023” – một tháng: 01/5/2023 – 31/5/2023",
        "Hạn: 31/5/2023",
        "Gạch chéo: 01/01/2023 – 31/5/2023, suy ra từ văn bản",
    ]
    assert tooltip_lines(item("x", "g", "1", "Việc", ("", "")))[1] == "Không ghi thời gian"
    assert tooltip_lines(heading("g", "s", 1, "1", "Nhóm")) == ["1 Nhóm"]


def test_words_are_found_whatever_their_marks() -> None:
    text = "Phong trào “Dân vận khéo”; công tác DÂN  VẬN, dan van"
    found = occurrences(text, "dân vận")
    assert [text[a:b] for a, b in found] == ["Dân vận", "dan van"]
    assert occurrences("Đường phố", "duong") == [(0, 5)]
    assert occurrences(text, "  ") == []


def test_the_filter_says_what_it_is() -> None:
    words = filter_words(Filter("vườn hoa ", frozenset({Quick.OVERDUE, Quick.MINE})), 23, 180)
    assert words == "Đang lọc: 23/180 – Của tôi, Quá hạn, “vườn hoa”"


def test_details_have_printed_text_beside_reading() -> None:
    row = item("x", "g", "2.1.4", "Cải tạo <trụ sở>", ("", "Quý III/2023"))
    report = Report("x", "u", "2023-Q3", WorkState.DONE, 100, date(2023, 9, 8), "Đã bàn giao", conflicts=("percent",))
    details = NodeDetails(
        row=row,
        printed=(("TT", "2.1.4"), ("Nội dung thực hiện", "Cải tạo <trụ sở>"), ("Thời gian hoàn thành", "Quý III/2023")),
        targets=(
            Target(Comparator.RANGE, "30", "35.5", "%", "30-35,5%"),
            Target(Comparator.AT_LEAST, "1", None, "mô hình", "ít nhất 01 mô hình", "2", "Xây <mô hình>", "phường"),
            Target(Comparator.LESS_THAN, "3", None, "%", "dưới 3%", "3", rollup=Rollup.RATIO,
                   numerator="hộ có <nước>"),
            Target(Comparator.ZERO, "0", None, "hộ nghèo", ""),
            Target(Comparator.COUNT, "2000", None, "lượt", ""),
        ),
        findings=(Finding("X", Severity.WARNING, "Thiếu số", (268, 271), "II/2.1.4"),),
        reports=(ReportLine(report, "TTPTQĐ", "II/2.1.4", "Người nhập 1", datetime(2023, 9, 14, 9, 41)),),
        source_lines=(268, 271),
    )
    page = details_page(details, "√ Đúng hạn", INKS)
    for words in (
        "Cải tạo &lt;trụ sở&gt;",
        "<td>Quý III/2023</td><td>một quý: 01/7/2023 – 30/9/2023</td>",
        "Dòng trong tệp gốc: 268, 271",
        "từ 30–35,5 %",
        "lũy kế · đơn vị chủ trì nhập · tổng tử trên tổng mẫu</span>",
        "tử số: hộ có &lt;nước&gt;",
        f'color:#444444">! {NAMELESS}',
        "không có hộ nghèo",
        "2.000 lượt",
        "Xây &lt;mô hình&gt;: mỗi phường: ít nhất 1 mô hình, phấn đấu 2 mô hình",
        "phấn đấu dưới 3 %",
        "Cần rà soát:</span> Thiếu số (dòng 268, 271)",
        "Quý III/2023 · TTPTQĐ",
        "Hoàn thành, 100%, xong ngày 08/9/2023",
        "↔ Cần đối chiếu",
        "Người nhập 1 · nhập 09:41 ngày 14/9/2023",
    ):
        assert words in page, words
    assert "<trụ" not in page


def test_reports_of_the_row_it_continues_stand_apart() -> None:
    before = Report("y", "u", "2022", WorkState.DOING, 60, None, "Đã xong <phần> thô")
    line = ReportLine(before, "TTPTQĐ", "II/3.1", "Người nhập 1", datetime(2022, 12, 20, 8, 5))
    row = item("x", "g", "1.1", "Việc chuyển tiếp")
    page = details_page(NodeDetails(row, (("TT", "1.1"),), (), (), (), earlier=(line,)), "○ Chưa thực hiện", INKS)
    told = page[page.index("Các năm trước"):]
    assert "Năm 2022 · TTPTQĐ</b>: Đang thực hiện, 60%" in told
    assert "Đã xong &lt;phần&gt; thô" in told
    assert page.index("Chưa có báo cáo.") < page.index("Các năm trước")
    assert "Các năm trước" not in details_page(NodeDetails(row, (), (), (), ()), "○ Chưa thực hiện", INKS)


def test_other_columns_of_the_file_stand_in_the_printed_table() -> None:
    printed = (("TT", "1.1"), ("Thời gian hoàn thành", ""), ("Sản phẩm", "Báo cáo <quý>"), ("Ghi chú", ""))
    page = details_page(NodeDetails(item("x", "g", "1.1", "Việc"), printed, (), (), ()), "○ Chưa thực hiện", INKS)
    assert 'Sản phẩm</td><td colspan="2">Báo cáo &lt;quý&gt;</td>' in page
    assert "Ghi chú" not in page, "what is empty takes no room"


def test_an_item_without_reports_says_so() -> None:
    details = NodeDetails(item("x", "g", "1.1", "Việc"), (("TT", "1.1"),), (), (), ())
    assert "Chưa có báo cáo." in details_page(details, "○ Chưa thực hiện", INKS)
