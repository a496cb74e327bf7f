"""The whole job through the real program: plan in, reports, files to and fro, the sheet, and what may go wrong."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest

from tests.cli.program import Answer, listing
from tests.cli.town import (
    BODY,
    HUB,
    PERIOD,
    PLAN,
    SHARED,
    STARTER,
    THCS,
    WARD,
    WARD_AGAIN,
    Town,
    enrolled_town,
)

RECEIPT = {
    "file": str, "outcome": str, "reason": str, "summary": str, "sender_unit": str, "check_code": str, "received": str,
    "new": int, "already_had": int, "held": int, "quarantined": int, "conflicts": int, "segments": list, "gaps": list,
    "request_code": str,
}
REPORT = {
    "item": str, "unit": str, "period": str, "state": str, "percent": int, "done_on": str, "result": str,
    "evidence": str, "difficulties": str, "proposals": str, "conflicts": list, "rivals": dict, "author": str,
    "entered": str, "withdrawn": bool, "not_counted": list,
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town of enrolled offices; never changed."""
    return enrolled_town(tmp_path_factory.mktemp("quận") / "Quận Long Biên, thử")


@pytest.fixture
def town(made: Town, tmp_path: Path) -> Town:
    """A copy of the town to work in: data folders and keys lie somewhere else than where they were made."""
    return made.copied(tmp_path / "Thư mục của tôi")


def shapes(value: dict[str, Any], expected: dict[str, type]) -> None:
    """The documented keys are there with values of their types; null stands for nothing."""
    assert expected.keys() <= value.keys()
    for name, kind in expected.items():
        assert value[name] is None or type(value[name]) is kind, (name, value[name])


@pytest.mark.parametrize(
    ("hub", "unit", "item"),
    [("Quận Long Biên", "Phường Bồ Đề", SHARED), ("UB MTTQ quận", "quan long bien", THCS),
     ("PHƯỜNG BỒ ĐỀ", "UB MTTQ quận", THCS)],
)
def test_any_unit_of_the_tree_can_be_the_hub_and_any_can_report(
    tmp_path: Path, hub: str, unit: str, item: str
) -> None:
    town = Town(tmp_path / "Nơi làm việc")
    town.found(hub)
    code = town.good(hub, "enroll", "code").out
    assert re.fullmatch(r"\d{20}\n", code)
    spaced = " ".join(code[at:at + 4] for at in range(0, 20, 4))
    torn = spaced.split() if unit.startswith("Phường") else [spaced]
    town.good("đơn vị", "setup", "unit", "--unit", unit, "--starter", STARTER, "--root-code", *torn)
    town.enter("đơn vị", item, "state=doing", "percent=40", "result=Đang làm, trước khi được duyệt")
    (file,) = town.write("đơn vị")
    (receipt,) = town.take(hub, file)
    own = town.good("đơn vị", "enroll", "code").out.strip()
    assert (receipt["outcome"], receipt["reason"]) == ("held", "DEVICE_NOT_ENROLLED")
    assert receipt["request_code"] == own
    assert town.reports(hub) == []
    assert town.good(hub, "enroll", "approve", *own[:4].split(), own[4:]).out.split()[0] == own
    town.enter("đơn vị", item, "percent=60")
    town.take(hub, *town.write("đơn vị"))
    (report,) = town.reports(hub)
    assert (report["item"], report["percent"], report["conflicts"]) == (item, 60, [])
    common = next(path for path in town.write(hub) if path.name.startswith("TongHop_"))
    assert town.take("đơn vị", common)[0]["outcome"] == "imported"
    assert town.digest("đơn vị") == town.digest(hub)


