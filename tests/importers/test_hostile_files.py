"""Files that are broken or mean harm: refused in plain words, or read within bounds (counted, never timed)."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from desktop.importers.files import office_file, sheet
from desktop.importers.files.sources import open_source
from desktop.models.errors import Mistake, Refused
from desktop.models.plan import Plan
from tests.importers.office_files import document, part, read, source, with_parts, workbook
from tests.importers.plan_text import findings
from tests.importers.test_layouts import WORD_HEAD, WORD_ROWS

ROWS = [["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"], ["1", "Việc một", "TTYT", "Quý I/2026"]]
SHEET = "xl/worksheets/sheet1.xml"
MB = 1024 * 1024


@contextmanager
def memory_below(limit: int) -> Iterator[None]:
    """At most so many bytes are held at once on the way."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < limit
    finally:
        tracemalloc.stop()


def read_in_little_memory(data: bytes, folder: Path) -> None:
    """Take a file apart in a process of its own that may never have more than 300 MB, program included."""
    pytest.importorskip("resource")
    file = folder / "tệp.xlsx"
    file.write_bytes(data)
    script = (
        "import resource, sys; from pathlib import Path; from desktop.importers.files.sources import open_source;"
        f"resource.setrlimit(resource.RLIMIT_AS, ({300 * MB}, {300 * MB}));"
        "assert open_source(Path(sys.argv[1]).read_bytes(), '.xlsx').tables"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)


def refusal(data: bytes, ending: str = ".xlsx") -> str:
    """The code with which a file is refused."""
    with pytest.raises(Refused) as caught:
        source(data, ending)
    assert caught.value.message.endswith(".")
    assert caught.value.advice.endswith(".")
    return caught.value.code


def book() -> bytes:
    """A workbook as Excel writes it: texts in a part of their own."""
    texts = list(dict.fromkeys(text for row in ROWS for text in row))
    rows = "".join(
        f'<row r="{place}">' + "".join(
            f'<c r="{letter}{place}" t="s"><v>{texts.index(text)}</v></c>'
            for letter, text in zip("ABCD", row, strict=True)
        ) + "</row>" for place, row in enumerate(ROWS, start=1)
    )
    data = workbook(ROWS)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = part(data, "xl/_rels/workbook.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    return with_parts(data, {
        SHEET: f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
        "xl/sharedStrings.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{space}">'
            + "".join(f"<si><r><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r></si>" for text in texts) + "</sst>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": relations.replace(
            "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
        ).encode(),
    })


def test_texts_in_a_part_of_their_own() -> None:
    assert titles(read(book())) == ["Việc một"]


def word() -> bytes:
    return document(WORD_ROWS, WORD_HEAD)


def with_sheet(body: str) -> bytes:
    """The workbook with other sheet data, written by hand."""
    head = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/' \
        '2006/main">'
    return with_parts(book(), {SHEET: f"{head}{body}</worksheet>".encode()})


def cells(row: int, *texts: str) -> str:
    inside = "".join(
        f'<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("ABCD", texts, strict=False)
    )
    return f'<row r="{row}">{inside}</row>'


TABLE = cells(1, *ROWS[0]) + cells(2, *ROWS[1])


def titles(plan: Plan) -> list[str]:
    return [one.title for one in plan.nodes]


@pytest.mark.parametrize(("data", "ending", "code"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls", "PLAN_OTHER_FORMAT"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx", "PLAN_OTHER_FORMAT"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ".xlsx", "PLAN_HAS_PASSWORD"),
    (b"%PDF-1.7", ".pdf", "PLAN_OTHER_FORMAT"), (b"{\\rtf1", ".rtf", "PLAN_OTHER_FORMAT"),
    (b"{\\rtf1", ".doc", "PLAN_OTHER_FORMAT"), (b"<html></html>", ".xls", "PLAN_OTHER_FORMAT"),
    (b"<html></html>", ".xlsx", "PLAN_DAMAGED"), (b"PK\x03\x04", ".xlsx", "PLAN_DAMAGED"),
])
def test_files_of_other_formats(data: bytes, ending: str, code: str) -> None:
    assert refusal(data, ending) == code


