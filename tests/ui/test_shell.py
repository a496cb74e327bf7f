"""The window's frame: navigation by role, lazy screens, keys, search, files, saving before leaving."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.models.errors import EnvironmentTrouble, Mistake
from desktop.models.plan import PlanHeader
from desktop.services.environment import Environment
from desktop.services.views import Changes, Identity, Role
from desktop.services.workspace import Seat, Workspace
from desktop.ui.shell.desk import Desk
from desktop.ui.shell.screen import Screen, ScreenSpec
from desktop.ui.shell.window import FileTaker, MainWindow
from desktop.ui.tasks import TaskRunner

PLAN = PlanHeader("160-KH/QU", date(2023, 1, 11), "Ban Thường vụ Quận ủy", "Triển khai chủ đề năm", "", 2023, "")
UNIT = Identity(Role.UNIT, "bo-de", "Phường Bồ Đề", PLAN, "UB MTTQ quận", "PC1", demonstration=True)


class FakeStore:
    """Settings that were never chosen."""

    class office:
        @staticmethod
        def setting(_name: str) -> str:
            return ""


class FakeWorkspace:
    """A folder that is set up or not."""

    store = FakeStore()
    seat = None
    person = "Nguyễn Văn A"

    def __init__(self, set_up: bool) -> None:
        self._set_up = set_up

    def is_set_up(self) -> bool:
        return self._set_up

    def seats(self) -> tuple[Seat, ...]:
        return ()

    def identity(self) -> Identity:
        return UNIT

    def close(self) -> None:
        pass


class FakeScreen(Screen):
    """Remembers what the window asked of it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.key_hint = f"phím của {title}"
        self.refreshed: list[Changes | None] = []
        self.searched: list[str] = []
        self.taken: list[Path] = []
        self.periods: list[str] = []
        self.committed = 0
        self.may_leave = True
        self.shown_period = ""

    @property
    def period(self) -> str:
        return self.shown_period

    def refresh(self, changes: Changes | None) -> None:
        self.refreshed.append(changes)

    def search(self, text: str) -> None:
        self.searched.append(text)

    def commit_pending(self) -> bool:
        self.committed += 1
        return self.may_leave

    def take_files(self, paths: Sequence[Path]) -> None:
        self.taken.extend(paths)

    def choose_period(self, period: str) -> None:
        self.periods.append(period)


class FakeStart(FileTaker):
    """A start screen that remembers its files."""

    def __init__(self, done: Callable[[Identity], None]) -> None:
        super().__init__()
        self.done = done
        self.taken: list[Path] = []

    def take_files(self, paths: Sequence[Path]) -> None:
        self.taken.extend(paths)


@dataclass
class Bench:
    """A window with three fake screens, and what was built."""

    environment: Environment
    folder: Path
    set_up: bool = True
    built: dict[str, FakeScreen] = field(default_factory=dict)
    dressed: list[tuple[str, float]] = field(default_factory=list)
    window: MainWindow = field(init=False)

    def __post_init__(self) -> None:
        runner = TaskRunner(
            self.environment, self.folder, opener=lambda _e, _f: cast(Workspace, FakeWorkspace(self.set_up))
        )
        self.window = MainWindow(runner, self._screens, FakeStart, lambda *chosen: self.dressed.append(chosen))

    def _screens(self, _identity: Identity) -> Sequence[ScreenSpec]:
        return (
            ScreenSpec("Một", lambda: self._build("Một"), lambda _ws: 7, takes_files=True),
            ScreenSpec("Hai", lambda: self._build("Hai"), searches=True),
            ScreenSpec("Ba", lambda: self._build("Ba"), prints=True, apart=True),
        )

    def _build(self, title: str) -> FakeScreen:
        self.built[title] = FakeScreen(title)
        return self.built[title]

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk


