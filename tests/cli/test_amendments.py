"""``plan compare`` and ``plan amend``: the difference in words and as JSON, decisions, and what units see of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.amended import INSERTED, Amendment
from tests.cli.program import listing
from tests.cli.town import BODY, HUB, PLAN, THCS, Town

UBND_TITLE = "Cải tạo sửa chữa, chỉnh trang UBND phường Thượng Thanh"
THCS_TITLE = "Cải tạo, sửa chữa, chỉnh trang các trường THCS"
SHIFTED = "II/2/2.1/2.1.10"


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """A row put in before 2.1.5, another end for THCS."""
    row = f"{INSERTED}|Đ/c Nguyễn Mạnh Trình-UVTVPCT UBND quận|Phòng TNMT|UBND phường||Quý IV/2023"
    return Amendment().insert(UBND_TITLE, row).cell(THCS_TITLE, 6, "Quý IV/2023").write(tmp_path)


def test_the_same_plan_is_no_difference(town: Town) -> None:
    before = listing(town.root)
    found = town.good(HUB, "plan", "compare", PLAN, "--json").json
    assert found["rows"] == []
    assert found["counts"]["unchanged"] == 180
    assert town.good(HUB, "plan", "compare", PLAN).out == "Bản mới giống bản đang dùng: 180 dòng không đổi.\n"
    assert listing(town.root) == before


def test_compare_tells_every_row(town: Town, newer: Path) -> None:
    found = town.good(HUB, "plan", "compare", newer, "--json").json
    assert found["counts"] == {
        "doubtful": 0, "added": 1, "restored": 0, "changed": 1, "renumbered": 27, "withdrawn": 0, "unchanged": 152,
    }
    (changed,) = [row for row in found["rows"] if row["outcome"] == "changed"]
    assert (changed["old_path"], changed["new_path"]) == (THCS, SHIFTED)
    assert changed["changes"] == [
        {"name": "Thời gian hoàn thành", "before": "Quý III/2023", "after": "Quý IV/2023", "corrected": False}
    ]
    said = town.good(HUB, "plan", "compare", newer).out
    assert said.startswith("Thêm 1, đổi 1, đánh số lại 27, ")
    assert f"[Thêm] II/2/2.1/2.1.5: {INSERTED}" in said


def test_amend_without_yes_only_shows(town: Town, newer: Path) -> None:
    before = listing(town.root)
    assert town.good(HUB, "plan", "amend", newer).out.endswith("--yes để áp dụng.\n")
    assert listing(town.root) == before


def test_a_unit_has_its_report_at_the_new_number(town: Town, newer: Path) -> None:
    town.enter(BODY, THCS, "state=doing", "percent=70", "result=7/10 trường")
    assert "Đã áp dụng" in town.good(HUB, "plan", "amend", newer, "--yes").out
    town.take(BODY, town.write(HUB)[0])
    town.take(HUB, *town.write(BODY))
    for office in (BODY, HUB):
        (report,) = town.reports(office)
        assert (report["item"], report["percent"], report["withdrawn"]) == (SHIFTED, 70, False)
    assert "không có gì thay đổi" in town.good(HUB, "plan", "amend", newer, "--yes").out


def test_a_withdrawn_row_is_marked_in_the_list_of_reports(town: Town, tmp_path: Path) -> None:
    town.enter(BODY, THCS, "state=doing", "percent=70", "result=7/10 trường")
    town.take(HUB, *town.write(BODY))
    file = Amendment().delete(THCS_TITLE).write(tmp_path)
    assert f"[Rút] {THCS}: {THCS_TITLE}" in town.good(HUB, "plan", "compare", file).out
    assert "(có 1 báo cáo, vẫn giữ)" in town.good(HUB, "plan", "compare", file).out
    town.good(HUB, "plan", "amend", file, "--yes")
    town.take(BODY, town.write(HUB)[0])
    assert town.good(BODY, "report", "list").out.rstrip().endswith("đã rút khỏi kế hoạch")
    assert town.reports(BODY)[0]["withdrawn"] is True


def test_a_doubt_is_decided_on_the_command_line(town: Town, tmp_path: Path) -> None:
    file = Amendment().cell(
        THCS_TITLE, 1, "Cải tạo, sửa chữa, chỉnh trang và bổ sung thiết bị dạy học cho năm trường trung học"
    ).write(tmp_path)
    (doubt,) = [row for row in town.good(HUB, "plan", "compare", file, "--json").json["rows"]]
    assert (doubt["outcome"], doubt["new_path"], doubt["candidates"][0]["path"]) == ("doubtful", THCS, THCS)
    before = town.digest(HUB)
    undecided = town.at(HUB, "plan", "amend", file, "--yes")
    assert (undecided.code, undecided.err.rstrip()[-17:]) == (2, "[AMEND_UNDECIDED]")
    assert town.digest(HUB) == before
    said = town.good(HUB, "plan", "compare", file, "--new", THCS).out
    assert said.startswith("Thêm 1, rút 1, ")
    town.good(HUB, "plan", "amend", file, "--pair", f"{THCS}={THCS}", "--yes")
    assert town.good(HUB, "plan", "compare", file, "--json").json["rows"] == []


@pytest.mark.parametrize(("words", "code"), [
    (("--pair", "II/1"), "USAGE"),
    (("--pair", f"IX/9={THCS}"), "AMEND_NO_SUCH_ROW"),
    (("--pair", f"{THCS}=IX/9"), "AMEND_NO_SUCH_ROW"),
    (("--new", "IX/9"), "AMEND_NO_SUCH_ROW"),
    (("--pair", f"{THCS}={THCS}", "--new", THCS), "AMEND_PAIR_TWICE"),
    (("--pair", f"{THCS}={THCS}", "--pair", f"I/1/1.4={THCS}"), "AMEND_PAIR_TWICE"),
])
def test_wrong_decisions_are_told(town: Town, words: tuple[str, ...], code: str) -> None:
    answer = town.at(HUB, "plan", "amend", PLAN, *words, "--yes")
    assert answer.code == 2
    assert answer.err.rstrip().endswith(f"[{code}]")


def test_a_unit_compares_nothing(town: Town) -> None:
    answer = town.at(BODY, "plan", "compare", PLAN)
    assert (answer.code, answer.err.rstrip()[-10:]) == (2, "[HUB_ONLY]")


def test_a_comment_says_that_its_row_was_withdrawn(town: Town, tmp_path: Path) -> None:
    town.good(HUB, "plan", "comment", "--item", THCS, "--text", "Hạn này chưa đúng")
    town.good(HUB, "plan", "amend", Amendment().delete(THCS_TITLE).write(tmp_path), "--yes")
    (told,) = town.good(HUB, "plan", "comments", "--json").json
    assert (told["item"], told["row_withdrawn"]) == (THCS, True)
    assert town.good(HUB, "plan", "comments").out.startswith(f"{THCS} (dòng đã rút khỏi kế hoạch) · ")
    town.good(HUB, "plan", "comment", "--answer", told["record"], "--text", "Dòng này đã rút")
    assert "Trả lời" in town.good(HUB, "plan", "comments").out
