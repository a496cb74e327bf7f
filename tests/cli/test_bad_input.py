"""What can be wrong around a command: told in a plain sentence, the right exit code, nothing half written."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services.environment import RESOURCES, Environment
from desktop.services.traffic import enrolling
from desktop.services.workspace import workspace
from desktop.store.database import FILE_NAME, Connection
from tests.cli.program import HUMBLE, PASSPHRASE, SMALL_FILES, Answer, Program, listing
from tests.cli.town import BODY, HOME, HUB, PERIOD, PLAN, SHARED, STARTER, WARD, Town
from tests.offices import Clock

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of POSIX")
ENTER = ("report", "enter", "--item", SHARED, "--period", PERIOD, "--set", "percent=5")


def told(answer: Answer, code: str, exit_code: int) -> None:
    """One plain Vietnamese line on standard error with its code, and nothing else."""
    assert (answer.reason, answer.code, answer.out) == (code, exit_code, ""), answer
    assert re.fullmatch(r"[^\n]+[.”)?!)\]] \[[A-Z_]+\]\n", answer.err), answer.err
    assert "Traceback" not in answer.err


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A program of somebody who has nothing yet."""
    (tmp_path / "nhà").mkdir()
    (tmp_path / "nơi").mkdir()
    return Program(tmp_path / "nhà", tmp_path / "nơi")


BAD_PLANS: list[tuple[str, bytes | None, str, int]] = [
    ("trống.txt", b"", "PLAN_EMPTY", 1),
    ("lời chào.txt", "Xin chào các đồng chí".encode(), "PLAN_NOT_A_PLAN", 1),
    ("bảng mã cũ.txt", "Quận ủy Long Biên".encode("utf-16-le"), "PLAN_WRONG_ENCODING", 1),
    ("tcvn3.txt", b"K\xd5 ho\xb9ch", "PLAN_WRONG_ENCODING", 1),
    ("kế hoạch.docx", b"PK\x03\x04", "PLAN_DAMAGED", 1),
    ("kế hoạch.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PLAN_OTHER_FORMAT", 1),
    ("không có.txt", None, "PLAN_MISSING", 3),
    (".", None, "PLAN_IS_FOLDER", 1),
]


@pytest.mark.parametrize(("name", "data", "code", "exit_code"), BAD_PLANS, ids=[one[0] for one in BAD_PLANS])
def test_files_that_are_no_plan(program: Program, name: str, data: bytes | None, code: str, exit_code: int) -> None:
    file = program.place / name
    if data is not None:
        file.write_bytes(data)
    before = listing(program.place.parent)
    told(program.run("plan", "read", file, "--json"), code, exit_code)
    told(program.at(program.place / "dữ liệu", "plan", "import", file), code, exit_code)
    told(program.at(program.place / "dữ liệu", "setup", "hub", "--unit", HUB, "--plan", file), code, exit_code)
    assert listing(program.place.parent) == before


@POSIX
def test_a_plan_without_rights(program: Program) -> None:
    file = program.place / "mật.txt"
    shutil.copyfile(PLAN, file)
    file.chmod(0)
    told(program.after(HUMBLE, "plan", "read", file), "PLAN_NO_RIGHTS", 3)


def test_setting_up_what_cannot_be_set_up_leaves_nothing(program: Program) -> None:
    before = listing(program.place.parent)
    folder = program.place / "a" / "b"
    told(program.at(folder, "setup", "hub", "--unit", "Phường Xa", "--plan", PLAN), "UNIT_UNKNOWN", 2)
    nobody = Program(program.home, program.place, without=frozenset({"SOTIENDO_PASSPHRASE"}))
    told(nobody.at(folder, "setup", "hub", "--unit", HUB, "--plan", PLAN), "PASSPHRASE_MISSING", 3)
    empty = Program(program.home, program.place, {"SOTIENDO_PASSPHRASE": ""})
    told(empty.at(folder, "setup", "hub", "--unit", HUB, "--plan", PLAN), "KEY_EMPTY_PASSPHRASE", 2)
    for words in (("digest",), ("doctor",), ("report", "list"), ("enroll", "code"), ("enroll", "list"),
                  ("package", "write", "--out", program.place), ENTER,
                  ("sheet", "consolidated", "--period", PERIOD, "--out", "bảng.pdf")):
        told(program.at(folder, *words), "FOLDER_NOT_SET_UP", 2)
    assert listing(program.place.parent) == before