@pytest.fixture
def bench(environment: Environment, tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(environment, tmp_path)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    made.window.begin()
    qtbot.waitUntil(lambda: made.window.desk is not None)
    qtbot.waitUntil(lambda: made.desk.navigation.buttons[0].waiting == 7)
    yield made
    made.window.runner.close()


def _press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_screens_are_built_when_first_shown(bench: Bench) -> None:
    assert list(bench.built) == ["Một"]
    _press(bench.window, Qt.Key.Key_2)
    _press(bench.window, Qt.Key.Key_1)
    _press(bench.window, Qt.Key.Key_2)
    assert list(bench.built) == ["Một", "Hai"]
    assert bench.built["Hai"].refreshed == [None]
    assert bench.desk.foot.hint.text() == "phím của Hai"
    assert bench.desk.navigation.buttons[1].isChecked()


def test_plan_year_and_person_always_show(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Nguyễn Văn A" in bench.desk.top.who.text())
    assert bench.desk.top.plan.text() == "Kế hoạch 160-KH/QU · 2023"
    assert bench.desk.top.who.text() == "Phường Bồ Đề · Nguyễn Văn A"
    assert bench.desk.foot.notice.isVisible()
    assert bench.dressed == [("system", 10.5)]
    assert "Phường Bồ Đề" in bench.window.windowTitle()


def test_a_wrong_field_keeps_the_person_there(bench: Bench) -> None:
    bench.built["Một"].may_leave = False
    _press(bench.window, Qt.Key.Key_2)
    assert bench.desk.place == 0
    assert bench.desk.navigation.buttons[0].isChecked()
    closing = QCloseEvent()
    bench.window.closeEvent(closing)
    assert not closing.isAccepted()
    assert not bench.window.runner.is_closing
    bench.built["Một"].may_leave = True


def test_closing_saves_first_and_ends_the_worker(bench: Bench) -> None:
    _press(bench.window, Qt.Key.Key_Q)
    assert bench.built["Một"].committed == 1
    assert bench.window.runner.is_closing
    assert not bench.window.isVisible()


def test_what_could_not_be_saved_keeps_the_window_open(bench: Bench, qtbot: QtBot) -> None:
    begun = threading.Event()

    def save(_ws: Workspace) -> None:
        begun.wait()
        raise EnvironmentTrouble("DISK_FULL", "Ổ đĩa đã đầy.")

    bench.window.runner.closing.connect(begun.set)
    bench.window.runner.run(save, lambda _done: None)
    assert not bench.window.close()
    assert bench.window.isVisible()
    assert not bench.window.runner.is_closing
    _dialog().accept()
    bench.window.runner.run(lambda _ws: Changes(plan=True), lambda _done: None)
    qtbot.waitUntil(lambda: bench.built["Một"].refreshed[-1] == Changes(plan=True))


def test_a_search_goes_to_the_screen_that_can(bench: Bench) -> None:
    _press(bench.window, Qt.Key.Key_F)
    assert bench.desk.top.search.hasFocus()
    QTest.keyClicks(bench.desk.top.search, "vuon hoa")
    assert not bench.built.get("Hai")
    QTest.keyClick(bench.desk.top.search, Qt.Key.Key_Return)
    assert bench.built["Hai"].searched == ["vuon hoa"]
    assert bench.desk.top.search.hasFocus()
    QTest.keyClick(bench.desk.top.search, Qt.Key.Key_Escape)
    assert bench.built["Hai"].searched[-1] == "", "cleared at once"


def test_a_search_follows_typing_after_a_pause(bench: Bench, qtbot: QtBot) -> None:
    _press(bench.window, Qt.Key.Key_2)
    QTest.keyClicks(bench.desk.top.search, "ab")
    qtbot.waitUntil(lambda: bench.built["Hai"].searched == ["ab"])


def test_dropped_files_reach_the_screen_that_takes_them(bench: Bench, tmp_path: Path) -> None:
    paths = [tmp_path / "một.sotiendo", tmp_path / "hai.sotiendo"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths] + [QUrl("https://example.invalid/x")])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    bench.desk.show_place(1)
    bench.window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, modifiers))
    assert bench.built["Một"].taken == paths
    assert bench.desk.place == 0


def test_printing_keeps_the_period_of_the_screen(bench: Bench) -> None:
    bench.built["Một"].shown_period = "2023-Q2"
    _press(bench.window, Qt.Key.Key_P)
    assert bench.desk.place == 2
    assert bench.built["Ba"].periods == ["2023-Q2"]


def test_changes_reach_built_screens_and_the_foot(bench: Bench, qtbot: QtBot) -> None:
    changes = Changes(items=frozenset({"x"}))
    bench.window.runner.run(lambda _ws: changes, lambda _done: None, busy="Đang lưu…")
    assert bench.desk.foot.saved.text() == "Đang lưu…"
    qtbot.waitUntil(lambda: bench.built["Một"].refreshed == [None, changes])
    assert bench.desk.foot.saved.text() == "Đã lưu 09:41"


def test_f5_reads_anew(bench: Bench) -> None:
    QTest.keyClick(bench.window, Qt.Key.Key_F5)
    assert bench.built["Một"].refreshed == [None, None]
    assert bench.built["Một"].committed == 1