def test_the_refusal_of_an_old_file_names_the_format_to_save_as() -> None:
    for ending, wanted in ((".xls", ".xlsx"), (".doc", ".docx"), (".ods", ".xlsx"), (".odt", ".docx")):
        with pytest.raises(Refused) as caught:
            source(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ending)
        assert wanted in caught.value.advice


def test_zips_that_are_no_office_file() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refusal(stream.getvalue()) == "PLAN_OTHER_FORMAT"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", b"x")
    assert refusal(stream.getvalue(), ".xlsb") == "PLAN_OTHER_FORMAT"
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal(stream.getvalue(), ".ods") == "PLAN_OTHER_FORMAT"


def test_the_content_counts_not_the_name() -> None:
    assert source(book(), ".txt").kind == "xlsx"
    assert source(word(), ".xlsx").kind == "docx"
    assert source("\n".join("\t".join(row) for row in ROWS).encode(), "").kind == "text"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_files_that_were_copied_in_part(share: float) -> None:
    for data, ending in ((book(), ".xlsx"), (word(), ".docx")):
        assert refusal(data[:int(len(data) * share)], ending) == "PLAN_DAMAGED"


@pytest.mark.parametrize("missing", [
    "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml",
])
def test_missing_parts(missing: str) -> None:
    assert refusal(with_parts(book(), {missing: None})) == "PLAN_DAMAGED"


@pytest.mark.parametrize("body", [b"", b"<w:document", b"<a/>", b"\x00\x01", b"<?xml version='1.0'?><worksheet>"])
def test_parts_that_are_no_markup(body: bytes) -> None:
    for name in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        data = with_parts(book(), {name: body})
        if body == b"<a/>" and name in (SHEET, "xl/styles.xml"):
            assert len(source(data).tables) == (name != SHEET)
        else:
            assert refusal(data) == "PLAN_DAMAGED"
    assert refusal(with_parts(word(), {"word/document.xml": body}), ".docx") == "PLAN_DAMAGED"


@pytest.mark.parametrize("spoilt", ["-1", "x", "99999999999999999999"])
def test_numbers_that_are_none_in_a_sheet(spoilt: str) -> None:
    for body in (f'<row r="{spoilt}"/>', f'<row r="1"><c r="A1" t="s"><v>{spoilt}</v></c></row>',
                 f'<row><c r="{spoilt}"/></row>'):
        assert refusal(with_sheet(f"<sheetData>{body}</sheetData>")) == "PLAN_DAMAGED"


@pytest.mark.parametrize("declared", [
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
])
def test_document_types_are_refused_wherever_they_stand(declared: str) -> None:
    for data, name, ending in ((book(), SHEET, ".xlsx"), (book(), "xl/sharedStrings.xml", ".xlsx"),
                               (book(), "docProps/core.xml", ".xlsx"), (book(), "_rels/.rels", ".xlsx"),
                               (word(), "word/document.xml", ".docx"), (word(), "word/styles.xml", ".docx")):
        text = part(data, name).decode()
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        for encoding in ("utf-8", "utf-16"):
            body = text[start:] if encoding == "utf-16" else text
            at = 0 if encoding == "utf-16" else start
            assert refusal(with_parts(data, {name: (body[:at] + declared + body[at:]).encode(encoding)}),
                           ending) == "PLAN_UNSAFE"


def test_a_part_that_swells_is_not_unpacked() -> None:
    for name, body in ((SHEET, b" " * (office_file.MAX_PART + 1)), ("xl/media/x.bin", bytes(8 * MB))):
        data = with_parts(book(), {name: body})
        with memory_below(4 * MB):
            assert refusal(data) == "PLAN_TOO_BIG_INSIDE"