@POSIX
def test_setting_up_where_one_may_not_write(program: Program) -> None:
    (program.place / "khóa").mkdir(mode=0o555)
    before = listing(program.place.parent)
    words = ("setup", "hub", "--unit", HUB, "--plan", PLAN)
    told(program.after(HUMBLE, "--data", program.place / "khóa", *words), "FOLDER_NO_RIGHTS", 3)
    told(program.after(HUMBLE, "--data", program.place / "khóa" / "mới", *words), "FOLDER_NO_RIGHTS", 3)
    program.home.chmod(0o555)
    told(program.after(HUMBLE, "--data", program.place / "dữ liệu", *words), "NO_RIGHTS", 3)
    program.home.chmod(0o755)
    told(program.after(SMALL_FILES, "--data", program.place / "dữ liệu", *words), "DISK_FAULT", 3)
    assert listing(program.place.parent) == before


def test_a_unit_that_cannot_be_set_up_leaves_nothing(town: Town) -> None:
    code = town.good(HUB, "enroll", "code").out.strip()
    wrong = f"{(int(code) + 1) % 10**20:020d}"
    (town.root / "hỏng.sotiendo").write_bytes((town.root / STARTER).read_bytes()[:-7])
    common = town.root / "tổng hợp.sotiendo"
    before = listing(town.root)
    for unit, starter, given, expected, exit_code in (
        (WARD, town.root / STARTER, wrong, "ROOT_CODE_DIFFERS", 1),
        (WARD, town.root / STARTER, code[:19], "ROOT_CODE_DIFFERS", 1),
        ("Phường Xa", town.root / STARTER, code, "UNIT_UNKNOWN", 2),
        (WARD, town.root / "hỏng.sotiendo", code, "PKG_TRUNCATED", 1),
        (WARD, common, code, "PKG_NOT_FOR_US", 1),
        (WARD, PLAN, code, "PKG_NOT_A_PACKAGE", 1),
        (WARD, town.root / "không có", code, "FILE_MISSING", 3),
        (WARD, town.root, code, "FILE_NOT_A_FILE", 3),
    ):
        answer = town.at("mới", "setup", "unit", "--unit", unit, "--starter", starter, "--root-code", given)
        told(answer, expected, exit_code)
    answer = town.at(WARD, "setup", "unit", "--unit", WARD, "--starter", STARTER, "--root-code", code)
    told(answer, "FOLDER_ALREADY_SET_UP", 1)
    told(town.at(WARD, "plan", "import", _other_plan(town.root.parent)), "PLAN_ANOTHER", 1)
    assert listing(town.root) == before


def _other_plan(folder: Path) -> Path:
    file = folder / "kế hoạch khác.txt"
    text = PLAN.read_text(encoding="utf-8").replace("160 -KH/QU", "161-KH/QU")
    file.write_text(text, encoding="utf-8")
    return file


