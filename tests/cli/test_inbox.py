"""The watched folder by commands: chosen, listed, imported; codes and JSON as docs/cli.md has them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from tests.cli.program import listing
from tests.cli.town import HUB, PERIOD, SHARED, STARTER, WARD, Town


def _share(town: Town) -> Path:
    made = town.root / "Thư mục chung"
    made.mkdir()
    return made


def _arrive(town: Town, share: Path, percent: int = 40) -> Path:
    town.enter(WARD, SHARED, f"percent={percent}")
    (source,) = town.write(WARD)
    path = Path(shutil.copy(source, share))
    os.utime(path, (0, 0))
    return path


def test_files_are_listed_imported_and_put_away(town: Town) -> None:
    share = _share(town)
    path = _arrive(town, share)
    (share / "ghi chú \x1b[31m.txt").write_bytes(b"x")
    torn = share / "cụt.sotiendo"
    torn.write_bytes(path.read_bytes()[:-100])
    os.utime(torn, (0, 0))
    coming = share / f".syncthing.{path.name}.tmp"
    coming.write_bytes(b"")
    assert town.good(HUB, "inbox", "set", share).out == f"Thư mục nhận: {share}\n"
    found_period = town.good(HUB, "package", "check", path, "--json").json[0]["period"]
    assert found_period
    before = listing(town.root / HUB)
    said = town.good(HUB, "inbox", "list")
    assert listing(town.root / HUB) == before
    assert f"{path.name} · Phường Bồ Đề · kỳ {found_period}: Sẵn sàng nhập. " in said.out
    assert f"{coming.name}: Đang chép. " in said.out
    assert "cụt.sotiendo: Không nhập được. " in said.out
    assert "Bỏ qua 1 tệp không phải tệp Sổ tiến độ: ghi chú \ufffd[31m.txt" in said.out
    document = town.good(HUB, "inbox", "list", "--json").json
    assert (document["folder"], document["others"]) == (str(share), ["ghi chú \x1b[31m.txt"])
    found = {one["name"]: one for one in document["files"]}
    assert {name: one["state"] for name, one in found.items()} == {
        path.name: "ready", torn.name: "refused", coming.name: "copying",
    }
    checked = town.good(HUB, "package", "check", path, "--json").json[0]
    assert found[path.name]["receipt"].keys() <= checked.keys()
    assert (found[path.name]["receipt"]["new"], found[torn.name]["receipt"]["reason"]) == (
        checked["new"], "PKG_DAMAGED",
    )
    done = town.at(HUB, "inbox", "import", "--json")
    assert (done.code, done.err) == (1, ""), "a refused file is told by the exit code, as package import does"
    assert done.json["moved"] == [{"name": path.name, "to": f"da-nhap/{path.name}"}]
    assert [one["name"] for one in done.json["stayed"]] == [torn.name]
    assert [one["outcome"] for one in done.json["receipts"]] == ["imported", "refused"]
    again = town.good(HUB, "inbox", "import")
    assert again.out == "Không có tệp mới nào để nhập.\n"
    assert any(one["percent"] == 40 for one in town.reports(HUB))


def test_words_of_importing(town: Town) -> None:
    share = _share(town)
    path = _arrive(town, share)
    town.good(HUB, "inbox", "set", share)
    said = town.good(HUB, "inbox", "import").out
    assert f"Đã chuyển: {path.name} → da-nhap/{path.name}" in said
    assert "Đã nhập" in said
    assert town.good(HUB, "inbox", "list").out == f"Không có tệp Sổ tiến độ nào trong {share}.\n"


def test_slips_and_a_folder_that_is_gone(town: Town) -> None:
    share = _share(town)
    for words in (("list",), ("import",)):
        answer = town.at(HUB, "inbox", *words)
        assert (answer.reason, answer.code, answer.out) == ("INBOX_NOT_SET", 2, "")
    assert town.at(HUB, "inbox", "set", share / "không có").reason == "INBOX_NOT_A_FOLDER"
    assert town.at(HUB, "inbox", "set", town.root / HUB).reason == "INBOX_IN_DATA"
    assert town.at("chưa lập", "inbox", "set", share).reason == "FOLDER_NOT_SET_UP"
    assert not (town.root / "chưa lập").exists()
    town.good(HUB, "inbox", "set", share)
    share.rmdir()
    answer = town.at(HUB, "inbox", "list")
    assert (answer.reason, answer.code) == ("MEDIUM_GONE", 3)
    assert town.good(HUB, "inbox", "set", "off").out == "Không theo dõi thư mục nào.\n"
    assert town.at(HUB, "inbox", "list").reason == "INBOX_NOT_SET"


def test_inspecting_needs_no_folder_for_what_is_open_and_cannot_act_on_the_terminal(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=40", "result=một\x1b[31m hai")
    (file,) = town.write(WARD)
    before = listing(town.root / HUB)
    said = town.good(HUB, "package", "inspect", "--facts", file).out
    assert listing(town.root / HUB) == before
    assert re.search(r"Người ký: Phường Bồ Đề · PC\d · đã được chấp nhận", said)
    assert "Kết quả: một\ufffd[31m hai" in said
    assert "\x1b" not in said
    document = town.good(HUB, "package", "inspect", "--facts", "--json", file).json
    assert (document["encrypted"], document["trusted"]) == (True, True)
    assert ["Tỷ lệ %", "40%"] in [pair for fact in document["facts"] for pair in fact["fields"]]
    starter = town.root / STARTER
    alone = town.at("không có thư mục", "package", "inspect", starter)
    assert (alone.code, alone.err) == (0, "")
    assert "Mã hóa: không" in alone.out
    assert not (town.root / "không có thư mục").exists()
    closed = town.at("không có thư mục", "package", "inspect", file, "--json")
    assert (closed.code, closed.json["reason"], closed.json["facts"]) == (1, "PKG_NOT_FOR_US", None)


def test_a_check_says_what_would_change(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=40")
    (file,) = town.write(WARD)
    said = town.good(HUB, "package", "check", file).out
    assert f"Phường Bồ Đề · {PERIOD} · Tỷ lệ %: – → 40% (mới)" in said
    checked = town.good(HUB, "package", "check", "--json", file).json[0]
    assert [(one["item"], one["field"], one["before"], one["after"]) for one in checked["changes"]] == [
        (SHARED, "percent", None, 40),
    ]
    imported = town.take(HUB, file)[0]
    assert imported.keys() < checked.keys()
    assert {name: checked[name] for name in imported if name != "received"} == {
        name: value for name, value in imported.items() if name != "received"
    }
