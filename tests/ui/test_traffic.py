"""Tiếp nhận and Gửi – Nhận on real folders: files in, receipts, machines, files out, checking without importing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.models.errors import EnvironmentTrouble, Refused, SoTienDoError
from desktop.models.plan import PlanHeader
from desktop.services import reporting
from desktop.services.environment import Environment
from desktop.services.traffic import enrolling
from desktop.services.traffic.exchanging import write_packages
from desktop.services.traffic.views import (
    EnrolmentRequest,
    NotCounted,
    Outcome,
    Receipt,
    SegmentOutcome,
    TrafficView,
    WrittenPackage,
)
from desktop.services.views import Identity, Role
from desktop.services.workspace import workspace
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import LIGHT
from desktop.ui.traffic.exchange import ExchangeScreen
from desktop.ui.traffic.importing import collected
from desktop.ui.traffic.receipt_words import part_words, receipt_html
from desktop.ui.traffic.receive import ReceiveScreen
from desktop.ui.traffic.written import next_step
from desktop.ui.widgets.words import counted, grouped

Office = tuple[Environment, Path]
PATIENCE = 30_000
"""Milliseconds: keys are slow to derive, and the machine may be busy."""


@pytest.fixture
def unit_file(hub: Office, tmp_path: Path) -> Path:
    """The first package of a ward that the hub does not know yet; asked for before a screen opens the folder."""
    environment, folder = hub
    out = tmp_path / "usb"
    out.mkdir()
    with workspace(environment, folder) as ws:
        starter, code = enrolling.write_starter(ws, out).path, enrolling.own_code(ws)
    ward = replace(environment, keys_folder=tmp_path / "ward-keys")
    enrolling.setup_unit(ward, tmp_path / "ward", "Phường Bồ Đề", starter, code)
    with workspace(ward, tmp_path / "ward") as ws:
        return write_packages(ws, out)[0].path


def _identity(office: Office) -> Identity:
    with workspace(*office) as ws:
        return ws.identity()


@pytest.fixture
def runner(hub: Office) -> Iterator[TaskRunner]:
    made = TaskRunner(*hub)
    yield made
    made.close()


@pytest.fixture
def receive(runner: TaskRunner, qtbot: QtBot) -> ReceiveScreen:
    made = ReceiveScreen(runner)
    qtbot.addWidget(made)
    made.resize(1180, 600)
    made.show()
    made.refresh(None)
    return made


def _import(screen: ReceiveScreen, qtbot: QtBot, *paths: Path) -> None:
    before = len(screen.browser.list.rows)
    screen.take_files(paths)
    qtbot.waitUntil(lambda: len(screen.browser.list.rows) > before, timeout=PATIENCE)


def test_an_unknown_machine_is_held_then_accepted(unit_file: Path, receive: ReceiveScreen, qtbot: QtBot) -> None:
    _import(receive, qtbot, unit_file)
    receipt = receive.browser.list.rows[0]
    assert receipt.outcome is Outcome.HELD
    assert grouped(receipt.request_code) in receive.browser.text.toPlainText()
    assert receive.badge == 1
    receive.show_machines()
    receive.machines.list.choose(0)
    assert receive.machines.accept.isEnabled()
    QTest.mouseClick(receive.machines.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: receive.badge == 0, timeout=PATIENCE)
    assert receive.machines.list.rows[0].state == "approved"
    assert "Phường Bồ Đề" in receive.machines.result.text()
    assert not receive.machines.accept.isEnabled()
    settled = receive.browser.list.rows[0]
    assert settled.outcome is Outcome.IMPORTED
    assert "nay đã tính" in settled.summary


def test_a_damaged_file_says_why_and_keeps_the_rest(unit_file: Path, receive: ReceiveScreen, qtbot: QtBot) -> None:
    damaged = unit_file.with_name("hỏng.sotiendo")
    damaged.write_bytes(unit_file.read_bytes()[:-200])
    receive.take_files([damaged, unit_file])
    qtbot.waitUntil(lambda: len(receive.browser.list.rows) == 2, timeout=PATIENCE)
    outcomes = {one.file: one.outcome for one in receive.browser.list.rows}
    assert outcomes == {damaged.name: Outcome.REFUSED, unit_file.name: Outcome.HELD}


def test_receipts_open_and_close_by_keyboard(unit_file: Path, receive: ReceiveScreen, qtbot: QtBot) -> None:
    _import(receive, qtbot, unit_file)
    receive.browser.close_receipt()
    assert receive.browser.opened.isHidden()
    QTest.keyClick(receive.browser.list, Qt.Key.Key_Return)
    assert receive.browser.opened.isVisible()
    assert unit_file.name in receive.browser.text.toPlainText()
    receive.activateWindow()
    qtbot.waitUntil(receive.isActiveWindow, timeout=PATIENCE)
    QTest.keyClick(receive.browser.list, Qt.Key.Key_Escape)
    assert receive.browser.opened.isHidden()


def test_the_list_beside_a_receipt_needs_no_scrolling(
    unit_file: Path, receive: ReceiveScreen, qtbot: QtBot
) -> None:
    receive.resize(1366 - 165, 640)
    _import(receive, qtbot, unit_file)
    qtbot.waitUntil(receive.browser.opened.isVisible, timeout=PATIENCE)
    QApplication.processEvents()
    assert receive.browser.list.horizontalScrollBar().maximum() == 0
    assert receive.browser.list.width() > receive.browser.opened.width()


@pytest.fixture
def behind(hub: Office, tmp_path: Path) -> Office:
    """The hub's folder as it was before something was entered and sent."""
    environment, folder = hub
    shutil.copytree(folder, tmp_path / "sao lưu")
    with workspace(environment, folder) as ws:
        lines = reporting.report_lines(ws)
        item, unit, period = lines[0].report.item, lines[0].report.unit, lines[0].report.period
        reporting.enter(ws, item, unit, period, {"result": "Đã xong"}, reporting.shown_now(ws, item, unit, period))
        write_packages(ws, tmp_path)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "sao lưu", folder)
    return hub


