"""The system's dialogs for files and folders; each opens where the one before it was left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

_LAST = "lastFolder"


def ask_for_file(parent: QWidget, heading: str, kinds: str) -> Path | None:
    """One file to read; None when the dialog was cancelled."""
    name, _ = QFileDialog.getOpenFileName(parent, heading, last_folder(), kinds)
    return _kept(name, Path(name).parent)


def ask_for_files(parent: QWidget, heading: str, kinds: str) -> tuple[Path, ...]:
    """Files to read; none when the dialog was cancelled."""
    names, _ = QFileDialog.getOpenFileNames(parent, heading, last_folder(), kinds)
    for name in names[:1]:
        _kept(name, Path(name).parent)
    return tuple(Path(name) for name in names)


def ask_for_folder(parent: QWidget, heading: str) -> Path | None:
    """A folder or stick to write into; None when the dialog was cancelled."""
    name = QFileDialog.getExistingDirectory(parent, heading, last_folder())
    return _kept(name, Path(name))


def ask_where_to_save(parent: QWidget, heading: str, offered: str, kinds: str) -> Path | None:
    """A file to write; whoever writes never writes over an existing one, so none is asked about."""
    option = QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, heading, str(Path(last_folder()) / offered), kinds, options=option)
    return _kept(name, Path(name).parent)


def last_folder() -> str:
    """The folder of the last dialog; first the documents of whoever works at this PC."""
    app = QApplication.instance()
    last = app.property(_LAST) if app is not None else None
    return str(last) if last else QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _kept(name: str, folder: Path) -> Path | None:
    app = QApplication.instance()
    if not name or app is None:
        return None
    app.setProperty(_LAST, str(folder))
    return Path(name)