def test_data_folders_that_cannot_be_opened(town: Town) -> None:
    (town.root / "tệp").write_text("x", encoding="utf-8")
    told(town.at("tệp", "report", "list"), "FOLDER_IS_FILE", 3)
    told(town.at("tệp/dưới", "report", "list"), "FOLDER_IS_FILE", 3)
    told(town.at("dài" * 90, "report", "list"), "FOLDER_BAD_NAME", 3)
    with sqlite3.connect(town.root / WARD / FILE_NAME) as raw:
        raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('sotiendo', 'sau', '')")
    raw.close()
    (town.root / BODY / FILE_NAME).write_bytes(b"<html>" * 1000)
    before = listing(town.root)
    told(town.at(WARD, "report", "list"), "DATA_NEWER", 3)
    told(town.at(WARD, *ENTER), "DATA_NEWER", 3)
    told(town.at(BODY, "report", "list"), "DATA_DAMAGED", 3)
    told(town.at(BODY, "setup", "hub", "--unit", HUB, "--plan", PLAN), "DATA_DAMAGED", 3)
    assert listing(town.root) == before


def test_a_second_copy_of_the_program_on_one_folder(town: Town) -> None:
    first = Connection(town.root / WARD)
    before = listing(town.root)
    for words in (("report", "list"), ENTER, ("package", "write", "--out", town.root)):
        told(town.at(WARD, *words), "FOLDER_IN_USE", 3)
    assert listing(town.root) == before
    first.close()
    town.good(WARD, "report", "list")


@POSIX
def test_a_data_folder_that_may_only_be_read(town: Town) -> None:
    for path in (*(town.root / WARD).iterdir(), town.root / WARD):
        path.chmod(0o555)
    before = listing(town.root)
    told(town.program.after(HUMBLE, "--data", town.root / WARD, *ENTER), "FOLDER_NO_RIGHTS", 3)
    assert listing(town.root) == before
    (town.root / WARD).chmod(0o755)
    (town.root / WARD / "dang-mo.lock").chmod(0o644)
    told(town.program.after(HUMBLE, "--data", town.root / WARD, *ENTER), "FOLDER_NO_RIGHTS", 3)
    assert listing(town.root) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only the superuser may mount a small disk")
    command = [mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path, left: int = 0) -> None:
    """Fill a disk up to some bytes."""
    filler = folder / "đầy"
    space = shutil.disk_usage(folder).free - left
    with filler.open("ab") as file:
        file.write(b"\0" * space)


def test_a_full_disk_at_every_stage(town: Town, small_disk: Path) -> None:
    ward = small_disk / "phường"
    shutil.copytree(town.root / WARD, ward)
    program = town.program
    program.good(ward, *ENTER)
    (before,) = program.good(ward, "report", "list", "--json").json
    _fill(small_disk)
    digest = program.good(ward, "digest").out
    long = ("report", "enter", "--item", SHARED, "--period", PERIOD, "--set", f"result={'dài ' * 4000}")
    told(program.at(ward, *long), "DISK_FULL", 3)
    told(program.at(ward, "package", "write", "--out", small_disk), "DISK_FULL", 3)
    sheet = ("sheet", "consolidated", "--period", PERIOD, "--format", "xlsx", "--out", small_disk / "bảng.xlsx")
    told(program.at(ward, *sheet), "DISK_FULL", 3)
    told(program.at(small_disk / "mới", "setup", "hub", "--unit", HUB, "--plan", PLAN), "DISK_FULL", 3)
    town.enter(HUB, SHARED, f"evidence={'Công văn ' * 2000}", unit=WARD)
    incoming = next(path for path in town.write(HUB) if "BoDe" in path.name)
    imported = program.at(ward, "package", "import", incoming, "--json")
    assert (imported.code, [one["reason"] for one in imported.json]) == (3, ["DISK_FULL"])
    assert sorted(path.name for path in small_disk.iterdir()) == ["phường", "đầy"]
    (small_disk / "đầy").unlink()
    assert program.good(ward, "digest").out == digest
    assert program.good(ward, "report", "list", "--json").json == [before]
    assert program.good(ward, "doctor", "--json").json["ok"]
    (written,) = program.good(ward, "package", "write", "--out", town.root / "sau.sotiendo", "--json").json
    assert written["facts"] >= 1, "what could not be written still waits"
    assert program.good(ward, "package", "import", incoming, "--json").json[0]["outcome"] == "imported"


