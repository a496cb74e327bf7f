"""The bundled faces: their letters, and what happens without them."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from desktop.models.errors import EnvironmentTrouble
from desktop.models.report import Timeliness
from desktop.reports.consolidated import COLUMNS, consolidated_pdf
from desktop.reports.fonts import Face, load_faces
from desktop.reports.layouts import table_layout
from tests.reports.samples import FONTS, LAYOUTS, PLAN_TEXT, item, sheet

VIETNAMESE = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


@pytest.mark.parametrize("face", list(Face))
def test_every_letter_of_the_plan_is_there(face: Face) -> None:
    plan = unicodedata.normalize("NFC", PLAN_TEXT.read_text(encoding="utf-8"))
    lacking = {letter for letter in plan if not letter.isspace() and ord(letter) not in load_faces(FONTS).widths[face]}
    assert not lacking


@pytest.mark.parametrize("face", list(Face))
def test_every_vietnamese_letter_is_there(face: Face) -> None:
    small = {unicodedata.normalize("NFC", letter + tone) for letter in VIETNAMESE for tone in TONES} | {"đ"}
    assert len(small) == 73
    lacking = {letter for letter in small | {each.upper() for each in small} if len(letter) != 1}
    known = load_faces(FONTS).widths[face]
    lacking |= {form for each in small for form in (each, each.upper()) if ord(form) not in known}
    assert not lacking


def test_every_mark_is_there() -> None:
    marks = table_layout(LAYOUTS, "consolidated", COLUMNS).marks
    known = load_faces(FONTS).widths
    assert set(marks) == set(Timeliness)
    assert all(ord(letter) in known[face] for mark in marks.values() for letter in mark.mark for face in Face)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("e\u0302\u0301", "ế"),
        ("✓ xong", "√ xong"),
        ("\uf0b7 ý một", "• ý một"),
        ("a\x07b\tc", "ab c"),
        ("một\nhai", "một\nhai"),
        ("\U0001f600", "□"),
        ("a\u3000b", "a b"),
    ],
)
def test_what_is_printed_for_letters_the_faces_lack(text: str, printed: str) -> None:
    assert load_faces(FONTS).printable(text) == printed


@pytest.mark.parametrize("damage", ["absent", "folder", "empty", "cut"])
def test_a_missing_or_damaged_font_is_told_plainly(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(FONTS, folder)
    file = folder / "LiberationSerif-Italic.ttf"
    content = file.read_bytes()
    file.unlink()
    if damage == "folder":
        file.mkdir()
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "cut":
        file.write_bytes(content[:2000])
    with pytest.raises(EnvironmentTrouble) as caught:
        consolidated_pdf(sheet([item()]), folder, LAYOUTS)
    assert caught.value.code == "FONT_MISSING"
    assert "LiberationSerif-Italic.ttf" in caught.value.message
    assert caught.value.advice


def test_the_licence_is_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "2.1.5" in (FONTS / "README.md").read_text(encoding="utf-8")
