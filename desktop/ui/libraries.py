"""Named lazy loaders: what a window does not need in order to appear, loaded when a screen first asks for it.

Each screen comes with the services it uses (database, keys, PDF pages), so none is imported before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.services.environment import Environment
    from desktop.services.plan.plans import PlanChoice
    from desktop.services.views import Changes, Identity
    from desktop.services.workspace import Workspace
    from desktop.ui.plan.details import DetailsPanel
    from desktop.ui.plan.editing import Editing
    from desktop.ui.plan.narrative import NarrativeView
    from desktop.ui.shell.screen import Screen
    from desktop.ui.shell.window import FileTaker, MainWindow
    from desktop.ui.tasks import TaskRunner
    from desktop.ui.tour.script import TourDone


def open_workspace(environment: Environment, folder: Path) -> Workspace:
    """Open the workspace, loading the database and its libraries on the thread that asks."""
    from desktop.services.workspace import open_workspace as opener

    return opener(environment, folder)


def start_screen(runner: TaskRunner, done: Callable[[Identity], None]) -> FileTaker:
    """The start screen."""
    from desktop.ui.start.screen import StartScreen

    return StartScreen(runner, done)


def plan_screen(runner: TaskRunner, identity: Identity) -> Screen:
    """*Kế hoạch*."""
    from desktop.ui.plan.screen import PlanScreen

    return PlanScreen(runner, identity)


def narrative_view() -> NarrativeView:
    """*Toàn văn*, a part of *Kế hoạch* that few open."""
    from desktop.ui.plan.narrative import NarrativeView

    return NarrativeView()


def plan_editing(runner: TaskRunner, panel: DetailsPanel) -> Editing:
    """Correcting and commenting in the details, with the readers of plans behind it."""
    from desktop.ui.plan.editing import Editing

    return Editing(runner, panel)


def take_newer_version(parent: QWidget, runner: TaskRunner) -> None:
    """*Bản mới của kế hoạch*: from the file to the facts."""
    from desktop.ui.amending.dialog import take_newer_version as take

    take(parent, runner)


def open_new_plan(window: MainWindow) -> None:
    """*Mở kế hoạch mới*, over the window; the desk is then that of the new plan."""
    from desktop.ui.newplan.dialog import NewPlanDialog

    NewPlanDialog(window, window.runner, window.turn_to).open()


def show_withdrawn(parent: QWidget, runner: TaskRunner) -> None:
    """*Dòng đã rút khỏi kế hoạch*."""
    from desktop.ui.amending.dialog import show_withdrawn as show

    show(parent, runner)


def work_screen(runner: TaskRunner, identity: Identity) -> Screen:
    """*Việc kỳ này*."""
    from desktop.ui.work.screen import WorkScreen

    return WorkScreen(runner, identity)


def receive_screen(runner: TaskRunner) -> Screen:
    """*Tiếp nhận*."""
    from desktop.ui.traffic.receive import ReceiveScreen

    return ReceiveScreen(runner)


def exchange_screen(runner: TaskRunner, identity: Identity) -> Screen:
    """*Gửi – Nhận*."""
    from desktop.ui.traffic.exchange import ExchangeScreen

    return ExchangeScreen(runner, identity)


def printing_screen(runner: TaskRunner, identity: Identity) -> Screen:
    """*In ấn*, with QtPdf and QtPrintSupport."""
    from desktop.ui.printing.screen import PrintingScreen

    return PrintingScreen(runner, identity)


def settings_screen(runner: TaskRunner, identity: Identity) -> Screen:
    """*Thiết lập*."""
    from desktop.ui.settings.screen import SettingsScreen

    return SettingsScreen(runner, identity)


def show_crash(window: QWidget | None, whole: str, saved: str) -> None:
    """The dialog of a fault of ours: the traceback, and where the log is."""
    from desktop.ui.shell.crash_dialog import show_crash as show

    show(window, whole, saved)


def waiting_at_reception(ws: Workspace) -> int:
    """The badge of *Tiếp nhận*: machines that wait for approval, values that wait for a decision here."""
    from desktop.services.settling import clashes
    from desktop.services.traffic.enrolling import requests

    return sum(one.state == "pending" for one in requests(ws)) + sum(one.ours for one in clashes(ws))


def waiting_facts(ws: Workspace) -> int:
    """The badge of *Gửi – Nhận*: facts in no written file yet."""
    from desktop.services.traffic.sealing import waiting

    return waiting(ws)


def rows_to_enter(ws: Workspace) -> int:
    """The badge of *Việc kỳ này*: rows this unit leads without a report in the current period."""
    from desktop.services.reporting import current_period, work_view

    return sum(row.lead and row.report.state is None for row in work_view(ws, current_period(ws)).rows)


def appearance(ws: Workspace) -> tuple[str, float]:
    """The theme and the size of text chosen at this PC."""
    from desktop.services.preferences import preferences

    chosen = preferences(ws)
    return chosen.scheme, chosen.text_points


def plan_choices(ws: Workspace) -> tuple[PlanChoice, ...]:
    """The plans of the folder."""
    from desktop.services.plan.plans import plans

    return plans(ws)


def choose_plan(plan_id: str, ws: Workspace) -> Identity:
    """Work in another plan from now on."""
    from desktop.services.plan import plans

    return plans.choose_plan(ws, plan_id)


def close_plan(ws: Workspace) -> Changes:
    """End the plan one works in."""
    from desktop.services.plan import plans

    return plans.close_plan(ws)


def reopen_plan(ws: Workspace) -> Changes:
    """Work on an ended plan again."""
    from desktop.services.plan import plans

    return plans.reopen_plan(ws)


def person(ws: Workspace) -> str:
    """*Người nhập* of this PC."""
    return ws.person


def prepared_demonstration(environment: Environment, folder: Path) -> Environment:
    """The surroundings of a demonstration folder, which is made where missing."""
    from desktop.services import demonstration
    from desktop.services.environment import demonstration_surroundings

    staged = demonstration_surroundings(environment, folder)
    demonstration.prepare(staged, folder)
    return staged


def take_tour(
    environment: Environment,
    out: Path,
    application: Callable[[Environment], object],
    window: Callable[[Environment, Path], MainWindow],
    dress: Callable[[Environment, str], None],
) -> TourDone:
    """Run the tour into a folder; ``application`` makes the QApplication, ``dress`` puts a theme in force.

    Raises Mistake TOUR_FOLDER_TAKEN, EnvironmentTrouble.
    """
    from desktop.services import demonstration
    from desktop.services.environment import demonstration_surroundings
    from desktop.ui.tour.script import Tour
    from desktop.ui.tour.stage import Stage, clear_out

    clear_out(out)
    staged = demonstration_surroundings(environment, out)
    application(staged)
    dress(staged, "light")
    stage = Stage(partial(window, staged), out)
    try:
        return Tour(stage, out, demonstration.printed_plan(staged), partial(dress, staged)).run()
    finally:
        stage.close()