def test_badges_have_words_for_screen_readers(bench: Bench) -> None:
    entry = bench.desk.navigation.buttons[0]
    assert entry.accessibleName() == "Một, 7 việc chờ"
    bench.built["Một"].badge_changed.emit(0)
    assert entry.accessibleName() == "Một"


def test_the_window_fits_its_smallest_size(bench: Bench) -> None:
    bench.window.resize(1024, 600)
    assert bench.window.size().width() == 1024
    assert bench.window.minimumSizeHint().width() <= 1024
    assert bench.window.minimumSizeHint().height() <= 600


def test_an_error_nobody_handles_is_told_with_its_code(bench: Bench) -> None:
    bench.window.show_error(Mistake("SOME_CODE", "Không được.", "Hãy thử lại."))
    dialog = _dialog()
    words = [held.text() for held in dialog.findChildren(QWidget) if hasattr(held, "text")]
    assert {"Không được.", "Hãy thử lại.", "Mã: SOME_CODE"} <= set(words)
    dialog.accept()


def test_files_given_at_start_wait_for_the_start_screen(environment: Environment, tmp_path: Path, qtbot: QtBot) -> None:
    made = Bench(environment, tmp_path, set_up=False)
    qtbot.addWidget(made.window)
    made.window.begin([tmp_path / "khởi tạo.sotiendo"])
    qtbot.waitUntil(lambda: made.window.start is not None)
    start = made.window.start
    assert isinstance(start, FakeStart)
    assert start.taken == [tmp_path / "khởi tạo.sotiendo"]
    start.done(UNIT)
    assert made.desk.place == 0
    made.window.runner.close()


def test_a_folder_that_does_not_open_is_told(environment: Environment, tmp_path: Path, qtbot: QtBot) -> None:
    locked = [True]

    def opener(_environment: Environment, _folder: Path) -> Workspace:
        if locked:
            raise EnvironmentTrouble("DATA_LOCKED", "Thư mục đang mở ở cửa sổ khác.", "Hãy đóng cửa sổ kia.")
        return cast(Workspace, FakeWorkspace(True))

    window = MainWindow(
        TaskRunner(environment, tmp_path, opener=opener),
        lambda _identity: (ScreenSpec("Một", lambda: FakeScreen("Một")),),
        FakeStart,
        lambda *_chosen: None,
    )
    qtbot.addWidget(window)
    window.begin()
    qtbot.waitUntil(lambda: bool(_words(window, "DATA_LOCKED")))
    assert window.desk is None
    assert _words(window, "Thư mục đang mở ở cửa sổ khác.")
    assert _words(window, "Hãy đóng cửa sổ kia.")
    locked.clear()
    QTest.mouseClick(window.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk is not None)
    window.runner.close()


def _words(window: MainWindow, words: str) -> list[QLabel]:
    return [held for held in window.findChildren(QLabel) if words in held.text()]


def _open_dialog() -> QDialog | None:
    found = [held for held in QApplication.topLevelWidgets() if isinstance(held, QDialog) and held.isVisible()]
    return found[0] if found else None


def _dialog() -> QDialog:
    found = _open_dialog()
    assert found is not None
    return found


def test_each_role_sees_its_screens_only(environment: Environment, tmp_path: Path) -> None:
    runner = TaskRunner(environment, tmp_path)
    unit = [spec.title for spec in app.screens(runner, UNIT)]
    hub = [spec.title for spec in app.screens(runner, replace(UNIT, role=Role.HUB))]
    runner.close()
    assert unit == ["Việc kỳ này", "Kế hoạch", "Gửi – Nhận", "In ấn", "Thiết lập"]
    assert hub == ["Kế hoạch", "Tiếp nhận", "Việc kỳ này", "Gửi – Nhận", "In ấn", "Thiết lập"]


def test_without_a_display_it_is_told_before_qt_aborts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(EnvironmentTrouble) as caught:
        app.check_display()
    assert caught.value.code == "NO_DISPLAY"
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    app.check_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":9")
    app.check_display()


@pytest.mark.parametrize("platform", ["offscreen", "offscreen:size=800x600", "minimal"])
def test_a_demonstration_that_nobody_would_see_is_a_tour(
    monkeypatch: pytest.MonkeyPatch, environment: Environment, tmp_path: Path, platform: str
) -> None:
    toured: list[Path] = []

    def tour(_environment: Environment, out: Path) -> int:
        toured.append(out)
        return 0

    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setattr(app, "run_tour", tour)
    assert app.run_demonstration(environment, tmp_path / "dữ liệu", tmp_path / "ảnh") == 0
    assert toured == [tmp_path / "ảnh"]
    assert not (tmp_path / "dữ liệu").exists()
