"""Attachments of reports: how big one may be, and file names that are safe to save on any PC or stick."""

from __future__ import annotations

import re
import unicodedata

MAX_ATTACHMENT = 16 * 1024 * 1024
"""Bytes of one attachment: the authority of a plan and one attachment always fit into a mail (20 MB)."""

_MAX_NAME = 120
_MAX_BYTES = 200
_MAX_SUFFIX = 12
_OTHERWISE = "tep"
# Controls, marks that turn the reading round, surrogates, private signs.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co"))
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
# Device names of Windows, with any suffix: a file of such a name cannot be made there.
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)


def safe_name(text: str) -> str:
    """A file name made safe: one name and no path, nothing invisible, none that Windows or a stick refuses.

    The suffix is kept where a long name is cut; a safe name comes back as it is.
    """
    seen = "".join(" " if sign.isspace() else sign for sign in text)
    shown = "".join(sign for sign in seen if unicodedata.category(sign) not in _UNSEEN)
    name = _trimmed(_NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", shown))) or _OTHERWISE
    if _RESERVED.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    return _cut(name)


def is_safe_name(text: str) -> bool:
    """Whether a file may be saved under this very name."""
    return text == safe_name(text)


def _trimmed(name: str) -> str:
    """Without blanks and dots around it: the one hides a file, the other Windows drops."""
    return " ".join(name.split()).strip(" .")


def _cut(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _MAX_SUFFIX:
        stem, dot, suffix = name, "", ""
    while len(stem + dot + suffix) > _MAX_NAME or len((stem + dot + suffix).encode()) > _MAX_BYTES:
        stem = stem[:-1]
    return _trimmed(stem + dot + suffix)
