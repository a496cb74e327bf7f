"""Qt's own words are Vietnamese in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.models.errors import EnvironmentTrouble
from desktop.ui.translator import QtWords, read_words
from tests.ui.conftest import RESOURCES


@pytest.fixture
def installed(dressed: QApplication) -> Iterator[QtWords]:
    made = QtWords(read_words(RESOURCES))
    dressed.installTranslator(made)
    yield made
    dressed.removeTranslator(made)


def test_the_menu_of_a_text_field(installed: QtWords, qtbot: QtBot) -> None:
    field = QLineEdit("chữ")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    menu.deleteLater()
    assert words == ["&Hoàn tác", "&Làm lại", "&Cắt", "Ch&ép", "&Dán", "Xóa", "Chọn tất cả"]
    assert installed.translate("QLineEdit", "Words nobody knows") == ""


@pytest.mark.parametrize("text", ["", "[]", '{"format": "qt-words/1"}', '{"format": "qt-words/1", "words": {"a": 1}}'])
def test_a_damaged_file_is_told(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "translations"
    folder.mkdir()
    (folder / "qt_vi.json").write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentTrouble) as caught:
        read_words(tmp_path)
    assert caught.value.code == "WORDS_DAMAGED"
