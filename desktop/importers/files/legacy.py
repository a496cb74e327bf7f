"""Text of the time before Unicode: TCVN3 (ABC) and VNI, told by the font of a cell or by the words themselves.

Such text is kept as signs of Windows code page 1252 that only a font of the time draws as Vietnamese letters. Sources:
TCVN 5712:1993 (VN3); the VNI keyboard's fonts, whose marks follow their letter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop.models.text import nfc

_TCVN3_SIGNS = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
TCVN3 = dict(zip(_TCVN3_SIGNS, _TCVN3_LETTERS, strict=True))
"""Sign of code page 1252 -> letter. Capitals with a tone have no sign: fonts whose names end in H draw small as big."""

_VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_SHAPES = {
    "â": ("â", {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}),
    "ă": ("ê", {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}),
}
"""The mark after a letter that has a circumflex (or a breve), alone and with each tone."""
_VNI_ALONE = {
    "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö", "i": "i",
}
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_TOKEN = re.compile("[A-Za-z\u00a1-\u00ff]+")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    "(?:i[êe]u|y[êe]u|u[ôo]i|ươ[iu]|o[ae]o|oai|oay|uya|uy[êe]|uyu|uây|i[aêeu]|y[êe]|o[aăeio]|ô[io]?|ơi?|u[aâêiôơy]"
    "|ư[aiơu]|a[iouy]|â[uy]|e[o]|êu|[aăâeêioôơuưy])"
    "(?:ch?|m|ng?|nh|p|t)?"
)
_STOPPED = re.compile("(?:ch?|p|t)$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FEWEST_WORDS = 2
_FEWEST_CAPITALS = 4
_SAMPLES = 6
_SAMPLE_LENGTH = 120


class Encoding(StrEnum):
    """How a text is to be read."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    UNICODE = "unicode"


NAMES = {Encoding.TCVN3: "TCVN3 (ABC, phông .Vn…)", Encoding.VNI: "VNI (phông VNI-…)"}


@dataclass(frozen=True, slots=True)
class LegacyProposal:
    """What a file seems to be written in, with some of its texts (before, after); ``by_font`` when fonts tell."""

    encoding: Encoding
    preview: tuple[tuple[str, str], ...]
    by_font: bool


def _vni_table() -> dict[str, str]:
    """What stands for each letter in VNI -> the letter, small ones and capitals, a mark in either case."""
    table: dict[str, str] = {}
    for letter in map(chr, (*range(0x61, 0x1B1), *range(0x1EA0, 0x1EFA))):
        if (spelt := _vni(letter)) and spelt != letter:
            table[spelt] = letter
            table[spelt[0].upper() + spelt[1:].upper()] = letter.upper()
            if len(spelt) > 1:
                table[spelt[0].upper() + spelt[1:]] = letter.upper()
    return table


