"""Qt's own words (menus of text fields, file and print dialogs) in Vietnamese: Qt ships no Vietnamese catalogue."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, QTranslator

from desktop.models.errors import EnvironmentTrouble

FORMAT = "qt-words/1"
_FILE = Path("translations") / "qt_vi.json"


def read_words(resources: Path) -> dict[str, str]:
    """Qt's words and ours for them. Raises EnvironmentTrouble WORDS_DAMAGED."""
    try:
        body = json.loads((resources / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(resources) from error
    words = body.get("words") if isinstance(body, dict) and body.get("format") == FORMAT else None
    if not isinstance(words, dict) or not all(isinstance(text, str) and text for text in words.values()):
        raise _damaged(resources)
    return words


def _damaged(resources: Path) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        "WORDS_DAMAGED",
        f"Không đọc được tệp {resources / _FILE} đi kèm chương trình; dữ liệu không thay đổi.",
        "Hãy cài lại chương trình.",
    )


class QtWords(QTranslator):
    """Translates the words it knows, whatever Qt class asks; the rest stay as Qt has them."""

    def __init__(self, words: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        """Qt installs only catalogues that are not empty."""
        return not self._words

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Our word for Qt's; empty where there is none, then Qt asks on."""
        return self._words.get(sourceText, "")
