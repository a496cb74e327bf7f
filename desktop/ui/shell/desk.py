"""The desk: bars around a stack of screens, each built when first shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from desktop.models.errors import SoTienDoError
from desktop.services.views import Changes, Identity
from desktop.ui.libraries import (
    choose_plan,
    close_plan,
    person,
    plan_choices,
    reopen_plan,
    take_newer_version,
)
from desktop.ui.parts.words import clock_words, day_words
from desktop.ui.shell.frame import Foot, Navigation, TopBar
from desktop.ui.shell.plans import ask_to_close
from desktop.ui.shell.screen import Screen, ScreenSpec
from desktop.ui.tasks import TaskRunner
from desktop.ui.widgets.basics import column, row

_NOTICE = "Trình diễn – số liệu giả định, ngày giả định {day}"


class Desk(QWidget):
    """Everything one sees after start: it switches screens, spreads changes and counts what waits.

    ``opens_new`` tells whether somebody listens to ``new_plan_asked``.
    """

    turned = Signal(object)
    """One works in another plan from now on: the Identity there. This desk is about the plan before."""
    new_plan_asked = Signal()

    def __init__(
        self, runner: TaskRunner, identity: Identity, specs: Sequence[ScreenSpec], *, opens_new: bool = False
    ) -> None:
        super().__init__()
        self._runner = runner
        self.identity = identity
        self.specs = tuple(specs)
        self.screens: dict[int, Screen] = {}
        self.top = TopBar(identity, opens_new=opens_new)
        self.navigation = Navigation(specs)
        today = runner.environment.clock().date()
        self.foot = Foot(_NOTICE.format(day=day_words(today)) if identity.demonstration else "")
        self._stack = QStackedWidget()
        self._stack.setProperty("look", "ground")
        # Below the smallest supported size there are scroll bars; no control is ever cut.
        room = QScrollArea()
        room.setFrameShape(QScrollArea.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(self._stack)
        middle = row(self.navigation, room, spacing=0)
        middle.setStretch(1, 1)
        body = QWidget()
        body.setLayout(middle)
        made = column(self.top, body, self.foot, spacing=0)
        made.setStretch(1, 1)
        self.setLayout(made)
        self.navigation.asked.connect(self.show_place)
        self.top.search.asked.connect(self._search)
        self.top.search.left.connect(self._give_keys)
        self.top.plan.chosen.connect(self._choose_plan)
        self.top.plan.newer_asked.connect(self._ask_newer_version)
        self.top.plan.new_asked.connect(self._ask_new_plan)
        self.top.plan.close_asked.connect(self._ask_to_close)
        self.top.plan.reopen_asked.connect(lambda: self._runner.run(reopen_plan, _nothing))
        runner.changed.connect(self._changed)
        runner.busy_changed.connect(self.foot.show_busy)

    @property
    def place(self) -> int:
        """The place of the screen shown, -1 before the first."""
        current = self._stack.currentWidget()
        return next((place for place, screen in self.screens.items() if screen is current), -1)

    @property
    def shown(self) -> Screen | None:
        """The screen shown."""
        return self.screens.get(self.place)

    def begin(self, title: str = "") -> None:
        """Show the screen of a title, else the first; the badges are counted once it is painted."""
        if not self.show_titled(title):
            self.show_place(0)
        self._runner.run(person, self._begun)

    def _begun(self, name: str) -> None:
        # The answer to the first screen came before this one; its painting comes before the timer.
        self.top.show_person(name)
        QTimer.singleShot(0, self._look_around)

    def _look_around(self) -> None:
        """What the first screen need not wait for: badges, and the plans there are."""
        self._count()
        self._read_plans()

    def show_place(self, place: int) -> bool:
        """Go to a screen, building it the first time; stays where a field is wrong. Whether it was shown."""
        if not 0 <= place < len(self.specs):
            return False
        before = self.shown
        if place != self.place and not self.commit_pending():
            self.navigation.show_chosen(self.place)
            return False
        screen = self.screens.get(place) or self._build(place)
        self._stack.setCurrentWidget(screen)
        self.navigation.show_chosen(place)
        self.foot.show_hint(screen.key_hint)
        if screen is not before:
            screen.setFocus()
        return True

    def show_titled(self, title: str) -> bool:
        """Go to the screen of a title."""
        return self.show_place(next((at for at, spec in enumerate(self.specs) if spec.title == title), -1))

    def commit_pending(self) -> bool:
        """Save what is being typed, the word still in the input method too. False when a field is wrong."""
        if QGuiApplication.focusObject() is not None:
            QGuiApplication.inputMethod().commit()
        return self.shown is None or self.shown.commit_pending()

    def refresh(self) -> None:
        """Read the screen shown anew."""
        if self.shown is not None and self.commit_pending():
            self.shown.refresh(None)
            self._count()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Hand files dropped on the window to the screen that takes them."""
        place = next((at for at, spec in enumerate(self.specs) if spec.takes_files), -1)
        if self.show_place(place):
            self.screens[place].take_files(paths)

    def print_sheet(self) -> None:
        """Go to *In ấn*, for the period of the screen shown."""
        period = self.shown.period if self.shown is not None else ""
        place = next((at for at, spec in enumerate(self.specs) if spec.prints), -1)
        if self.show_place(place) and period:
            self.screens[place].choose_period(period)

    def go_to_search(self) -> None:
        """Give the keys to the search field."""
        self.top.search.setFocus()
        self.top.search.selectAll()

    def _build(self, place: int) -> Screen:
        screen = self.specs[place].factory()
        self.screens[place] = screen
        self._stack.addWidget(screen)
        screen.badge_changed.connect(partial(self.navigation.set_waiting, place))
        screen.hint_changed.connect(partial(self._hint, screen))
        screen.person_changed.connect(self._ask_person)
        screen.refresh(None)
        return screen

    def _hint(self, screen: Screen, words: str) -> None:
        if screen is self.shown:
            self.foot.show_hint(words)

    def _search(self, text: str) -> None:
        """Search on the screen shown; where it cannot, on the first that can, once there is something to find."""
        if self.shown is not None and self.specs[self.place].searches:
            self.shown.search(text)
            return
        if not text:
            return
        for place, spec in enumerate(self.specs):
            if spec.searches and self.show_place(place):
                self.screens[place].search(text)
                self.top.search.setFocus()
                return

    def _give_keys(self) -> None:
        if self.shown is not None:
            self.shown.setFocus()

    def _changed(self, changes: Changes) -> None:
        now = self._runner.environment.clock()
        self.foot.show_saved(f"Đã lưu {clock_words(now)}")
        for screen in self.screens.values():
            screen.refresh(changes)
        self._count()
        if changes.plans:
            self._read_plans()

    def _read_plans(self) -> None:
        self._runner.run(plan_choices, self.top.plan.show_plans)

    def _choose_plan(self, plan_id: str) -> None:
        """Save what is being typed into the plan it belongs to, then go to the other plan."""
        if not self.commit_pending():
            return
        # Whatever is done here until the other desk stands would be done to the other plan.
        self.setEnabled(False)
        self._runner.run(partial(choose_plan, plan_id), self.turned.emit, self._not_chosen)

    def _not_chosen(self, error: SoTienDoError) -> None:
        self.setEnabled(True)
        self._runner.failed.emit(error)
        self._read_plans()

    def _ask_newer_version(self) -> None:
        if self.commit_pending():
            take_newer_version(self, self._runner)

    def _ask_new_plan(self) -> None:
        if self.commit_pending():
            self.new_plan_asked.emit()

    def _ask_to_close(self) -> None:
        if self.commit_pending():
            ask_to_close(self, self.top.plan.text(), lambda: self._runner.run(close_plan, _nothing))

    def _ask_person(self) -> None:
        self._runner.run(person, self.top.show_person)

    def _count(self) -> None:
        """Count what waits at the screens, on the worker."""
        for place, spec in enumerate(self.specs):
            if spec.badge is not None:
                self._runner.run(spec.badge, partial(self.navigation.set_waiting, place))


def _nothing(_changes: Changes) -> None:
    """What changed reaches every screen by the runner."""
