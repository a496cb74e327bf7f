"""A PC restored from a backup and a lost key, by the commands: told in a sentence, and everything goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.town import BODY, HOME, HUB, SHARED, WARD, Town, enrolled_town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A hub and its units, enrolled."""
    return enrolled_town(tmp_path / "quận")


def test_a_restored_unit_is_told_until_the_hubs_file_brings_all_back(town: Town) -> None:
    backup = town.root / "sao lưu"
    shutil.copytree(town.root / WARD, backup)
    town.enter(WARD, SHARED, "percent=5")
    town.take(HUB, *town.write(WARD))
    shutil.rmtree(town.root / WARD)
    shutil.copytree(backup, town.root / WARD)
    out = town.folder("sau khi khôi phục")
    said = town.good(WARD, "package", "write", "--out", out).out
    assert "cũ hơn những gì máy này đã gửi" in said
    assert "xin UB MTTQ quận tệp gửi gần nhất" in said
    written = town.good(HUB, "package", "write", "--out", town.folder("trả lời"), "--json").json
    back = next(one["path"] for one in written if one["recipient"] == WARD)
    said = town.good(WARD, "package", "import", back).out
    assert "Đã lấy lại" in said
    assert "cũ hơn" not in said
    assert [one["percent"] for one in town.reports(WARD)] == [5]
    assert all(one["not_counted"] == [] for one in town.reports(WARD))


def test_a_lost_key_is_replaced_by_a_command(town: Town) -> None:
    town.enter(BODY, SHARED, "percent=7")
    keys = town.root / HOME / "SoTienDo" / "khoa"
    refused = town.at(BODY, "enroll", "again")
    assert (refused.code, refused.reason) == (2, "KEY_STILL_THERE")
    before = town.good(BODY, "enroll", "code").out.strip()
    said = town.good(BODY, "enroll", "again", "--forgotten").out
    code = town.good(BODY, "enroll", "code").out.strip()
    assert code != before
    assert "1 nội dung" in said
    assert code in said
    (receipt,) = town.take(HUB, *town.write(BODY))
    assert receipt["request_code"] == code
    town.good(HUB, "enroll", "approve", code)
    assert [one["percent"] for one in town.reports(HUB)] == [7]
    assert len(list(keys.glob("*.key"))) > 4