def _vni(letter: str) -> str:
    """How VNI spells a Vietnamese letter, "" for any other sign."""
    if letter in _VNI_ALONE:
        return _VNI_ALONE[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if base not in "aeiouy" or any(mark not in "\u0302\u0306\u031b" + _TONES for mark in marks):
        return ""
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u031b" in marks:
        return _VNI_ALONE["ơ" if base == "o" else "ư"] + _VNI_TONES.get(tone, "") if base in "ou" else ""
    shape = "â" if "\u0302" in marks and base in "aeo" else "ă" if "\u0306" in marks and base == "a" else ""
    if shape:
        alone, toned = _VNI_SHAPES[shape]
        return base + (toned[tone] if tone else alone)
    if len(marks) != bool(tone):
        return ""
    return base + _VNI_TONES[tone] if tone and base in "aeouy" else ""


VNI = _vni_table()
"""Letter, or letter and mark, of code page 1252 -> letter."""


@lru_cache(maxsize=1)
def _vni_pattern() -> re.Pattern[str]:
    """Made when the first such text is met: no other start has to wait for it."""
    return re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def decode(text: str, encoding: Encoding, capitals: bool = False) -> str:
    """A text written in an old encoding, in Unicode; ``capitals`` for TCVN3 fonts that draw small letters as big.

    A text that holds letters only Unicode has is Unicode already and comes back as it is.
    """
    if encoding is Encoding.UNICODE or _UNICODE_ONLY.search(text):
        return text
    if encoding is Encoding.VNI:
        return _vni_pattern().sub(lambda found: VNI[found[0]], text)
    decoded = "".join(TCVN3.get(sign, sign) for sign in text)
    return decoded.upper() if capitals or _all_capitals(text) else decoded


def _all_capitals(text: str) -> bool:
    """Whether capitals were meant: those with a tone have no sign of their own and stand among big letters as small."""
    letters = [sign for sign in text if sign.isascii() and sign.isalpha()]
    return len(letters) >= _FEWEST_CAPITALS and all(sign.isupper() for sign in letters)


def font_encoding(font: str) -> Encoding | None:
    """The encoding that a font's name tells: ".VnTime" TCVN3, "VNI-Times" VNI; None for any other."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith("vni-") else None


def is_capital_font(font: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals (".VnTimeH")."""
    return font_encoding(font) is Encoding.TCVN3 and font.strip().lower().endswith("h")


class LegacyReader:
    """Watches every text of a file, converts it where that was chosen, and proposes what to choose."""

    def __init__(self, chosen: Encoding = Encoding.UNICODE, by_font: bool = False) -> None:
        self._chosen, self._by_font = chosen, by_font
        self._plain = 0
        self._old = {Encoding.TCVN3: 0, Encoding.VNI: 0}
        self._by_fonts = {Encoding.TCVN3: 0, Encoding.VNI: 0}
        self._suspects: list[tuple[str, str]] = []

    def take(self, text: str, font: str = "") -> str:
        """A text as it is to be read; ``font`` is the name of its font where the file has fonts."""
        if text.isascii():
            return text.upper() if self._chosen is not Encoding.UNICODE and is_capital_font(font) else text
        if _UNICODE_ONLY.search(text):
            # Every second word or so has a mark.
            self._plain += 1 + text.count(" ") // 2
            return text
        told = font_encoding(font) if font else None
        plain, tcvn3, vni = _weigh(text)
        self._plain += plain
        if self._chosen is Encoding.UNICODE:
            self._old[Encoding.TCVN3] += tcvn3
            self._old[Encoding.VNI] += vni
            if told is not None:
                self._by_fonts[told] += decode(text, told) != text
            if (told is not None or tcvn3 or vni) and len(self._suspects) < 8 * _SAMPLES:
                self._suspects.append((text, font))
            return text
        if told is None and self._by_font and max(tcvn3, vni) < max(plain, 1):
            return text
        return nfc(decode(text, told or self._chosen, is_capital_font(font)))

    def proposal(self) -> LegacyProposal | None:
        """What the file seems to be written in; None when it is Unicode."""
        by_font = max(self._by_fonts.values()) > 0
        counts = self._by_fonts if by_font else self._old
        encoding = max(counts, key=lambda one: counts[one])
        if not by_font and (counts[encoding] < _FEWEST_WORDS or 2 * counts[encoding] < self._plain):
            return None
        preview = tuple(
            (text[:_SAMPLE_LENGTH], nfc(decode(text[:_SAMPLE_LENGTH], font_encoding(font) or encoding,
                                               is_capital_font(font))))
            for text, font in self._suspects[:_SAMPLES]
        )
        return LegacyProposal(encoding, preview, by_font)


@lru_cache(maxsize=8192)
def _weigh(text: str) -> tuple[int, int, int]:
    """How many words beyond ASCII are Vietnamese as they stand, only as TCVN3, only as VNI."""
    plain = tcvn3 = vni = 0
    for word in _TOKEN.findall(text):
        if word.isascii():
            continue
        if _is_syllable(word):
            plain += 1
            continue
        tcvn3 += _is_syllable(decode(word, Encoding.TCVN3))
        vni += _is_syllable(decode(word, Encoding.VNI))
    return plain, tcvn3, vni


def _is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable: letters in order, one tone at most, small or big throughout."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in _TONES]
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or (bool(tones) and tones[0] in "\u0301\u0323")