def test_held_then_approved_then_applied(made: Town, tmp_path: Path) -> None:
    town = made.copied(tmp_path / "bản sao")
    newcomer = "Hội LHPN quận"
    town.join(newcomer, newcomer)
    town.enter(newcomer, "II/3/3.1/3.1.8", "state=done", "percent=100", "done_on=2023-09-10", "result=Xong")
    (file,) = town.write(newcomer)
    checked = town.good(HUB, "package", "check", file, "--json").json
    (imported,) = town.take(HUB, file)
    same = [{name: one[name] for name in imported} | {"received": ""} for one in checked]
    assert same == [imported | {"received": ""}]
    shapes(imported, RECEIPT)
    assert MOMENT.fullmatch(imported["received"])
    assert imported["held"] == imported["new"] >= 1
    assert {segment["outcome"] for segment in imported["segments"]} <= {"held", "already_had"}
    assert all(
        {"log", "first", "last", "outcome", "reason"} <= segment.keys() for segment in imported["segments"]
    )
    requests = town.good(HUB, "enroll", "list", "--json").json
    (pending,) = [one for one in requests if one["state"] == "pending"]
    shapes(pending, {"code": str, "unit_id": str, "unit_name": str, "device_label": str, "state": str, "held": int})
    assert (pending["unit_name"], pending["held"]) == ("Hội LHPN quận", imported["held"])
    assert pending["code"] == town.good(newcomer, "enroll", "code").out.strip() == imported["request_code"]
    assert town.at(HUB, "enroll", "approve", "1" * 20).reason == "CODE_UNKNOWN"
    approved = town.good(HUB, "enroll", "approve", "--all").out
    assert approved.splitlines() == [f"{pending['code']} Hội LHPN quận"]
    assert town.good(HUB, "enroll", "approve", "--all").out == ""
    assert {one["state"] for one in town.good(HUB, "enroll", "list", "--json").json} == {"approved"}
    (report,) = town.reports(HUB)
    shapes(report, REPORT)
    assert MOMENT.fullmatch(report["entered"])
    assert report | {"author": "", "entered": ""} == {
        "item": "II/3/3.1/3.1.8", "unit": "Hội LHPN quận", "period": PERIOD, "state": "done", "percent": 100,
        "done_on": "2023-09-10", "result": "Xong", "evidence": "", "difficulties": "", "proposals": "",
        "conflicts": [], "rivals": {}, "author": "", "entered": "",
        "withdrawn": False, "not_counted": [],
    }