@POSIX
def test_a_medium_that_takes_no_more(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5", f"result={'Kết quả ' * 400}")
    before = listing(town.root)
    out = town.root / "USB"
    out.mkdir()
    run = town.program.after
    # The data folder's own file meets the limit too, and first.
    told(run(SMALL_FILES, "--data", town.root / WARD, "package", "write", "--out", out), "DISK_FAULT", 3)
    told(run(SMALL_FILES, "--data", town.root / WARD, *ENTER[:-1], "percent=6"), "DISK_FAULT", 3)
    told(run(SMALL_FILES, "--data", town.root / HUB, "sheet", "consolidated", "--period", PERIOD, "--out",
             out / "bảng.pdf"), "DISK_FULL", 3)
    assert list(out.iterdir()) == []
    out.rmdir()
    assert listing(town.root) == before
    assert town.good(WARD, "package", "write", "--out", town.root, "--json").json[0]["facts"] == 1


@POSIX
def test_outputs_that_cannot_be_written(town: Town) -> None:
    closed = town.root / "khóa"
    closed.mkdir(mode=0o555)
    (town.root / "tệp").write_text("x", encoding="utf-8")
    gone = town.root / "USB đã rút"
    before = listing(town.root)
    for out, code in ((closed, "NO_RIGHTS"), (gone, "MEDIUM_GONE"), (gone / "a.sotiendo", "MEDIUM_GONE"),
                      (town.root / "tệp" / "a.sotiendo", "MEDIUM_GONE"),
                      (town.root / f"{'dài' * 90}.sotiendo", "FILE_BAD_NAME")):
        answer = town.program.after(HUMBLE, "--data", town.root / WARD, "package", "write", "--out", out)
        told(answer, code, 3)
        target = out / "bảng.pdf" if out in (closed, gone) else out
        told(town.program.after(HUMBLE, "--data", town.root / WARD, "sheet", "consolidated", "--period", PERIOD,
                                "--format", "xlsx", "--out", target), code, 3)
    told(town.program.after(HUMBLE, "--data", town.root / HUB, "enroll", "starter", "--out", closed), "NO_RIGHTS", 3)
    assert listing(town.root) == before


def test_files_that_are_no_package_are_told_one_by_one(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5")
    (good,) = town.write(WARD)
    folder = town.folder("lạ")
    for name, data in (("trống", b""), ("thư.html", b"<html>"), ("số không", bytes(500)),
                       ("cụt.sotiendo", good.read_bytes()[:-1]), ("thừa.sotiendo", good.read_bytes() + b"\0")):
        (folder / name).write_bytes(data)
    files = [folder / name for name in ("trống", "thư.html", "số không", "cụt.sotiendo", "thừa.sotiendo", "mất")]
    checked = [town.at(HUB, "package", "check", file, "--json") for file in (*files, folder)]
    answer = town.at(HUB, "package", "import", "--json", *files, folder, good)
    assert (answer.code, answer.err) == (1, "")
    found = [(one["outcome"], one["reason"]) for one in answer.json]
    assert found == [
        ("refused", "PKG_EMPTY"), ("refused", "PKG_NOT_A_PACKAGE"), ("refused", "PKG_EMPTY"),
        ("refused", "PKG_DAMAGED"), ("refused", "PKG_DAMAGED"), ("unreadable", "FILE_MISSING"),
        ("unreadable", "FILE_NOT_A_FILE"), ("imported", ""),
    ]
    assert [(one.json[0]["outcome"], one.json[0]["reason"]) for one in checked] == found[:-1]
    assert [one.code for one in checked] == [1, 1, 1, 1, 1, 3, 3]
    assert all(one["summary"].endswith((".", ".)")) for one in answer.json)


def test_packages_of_another_district_and_for_another_unit(town: Town, tmp_path: Path) -> None:
    other = tmp_path / "quận khác"
    environment = Environment(Clock(), RESOURCES, other / "khoa", lambda _new: PASSPHRASE, os.urandom)
    enrolling.setup_hub(environment, other / HUB, HUB, PLAN)
    with workspace(environment, other / HUB) as hub:
        foreign = enrolling.write_starter(hub, other).path
    theirs = next(path for path in town.write(HUB) if "BoDe" in path.name)
    before = {office: listing(town.root / office)["sotiendo.db"] for office in (HUB, WARD, BODY)}
    for office, file, code in ((HUB, foreign, "PKG_OTHER_PLAN"), (WARD, foreign, "PKG_OTHER_PLAN"),
                               (BODY, theirs, "PKG_NOT_FOR_US")):
        for verb in ("check", "import"):
            answer = town.at(office, "package", verb, file, "--json")
            assert (answer.code, answer.json[0]["reason"]) == (1, code)
    assert {office: listing(town.root / office)["sotiendo.db"] for office in before} == before


def test_a_wrong_passphrase_is_about_the_key_and_not_about_the_file(town: Town) -> None:
    town.enter(WARD, SHARED, "percent=5")
    (file,) = town.write(WARD)
    before = listing(town.root)
    stranger = Program(town.root / HOME, town.root, {"SOTIENDO_PASSPHRASE": "không phải"})
    for words in (("package", "import", file), ("package", "check", file), ("package", "write", "--out", town.root),
                  ("enroll", "starter", "--out", town.root)):
        told(stranger.at(town.root / HUB, *words), "KEY_WRONG_PASSPHRASE", 1)
    elsewhere = Program(town.root, town.root)
    told(elsewhere.at(town.root / HUB, "package", "import", file), "KEY_MISSING", 3)
    nobody = Program(town.root / HOME, town.root, without=frozenset({"SOTIENDO_PASSPHRASE"}))
    told(nobody.at(town.root / HUB, "package", "import", file), "PASSPHRASE_MISSING", 3)
    # Reading and entering need no key.
    nobody.good(town.root / WARD, *ENTER[:-1], "percent=6")
    nobody.good(town.root / WARD, "report", "list")
    assert listing(town.root / HUB) == {name.removeprefix(f"{HUB}/"): data for name, data in before.items()
                                        if name.startswith(f"{HUB}/")}


@POSIX
def test_a_file_whose_name_is_no_text(town: Town) -> None:
    path = os.fsencode(town.root) + b"/t\xe9p.sotiendo"
    with open(path, "wb") as file:
        file.write(b"x")
    for verb in ("check", "import"):
        answer = town.at(HUB, "package", verb, "--json", os.fsdecode(path))
        assert (answer.code, answer.json[0]["reason"]) == (1, "PKG_NOT_A_PACKAGE")
    town.enter(WARD, SHARED, "percent=5")
    (good,) = town.write(WARD)
    with open(path, "wb") as file:
        file.write(good.read_bytes())
    assert town.at(HUB, "package", "import", os.fsdecode(path)).code == 0


@POSIX
def test_nobody_to_read_the_answer_and_nowhere_to_put_it(town: Town) -> None:
    command = town.program.words("--data", town.root / HUB, "plan", "read", PLAN, "--json")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, cwd=town.root, env=town.program.environment, stdout=full, check=False,
                              stderr=subprocess.PIPE)
    told(Answer(done.returncode, "", done.stderr.decode()), "OUTPUT_FAILED", 3)
    shell = subprocess.run(
        ["sh", "-c", '"$@" | head -c 10', "sh", *command], cwd=town.root, env=town.program.environment, check=False,
        capture_output=True,
    )
    assert (shell.stdout.decode()[:1], shell.stderr) == ("{", b"")
    closed = subprocess.run(
        ["sh", "-c", '"$@" <&- >&-', "sh", *town.program.words("--data", town.root / HUB, "digest")], cwd=town.root,
        env=town.program.environment, check=False, capture_output=True,
    )
    assert (closed.returncode, closed.stderr) == (0, b"")