def test_a_size_that_lies_is_found_out() -> None:
    data = with_parts(book(), {"xl/extra.xml": b"<a>" + b" " * 200_000 + b"</a>"})
    for before, after in ((200_007, 100), (200_007, 2**31)):
        lying = data.replace(struct.pack("<L", before), struct.pack("<L", after))
        assert lying != data
        assert refusal(lying) in ("PLAN_DAMAGED", "PLAN_TOO_BIG_INSIDE")


def test_more_parts_than_a_file_has() -> None:
    data = with_parts(book(), {f"xl/media/{number}.txt": b"x" for number in range(office_file.MAX_PARTS)})
    assert refusal(data) == "PLAN_TOO_BIG_INSIDE"
    entries = data[data.index(b"PK\x01\x02"):data.rindex(b"PK\x05\x06")]
    with memory_below(4 * MB):
        assert refusal(data + 3 * entries) == "PLAN_TOO_BIG_INSIDE"


def test_the_same_part_twice_and_parts_under_a_password() -> None:
    stream = BytesIO(book())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, "<worksheet/>")
    assert refusal(stream.getvalue()) == "PLAN_DAMAGED"
    data = bytearray(book())
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        at = archive.start_dir
    data[at + 8] |= 1
    assert refusal(bytes(data)) == "PLAN_DAMAGED"


def test_a_million_rows_without_text(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{place}" s="1" customFormat="1"><c r="A{place}" s="1"/></row>'
                    for place in range(3, 1_048_577))
    data = with_sheet(f'<dimension ref="A1:XFD1048576"/><sheetData>{TABLE}{empty}</sheetData>')
    read_in_little_memory(data, tmp_path)
    opened = source(data)
    assert len(opened.default.grid.rows) == 2
    assert len(opened.default.grid.lines) == 2
    assert len(opened.default.table.rows) == 1


def test_a_size_claimed_is_not_believed() -> None:
    data = with_sheet(f'<dimension ref="A1:XFD1048576"/><sheetData>{TABLE}</sheetData>')
    with memory_below(20 * MB):
        assert titles(read(data)) == ["Việc một"]


def test_cells_far_to_the_right_are_told() -> None:
    far = '<row r="3"><c r="A3"><v>2</v></c><c r="XFD3" t="inlineStr"><is><t>xa</t></is></c></row>'
    plan = read(with_sheet(f"<sheetData>{TABLE}{far}</sheetData>"))
    assert findings(plan, "CELLS_FAR_RIGHT")[0].source_lines == (3,)


def test_more_rows_than_a_plan_has() -> None:
    rows = "".join(cells(place, "1", "Việc") for place in range(3, sheet.MAX_ROWS + 4))
    assert refusal(with_sheet(f"<sheetData>{TABLE}{rows}</sheetData>")) == "PLAN_TOO_MANY_ROWS"


def test_a_cell_that_holds_a_book() -> None:
    data = with_sheet(f"<sheetData>{TABLE}{cells(3, '2', 'a' * (sheet.MAX_CELL + 1))}</sheetData>")
    assert refusal(data) == "PLAN_CELL_TOO_LONG"
    rows = [*WORD_ROWS[:3], ["2", "a" * (sheet.MAX_CELL + 1), "", "", "", ""]]
    assert refusal(document(rows), ".docx") == "PLAN_CELL_TOO_LONG"


def test_a_hundred_thousand_merged_cells(tmp_path: Path) -> None:
    rows = "".join(cells(place, str(place), f"Việc {place}") for place in range(3, 20_003))
    side = "".join(f'<mergeCell ref="E{place}:F{place}"/>' for place in range(1, 100_001))
    data = with_sheet(f"<sheetData>{TABLE}{rows}</sheetData><mergeCells>{side}</mergeCells>")
    read_in_little_memory(data, tmp_path)
    assert len(source(data).default.table.rows) == 20_001
    deep = "".join(f'<mergeCell ref="B2:B{1_048_576 - place}"/>' for place in range(1_000))
    data = with_sheet(f"<sheetData>{TABLE}{rows}</sheetData><mergeCells>{deep}</mergeCells>")
    assert refusal(data) == "PLAN_TOO_MANY_ROWS"


