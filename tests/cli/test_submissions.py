"""Nộp, tiếp nhận, trả lại, chốt by the commands: two offices, real files, the words and documents that come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.town import HUB, PERIOD, SHARED, WARD, Town


def board(town: Town, office: str, unit: str = WARD) -> dict[str, Any]:
    """What the board says of a unit."""
    (row,) = [one for one in town.good(office, "report", "board", "--period", PERIOD, "--json").json
              if one["unit"] == unit]
    return dict(row)


def sheet(town: Town, name: str, *words: str) -> bytes:
    out = town.root / name
    town.good(HUB, "sheet", "consolidated", "--period", PERIOD, "--out", out, *words)
    return out.read_bytes()


def send(town: Town) -> None:
    """The ward's file to the hub, the hub's to the ward."""
    town.take(HUB, *town.write(WARD))
    out = town.folder(f"của hub {len(list(town.root.iterdir()))}")
    written = town.good(HUB, "package", "write", "--out", out, "--json").json
    town.take(WARD, *[Path(one["path"]) for one in written if one["recipient"] == WARD])


def test_a_quarter_from_submitting_to_closing(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=40", "state=doing", "result=Bốn mươi")
    said = town.good(
        WARD, "report", "submit", "--period", PERIOD, "--number", "15/BC-UBND", "--day", "10/9/2023",
        "--signer", "Trần A",
    ).out
    assert said == "Phường Bồ Đề · Quý III/2023: đã nộp · chưa xác định\n"
    send(town)
    row = board(town, HUB)
    (submitted,) = row["submissions"]
    assert (row["state"], submitted["number"], submitted["day"], submitted["signer"]) == (
        "submitted", "15/BC-UBND", "2023-09-10", "Trần A",
    )
    assert row["waiting"] == [submitted["record"]]
    assert row["brackets"][0]["upper"] is not None
    back = town.good(HUB, "report", "return", "--unit", WARD, "--period", PERIOD, "--reason", "Thiếu minh chứng").out
    assert "đã trả lại để bổ sung" in back
    assert "lý do trả lại: Thiếu minh chứng" in back
    send(town)
    assert board(town, WARD)["returned"] == ["Thiếu minh chứng"]
    town.enter(WARD, SHARED, "evidence=BC 15")
    town.good(WARD, "report", "submit", "--period", PERIOD)
    send(town)
    accepted = town.good(HUB, "report", "accept", "--unit", WARD, "--period", PERIOD, "--arrived", "2023-09-14",
                         "--channel", "văn thư").out
    assert accepted == "Phường Bồ Đề · Quý III/2023: đã tiếp nhận · đúng hạn\n"
    send(town)
    assert town.at(WARD, "report", "withdraw", "--period", PERIOD).reason == "SUBMISSION_ACCEPTED"

    assert "Đã chốt số liệu Quý III/2023, lần 1" in town.good(HUB, "period", "close", PERIOD, "--number", "20/BC").out
    first = sheet(town, "một.pdf")
    town.enter(WARD, SHARED, "percent=90")
    corrected = town.good(WARD, "report", "submit", "--period", PERIOD, "--reason", "Nhầm").out
    assert "1 ô đính chính" in corrected
    send(town)
    assert "có báo cáo đính chính chờ tiếp nhận" in town.good(HUB, "report", "board", "--period", PERIOD).out
    changes = town.good(HUB, "period", "changes", PERIOD, "--json").json
    (value,) = changes["values"]
    assert (value["item"], value["field"], value["before"], value["after"], value["counted"]) == (
        SHARED, "percent", 40, 90, False,
    )
    assert "chưa tính vào số liệu" in town.good(HUB, "period", "changes", PERIOD).out
    town.good(HUB, "report", "accept", "--unit", WARD, "--period", PERIOD)
    assert town.good(HUB, "period", "changes", PERIOD, "--json").json["values"][0]["counted"]
    assert sheet(town, "hai.pdf") == sheet(town, "ba.pdf", "--version", "1") == first
    assert sheet(town, "nay.pdf", "--version", "now") != first
    town.good(HUB, "period", "reopen", PERIOD, "--reason", "Có đính chính")
    town.good(HUB, "period", "close", PERIOD)
    versions = town.good(HUB, "period", "versions", PERIOD, "--json").json
    assert [(one["version"], one["reopened"], one["number"]) for one in versions] == [
        ("1", "Có đính chính", "20/BC"), ("2", None, ""),
    ]
    assert sheet(town, "bốn.pdf", "--version", "1") == first != sheet(town, "năm.pdf")
    for office in (HUB, WARD):
        assert town.good(office, "doctor", "--json").json["ok"]


@pytest.mark.parametrize(
    ("office", "words", "code"),
    [
        (WARD, ("report", "accept", "--unit", WARD, "--period", PERIOD), "HUB_ONLY"),
        (WARD, ("period", "close", PERIOD), "HUB_ONLY"),
        (HUB, ("report", "accept", "--unit", WARD, "--period", PERIOD), "SUBMISSION_NONE"),
        (HUB, ("report", "arrival", "--unit", WARD, "--period", PERIOD, "--ruling", "late"), "SUBMISSION_NONE"),
        (HUB, ("report", "return", "--unit", WARD, "--period", PERIOD, "--reason", ""), "RETURN_WITHOUT_REASON"),
        (HUB, ("report", "return", "--unit", WARD, "--period", PERIOD), "USAGE"),
        (HUB, ("report", "submit", "--period", PERIOD, "--day", "31/2/2023"), "USAGE"),
        (HUB, ("report", "submit", "--period", "2023-Q9"), "PERIOD_UNKNOWN"),
        (HUB, ("period", "reopen", PERIOD, "--reason", "x"), "PERIOD_OPEN"),
        (HUB, ("period", "changes", PERIOD), "PERIOD_OPEN"),
        (HUB, ("sheet", "consolidated", "--period", PERIOD, "--out", "x.pdf", "--version", "3"), "VERSION_UNKNOWN"),
    ],
)
def test_slips_are_told(town: Town, office: str, words: tuple[str, ...], code: str) -> None:
    before = town.digest(office)
    answer = town.at(office, *words)
    assert (answer.code, answer.reason) == (2, code)
    assert town.digest(office) == before
    assert not Path(town.root / "x.pdf").exists()


def test_nothing_closed_and_nothing_changed_is_said(town: Town) -> None:
    assert town.good(HUB, "period", "versions", PERIOD, "--json").json == []
    said = town.good(HUB, "period", "close", PERIOD, "--note", "Không có báo cáo nào").out
    assert said.startswith("Chưa tiếp nhận báo cáo của ")
    assert town.good(HUB, "period", "changes", PERIOD).out == "Không có thay đổi nào sau khi chốt.\n"
    assert "đang có hiệu lực" in town.good(HUB, "period", "versions", PERIOD).out