def test_a_restored_folder_is_told_where_files_come_and_go(behind: Office, qtbot: QtBot) -> None:
    runner = TaskRunner(*behind)
    screens = (ReceiveScreen(runner), ExchangeScreen(runner, _identity(behind)))
    try:
        for screen in screens:
            qtbot.addWidget(screen)
            screen.resize(1180, 600)
            screen.show()
            screen.refresh(None)
            qtbot.waitUntil(screen.told.isVisible, timeout=PATIENCE)
            assert screen.told.text().startswith("Dữ liệu ở đây cũ hơn những gì máy này đã gửi")
    finally:
        runner.close()


def test_what_others_do_not_count_is_told_in_one_line(receive: ReceiveScreen, behind_view: TrafficView) -> None:
    receive.told.show_words(behind_view)
    assert receive.told.text() == "I/1 · P: Hội <b> chưa tính. Vì thế. Còn 1 nội dung khác cũng chưa được tính."
    assert "&lt;b&gt;" in receive.told.toolTip()
    receive.told.show_words(replace(behind_view, not_counted=()))
    assert receive.told.isHidden()


@pytest.fixture
def behind_view(hub: Office) -> TrafficView:
    """Two facts that are not counted elsewhere."""
    one = NotCounted("r", "I/1", "P", "2023-Q3", "Hội <b>", "X", "I/1 · P: Hội <b> chưa tính. Vì thế.")
    return TrafficView(_identity(hub), (), (), 0, 0, not_counted=(one, one))


