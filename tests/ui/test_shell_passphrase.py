"""The passphrase: asked on the UI thread while the worker waits, twice for new keys, let go at closing."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.errors import Mistake
from desktop.ui.shell.passphrase import PassphraseAsker
from desktop.ui.widgets.dialogs import PassphraseDialog


def _shown() -> PassphraseDialog | None:
    found = [held for held in QApplication.topLevelWidgets() if isinstance(held, PassphraseDialog)]
    return found[0] if found else None


def _asked(asker: PassphraseAsker, new: bool, worker: ThreadPoolExecutor, qtbot: QtBot) -> Future[str]:
    answer = worker.submit(asker, new)
    qtbot.waitUntil(lambda: (held := _shown()) is not None and held.isVisible())
    return answer


def _dialog() -> PassphraseDialog:
    found = _shown()
    assert found is not None
    return found


def test_the_worker_gets_what_was_typed(qtbot: QtBot) -> None:
    asker = PassphraseAsker()
    with ThreadPoolExecutor(1) as worker:
        answer = _asked(asker, False, worker, qtbot)
        QTest.keyClicks(_dialog().first, "mat khau")
        QTest.keyClick(_dialog().first, Qt.Key.Key_Return)
        assert answer.result(20) == "mat khau"


def test_new_keys_ask_twice_and_say_what_is_wrong_at_the_field(qtbot: QtBot) -> None:
    asker = PassphraseAsker()
    with ThreadPoolExecutor(1) as worker:
        answer = _asked(asker, True, worker, qtbot)
        dialog = _dialog()
        assert dialog.second is not None
        QTest.keyClick(dialog.first, Qt.Key.Key_Return)
        assert dialog.problem.text() == "Chưa nhập mật khẩu."
        dialog.first.setText("một")
        dialog.second.setText("hai")
        QTest.keyClick(dialog.second, Qt.Key.Key_Return)
        assert dialog.problem.text() == "Hai lần nhập không giống nhau."
        assert not answer.done()
        dialog.second.setText("một")
        QTest.keyClick(dialog.second, Qt.Key.Key_Return)
        assert answer.result(20) == "một"


def test_putting_it_off_is_quiet(qtbot: QtBot) -> None:
    asker = PassphraseAsker()
    with ThreadPoolExecutor(1) as worker:
        answer = _asked(asker, False, worker, qtbot)
        QTest.keyClick(_dialog(), Qt.Key.Key_Escape)
        with pytest.raises(Mistake) as caught:
            answer.result(20)
    assert caught.value.code == "PASSPHRASE_NOT_GIVEN"


def test_a_closing_window_lets_the_worker_go(qtbot: QtBot) -> None:
    asker = PassphraseAsker()
    with ThreadPoolExecutor(1) as worker:
        answer = _asked(asker, False, worker, qtbot)
        asker.let_go()
        with pytest.raises(Mistake):
            answer.result(20)
        with pytest.raises(Mistake):
            worker.submit(asker, False).result(20)
