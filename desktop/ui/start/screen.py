"""The first start of a folder: three choices, each a minute from work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.demonstration import prepare
from desktop.services.environment import Environment, demonstration_surroundings
from desktop.services.plan.checking import PlanSeen, look_at_plan
from desktop.services.plan.reading import ReadChoices
from desktop.services.preferences import set_person
from desktop.services.traffic.enrolling import look_at_starter, setup_hub, setup_hub_machine, setup_unit
from desktop.services.traffic.spare import set_up_from
from desktop.services.traffic.views import StarterSeen
from desktop.services.views import Identity
from desktop.ui.check.page import PLAN_FILTER
from desktop.ui.machines.spare import SPARE_FILTER, CodeDialog
from desktop.ui.shell.window import FileTaker
from desktop.ui.start.hub import HubPage
from desktop.ui.start.starter import StarterPage
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import ElidedLabel, button, column, frame, label, row, title
from desktop.ui.widgets.dialogs import show_error
from desktop.ui.widgets.drop import DropArea
from desktop.ui.widgets.files import ask_for_file

DEMONSTRATION = "trinh-dien"
_STARTER_FILTER = "Tệp khởi tạo (*.sotiendo *.zip);;Mọi tệp (*)"
_PACKAGES = frozenset({".sotiendo", ".zip"})
_WIDEST = 820


def demonstration_place(environment: Environment, folder: Path) -> tuple[Environment, Path]:
    """The folder of the demonstration beside the real one, with surroundings of its own."""
    place = folder.parent / f"{folder.name}-{DEMONSTRATION}"
    return demonstration_surroundings(environment, place), place


class StartScreen(FileTaker):
    """Choices, then the page of the one chosen. ``done`` gets who works here once the folder is set up."""

    def __init__(self, runner: TaskRunner, done: Callable[[Identity], None]) -> None:
        super().__init__()
        self._runner = runner
        self._done = done
        self._person = ""
        self.state = label("", "muted", wrap=True)
        self.starter = StarterPage()
        self.starter.back.connect(self.show_choices)
        self.starter.begin.connect(self._begin_unit)
        self.hub = HubPage(runner.environment.clock, self._look, self._keep)
        self.hub.back.connect(self.show_choices)
        self.hub.begin.connect(self._begin_hub)
        self.pages = QStackedWidget()
        for page in (self._choices(), self.starter, self.hub):
            self.pages.addWidget(page)
        self._lay_out()
        runner.busy_changed.connect(self.state.setText)

    def _lay_out(self) -> None:
        brand = title("Sổ tiến độ", 6)
        brand.setProperty("look", "brand")
        self._told = label("Theo dõi thực hiện kế hoạch", "muted")
        folder = ElidedLabel(f"Dữ liệu lưu tại {self._runner.folder}", "muted")
        head = row(brand, self._told, None, self.state, spacing=14)
        made = column(head, self.pages, folder, spacing=14, margins=(24, 18, 24, 12))
        made.setStretch(1, 1)
        ground = frame("ground", made)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(ground)
        self.setLayout(column(scroll))

    def _choices(self) -> QWidget:
        self.open_starter = button("Mở tệp khởi tạo…", self.ask_for_starter, "primary")
        self.open_plan = button("Chọn tệp kế hoạch…", self.ask_for_plan)
        self.open_demonstration = button("Xem thử", self.begin_demonstration)
        choices = (
            _choice(
                "Tôi thuộc đơn vị báo cáo",
                "Có tệp khởi tạo do đơn vị tổng hợp gửi (USB, e-mail, Zalo) và mã 20 chữ số để đối chiếu.",
                self.open_starter,
            ),
            _choice(
                "Tôi thuộc đơn vị tổng hợp",
                "Có tệp kế hoạch (Excel, Word, văn bản). Chương trình đọc, nêu chỗ cần rà soát, rồi lập sổ.",
                self.open_plan,
            ),
            _choice(
                "Tôi muốn xem thử trước",
                "Mở Kế hoạch 160-KH/QU năm 2023 có sẵn với số liệu giả định, để riêng, không lẫn vào số liệu thật.",
                self.open_demonstration,
            ),
        )
        self.open_spare = button("Lập lại máy tổng hợp từ khóa dự phòng…", self.ask_for_spare, "link")
        drop = DropArea("Hoặc thả tệp vào đây", "Tệp khởi tạo (.sotiendo) hoặc tệp kế hoạch (.xlsx, .docx, .txt).")
        drop.dropped.connect(self.take_files)
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        inner.setLayout(column(title("Bắt đầu", 2), *choices, drop, row(None, self.open_spare, None), spacing=12))
        across = row(None, inner, None)
        across.setStretch(1, 100)
        page = QWidget()
        page.setLayout(column(None, across, None, None))
        return page

    def show_choices(self) -> None:
        """Back to the three choices."""
        self.pages.setCurrentIndex(0)
        self.open_starter.setFocus()

    def take_files(self, paths: Sequence[Path]) -> None:
        """A package is looked at as a starter file, anything else as a plan."""
        if paths:
            self.look_at(paths[0])

    def look_at(self, path: Path) -> None:
        """Look at a starter file or a plan file; nothing is kept."""
        environment = self._runner.environment
        if path.suffix.lower() in _PACKAGES:
            self._runner.run_outside(
                lambda: look_at_starter(environment, path),
                lambda seen: self._show_starter(path, seen),
                self._failed,
                busy="Đang mở tệp khởi tạo…",
            )
        else:
            self._look(path, ReadChoices(), self._show_plan)

    def _look(self, path: Path, choices: ReadChoices, seen: Callable[[PlanSeen], None]) -> None:
        environment = self._runner.environment
        self._runner.run_outside(
            lambda: look_at_plan(environment, path, choices), seen, self._failed, busy="Đang đọc kế hoạch…"
        )

    def _keep(self, write: Callable[[], Path], kept: Callable[[Path], None]) -> None:
        self._runner.run_outside(write, kept, self._failed, busy="Đang lưu danh sách…")

    def ask_for_starter(self) -> None:
        """Choose a starter file."""
        path = ask_for_file(self, "Mở tệp khởi tạo", _STARTER_FILTER)
        if path is not None:
            self.look_at(path)

    def ask_for_plan(self) -> None:
        """Choose a plan file."""
        path = ask_for_file(self, "Chọn tệp kế hoạch", PLAN_FILTER)
        if path is not None:
            self.look_at(path)

    def ask_for_spare(self) -> None:
        """Choose the sealed spare, then type its code."""
        path = ask_for_file(self, "Mở khóa dự phòng", SPARE_FILTER)
        if path is not None:
            CodeDialog(self, lambda code: self.begin_from_spare(path, code)).open()

    def begin_from_spare(self, path: Path, code: str) -> None:
        """Make this PC the hub's again from the sealed spare."""
        environment, folder = self._runner.environment, self._runner.folder
        self._runner.run_outside(
            lambda: set_up_from(environment, folder, path, code), lambda _identity: self._enter(environment, folder),
            self._failed, busy="Đang lập lại máy tổng hợp…",
        )

    def begin_demonstration(self) -> None:
        """Open the demonstration beside the real folder."""
        environment, folder = demonstration_place(self._runner.environment, self._runner.folder)
        self.open_demonstration.setEnabled(False)
        self._runner.run_outside(
            lambda: prepare(environment, folder),
            lambda _nothing: self._enter(environment, folder),
            self._failed,
            busy="Đang chuẩn bị dữ liệu trình diễn…",
        )

    def _show_starter(self, path: Path, seen: StarterSeen) -> None:
        self.starter.show_starter(path, seen)
        self.pages.setCurrentWidget(self.starter)

    def _show_plan(self, seen: PlanSeen) -> None:
        self.hub.show_plan(seen)
        self.pages.setCurrentWidget(self.hub)

    def _begin_unit(self, unit: str, person: str) -> None:
        seen, path = self.starter.seen, self.starter.path
        environment, folder = self._runner.environment, self._runner.folder
        if seen is not None:
            self._person = person
            self._runner.run_outside(
                lambda: setup_unit(environment, folder, unit, path, seen.root_code) if unit
                else setup_hub_machine(environment, folder, path, seen.root_code),
                lambda _identity: self._enter(environment, folder),
                self._failed,
                busy="Đang thiết lập…",
            )

    def _begin_hub(self, unit: str, person: str) -> None:
        seen, environment, folder = self.hub.seen, self._runner.environment, self._runner.folder
        if seen is None:
            return
        self._person = person
        self._runner.run_outside(
            lambda: setup_hub(environment, folder, unit, seen.file, seen.choices),
            lambda _identity: self._enter(environment, folder),
            self._failed,
            busy="Đang lập sổ…",
        )

    def _enter(self, environment: Environment, folder: Path) -> None:
        """The folder is set up: open it, write down who works here, go to work."""
        self._runner.move(environment, folder)
        self._runner.open(self._opened, self._failed)

    def _opened(self, identity: Identity | None) -> None:
        if identity is None:
            self.show_choices()
        elif self._person.strip():
            name = self._person
            self._runner.run(lambda ws: set_person(ws, name), lambda _saved: self._done(identity), self._failed)
        else:
            self._done(identity)

    def _failed(self, error: SoTienDoError) -> None:
        self.open_demonstration.setEnabled(True)
        self.starter.allow_again()
        self.hub.allow_again()
        show_error(self.window(), error)


def _choice(heading: str, told: str, act: QWidget) -> QWidget:
    words = QWidget()
    words.setLayout(column(title(heading, 1), label(told, "muted", wrap=True), spacing=3))
    act.setMinimumWidth(act.fontMetrics().averageCharWidth() * 24)
    made = row(words, act, spacing=18, margins=(18, 14, 18, 14))
    made.setStretch(0, 1)
    return frame("card", made)
