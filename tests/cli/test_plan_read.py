"""``plan read``: the findings as text, gravest first, and as the Excel list that was asked for."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.program import HUMBLE, Program, listing
from tests.importers.plan_text import PLAN_FILE, long_bien_plan


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program of somebody who has no folder yet."""
    home, place = tmp_path / "nhà", tmp_path / "nơi làm việc"
    home.mkdir()
    place.mkdir()
    return Program(home, place)


def test_the_gravest_stand_first_and_lines_fit_a_console(program: Program) -> None:
    answer = program.run("plan", "read", PLAN_FILE)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    findings = long_bien_plan().findings
    graver = sum(one.severity.value == "warning" for one in findings)
    assert f"Khi đọc: 0 lỗi, {graver} cần rà soát, {len(findings) - graver} ghi chú" in lines
    assert lines.index(f"CẦN RÀ SOÁT ({graver})") < lines.index(f"GHI CHÚ ({len(findings) - graver})")
    assert max(len(line) for line in lines[3:]) <= 100
    for finding in findings:
        assert f"[{finding.code}]" in answer.out
    where = lines.index("  dòng 339 · mục II/1/1.11 · cột Đơn vị chủ trì [UNIT_NAME_DAMAGED]")
    assert lines[where + 1: where + 4] == [
        "      Ô đơn vị chủ trì: tên có thể bị hỏng, tạm hiểu: Phòng VTTT → Phòng Văn hóa và Thông tin.",
        "      in: Phòng VTTT → hiểu là: Phòng Văn hóa và Thông tin",
        "      chấp nhận: Phòng Văn hóa và Thông tin, hoặc tên khác trong danh sách đơn vị",
    ]
    assert "  dòng 328 · mục II/1/1.3 · cột Đơn vị chủ trì [LEAD_MISSING]" in lines
    assert "      in: (trống) → hiểu là: chưa giao cho đơn vị nào" in lines


def test_the_list_is_written_and_never_over_another(program: Program) -> None:
    out = program.place / "rà soát.xlsx"
    first = program.run("plan", "read", PLAN_FILE, "--findings", out)
    again = program.run("plan", "read", PLAN_FILE, "--json", "--findings", out)
    assert (first.code, again.code, again.err) == (0, 0, "")
    assert first.out.splitlines()[-1] == f"Đã ghi: {out}"
    assert len(again.json["findings"]) == len(long_bien_plan().findings)
    assert sorted(listing(program.place)) == ["rà soát-2.xlsx", "rà soát.xlsx"]
    (sheet,) = openpyxl.load_workbook(out).worksheets
    assert sheet.max_row == 6 + len(long_bien_plan().findings)
    assert "long-bien-2023-160-KH-QU.txt" in str(sheet["A3"].value)


def test_a_list_that_cannot_be_written_is_told(program: Program) -> None:
    program.place.chmod(0o555)
    answer = program.after(HUMBLE, "plan", "read", PLAN_FILE, "--findings", program.place / "rà soát.xlsx")
    program.place.chmod(0o755)
    assert (answer.code, answer.reason) == (3, "NO_RIGHTS")
    assert listing(program.place) == {}