def test_markup_nested_deeply() -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert titles(read(with_sheet(f"<sheetData>{TABLE}</sheetData>{deep}"))) == ["Việc một"]
    body = part(word(), "word/document.xml").decode()
    deep = "<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000
    data = with_parts(word(), {"word/document.xml": body.replace("<w:body>", f"<w:body>{deep}").encode()})
    assert [one.path for one in read(data, ".docx").nodes] == ["I", "I/1", "I/2"]


def test_more_tags_than_a_document_has() -> None:
    body = part(word(), "word/document.xml").decode()
    data = with_parts(word(), {
        "word/document.xml": body.replace("<w:body>", "<w:body>" + "<w:p/>" * office_file.MAX_MARKS).encode(),
    })
    with memory_below(40 * MB):
        assert refusal(data, ".docx") == "PLAN_TOO_BIG_INSIDE"


def test_as_many_tags_as_a_document_may_have(tmp_path: Path) -> None:
    body = part(word(), "word/document.xml").decode()
    data = with_parts(word(), {"word/document.xml": body.replace("<w:body>", "<w:body>" + "<w:p/>" * 40_000).encode()})
    read_in_little_memory(data, tmp_path)
    styles = "<xf/>" * 60_000
    body = part(book(), "xl/styles.xml").decode().replace("</cellXfs>", f"{styles}</cellXfs>", 1)
    read_in_little_memory(with_parts(book(), {"xl/styles.xml": body.encode()}), tmp_path)
    body = body.replace("</cellXfs>", f"{styles}</cellXfs>", 1)
    assert refusal(with_parts(book(), {"xl/styles.xml": body.encode()})) == "PLAN_DAMAGED"


def test_a_part_by_another_name_is_not_read() -> None:
    relations = part(book(), "xl/_rels/workbook.xml.rels").decode()
    other = relations.replace("worksheets/sheet1.xml", "worksheets/sheet1.dat")
    body = part(book(), SHEET)
    data = with_parts(book(), {"xl/_rels/workbook.xml.rels": other.encode(), "xl/worksheets/sheet1.dat": body})
    assert refusal(data) == "PLAN_DAMAGED"


def test_macros_are_never_run_and_told() -> None:
    for data, ending in ((book(), ".xlsm"), (word(), ".docm")):
        folder = "xl" if ending == ".xlsm" else "word"
        types = part(data, "[Content_Types].xml").decode().replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ).replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        made = with_parts(data, {"[Content_Types].xml": types.encode(), f"{folder}/vbaProject.bin": b"macro"})
        plan = read(made, ending)
        assert plan.nodes
        assert findings(plan, "MACROS_PRESENT")


def test_nothing_but_a_refusal_comes_out_of_spoilt_files() -> None:
    chance = random.Random(7)
    for data, ending in ((book(), ".xlsx"), (word(), ".docx")):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
        for _ in range(150):
            name = chance.choice(sorted(parts))
            spoilt = bytearray(parts[name])
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(spoilt))
                spoilt[at:at + chance.randint(0, 12)] = chance.randbytes(chance.randint(0, 6))
            try:
                read(with_parts(data, {name: bytes(spoilt)}), ending)
            except (Refused, Mistake):
                continue


def test_nothing_but_a_refusal_comes_out_of_spoilt_zips() -> None:
    chance = random.Random(11)
    for data, ending in ((book(), ".xlsx"), (word(), ".docx")):
        for _ in range(150):
            spoilt = bytearray(data)
            for _ in range(chance.randint(1, 4)):
                spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
            try:
                open_source(bytes(spoilt), ending)
            except Refused:
                continue
