"""Readings through the real program: corrected by the hub, doubted by a unit, answered, all by files."""

from __future__ import annotations

import pytest

from tests.cli.town import BODY, HUB, SHARED, WARD, Town

PROJECT = "I/2/2.3/2.3.2"
TO_JUNE = ("plan", "correct", "--item", PROJECT, "--field", "end", "--to", "30/6/2023")


def test_a_correction_is_tried_saved_and_taken_back(town: Town) -> None:
    before = town.digest(HUB)
    june = {"text": "Theo tiến độ dự án", "kind": "date", "first": "2023-06-30", "last": "2023-06-30",
            "checkpoints": []}
    assert town.good(HUB, *TO_JUNE, "--try", "--json").json == {"field": "end", "value": june, "changed": False}
    assert town.digest(HUB) == before
    said = town.good(HUB, *TO_JUNE, "--reason", "Công văn 12").out
    assert said == f"Đã lưu: {PROJECT} · Thời gian hoàn thành · hiểu là: 30/6/2023 (đến 30/06/2023)\n"
    after = town.digest(HUB)
    assert after != before
    assert town.good(HUB, *TO_JUNE, "--json").json["changed"] is False
    assert town.digest(HUB) == after
    back = town.good(HUB, "plan", "correct", "--item", PROJECT, "--field", "end", "--original", "--json").json
    assert (back["value"]["kind"], back["changed"]) == ("relative", True)


def test_units_and_targets_by_words(town: Town) -> None:
    correct = ("plan", "correct", "--item", PROJECT, "--json")
    units = town.good(HUB, *correct, "--field", "lead_units", "--to", "UBND các phường; Phòng Y tế").json
    assert units["value"] == ["UBND các phường", "Phòng Y tế"]
    targets = town.good(HUB, *correct, "--field", "targets", "--to", "ít nhất 08 hội chợ").json
    (target,) = targets["value"]
    assert (target["comparator"], target["value"], target["unit"]) == ("at_least", "8", "hội chợ")
    assert "ít nhất 8 hội chợ" in town.good(
        HUB, "plan", "correct", "--item", PROJECT, "--field", "targets", "--to", "ít nhất 8 hội chợ"
    ).out


def test_a_correction_travels(town: Town) -> None:
    town.good(HUB, *TO_JUNE)
    (common,) = [file for file in town.write(HUB) if town.at(BODY, "package", "check", file).code == 0][:1]
    town.take(BODY, common)
    assert town.digest(BODY) == town.digest(HUB)


def test_a_comment_goes_and_its_answer_comes(town: Town) -> None:
    ask = ("plan", "comment", "--item", SHARED, "--about", "end", "--text", "Hạn nào?")
    assert "Đã lưu ý kiến" in town.good(WARD, *ask).out
    town.take(HUB, *town.write(WARD))
    (seen,) = town.good(HUB, "plan", "comments", "--json").json
    assert (seen["item"], seen["unit"], seen["about"], seen["text"], seen["answers"], seen["settled"]) == (
        SHARED, WARD, "end", "Hạn nào?", [], False,
    )
    town.good(HUB, "plan", "comment", "--answer", seen["record"], "--text", "Đang hỏi", "--open")
    assert not town.good(HUB, "plan", "comments", "--json").json[0]["settled"]
    town.good(HUB, "plan", "comment", "--answer", seen["record"], "--text", "Quý III")
    for file in town.write(HUB):
        if town.at(WARD, "package", "check", file).code == 0:
            town.take(WARD, file)
    (back,) = town.good(WARD, "plan", "comments", "--json").json
    assert (back["settled"], [one["text"] for one in back["answers"]]) == (True, ["Quý III"])
    told = town.good(WARD, "plan", "comments").out
    assert "đã xong: Hạn nào?" in told
    assert "Trả lời" in told
    town.good(WARD, "plan", "comment", "--withdraw", seen["record"])
    assert "đã rút" in town.good(WARD, "plan", "comments").out


@pytest.mark.parametrize(
    ("office", "words", "code"),
    [
        (WARD, TO_JUNE, "HUB_ONLY"), (HUB, (*TO_JUNE[:-1], "bao giờ xong"), "CORRECTION_UNCLEAR"),
        (HUB, (*TO_JUNE[:5], "code", "--to", "x"), "USAGE"), (HUB, TO_JUNE[:6], "USAGE"),
        (HUB, (*TO_JUNE, "--original"), "USAGE"), (HUB, (*TO_JUNE[:3], "IX/9", *TO_JUNE[4:]), "ITEM_UNKNOWN"),
        (HUB, (*TO_JUNE[:5], "lead_units", "--to", "Phòng Trống"), "CORRECTION_UNIT_UNKNOWN"),
        (HUB, (*TO_JUNE[:5], "title", "--to", " "), "CORRECTION_EMPTY"),
        (WARD, ("plan", "comment", "--item", SHARED), "COMMENT_EMPTY"),
        (WARD, ("plan", "comment", "--item", SHARED, "--about", "code", "--text", "x"), "COMMENT_ABOUT_UNKNOWN"),
        (WARD, ("plan", "comment", "--withdraw", "x"), "COMMENT_UNKNOWN"),
        (WARD, ("plan", "comment", "--answer", "x", "--text", "y"), "HUB_ONLY"),
        (HUB, ("plan", "comment", "--answer", "x", "--text", "y"), "COMMENT_UNKNOWN"),
        (HUB, ("plan", "comment", "--text", "y"), "USAGE"),
    ],
)
def test_slips(town: Town, office: str, words: tuple[str, ...], code: str) -> None:
    before = town.digest(office)
    answer = town.at(office, *words)
    assert (answer.reason, answer.code, answer.out) == (code, 2, "")
    assert town.digest(office) == before


def test_a_folder_that_is_not_set_up(town: Town) -> None:
    for words in (TO_JUNE, ("plan", "comments"), ("plan", "comment", "--item", SHARED, "--text", "x")):
        answer = town.at("chưa có", *words)
        assert (answer.reason, answer.code) == ("FOLDER_NOT_SET_UP", 2)
    assert not (town.root / "chưa có").exists()
