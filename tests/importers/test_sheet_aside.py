"""What hangs on a sheet beside its cells is told once; fonts of stretches inside a cell tell old encodings."""

from __future__ import annotations

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from desktop.importers.files.legacy import Encoding
from desktop.models.plan import Plan, Severity
from tests.importers.office_files import Printed, part, read, source, with_parts, workbook

HEAD = ["TT", "Nội dung thực hiện", "Lãnh đạo phụ trách", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện",
        "Thời gian hoàn thành"]
ROWS: list[list[Printed]] = [
    [*HEAD], [1, "Cải tạo vườn hoa", "Đ/c Nguyễn Văn An", "Phòng VHTT", "", "", "Quý II/2023"],
    [2, "Trồng cây xanh", "Đ/c Nguyễn Văn An", "Phòng VHTT", "", "", "Quý III/2023"],
]
OFFICE = "http://schemas.openxmlformats.org"
SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
KINDS = f"{OFFICE}/officeDocument/2006/relationships"
DRAWN = (
    f'<xdr:wsDr xmlns:xdr="{OFFICE}/drawingml/2006/spreadsheetDrawing" xmlns:a="{OFFICE}/drawingml/2006/main"><xdr:sp>'
    "<xdr:txBody><a:p><a:r><a:t>TEXT</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
)


def told(plan: Plan, code: str) -> list[tuple[tuple[int, ...], Severity]]:
    return [(one.source_lines, one.severity) for one in plan.findings if one.code == code]


def with_drawing(text: str) -> bytes:
    relations = (f'<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="rId1"'
                 f' Type="{KINDS}/drawing" Target="/xl/drawings/drawing1.xml"/></Relationships>')
    drawing = DRAWN.replace("TEXT", text)
    return with_parts(workbook(ROWS), {
        RELATIONS: relations.encode(), "xl/drawings/drawing1.xml": drawing.encode(),
    })


def test_comments_are_told_once_with_their_rows() -> None:
    def change(sheet: Worksheet) -> None:
        for place in ("B3", "D3", "B2"):
            sheet[place].comment = Comment("Xem lại", "An")

    data = workbook(ROWS, change)
    assert told(read(data), "COMMENTS_SKIPPED") == [((2, 3), Severity.NOTE)]
    assert [node.title for node in read(data).nodes] == ["Cải tạo vườn hoa", "Trồng cây xanh"]
    assert not told(read(workbook(ROWS)), "COMMENTS_SKIPPED")


@pytest.mark.parametrize(("text", "boxes"), [("Ghi chú quan trọng", 1), ("", 0), (" ", 0)])
def test_a_box_with_text_is_told(text: str, boxes: int) -> None:
    assert told(read(with_drawing(text)), "TEXT_BOX_SKIPPED") == [((), Severity.WARNING)] * boxes


def test_a_drawing_that_is_not_in_the_file_is_no_box() -> None:
    data = with_parts(with_drawing("Ghi chú"), {"xl/drawings/drawing1.xml": None})
    assert not told(read(data), "TEXT_BOX_SKIPPED")


def in_runs(*runs: tuple[str, str]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(rFont=font), text) if font else text for text, font in runs))


def old_text(sheet: Worksheet) -> None:
    sheet["B2"] = in_runs(("X©y dùng ", ".VnTime"), ("kÕ ho¹ch", ".VnTime"))
    sheet["B3"] = in_runs(("Trồng ", "Times New Roman"), ("c©y", ".VnTime"), (" xanh", ""))


def shared(data: bytes) -> bytes:
    """The strings of the cells' own as shared ones, where Excel keeps them."""
    sheet = part(data, SHEET).decode()
    strings: list[str] = []
    while "<is>" in sheet:
        before, _, rest = sheet.partition("<is>")
        own, _, after = rest.partition("</is>")
        sheet = f"{before}<v>{len(strings)}</v>{after}"
        strings.append(f"<si>{own}</si>")
    space = f"{OFFICE}/spreadsheetml/2006/main"
    related = part(data, "xl/_rels/workbook.xml.rels").decode().replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{KINDS}/sharedStrings" Target="/xl/own.xml"/>'
        "</Relationships>",
    )
    return with_parts(data, {
        SHEET: sheet.replace('t="inlineStr"', 't="s"').encode(), "xl/_rels/workbook.xml.rels": related.encode(),
        "xl/own.xml": f'<sst xmlns="{space}">{"".join(strings)}</sst>'.encode(), "xl/sharedStrings.xml": None,
    })


@pytest.mark.parametrize("where", ["in the cells", "shared"])
def test_fonts_of_runs_tell_in_excel(where: str) -> None:
    data = workbook(ROWS, old_text)
    if where == "shared":
        data = shared(data)
    opened = source(data)
    assert opened.proposal is not None
    assert (opened.proposal.encoding, opened.proposal.by_font) == (Encoding.TCVN3, True)
    assert [one.title for one in read(data, chosen=Encoding.TCVN3).nodes] == ["Xây dựng kế hoạch", "Trồng cây xanh"]


def test_runs_in_other_fonts_are_one_text() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = in_runs(("Cải tạo ", "Arial"), ("vườn", "Calibri"), (" hoa", ""))

    assert source(workbook(ROWS, change)).proposal is None
    assert read(workbook(ROWS, change)).nodes[0].title == "Cải tạo vườn hoa"
