"""Colours read well, every mark can be drawn, and statuses have the office's words."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.errors import EnvironmentTrouble
from desktop.models.report import Timeliness, WorkState
from desktop.services.traffic.views import Outcome
from desktop.services.views import Status
from desktop.ui import theme
from desktop.ui.parts.segments import Segments
from desktop.ui.theme import DARK, LIGHT, Colours, Tone
from desktop.ui.widgets.basics import title
from tests.ui.conftest import RESOURCES


def _luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.1 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_read_on_their_ground(colours: Colours) -> None:
    pairs: list[tuple[QColor, QColor]] = []
    grounds = (colours.window, colours.panel, colours.header, colours.section, colours.group, colours.selected)
    pairs += product((colours.text, colours.muted), grounds)
    pairs += product((colours.blue,), (colours.panel, colours.blue_soft, colours.selected, colours.window))
    pairs += product((colours.on_blue,), (colours.blue_fill, colours.blue_press))
    pairs += product((colours.faint, colours.today), (colours.panel, colours.field))
    pairs += [(pair.fg, pair.bg) for pair in colours.tones.values()]
    weak = [(one.name(), other.name(), _contrast(one, other)) for one, other in pairs if _contrast(one, other) < 4.5]
    assert not weak


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_and_fields_stand_out(colours: Colours) -> None:
    for tone in Tone:
        assert _contrast(colours.tones[tone].bar, colours.panel) > 1.4, tone
    assert _contrast(colours.blue, colours.panel) > 3  # the line around what has the keys


def _all_statuses() -> list[Status]:
    return [
        Status(state, timeliness, percent, done, total, 3, conflicts, reported)
        for state, timeliness, percent, (done, total), conflicts, reported in product(
            (None, *WorkState), (None, *Timeliness), (None, 40), ((0, 0), (1, 1), (0, 5), (5, 5)), (0, 2), (False, True)
        )
    ]


def test_every_mark_is_in_the_bundled_face(dressed: QApplication) -> None:
    marks = {theme.status_style(status).mark for status in _all_statuses()}
    marks |= {theme.status_style(status, continuous=True).mark for status in _all_statuses()}
    marks |= {theme.outcome_style(outcome, conflicts).mark for outcome in Outcome for conflicts in (0, 1)}
    for bold in (False, True):
        font = QFont(dressed.font())
        font.setBold(bold)
        missing = [mark for mark in marks if not all(QFontMetrics(font).inFontUcs4(ord(letter)) for letter in mark)]
        assert not missing


def test_every_status_has_a_mark_and_a_word() -> None:
    for status in _all_statuses():
        made = theme.status_style(status)
        assert made.mark
        assert made.word


def _status(
    state: WorkState | None = None,
    timeliness: Timeliness | None = None,
    percent: int | None = None,
    count: tuple[int, int] = (0, 0),
    days: int | None = None,
    conflicts: int = 0,
    reported: bool = False,
) -> Status:
    return Status(state, timeliness, percent, *count, days, conflicts, reported)


@pytest.mark.parametrize(
    ("status", "words", "tone"),
    [
        (_status(WorkState.DONE, Timeliness.DONE_ON_TIME, 100), "√ Đúng hạn", Tone.GREEN),
        (_status(WorkState.DONE, Timeliness.DONE_LATE, 100), "◕ Trễ hạn", Tone.DARK_RED),
        (_status(WorkState.DONE, Timeliness.NO_DEADLINE, 100), "√ Hoàn thành", Tone.GREEN),
        (_status(WorkState.DOING, Timeliness.DUE_SOON, 70, days=-16), "◑ Sắp đến hạn · 70%", Tone.AMBER),
        (_status(None, Timeliness.DUE_SOON, days=-16), "◑ Sắp đến hạn · còn 16 ngày", Tone.AMBER),
        (_status(None, Timeliness.DUE_SOON, days=0), "◑ Sắp đến hạn · hôm nay", Tone.AMBER),
        (_status(WorkState.TODO, Timeliness.OVERDUE, 0, days=76), "▲ Quá hạn 76 ngày", Tone.RED),
        (_status(WorkState.DOING, Timeliness.OVERDUE, 55, days=76), "▲ Quá hạn 76 ngày · 55%", Tone.RED),
        (_status(WorkState.DOING, Timeliness.IN_TIME, 55), "● Đang thực hiện · 55%", Tone.BLUE),
        (_status(WorkState.TODO, Timeliness.IN_TIME), "○ Chưa thực hiện", Tone.GREY),
        (_status(None, Timeliness.NO_DEADLINE), "○ Chưa thực hiện", Tone.GREY),
        (_status(WorkState.PAUSED, Timeliness.IN_TIME), "■ Tạm dừng", Tone.GREY),
        (_status(WorkState.NONE_ARISING, None), "– Không phát sinh", Tone.GREY),
    ],
)
def test_words_of_an_item(status: Status, words: str, tone: Tone) -> None:
    made = theme.status_style(status)
    assert made.text == words
    assert made.fg == LIGHT.tones[tone].fg


def test_counts_name_what_they_count() -> None:
    eight = _status(WorkState.DOING, Timeliness.IN_TIME, reported=True)
    assert theme.status_style(eight, "8/12 kỳ").text == "● 8/12 kỳ"
    assert theme.status_style(_status(), "0/2 đợt · 0/14 phường").text == "○ 0/2 đợt · 0/14 phường"
    late = _status(WorkState.DOING, Timeliness.OVERDUE, count=(5, 9), days=3)
    assert theme.status_style(late, "5/9 phường").word == "Quá hạn 3 ngày · 5/9 phường"
    everyone = _status(WorkState.DONE, Timeliness.DONE_ON_TIME, count=(9, 9))
    assert theme.status_style(everyone, "9/9 phường").text == "√ Đúng hạn · 9/9 phường"
    assert theme.status_style(_status(WorkState.DONE, Timeliness.NO_DEADLINE), "12/12 kỳ").text == "√ 12/12 kỳ"
    assert theme.status_style(_status(WorkState.PAUSED), "1/2 đợt").text == "■ Tạm dừng"


def test_continuous_work_is_reported_or_not() -> None:
    now = replace(_status(WorkState.DOING, reported=True), reported_now=True)
    assert theme.status_style(now, continuous=True).text == "● Có báo cáo kỳ này"
    # A report of an earlier period says nothing of this one.
    before = _status(WorkState.DOING, reported=True)
    assert theme.status_style(before, continuous=True).text == "○ Chưa có báo cáo kỳ này"
    some = _status(WorkState.TODO, count=(5, 14), reported=True)
    assert theme.status_style(some, "5/14 phường", continuous=True).text == "○ 5/14 phường có báo cáo kỳ này"
    assert theme.status_style(_status(), continuous=True).word == "Chưa có báo cáo kỳ này"


def test_a_conflict_is_named_beside_the_status() -> None:
    made = theme.status_style(_status(WorkState.DOING, Timeliness.IN_TIME, 62, conflicts=1))
    assert made.text == "↔ Đang thực hiện · 62% · cần đối chiếu"


def test_outcomes_have_their_words() -> None:
    assert theme.outcome_style(Outcome.IMPORTED).word == "Đã nhập"
    assert theme.outcome_style(Outcome.IMPORTED, 1).word == "1 cần đối chiếu"
    assert theme.outcome_style(Outcome.HELD, 1).word == "Tạm giữ"
    assert theme.outcome_style(Outcome.REFUSED).word == "Từ chối"


def test_a_chosen_theme_and_size_are_in_force(restored: QApplication) -> None:
    theme.apply(restored, RESOURCES / "fonts", "dark", 12.5)
    assert theme.colours() is DARK
    assert (theme.chosen_scheme(), theme.chosen_points()) == ("dark", 12.5)
    assert restored.font().pointSizeF() == 12.5
    assert restored.palette().window().color() == DARK.panel


def test_the_system_theme_is_light_where_it_says_nothing(restored: QApplication) -> None:
    theme.apply(restored, RESOURCES / "fonts", "system")
    assert theme.colours() is LIGHT


def test_a_missing_face_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        theme.bundled_family(tmp_path)
    assert caught.value.code == "FONT_MISSING"


def test_titles_and_segments_follow_another_text_size(restored: QApplication, qtbot: QtBot) -> None:
    theme.apply(restored, RESOURCES / "fonts", "light", 10.5)
    heading, choice = title("Gửi", 2), Segments("Trang", ((0, "Vừa chiều ngang"), (1, "Cả trang")), 0)
    for made in (heading, choice):
        qtbot.addWidget(made)
    before = choice.button(0).minimumWidth()
    heading.show()
    theme.apply(restored, RESOURCES / "fonts", "dark", 14.0)
    assert heading.font().pointSizeF() == 16.0
    assert choice.button(0).minimumWidth() > before
