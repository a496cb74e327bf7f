"""Several plans by the commands: a new year, switching, files that find their plan, ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.main import parse
from desktop.cli.plans import file_and_rows
from tests.cli.town import BODY, HUB, SHARED, THCS, WARD, Town
from tests.next_year import NUMBER, write_next_plan

OLD = "160-KH/QU"


def numbers(town: Town, office: str) -> list[tuple[str, int, bool]]:
    return [(one["number"], one["year"], one["current"]) for one in town.good(office, "plan", "list", "--json").json]


def test_a_new_year_from_the_hub_to_a_unit_and_back(town: Town) -> None:
    town.enter(HUB, THCS, "percent=70", "state=doing", unit=BODY)
    before = town.digest(HUB)
    file = write_next_plan(town.root)
    said = town.good(HUB, "plan", "new", file, "--carry", THCS, f"{SHARED}=I/1").out
    assert said == (
        "Đã mở Kế hoạch 98-KH/QU năm 2024: 5 dòng, chuyển tiếp 2 việc chưa xong. Đang làm việc với kế hoạch này.\n"
    )
    assert numbers(town, HUB) == [(NUMBER, 2024, True), (OLD, 2023, False)]
    (common, *_) = [path for path in town.write(HUB) if path.name.startswith("TongHop_")]
    checked = town.good(WARD, "package", "check", common, "--json").json[0]
    assert numbers(town, WARD) == [(OLD, 2023, True)]
    receipt = town.take(WARD, common)[0]
    assert checked["summary"] == receipt["summary"]
    assert receipt["summary"].startswith("Đã mở Kế hoạch 98-KH/QU năm 2024 trong sổ này. ")
    assert (receipt["outcome"], receipt["plan"]) == ("imported", "98-KH/QU năm 2024")
    assert numbers(town, WARD) == [(NUMBER, 2024, False), (OLD, 2023, True)]
    assert town.good(WARD, "plan", "choose", NUMBER).out == "Đang làm việc với Kế hoạch 98-KH/QU · năm 2024.\n"
    entered = ("--item", "II/1", "--period", "2024-Q1", "--set", "percent=15")
    town.good(WARD, "report", "enter", *entered)
    assert [(one["item"], one["percent"]) for one in town.reports(WARD)] == [("II/1", 15)]
    (sent,) = town.write(WARD)
    town.good(HUB, "plan", "choose", OLD)
    assert town.digest(HUB) == before
    assert town.take(HUB, sent)[0]["plan"] == "98-KH/QU năm 2024"
    town.good(HUB, "plan", "choose", NUMBER)
    assert [(one["item"], one["percent"]) for one in town.reports(HUB)] == [("II/1", 15)]
    assert all(town.good(office, "doctor", "--json").json["ok"] for office in (HUB, WARD))


def test_an_ended_plan_is_told_and_takes_nothing(town: Town) -> None:
    assert town.good(HUB, "plan", "close").out.startswith("Đã kết thúc Kế hoạch 160-KH/QU năm 2023")
    assert town.good(HUB, "plan", "close").out.startswith("Đã kết thúc từ trước")
    assert "đã kết thúc" in town.good(HUB, "plan", "list").out
    answer = town.at(HUB, "report", "enter", "--item", SHARED, "--period", "2023-Q4", "--set", "percent=1")
    assert (answer.code, answer.err.endswith("[PLAN_CLOSED]\n")) == (2, True)
    assert town.good(HUB, "plan", "reopen").out == "Đã mở lại Kế hoạch 160-KH/QU năm 2023.\n"
    assert town.good(HUB, "plan", "reopen").out.startswith("Chưa kết thúc")
    town.enter(HUB, SHARED, "percent=1")


def test_everything_unfinished_is_carried_at_once(town: Town) -> None:
    town.good(HUB, "plan", "new", write_next_plan(town.root), "--carry-all")
    town.good(HUB, "report", "enter", "--item", "chuyen-tiep/3", "--period", "2024-Q1", "--set", "percent=1")


def test_rows_may_be_named_one_option_after_the_other(town: Town) -> None:
    said = town.good(HUB, "plan", "new", write_next_plan(town.root), "--carry", THCS, "--carry", SHARED, THCS).out
    assert "chuyển tiếp 2 việc chưa xong" in said
    for item in ("chuyen-tiep/1", "chi-tieu-chuyen-tiep/1"):
        town.good(HUB, "plan", "comment", "--item", item, "--text", "Có dòng này")


@pytest.mark.parametrize("words", [
    ("--carry", THCS, "FILE"), ("--carry", THCS, SHARED, "FILE"), ("--carry", THCS, SHARED, "--carry-all", "FILE"),
    ("--carry", SHARED, "--carry", THCS, "FILE"), ("--carry", THCS, "FILE", "--carry", SHARED),
    ("--carry", THCS, "--legacy", "none", "FILE"), ("FILE", "--carry", THCS, SHARED),
])
def test_the_file_may_stand_before_or_behind_the_rows(words: tuple[str, ...]) -> None:
    given = parse(["plan", "new", *words])
    file, rows = file_and_rows(given.file, given.carry)
    assert file == Path("FILE")
    assert {*rows} == {THCS, SHARED} & {*words}


def test_rows_before_the_file_are_carried(town: Town) -> None:
    said = town.good(HUB, "plan", "new", "--carry", THCS, write_next_plan(town.root)).out
    assert "chuyển tiếp 1 việc chưa xong" in said


@pytest.mark.parametrize("words", [(), ("--carry", THCS), ("--carry-all",)])
def test_a_new_plan_without_a_file_is_a_slip(town: Town, words: tuple[str, ...]) -> None:
    answer = town.at(HUB, "plan", "new", *words)
    assert (answer.code, answer.err.endswith("[USAGE]\n")) == (2, True)
    assert "tệp của kế hoạch mới" in answer.err


def test_two_plans_of_one_number(town: Town) -> None:
    town.good(HUB, "plan", "new", write_next_plan(town.root, number=OLD))
    answer = town.at(HUB, "plan", "choose", OLD)
    assert (answer.code, answer.err.endswith("[PLAN_SEVERAL]\n")) == (2, True)
    town.good(HUB, "plan", "choose", OLD, "--year", "2023")
    assert numbers(town, HUB) == [(OLD, 2024, False), (OLD, 2023, True)]


@pytest.mark.parametrize(("office", "words", "code", "exit_code"), [
    (HUB, ("choose", "5-KH/QU"), "PLAN_UNKNOWN", 2), (HUB, ("choose", OLD, "--year", "2020"), "PLAN_UNKNOWN", 2),
    (WARD, ("close",), "HUB_ONLY", 2), (WARD, ("reopen",), "HUB_ONLY", 2), (WARD, ("new", "FILE"), "HUB_ONLY", 2),
    (HUB, ("new", "FILE", "--carry", "IX/1"), "ITEM_UNKNOWN", 2),
    (HUB, ("new", "FILE", "--carry", "II/2"), "CARRY_UNKNOWN", 2),
    (HUB, ("new", "FILE", "--carry", f"{THCS}=IX"), "CARRY_ROW_UNKNOWN", 2),
    (HUB, ("new", "FILE", "--carry", THCS, "--carry-all"), "USAGE", 2),
    (HUB, ("new", "không có.txt"), "PLAN_MISSING", 3), ("nơi trống", ("list",), "FOLDER_NOT_SET_UP", 2),
    ("nơi trống", ("close",), "FOLDER_NOT_SET_UP", 2), ("nơi trống", ("choose", OLD), "FOLDER_NOT_SET_UP", 2),
])
def test_what_cannot_be_done_is_told_and_changes_nothing(
    town: Town, tmp_path: Path, office: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    file = write_next_plan(tmp_path)
    answer = town.at(office, "plan", *(file if word == "FILE" else word for word in words))
    assert (answer.code, answer.out, answer.err.endswith(f"[{code}]\n")) == (exit_code, "", True), answer.err
    assert numbers(town, HUB) == [(OLD, 2023, True)]
    assert not (town.root / "nơi trống").exists()
