"""The store on a real file: opening, refusing, one transaction, projections equal to a rebuild."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils.migrations import Migrations

from desktop.models.authority import APPLIED, Judgement, Standing
from desktop.models.errors import EnvironmentTrouble
from desktop.models.facts import Content, Reference, make_line
from desktop.models.record_ids import report_record
from desktop.models.strict_json import JsonValue
from desktop.store.database import FILE_NAME, plain_words
from desktop.store.journal import FactRow, LogRow, SegmentRow
from desktop.store.migrations import SET, STEPS, applied
from desktop.store.store import Store, open_store

LOG = LogRow("ab" * 16, "11" * 32, "22" * 16, "ff" * 16, "phuong-a", own=True)
ITEM = "0" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "dữ liệu").of(LOG.plan_id)
    yield opened
    opened.close()


def make(folder: Path) -> None:
    """A data folder in which something was saved."""
    store = open_store(folder)
    with store.atomic():
        store.office.set_setting("person", "Người nhập 1")
    store.close()


def append(
    store: Store, contents: list[Content], judgement: Judgement = APPLIED, *, log: LogRow = LOG
) -> list[FactRow]:
    store.journal.add_log(log)
    end = store.journal.end(log.id)
    seq, head = end or (0, b"\0" * 32)
    rows = []
    for content in contents:
        seq += 1
        line = make_line(seq, content)
        following = hashlib.sha256(head + hashlib.sha256(line).digest()).digest()
        rows.append(FactRow(log.id, seq, head, following, line, content, judgement))
        head = following
    store.journal.add_facts(rows)
    store.projections.update(content.record for content in contents)
    return rows


def report(fields: dict[str, JsonValue], *supersedes: int) -> Content:
    references = {name: tuple(Reference("", seq, "") for seq in supersedes) for name in fields} if supersedes else {}
    return Content(1694660400, "Người nhập 1", "report", report_record(ITEM, "phuong-a", "2023-Q3"), fields, references)


def node(title: str, leads: list[str]) -> Content:
    fields: dict[str, JsonValue] = {"code": "2.1.9", "title": title, "leads": list(leads), "coordinators": ["x"]}
    return Content(0, "", "node", ITEM, fields, {})


def test_what_was_appended_is_projected_and_equal_to_a_rebuild(store: Store) -> None:
    with store.atomic():
        append(store, [node("Cải tạo trường THCS", ["ttptqd"]), report({"percent": 10}), report({"percent": 70}, 2)])
    row = store.queries.report(report_record(ITEM, "phuong-a", "2023-Q3"))
    assert row is not None
    assert row.body == {"percent": 70}
    assert row.conflicts == ()
    assert store.queries.assignments() == ((ITEM, "ttptqd", True), (ITEM, "x", False))
    assert store.queries.search("TRƯỜNG thcs", 10) == ((ITEM,), 1)
    assert store.rebuilt_digest() == store.projections.digest()


def correction(fields: dict[str, JsonValue], *supersedes: int) -> Content:
    references = {name: tuple(Reference("", seq, "") for seq in supersedes) for name in fields} if supersedes else {}
    return Content(0, "", "correction", ITEM, {**fields, "reason": "vì thế"}, references)


def test_a_correction_makes_one_row_with_its_node_and_none_without(store: Store) -> None:
    with store.atomic():
        append(store, [correction({"title": "Sửa trường"}), correction({"leads": ["y"]}, 1)])
    assert store.queries.record(ITEM) is None
    assert store.queries.assignments() == ()
    with store.atomic():
        append(store, [node("Cải tạo trường THCS", ["ttptqd"]), correction({"title": "Sửa trường"}, 1, 3),
                       correction({"leads": ["y"]}, 2, 3)])
    row = store.queries.record(ITEM)
    assert row is not None
    assert row in store.queries.records("node")
    assert row.body == {"code": "2.1.9", "title": "Sửa trường", "leads": ["y"], "coordinators": ["x"],
                        "corrected": ["leads", "title"]}
    assert row.conflicts == ()
    assert store.queries.assignments() == ((ITEM, "x", False), (ITEM, "y", True))
    assert store.queries.search("sua truong", 9) == ((ITEM,), 1)
    assert store.queries.search("thcs", 9) == ((), 0)
    assert store.rebuilt_digest() == store.projections.digest()


def test_a_correction_back_to_what_was_read_corrects_nothing(store: Store) -> None:
    with store.atomic():
        append(store, [node("Cải tạo", ["a"]), correction({"title": "Sửa"}, 1), correction({"title": "Cải tạo"}, 2)])
    row = store.queries.record(ITEM)
    assert row is not None
    assert (row.body["title"], row.body.get("corrected")) == ("Cải tạo", None)


def test_a_correction_of_a_record_of_another_kind_says_nothing(store: Store) -> None:
    plan = Content(0, "", "plan", ITEM, {"title": "Kế hoạch"}, {})
    with store.atomic():
        append(store, [correction({"title": "Khác"}), plan])
    (row,) = store.queries.records("plan")
    assert row.body == {"title": "Kế hoạch"}
    assert store.rebuilt_digest() == store.projections.digest()


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    before = store.projections.digest()

    def fail() -> None:
        with store.atomic():
            append(store, [report({"percent": 10})])
            raise RuntimeError("cắt điện")

    with pytest.raises(RuntimeError):
        fail()
    assert store.projections.digest() == before
    assert store.journal.end(LOG.id) is None


def test_held_and_quarantined_facts_are_kept_but_not_projected(store: Store) -> None:
    with store.atomic():
        append(store, [report({"percent": 10})], Judgement(Standing.HELD, "DEVICE_NOT_ENROLLED"))
    assert store.queries.reports() == ()
    assert store.journal.count_held(LOG.id) == 1
    fact = next(iter(store.journal.all_facts()))
    with store.atomic():
        store.journal.set_judgements([(fact.head, fact.log, APPLIED)])
        store.projections.update([fact.content.record])
    assert store.queries.reports()[0].body == {"percent": 10}


def test_segments_give_their_lines_back_and_a_fork_beside_them_is_left_out(store: Store) -> None:
    with store.atomic():
        rows = append(store, [report({"percent": number}) for number in (1, 2, 3)])
        other = make_line(2, report({"percent": 99}))
        forked = hashlib.sha256(rows[0].head + hashlib.sha256(other).digest()).digest()
        store.journal.add_facts([FactRow(LOG.id, 2, rows[0].head, forked, other, report({"percent": 99}), APPLIED)])
        store.journal.add_segment(SegmentRow(LOG.id, 1, 3, rows[0].prev, rows[2].head, b"s"))
        store.journal.add_segment(SegmentRow(LOG.id, 2, 1, rows[0].head, forked, b"s"))
    lines = [store.journal.lines(segment) for segment in store.journal.segments([LOG.id])]
    assert sorted(lines) == sorted([tuple(row.line for row in rows), (other,)])


def test_unsealed_facts_come_after_the_last_segment(store: Store) -> None:
    with store.atomic():
        rows = append(store, [report({"percent": number}) for number in (1, 2, 3)])
        store.journal.add_segment(SegmentRow(LOG.id, 1, 2, rows[0].prev, rows[1].head, b"s"))
    assert [[row.seq for row in run] for run in store.journal.unsealed(LOG.id)] == [[3]]


def test_a_second_program_is_told_that_the_folder_is_open(store: Store) -> None:
    with pytest.raises(EnvironmentTrouble) as told:
        open_store(store._connection.folder)
    assert told.value.code == "FOLDER_IN_USE"


def test_a_newer_folder_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    make(tmp_path)
    with sqlite3.connect(tmp_path / FILE_NAME) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('sotiendo', 'năm sau', '')"
        )
    raw.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(EnvironmentTrouble) as told:
        open_store(tmp_path)
    assert told.value.code == "DATA_NEWER"
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_damaged_file_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"<html>khong phai co so du lieu</html>" * 100)
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(EnvironmentTrouble) as told:
        open_store(tmp_path)
    assert told.value.code == "DATA_DAMAGED"
    assert (tmp_path / FILE_NAME).read_bytes() == before
    (tmp_path / FILE_NAME).unlink()
    open_store(tmp_path).close()


def test_a_folder_in_which_nothing_was_saved_is_as_it_was_found(tmp_path: Path) -> None:
    (tmp_path / "của tôi.txt").write_text("x", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "gõ nhầm" / "sâu"):
        store = open_store(folder)
        store.rebuilt_digest()
        store.close()
        assert [path.name for path in tmp_path.iterdir()] == ["của tôi.txt"]
    make(tmp_path)
    open_store(tmp_path).close()
    assert (tmp_path / FILE_NAME).exists()


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x")
    with pytest.raises(EnvironmentTrouble) as told:
        open_store(tmp_path / "tep")
    assert told.value.code == "FOLDER_IS_FILE"


def test_a_full_disk_is_told_and_what_was_saved_stays(store: Store) -> None:
    with store.atomic():
        append(store, [report({"percent": 1})])
    store._connection.db.execute("PRAGMA max_page_count = 1")

    def fill() -> None:
        with store.atomic():
            append(store, [report({"result": "x" * 15_000}) for _ in range(50)])

    with pytest.raises(EnvironmentTrouble) as told:
        fill()
    assert told.value.code == "DISK_FULL"
    assert store.queries.reports()[0].body == {"percent": 1}


def test_a_fault_of_ours_is_not_dressed_up() -> None:
    with pytest.raises(sqlite3.OperationalError), plain_words():
        sqlite3.connect(":memory:").execute("SELEC 1")


_SAVE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from tests.store.test_store import LOG, append, report
from desktop.store.store import open_store
store = open_store(Path(sys.argv[1])).of(LOG.plan_id)
with store.atomic():
    append(store, [report({"percent": 42})])
print("đã lưu", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_what_was_saved_survives_a_kill(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SAVE_AND_DIE, str(tmp_path)], capture_output=True, check=False,
        cwd=Path(__file__).resolve().parents[2], env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.decode() == "đã lưu\n"
    store = open_store(tmp_path).of(LOG.plan_id)
    assert store.queries.reports()[0].body == {"percent": 42}
    store.close()


def test_steps_are_named_as_sqlite_utils_keeps_them(store: Store) -> None:
    kept = Migrations(SET)
    names = tuple(migration.name for migration in kept.applied(store._connection.db))
    assert names == tuple(step.__name__ for step in STEPS) == applied(store._connection.db.conn)


def test_reading_a_folder_loads_no_sqlite_utils(tmp_path: Path) -> None:
    make(tmp_path)
    script = "import sys; from pathlib import Path; from desktop.store.store import open_store\n" \
        "store = open_store(Path(sys.argv[1])); store.queries.records('node'); store.close(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "sqlite3" in ran.stdout.split()
    assert "sqlite_utils" not in ran.stdout.split()
