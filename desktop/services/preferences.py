"""What a person chose at this PC: *Người nhập*, theme and text size. Never sent, no facts."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.errors import Mistake
from desktop.models.text import nfc, squeeze
from desktop.services.workspace import Workspace

SCHEMES = ("system", "light", "dark")
TEXT_POINTS = (10.5, 11.5, 12.5, 14.0)
"""The sizes of text to choose from, in points; the first is the default."""
_MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of this PC. ``scheme`` is one of SCHEMES, ``text_points`` one of TEXT_POINTS."""

    person: str
    scheme: str
    text_points: float


def preferences(ws: Workspace) -> Preferences:
    """The choices in force; a value this program does not know counts as not chosen."""
    scheme = ws.store.office.setting("scheme")
    points = next((one for one in TEXT_POINTS if str(one) == ws.store.office.setting("text_points")), TEXT_POINTS[0])
    return Preferences(ws.person, scheme if scheme in SCHEMES else SCHEMES[0], points)


def set_person(ws: Workspace, name: str) -> Preferences:
    """Who works here from now on; written into every fact that follows. Raises Mistake PERSON_NAME."""
    plain = squeeze(nfc(name))
    if not plain or len(plain) > _MOST_NAME:
        raise Mistake(
            "PERSON_NAME", "Tên người nhập chưa đúng.", f"Hãy ghi họ tên hoặc chức danh, không quá {_MOST_NAME} chữ."
        )
    with ws.store.atomic():
        ws.store.office.set_setting("person", plain)
    return preferences(ws)


def set_appearance(ws: Workspace, scheme: str, text_points: float) -> Preferences:
    """Theme and text size from now on."""
    with ws.store.atomic():
        ws.store.office.set_setting("scheme", scheme)
        ws.store.office.set_setting("text_points", str(text_points))
    return preferences(ws)