def test_progress_shows_while_files_are_read(unit_file: Path, receive: ReceiveScreen, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    receive.importer.progressed.connect(lambda done, total: seen.append((done, total)))
    _import(receive, qtbot, unit_file)
    assert seen[0] == (0, 1)
    assert not receive.importer.running


def test_stopping_leaves_what_was_read(unit_file: Path, receive: ReceiveScreen, qtbot: QtBot) -> None:
    finished: list[object] = []
    receive.importer.finished.connect(finished.append)
    receive.take_files([unit_file, unit_file])
    receive.importer.stop()
    qtbot.waitUntil(lambda: bool(finished), timeout=PATIENCE)
    assert not receive.importer.running


def test_a_folder_stands_for_its_packages(tmp_path: Path) -> None:
    for name in ("b.sotiendo", "a.zip", "ghi chú.txt"):
        (tmp_path / name).write_bytes(b"")
    other = tmp_path / "riêng.bin"
    assert collected([tmp_path, other, other]) == (tmp_path / "a.zip", tmp_path / "b.sotiendo", other)


def test_a_folder_without_files_is_told(receive: ReceiveScreen, tmp_path: Path) -> None:
    (tmp_path / "ảnh").mkdir()
    with pytest.raises(Refused) as caught:
        collected([tmp_path / "ảnh"])
    assert caught.value.code == "NO_FILES_INSIDE"
    told: list[SoTienDoError] = []
    receive.importer.failed.connect(told.append)
    receive.importer.start([tmp_path / "ảnh"])
    assert [error.code for error in told] == ["NO_FILES_INSIDE"]
    assert not receive.importer.running


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> Iterator[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(EnvironmentTrouble) as caught:
        collected([tmp_path])
    assert caught.value.code == "FOLDER_UNREADABLE"


def test_all_waiting_machines_are_chosen_at_once(receive: ReceiveScreen) -> None:
    def request(unit: str, state: str) -> EnrolmentRequest:
        return EnrolmentRequest("1" * 20, unit, f"Phường {unit}", "PC1", state, 0)

    receive.machines.show_rows([request("a", "pending"), request("b", "approved"), request("c", "pending")])
    assert receive.machines.all.isVisibleTo(receive.machines)
    receive.machines.choose_all()
    assert [one.unit_name for one in receive.machines.pending_chosen()] == ["Phường a", "Phường c"]
    assert receive.machines.accept.text() == "Chấp nhận 2 máy"
    receive.machines.show_rows([request("a", "pending")])
    assert not receive.machines.all.isVisibleTo(receive.machines)


@pytest.fixture
def exchange(hub: Office, runner: TaskRunner, qtbot: QtBot) -> ExchangeScreen:
    made = ExchangeScreen(runner, _identity(hub))
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.refresh(None)
    qtbot.waitUntil(lambda: bool(made.state.text()) and bool(made.code.text()), timeout=PATIENCE)
    return made


def test_one_button_writes_what_waits(exchange: ExchangeScreen, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "gửi"
    out.mkdir()
    assert exchange.badge > 0
    assert "ghi tệp khởi tạo" in exchange.state.text()
    exchange.write_to(out)
    qtbot.waitUntil(lambda: exchange.badge == 0, timeout=PATIENCE)
    package = exchange.written.rows[0]
    assert package.path.exists()
    assert exchange.result.isVisible()
    assert exchange.result.code.text() == package.check_code


def test_the_hub_writes_the_starter_and_shows_its_code(exchange: ExchangeScreen, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "khởi tạo"
    out.mkdir()
    exchange.write_starter_to(out)
    qtbot.waitUntil(lambda: exchange.result.isVisible(), timeout=PATIENCE)
    environment = exchange._runner.environment
    seen = enrolling.look_at_starter(environment, next(out.iterdir()))
    assert exchange.code.text() == grouped(seen.root_code)


def test_checking_imports_nothing(unit_file: Path, exchange: ExchangeScreen, qtbot: QtBot) -> None:
    exchange.check_path(unit_file)
    qtbot.waitUntil(exchange.browser.opened.isVisible, timeout=PATIENCE)
    assert "chưa nhập gì" in exchange.browser.text.toPlainText()
    assert exchange.browser.list.rows == ()


def test_a_medium_that_is_gone_is_told(exchange: ExchangeScreen, tmp_path: Path, qtbot: QtBot) -> None:
    exchange.write_to(tmp_path / "không có" / "thư mục")
    qtbot.waitUntil(lambda: any(isinstance(one, QDialog) for one in QApplication.topLevelWidgets()), timeout=PATIENCE)
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.accept()
    qtbot.waitUntil(lambda: not exchange.result.isVisible(), timeout=PATIENCE)


def _receipt(**changed: object) -> Receipt:
    made = Receipt(
        file="<b>tệp</b>.sotiendo",
        outcome=Outcome.IMPORTED,
        reason="",
        summary="11 nội dung mới.",
        sender_unit="Phường Bồ Đề",
        check_code="KDQT 4821",
        received=None,
        new=1234,
        already_had=0,
        held=0,
        quarantined=0,
        conflicts=0,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def test_a_receipt_says_all_and_escapes_what_came() -> None:
    html = receipt_html(_receipt(gaps=("mục 41–60 của <PC2>",)), LIGHT, "Chỉ kiểm tra")
    assert "&lt;b&gt;tệp" in html
    assert "1.234 nội dung" in html
    assert "<li>mục 41–60 của &lt;PC2&gt;</li>" in html
    assert html.index("Chỉ kiểm tra") < html.index("tệp")


def test_a_check_shows_the_first_changes_and_does_not_say_that_they_are_in() -> None:
    checked = _receipt(outcome=Outcome.IMPORTED, conflicts=0)
    html = receipt_html(checked, LIGHT, "Chỉ kiểm tra", [f"ô <{number}> đổi" for number in range(15)])
    assert "Nhập được" in html
    assert "Đã nhập" not in html
    assert "<li>ô &lt;11&gt; đổi</li><li>… và 3 thay đổi khác</li>" in html
    assert "Đã nhập" in receipt_html(checked, LIGHT)


def test_parts_and_reasons_are_words() -> None:
    held = SegmentOutcome("ab", 1, 6, "held", "DEVICE_NOT_ENROLLED")
    assert part_words(held) == (
        "Mục 1–6: tạm giữ – Máy ghi phần này chưa được chấp nhận; sẽ tự tính vào khi máy được chấp nhận."
    )
    assert part_words(SegmentOutcome("ab", 7, 7, "fills_gap", "")) == "Mục 7: bù phần còn thiếu"
    assert "(NEW_CODE)" in part_words(SegmentOutcome("ab", 0, 0, "refused", "NEW_CODE"))


def test_codes_are_read_out_in_fours() -> None:
    assert grouped("20874451996312047718") == "2087 4451 9963 1204 7718"
    assert grouped("2087 4451 9963 1204 7718") == "2087 4451 9963 1204 7718"
    assert counted(1234567, "nội dung") == "1.234.567 nội dung"


def test_a_unit_is_told_to_send_all_files_of_a_writing() -> None:
    header = PlanHeader("160-KH/QU", None, "", "", "", 2023, "")
    identity = Identity(Role.UNIT, "p-bo-de", "Phường Bồ Đề", header, "UB MTTQ quận", "PC1", demonstration=False)
    one = WrittenPackage(Path("a.sotiendo"), "UB MTTQ quận", "KDQT 4821", 3)
    assert next_step(identity, [one]).startswith("Chuyển tệp này cho UB MTTQ quận ")
    assert next_step(identity, [one, one]).startswith("Chuyển đủ 2 tệp này (tệp đính kèm nằm trong các tệp sau) cho ")
