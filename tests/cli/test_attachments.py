"""The ``report attach…`` commands and ``package write --carrier`` as a person types them."""

from __future__ import annotations

import random

from tests.cli.town import HUB, PERIOD, SHARED, WARD, Town


def test_a_file_is_attached_sent_saved_and_withdrawn(town: Town) -> None:
    source = town.root / "Biên bản: họp.txt"
    source.write_text("Biên bản họp tổ dân phố", encoding="utf-8")
    said = town.good(WARD, "report", "attach", "--item", SHARED, "--period", PERIOD, str(source)).out
    assert f"Đã đính kèm “{source.name}”: {SHARED} · " in said
    (one,) = town.good(WARD, "report", "attachments", "--json").json
    assert (one["name"], one["item"], one["period"]) == ("Biên bản- họp.txt", SHARED, PERIOD)
    assert (one["size"], one["withdrawn"], one["here"]) == (len(source.read_bytes()), False, True)
    assert set(one) == {
        "record", "item", "unit", "period", "name", "size", "sha256", "author", "entered", "withdrawn", "here",
    }
    out = town.root / "gửi.sotiendo"
    (written,) = town.good(WARD, "package", "write", "--out", str(out), "--json").json
    assert (written["attachments"], written["part"], written["parts"], written["left"]) == (1, 1, 1, 0)
    (receipt,) = town.good(HUB, "package", "import", str(out), "--json").json
    assert (receipt["attachments"], receipt["attachments_waiting"], receipt["attachments_missing"]) == (1, 0, 0)
    assert f"mã {one['record']}" in town.good(HUB, "report", "attachments").out
    said = town.good(HUB, "report", "attachment-save", one["record"], "--out", str(town.root)).out
    assert said.strip() == f"Đã chép ra: {town.root / 'Biên bản- họp.txt'}"
    assert (town.root / "Biên bản- họp.txt").read_bytes() == source.read_bytes()
    town.good(WARD, "report", "attachment-withdraw", one["record"])
    assert " · đã rút · mã " in town.good(WARD, "report", "attachments").out


def test_what_the_mail_does_not_take_goes_into_a_further_file(town: Town) -> None:
    for number in range(3):
        (town.root / f"{number}.jpg").write_bytes(random.Random(number).randbytes(9 * 1024 * 1024))
        town.good(WARD, "report", "attach", "--item", SHARED, "--period", PERIOD, str(town.root / f"{number}.jpg"))
    out = town.root / "gửi.zip"
    first, second = town.good(WARD, "package", "write", "--out", str(out), "--carrier", "mail").out.splitlines()
    assert first.startswith(f"Đã ghi: {out} · ")
    assert first.endswith(" · 2 tệp đính kèm · tệp 1/2, còn 1 tệp đính kèm trong tệp sau")
    assert second.startswith(f"Đã ghi: {town.root / 'gửi-2.zip'} · ")
    assert second.endswith(" · 1 tệp đính kèm · tệp 2/2")
    said = town.good(HUB, "package", "import", str(town.root / "gửi-2.zip"), str(out)).out.splitlines()
    assert "Tạm giữ" in said[0]
    assert "1 tệp đính kèm tạm giữ vì chưa có báo cáo nêu tên" in said[0]
    assert "3 tệp đính kèm mới." in said[1]
    assert "chưa có tệp" not in town.good(HUB, "report", "attachments").out
    assert town.good(HUB, "doctor", "--json").json["ok"]


def test_slips(town: Town) -> None:
    empty = town.root / "rỗng.txt"
    empty.touch()
    big = town.root / "phim.mp4"
    with big.open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    place = ("--item", SHARED, "--period", PERIOD)
    for words, reason, code in (
        (("report", "attach", *place, str(empty)), "ATTACHMENT_EMPTY", 1),
        (("report", "attach", *place, str(big)), "ATTACHMENT_TOO_BIG", 1),
        (("report", "attach", *place, str(town.root / "không có")), "FILE_MISSING", 3),
        (("report", "attach", "--item", SHARED, "--period", "quý 3", str(empty)), "PERIOD_UNKNOWN", 2),
        (("report", "attach", *place), "USAGE", 2),
        (("report", "attachment-save", "x", "--out", str(town.root)), "ATTACHMENT_UNKNOWN", 2),
        (("report", "attachment-withdraw", "x"), "ATTACHMENT_UNKNOWN", 2),
        (("package", "write", "--out", str(town.root), "--carrier", "bồ câu"), "USAGE", 2),
    ):
        answer = town.at(WARD, *words)
        assert (answer.reason, answer.code, answer.out) == (reason, code, ""), words