def test_a_package_goes_to_a_folder_or_a_file_and_never_over_another(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5")
    out = town.folder("một")
    (first,) = town.good(WARD, "package", "write", "--out", out, "--json").json
    shapes(first, {"path": str, "recipient": str, "check_code": str, "facts": int})
    assert re.fullmatch(r"P-BoDe_\d{4}-Q\d_\d{4}-\d\d-\d\d_PC[12]\.sotiendo", Path(first["path"]).name)
    assert re.fullmatch(r"[A-Z]{4} \d{4}", first["check_code"])
    assert first["facts"] == 1
    (second,) = town.good(WARD, "package", "write", "--out", out, "--json").json
    assert Path(second["path"]).name == Path(first["path"]).name.replace(".", "-2.")
    target = out / "Báo cáo của phường.sotiendo"
    said = town.good(WARD, "package", "write", "--out", target).out
    assert str(target) in said
    assert len(listing(out)) == 3
    hub_file = out / "tổng hợp chung.zip"
    (common,) = town.good(HUB, "package", "write", "--out", hub_file, "--json").json
    assert common["recipient"] == "Tất cả đơn vị"
    recipients = {one["recipient"] for one in town.good(HUB, "package", "write", "--out", out, "--json").json}
    assert recipients == {"Tất cả đơn vị", "Phường Bồ Đề", "Trung tâm Phát triển quỹ đất"}
    receipts = town.take(HUB, *(Path(one["path"]) for one in (first, second)), target)
    assert [one["outcome"] for one in receipts] == ["imported", "already_had", "already_had"]


def test_importing_twice_changes_nothing_and_a_flipped_bit_is_refused(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5", "result=Năm phần trăm")
    (file,) = town.write(WARD)
    assert town.take(HUB, file)[0]["outcome"] == "imported"
    digest, stored = town.digest(HUB), listing(town.root / HUB)
    assert town.take(HUB, file)[0]["outcome"] == "already_had"
    (other,) = town.write(WARD)
    data = bytearray(other.read_bytes())
    data[len(data) // 2] ^= 0x04
    flipped = other.with_name("một bit.sotiendo")
    flipped.write_bytes(data)
    checked = town.at(HUB, "package", "check", flipped, "--json")
    assert (checked.code, checked.json[0]["reason"]) == (1, "PKG_DAMAGED")
    assert listing(town.root / HUB) == stored
    refused = town.at(HUB, "package", "import", "--json", flipped, other)
    assert refused.code == 1
    assert [one["outcome"] for one in refused.json] == ["refused", "already_had"]
    shapes(refused.json[0], RECEIPT)
    assert refused.json[0]["summary"].endswith(".")
    assert town.digest(HUB) == digest
    assert listing(town.root / HUB)["sotiendo.db"] != b""
    in_words = town.at(HUB, "package", "import", flipped)
    assert in_words.code == 1
    assert "Từ chối (PKG_DAMAGED)" in in_words.out


def test_other_orders_of_files_give_one_digest(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5")
    files = town.write(WARD)
    town.enter(WARD, SHARED, "percent=9", "state=doing")
    town.enter(WARD_AGAIN, SHARED, "percent=7")
    files += [*town.write(WARD), *town.write(WARD_AGAIN)]
    digests = set()
    # Each file once first, once last, and once after and before each other.
    for number in range(len(files)):
        order = files[number:] + files[:number]
        copy = f"đơn vị tổng hợp {number}"
        shutil.copytree(town.root / HUB, town.root / copy)
        town.take(copy, *order)
        digests.add(town.digest(copy))
    assert len(digests) == 1
    health = town.good(copy, "doctor", "--json").json
    assert health["ok"] is True
    for check in health["checks"]:
        shapes(check, {"name": str, "ok": bool, "detail": str})
    assert town.good(copy, "doctor").out.count("Tốt: ") == len(health["checks"])


def test_two_machines_of_a_unit_conflict_in_the_list_and_on_the_sheet(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=65", "state=doing", "result=Theo máy một")
    town.enter(WARD_AGAIN, SHARED, "percent=62", "state=doing", "result=Theo máy hai")
    receipts = town.take(HUB, *town.write(WARD), *town.write(WARD_AGAIN))
    assert [one["conflicts"] for one in receipts] == [0, 1]
    (report,) = town.reports(HUB)
    shapes(report, REPORT)
    assert (report["percent"], report["state"], report["conflicts"]) == (62, "doing", ["percent", "result"])
    assert set(report["rivals"]) == {"percent", "result"}
    assert {one["value"] for one in report["rivals"]["percent"]} == {62, 65}
    assert isinstance(report["rivals"]["percent"][0]["value"], int)
    for rival in report["rivals"]["result"]:
        shapes(rival, {"author": str, "entered": str})
        assert MOMENT.fullmatch(rival["entered"])
    assert "cần đối chiếu" in town.good(HUB, "report", "list").out
    assert any("1 nội dung cần đối chiếu" in cell for cell in _sheet_cells(town, HUB))
    back = town.write(HUB)
    town.take(WARD, next(path for path in back if "BoDe" in path.name))
    town.enter(WARD, SHARED, "percent=63", "result=Đã thống nhất")
    town.take(HUB, *town.write(WARD))
    (report,) = town.reports(HUB)
    assert (report["percent"], report["result"], report["conflicts"]) == (63, "Đã thống nhất", [])
    assert report["rivals"] == {}


def _pdf_text(town: Town, office: str) -> str:
    out = town.folder("in") / "Bảng tổng hợp quý III.pdf"
    out.unlink(missing_ok=True)
    town.good(office, "sheet", "consolidated", "--period", PERIOD, "--format", "pdf", "--out", out)
    assert out.read_bytes().startswith(b"%PDF-")
    with pdfplumber.open(out) as pdf:
        pages = [page.extract_text() or "" for page in pdf.pages]
        assert all((round(page.width), round(page.height)) == (842, 595) for page in pdf.pages)
    assert all(f"Trang {number}/{len(pages)}" in text for number, text in enumerate(pages, start=1))
    return "\n".join(pages)


def _sheet_cells(town: Town, office: str) -> list[str]:
    """Every cell of the sheet as Excel has it; none is a formula."""
    out = town.root / "Bảng tổng hợp.xlsx"
    said = town.good(office, "sheet", "consolidated", "--period", PERIOD, "--format", "xlsx", "--out", out).out
    assert str(out) in said
    cells = [
        cell for sheet in openpyxl.load_workbook(BytesIO(out.read_bytes())) for row in sheet.iter_rows() for cell in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return [str(cell.value) for cell in cells if cell.value is not None]


def test_the_sheet_says_what_was_reported_as_pdf_and_as_xlsx(town: Town) -> None:
    result = "10/10 trường <hoàn thành> & bàn giao"
    town.enter(BODY, THCS, "state=done", "percent=100", "done_on=8/9/2023", f"result={result}",
               "evidence=BC 245/BC-TTPTQĐ")
    town.take(HUB, *town.write(BODY))
    text = " ".join(_pdf_text(town, HUB).split())
    for words in ("Quý III/2023", "160-KH/QU", "BC 245/BC-TTPTQĐ", "<hoàn", "thành>", "&", "Số liệu cập nhật"):
        assert words in text
    cells = _sheet_cells(town, HUB)
    assert any(result in cell for cell in cells)
    assert any("BC 245/BC-TTPTQĐ" in cell for cell in cells)


def test_odd_characters_and_formulas_in_a_report_are_only_text(town: Town) -> None:
    result = "=HYPERLINK(\"http://x\")\n\x1b[31mđỏ\x07 và 😀"
    town.enter(WARD, SHARED, "state=doing", f"result={result}", "difficulties=+1+2", "proposals=<b>&amp;</i>")
    town.take(HUB, *town.write(WARD))
    (report,) = town.reports(HUB)
    assert report["result"] == result
    assert "\x1b" not in town.good(HUB, "report", "list").out
    town.good(HUB, "sheet", "consolidated", "--period", PERIOD, "--out", town.root / "bảng.pdf")
    assert (town.root / "bảng.pdf").read_bytes().startswith(b"%PDF-")
    cells = _sheet_cells(town, HUB)
    assert any(cell.startswith("=HYPERLINK") for cell in cells)
    assert "<b>&amp;</i>" in cells


_DIE_AFTER_SAVING = """
import os, signal, sys
from desktop import __main__
from desktop.cli import output
say = output.line
def line(text):
    say(text)
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
output.line = line
__main__.main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_what_was_said_to_be_saved_survives_a_kill(town: Town) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _DIE_AFTER_SAVING, "--data", str(town.root / WARD), "report", "enter", "--item", SHARED,
         "--period", PERIOD, "--set", "percent=77", "--set", "result=Trước khi mất điện"],
        cwd=town.root, env=town.program.environment, capture_output=True, check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.decode().startswith("Đã lưu")
    (report,) = town.reports(WARD)
    assert (report["percent"], report["result"]) == (77, "Trước khi mất điện")
    assert town.good(WARD, "doctor", "--json").json["ok"]


_DIE_WHILE_IMPORTING = """
import os, signal, sys
from desktop import __main__
from desktop.store.database import Connection
left = int(sys.argv[1])
def counted(method):
    def run(self, *arguments):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(self, *arguments)
    return run
Connection.run = counted(Connection.run)
Connection.run_many = counted(Connection.run_many)
sys.exit(__main__.main(sys.argv[2:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_crash_while_importing_leaves_the_state_before(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=77")
    (file,) = town.write(WARD)
    before = town.digest(HUB)
    for writes in (1, 4, 9):
        done = subprocess.run(
            [sys.executable, "-c", _DIE_WHILE_IMPORTING, str(writes), "--data", str(town.root / HUB), "package",
             "import", str(file)],
            cwd=town.root, env=town.program.environment, capture_output=True, check=False,
        )
        assert done.returncode == -signal.SIGKILL, done
        assert town.digest(HUB) == before
    assert town.take(HUB, file)[0]["outcome"] == "imported"
    assert town.good(HUB, "doctor", "--json").json["ok"]


def test_a_copied_data_folder_opens_and_writes(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5")
    for office in (HUB, WARD):
        copy = f"{office} chép sang USB"
        shutil.copytree(town.root / office, town.root / copy)
        assert town.digest(copy) == town.digest(office)
    town.enter(f"{WARD} chép sang USB", SHARED, "percent=6")
    town.take(f"{HUB} chép sang USB", *town.write(f"{WARD} chép sang USB"))
    assert town.reports(f"{HUB} chép sang USB")[0]["percent"] == 6
    assert len(town.write(f"{HUB} chép sang USB")) == 3
    assert town.good(f"{HUB} chép sang USB", "doctor", "--json").json["ok"]


def test_plan_import_makes_a_hub_and_the_same_plan_again_changes_nothing(tmp_path: Path) -> None:
    town = Town(tmp_path)
    (tmp_path / "nhà riêng").mkdir()
    assert "160-KH/QU" in town.good("mới", "plan", "import", PLAN).out
    before = town.digest("mới")
    assert "đã có" in town.good("mới", "plan", "import", PLAN).out
    assert town.digest("mới") == before
    assert re.fullmatch(r"\d{20}\n", town.good("mới", "enroll", "code").out)


def test_own_files_and_the_starter_may_be_imported_anywhere(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5")
    (own,) = town.write(WARD)
    before = town.digest(WARD)
    assert town.take(WARD, own)[0]["outcome"] == "already_had"
    for office in (HUB, WARD, BODY):
        assert town.take(office, town.root / STARTER)[0]["outcome"] == "already_had"
    assert town.digest(WARD) == before


def test_times_are_read_line_by_line(town: Town) -> None:
    phrases = "Quý III\r\n\nTrước ngày 25/10\nThường xuyên\x0c\u2028tiếp\nxyz"
    answer = town.program.run("times", "read", "--year", "2023", "--column", "end", "--json", stdin=phrases)
    assert (answer.code, answer.err) == (0, "")
    times = [Answer(0, line, "").json for line in answer.out.splitlines()]
    assert [one["kind"] for one in times][:3] == ["quarter", "unscheduled", "date"]
    assert len(times) == 5
    for time in times:
        shapes(time, {"text": str, "kind": str, "first": str, "last": str, "checkpoints": list})
    wrong = town.program.run("times", "read", "--year", "2023", "--column", "start", "--json", stdin=b"Qu\xfd III\n")
    assert (wrong.code, len(wrong.out.splitlines())) == (0, 1)


def test_plan_read_prints_the_documented_document(town: Town) -> None:
    before = listing(town.root / "nhà riêng")
    answer = town.program.run("plan", "read", PLAN, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert list(answer.json) == ["plan", "nodes", "findings", "tables"]
    assert not [one for one in answer.json["findings"] if one["severity"] == "error"]
    plain = town.program.run("plan", "read", PLAN).out
    assert "160-KH/QU" in plain
    assert "nội dung" in plain
    assert listing(town.root / "nhà riêng") == before


Refusal = tuple[str, int, Callable[[Town], tuple[str | Path, ...]]]
REFUSALS: list[Refusal] = [
    ("FOLDER_ALREADY_SET_UP", 1, lambda town: ("setup", "hub", "--unit", HUB, "--plan", PLAN)),
    ("ITEM_UNKNOWN", 2, lambda town: ("report", "enter", "--item", "I/9", "--period", PERIOD, "--set", "percent=1")),
    ("ITEM_NOT_REPORTABLE", 2,
     lambda town: ("report", "enter", "--item", "I/1", "--period", PERIOD, "--set", "percent=1")),
    ("PERIOD_UNKNOWN", 2,
     lambda town: ("report", "enter", "--item", SHARED, "--period", "2023-Q7", "--set", "percent=1")),
    ("REPORT_BAD_VALUE", 2,
     lambda town: ("report", "enter", "--item", SHARED, "--period", PERIOD, "--set", "percent=101")),
    ("REPORT_FIELD_UNKNOWN", 2,
     lambda town: ("report", "enter", "--item", SHARED, "--period", PERIOD, "--set", "mood=vui")),
    ("UNIT_UNKNOWN", 2, lambda town: (
        "report", "enter", "--item", SHARED, "--unit", "Phường Xa", "--period", PERIOD, "--set", "percent=1")),
    ("UNIT_NOT_YOURS", 2, lambda town: (
        "report", "enter", "--item", SHARED, "--unit", "Phường Ngọc Lâm", "--period", PERIOD, "--set", "percent=1")),
    ("HUB_ONLY", 2, lambda town: ("enroll", "approve", "--all")),
    ("HUB_ONLY", 2, lambda town: ("enroll", "starter", "--out", "tệp.sotiendo")),
    ("PERIOD_UNKNOWN", 2, lambda town: ("sheet", "consolidated", "--period", "2023-13", "--out", "bảng.pdf")),
]


def test_what_a_unit_may_not_do_is_told_and_changes_nothing(town: Town) -> None:
    before = listing(town.root)
    for code, exit_code, words in REFUSALS:
        answer = town.at(WARD, *words(town))
        assert (answer.reason, answer.code, answer.out) == (code, exit_code, ""), answer
    assert listing(town.root) == before
