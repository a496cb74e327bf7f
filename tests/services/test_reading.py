"""Reading a plan file as a use case: files that are none, trees, public JSON."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from desktop.models.errors import EnvironmentTrouble, Mistake, Refused, SoTienDoError
from desktop.models.facts import Content
from desktop.models.kinds import check_content
from desktop.services.plan import reading
from desktop.services.plan.importing import import_plan
from desktop.services.plan.issuing import read_for_issue
from desktop.services.plan.planning import node_details, plan_view
from desktop.services.plan.reading import ReadChoices, open_plan_file, plan_as_json, read_plan_file, unit_tree_for
from desktop.services.records import extra_of, node_json
from desktop.services.units.records import assigned_units
from desktop.services.workspace import workspace
from tests.importers.office_files import read, workbook
from tests.importers.plan_text import HEADER, PLAN_FILE, RESOURCES, long_bien_plan
from tests.importers.test_layouts import book_of_three
from tests.importers.test_legacy import OLD_ROWS
from tests.offices import Clock, make_environment

OTHER = (
    "(Ban hành kèm theo Kế hoạch số 5/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân phường Bồ Đề)\n"
    f"{HEADER}\n1\tViệc\tĐ/c An\tPhòng Kinh tế; Công an phường; phòng kinh tế\tCác tổ dân phố\t\tQuý I/2026\n"
)


def code_of(path: Path) -> str:
    with pytest.raises(SoTienDoError) as caught:
        read_plan_file(path, RESOURCES)
    assert caught.value.advice
    return caught.value.code


def test_the_bundled_plan_is_read_with_the_bundled_tree() -> None:
    plan = read_plan_file(PLAN_FILE, RESOURCES)
    assert plan == long_bien_plan()
    assert unit_tree_for(plan, RESOURCES).find("Phường Bồ Đề") is not None
    assert unit_tree_for(plan.header, RESOURCES) == unit_tree_for(plan, RESOURCES)


def test_a_path_with_blanks_and_vietnamese_letters(tmp_path: Path) -> None:
    folder = tmp_path / "Kế hoạch năm 2023"
    folder.mkdir()
    shutil.copyfile(PLAN_FILE, folder / "biểu tiến độ.TXT")
    assert len(read_plan_file(folder / "biểu tiến độ.TXT", RESOURCES).nodes) == 180


def test_files_that_are_no_text_plan(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "PLAN_IS_FOLDER"
    assert code_of(tmp_path / "không có.txt") == "PLAN_MISSING"
    for name, data, code in (
        ("a.xlsx", b"PK\x03\x04", "PLAN_DAMAGED"), ("a.DOC", b"any", "PLAN_OTHER_FORMAT"),
        ("b.txt", b"PK\x03\x04....", "PLAN_DAMAGED"), ("c.txt", b"%PDF-1.7", "PLAN_OTHER_FORMAT"),
        ("d.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PLAN_OTHER_FORMAT"), ("e.txt", b"", "PLAN_EMPTY"),
        ("h.xlsx", b"<html>", "PLAN_DAMAGED"), ("i.odt", b"any", "PLAN_OTHER_FORMAT"),
        ("f.txt", b"\xff\x80", "PLAN_WRONG_ENCODING"), ("g.txt", b"hello", "PLAN_NOT_A_PLAN"),
    ):
        (tmp_path / name).write_bytes(data)
        assert code_of(tmp_path / name) == code


def test_a_huge_file_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "lớn.txt").open("wb") as file:
        file.truncate(reading.MAX_BYTES + 1)
    assert code_of(tmp_path / "lớn.txt") == "PLAN_TOO_BIG"


@pytest.mark.parametrize(("error", "code"), [(PermissionError(13, "no"), "PLAN_NO_RIGHTS"),
                                             (OSError(5, "I/O error"), "PLAN_UNREADABLE")])
def test_trouble_of_the_medium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    def fail(self: Path) -> bytes:
        raise error

    (tmp_path / "a.txt").write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(EnvironmentTrouble) as caught:
        read_plan_file(tmp_path / "a.txt", RESOURCES)
    assert caught.value.code == code


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind the superuser")
def test_a_file_without_rights(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "a.txt").chmod(0)
    assert code_of(tmp_path / "a.txt") == "PLAN_NO_RIGHTS"


def test_another_office_gets_a_tree_of_its_own_names(tmp_path: Path) -> None:
    (tmp_path / "bồ đề.txt").write_text(OTHER, encoding="utf-8")
    plan = read_plan_file(tmp_path / "bồ đề.txt", RESOURCES)
    assert (plan.header.number, plan.header.year) == ("5/KH-UBND", 2026)
    tree = unit_tree_for(plan, RESOURCES)
    assert [(unit.name, unit.short, unit.parent) for unit in tree.units] == [
        ("Ủy ban nhân dân phường Bồ Đề", "UyBanNhanDanPhuongBoDe", None),
        ("Phòng Kinh tế", "PhongKinhTe", tree.units[0].id), ("Công an phường", "CongAnPhuong", tree.units[0].id),
    ]
    assert [unit.name for unit in unit_tree_for(plan.header, RESOURCES).units] == ["Ủy ban nhân dân phường Bồ Đề"]


def test_public_json_has_the_documented_keys_in_order() -> None:
    body = json.loads(json.dumps(plan_as_json(long_bien_plan()), ensure_ascii=False))
    assert list(body) == ["plan", "nodes", "findings", "tables"]
    assert list(body["plan"]) == ["number", "date", "issuer", "title", "theme", "year", "signer"]
    assert body["plan"]["date"] == "2023-01-11"
    for one in body["nodes"]:
        assert list(one) == [
            "path", "kind", "code", "title", "stated_count", "leaders", "lead_units", "coordinating_units",
            "expands_to", "start", "end", "targets", "source_lines", "extra",
        ]
        assert list(one["start"]) == ["text", "kind", "first", "last", "checkpoints"]
        for target in one["targets"]:
            assert list(target) == [
                "comparator", "value", "value_max", "unit", "text", "stretch", "measures", "each", "enters", "basis",
                "rollup", "numerator", "denominator",
            ]
    for one in body["findings"]:
        assert list(one) == ["code", "severity", "message", "source_lines", "path", "cell"]
        assert list(one["cell"]) == ["column", "printed", "understood", "accepted"]
    rounds = next(one for one in body["nodes"] if one["path"] == "II/3/3.1/3.1.15/+3")
    assert rounds["end"]["checkpoints"] == ["2023-04-30", "2023-10-31"]
    assert rounds["start"] == {"text": "", "kind": "unscheduled", "first": None, "last": None, "checkpoints": []}


def test_a_damaged_bundle_is_told(tmp_path: Path) -> None:
    shutil.copytree(RESOURCES / "reading", tmp_path / "reading")
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_plan_file(PLAN_FILE, tmp_path)
    assert caught.value.code == "UNIT_FILE_MALFORMED"


def test_what_a_file_offers(tmp_path: Path) -> None:
    (tmp_path / "kế hoạch.xlsx").write_bytes(book_of_three())
    offered = open_plan_file(tmp_path / "kế hoạch.xlsx")
    assert (offered.kind, offered.legacy) == ("xlsx", None)
    assert [(one.key, one.name, one.rows, one.hidden, one.is_default) for one in offered.tables] == [
        ("Biểu 1", "Trang tính “Biểu 1”, 1 dòng", 1, False, False),
        ("Biểu 2", "Trang tính “Biểu 2”, 4 dòng", 4, False, True),
        ("Nháp", "Trang tính “Nháp”, 8 dòng (bị ẩn)", 8, True, False),
    ]
    chosen = read_plan_file(tmp_path / "kế hoạch.xlsx", RESOURCES, ReadChoices(table="Biểu 1"))
    assert [one.title for one in chosen.nodes] == ["Việc nhỏ"]
    body = plan_as_json(chosen, offered.tables)
    assert body["tables"] == [
        {"key": "Biểu 1", "name": "Trang tính “Biểu 1”, 1 dòng", "rows": 1, "hidden": False, "default": False},
        {"key": "Biểu 2", "name": "Trang tính “Biểu 2”, 4 dòng", "rows": 4, "hidden": False, "default": True},
        {"key": "Nháp", "name": "Trang tính “Nháp”, 8 dòng (bị ẩn)", "rows": 8, "hidden": True, "default": False},
    ]


def test_a_file_without_a_table_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook([["Kính gửi các đồng chí"]]))
    assert open_plan_file(tmp_path / "a.xlsx").tables == ()
    assert code_of(tmp_path / "a.xlsx") == "PLAN_NOT_A_PLAN"


def test_old_text_waits_for_a_choice(tmp_path: Path) -> None:
    (tmp_path / "cũ.xlsx").write_bytes(workbook(OLD_ROWS))
    offered = open_plan_file(tmp_path / "cũ.xlsx")
    assert offered.legacy is not None
    assert offered.legacy.encoding == "tcvn3"
    assert [one.rows for one in offered.tables] == [3]
    assert code_of(tmp_path / "cũ.xlsx") == "PLAN_LEGACY_TEXT"
    plan = read_plan_file(tmp_path / "cũ.xlsx", RESOURCES, ReadChoices(legacy="tcvn3"))
    assert [one.title for one in plan.nodes] == ["nhiệm vụ chung", "Xây dựng kế hoạch", "Tuyền thoại"]
    for legacy, code in (("unicode", "PLAN_NOT_A_PLAN"), ("utf-7", "PLAN_LEGACY_UNKNOWN")):
        with pytest.raises(SoTienDoError) as caught:
            read_plan_file(tmp_path / "cũ.xlsx", RESOURCES, ReadChoices(legacy=legacy))
        assert caught.value.code == code


TAUGHT_HEAD = (
    "(Ban hành kèm theo Kế hoạch số 9-KH/QU ngày 02/01/2023 của Ban Thường vụ Quận ủy Long Biên)\n"
    f"{HEADER}\n1\tViệc\tĐ/c An\tTổ tư vấn X\t\t\tQuý I/2023\n"
)


def test_names_that_were_taught_are_known_from_then_on(tmp_path: Path) -> None:
    environment = make_environment(tmp_path, Clock())
    file = tmp_path / "dạy.txt"
    file.write_text(TAUGHT_HEAD, encoding="utf-8")
    before = read_plan_file(file, RESOURCES)
    assert "UNIT_UNKNOWN" in {one.code for one in before.findings}
    unit = unit_tree_for(before, RESOURCES).find("TTPTQĐ")
    assert unit is not None
    choices = ReadChoices(taught=(("Tổ tư vấn X", unit.id),))
    plan, tree = read_for_issue(environment, file, choices)
    assert "UNIT_UNKNOWN" not in {one.code for one in plan.findings}
    node = plan.nodes[0]
    assert assigned_units(tree, node.lead_units, node.coordinating_units)[0] == (unit.id,)
    with pytest.raises(Mistake) as caught:
        read_plan_file(file, RESOURCES, ReadChoices(taught=(("Tổ tư vấn X", "không-có"),)))
    assert caught.value.code == "UNIT_UNKNOWN"


def test_extra_columns_travel_with_the_plan() -> None:
    data = workbook([["TT", "Nội dung", "Đơn vị chủ trì", "Ghi chú"], ["1", "Việc", "TTYT", "cần sớm"]])
    plan = read(data)
    fields = node_json(plan.nodes[0], "", 0, (), ())
    assert fields["extra"] == [{"name": "Ghi chú", "text": "cần sớm"}]
    assert extra_of(fields["extra"]) == (("Ghi chú", "cần sớm"),)
    assert check_content(Content(0, "", "node", "0" * 32, fields, {})) == ""
    assert extra_of(None) == ()


def test_extra_columns_are_shown_with_the_printed_cells(tmp_path: Path) -> None:
    file = tmp_path / "kế hoạch.xlsx"
    file.write_bytes(workbook([
        ["(Ban hành kèm theo Kế hoạch số 5/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân phường Bồ Đề)"],
        ["TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm"],
        ["1", "Việc", "Phòng Kinh tế", "Quý I/2026", "Báo cáo"],
    ]))
    environment = make_environment(tmp_path, Clock())
    import_plan(environment, tmp_path / "dữ liệu", file)
    with workspace(environment, tmp_path / "dữ liệu") as ws:
        details = node_details(ws, plan_view(ws).rows[0].id)
    assert details.printed[-1] == ("Sản phẩm", "Báo cáo")
    assert details.printed[1] == ("Nội dung thực hiện", "Việc")
