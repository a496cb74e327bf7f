"""Plans in Excel and Word through the commands: read, choose a table, convert old text, import."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program, listing
from tests.importers.office_files import document, workbook
from tests.importers.plan_text import long_bien_lines
from tests.importers.test_layouts import WORD_HEAD, WORD_ROWS, book_of_three
from tests.importers.test_legacy import OLD_ROWS


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program of somebody who has nothing yet."""
    (tmp_path / "nhà").mkdir()
    (tmp_path / "nơi").mkdir()
    return Program(tmp_path / "nhà", tmp_path / "nơi")


def test_a_table_is_chosen(program: Program) -> None:
    file = program.place / "kế hoạch.xlsx"
    file.write_bytes(book_of_three())
    before = listing(program.place)
    likely = program.run("plan", "read", file)
    assert (likely.code, likely.err) == (0, "")
    assert "0 phần, 0 đề mục, 4 nội dung" in likely.out
    assert "Trang tính “Biểu 1”" in likely.out
    small = program.run("plan", "read", file, "--table", "Biểu 1", "--json").json
    assert [one["title"] for one in small["nodes"]] == ["Việc nhỏ"]
    assert [(one["key"], one["default"]) for one in small["tables"]] == [
        ("Biểu 1", False), ("Biểu 2", True), ("Nháp", False),
    ]
    unknown = program.run("plan", "read", file, "--table", "Biểu 9")
    assert (unknown.code, unknown.reason, unknown.out) == (2, "PLAN_TABLE_UNKNOWN", "")
    assert listing(program.place) == before


def test_a_word_file_shows_its_extra_columns(program: Program) -> None:
    file = program.place / "kế hoạch.docx"
    file.write_bytes(document(WORD_ROWS, WORD_HEAD))
    body = program.run("plan", "read", file, "--json").json
    assert body["plan"]["number"] == "7-KH/QU"
    assert [one["extra"] for one in body["nodes"]] == [[], [{"name": "Sản phẩm", "text": "Kho dữ liệu"}], []]


def test_old_text_is_converted_when_told_to(program: Program) -> None:
    file = program.place / "cũ.xlsx"
    file.write_bytes(workbook(OLD_ROWS))
    asked = program.run("plan", "read", file, "--json")
    assert (asked.code, asked.reason, asked.out) == (1, "PLAN_LEGACY_TEXT", "")
    assert "--legacy tcvn3" in asked.err
    assert "“Néi dung” có lẽ là “Nội dung”" in asked.err
    read = program.run("plan", "read", file, "--json", "--legacy", "tcvn3").json
    assert [one["title"] for one in read["nodes"]] == ["nhiệm vụ chung", "Xây dựng kế hoạch", "Tuyền thoại"]
    assert program.run("plan", "read", file, "--legacy", "none").reason == "PLAN_NOT_A_PLAN"
    assert program.run("plan", "read", file, "--legacy", "khác").code == 2


def test_a_plan_in_excel_is_imported(program: Program, tmp_path: Path) -> None:
    file = program.place / "kế hoạch.xlsx"
    file.write_bytes(workbook([line.split("\t") for line in long_bien_lines()]))
    done = program.good(tmp_path / "dữ liệu", "plan", "import", file, "--table", "Sheet")
    assert "160-KH/QU: 180 dòng" in done.out
    again = program.good(tmp_path / "dữ liệu", "plan", "import", file)
    assert "đã có" in again.out
