"""Vietnamese text: normal form, folding for matching, alphabetical and natural order.

Rules: office.md "Vietnamese text"; order of letters and tones as CLDR vi.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


class _Folding(dict[int, str]):
    """For ``str.translate``: what a character folds to, worked out once each (a plan is folded at every start)."""

    def __missing__(self, code: int) -> str:
        plain = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        self[code] = folded = plain.translate(_D_STROKE).casefold()
        return folded


class _Lettering(dict[int, str]):
    """For ``str.translate``: what a character folds to where only letters and digits count; what signs become."""

    def __init__(self, instead: str) -> None:
        super().__init__()
        self._instead = instead

    def __missing__(self, code: int) -> str:
        self[code] = kept = _SIGNS.sub(self._instead, _FOLDING[code])
        return kept


_D_STROKE = str.maketrans({"đ": "d", "Đ": "D"})
_FOLDING = _Folding()
_SIGNS = re.compile(r"[\W_]+")
_LETTERS_ALONE = _Lettering("")
_LETTERS_APART = _Lettering(" ")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1)}
# None, huyền, hỏi, ngã, sắc, nặng.
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# In the order of the CLDR root; others come after these.
_SIGN_RANK = {sign: rank for rank, sign in enumerate("_-–—,;:!?.'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$", start=1)}
_DIGITS = 1000
"""Rank of every number; signs come before, letters after."""
_NUMBER = re.compile(r"(\d+)")
_ROMAN = re.compile(r"^(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_DIGITS = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def nfc(text: str) -> str:
    """The text in NFC, the only form that is stored, sent and drawn."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Folded for matching: marks dropped, đ -> d, case folded, runs of blanks one blank.

    ``hoà`` and ``hòa``, NFC and NFD, ``Đ`` and ``đ`` all fold alike. Never shown, never stored in place of a text.
    """
    return " ".join(text.translate(_FOLDING).split())


def folded_letters(text: str) -> str:
    """The text folded as by ``fold``, its letters and digits only."""
    return text.translate(_LETTERS_ALONE)


def folded_words(text: str) -> list[str]:
    """The words of a text folded as by ``fold``: runs of letters and digits."""
    return text.translate(_LETTERS_APART).split()


def toneless(word: str) -> tuple[str, int]:
    """A word in lower case without its tone, letters with their own marks kept, and the rank of that tone (0: none).

    ``hoà`` and ``hòa`` are both ("hoa", 1), whichever letter carries the tone.
    """
    tone, kept = 0, ""
    for part in unicodedata.normalize("NFD", word.casefold()):
        if part in _TONE_RANK:
            tone = _TONE_RANK[part]
        else:
            kept += part
    return unicodedata.normalize("NFC", kept), tone


def squeeze(text: str) -> str:
    """The text with runs of blanks (no-break ones too) as one blank and none at its ends."""
    return " ".join(text.split())


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in capitals ("IV" -> 4), or None when it is none."""
    if not _ROMAN.match(text):
        return None
    values = [_ROMAN_VALUE[c] for c in text]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def roman(value: int) -> str:
    """A number from 1 to 399 as a Roman numeral in capitals (4 -> "IV"); ``roman_value`` reads it back."""
    written = ""
    for digit, sign in _ROMAN_DIGITS:
        count, value = divmod(value, digit)
        written += sign * count
    return written


CollationKey = tuple[tuple[int, ...], tuple[int, ...], str]


@lru_cache(maxsize=65536)
def collation_key(text: str) -> CollationKey:
    """A sort key in the order of CLDR vi: letters first, tones second, small letters before capitals.

    Blanks come before signs, signs before digits, those before letters; digits count as numbers. The same on every PC.
    """
    whole = nfc(text)
    ranks: list[int] = []
    tones: list[int] = []
    for piece in _NUMBER.split(whole.casefold()):
        if piece.isdecimal():
            ranks += (_DIGITS, int(piece))
            tones += (0, 0)
            continue
        for char in piece:
            rank, tone = _letter_key(char)
            ranks.append(rank)
            tones.append(tone)
    return tuple(ranks), tuple(tones), whole.swapcase()


@lru_cache(maxsize=4096)
def _letter_key(char: str) -> tuple[int, int]:
    """Rank of a letter or sign among all, and of its tone; a letter with a foreign mark stands beside the plain one."""
    letter, tone = toneless(char)
    if letter.isalpha():
        rank = _LETTER_RANK.get(letter) or _LETTER_RANK.get(unicodedata.normalize("NFD", letter)[0], 0)
        tone = tone if letter in _LETTER_RANK or not rank else len(_TONE_RANK) + 1
        # Letters of other alphabets come after ours.
        return _DIGITS + (rank or 100 + ord(letter[0])), tone
    if not letter or letter.isspace():
        return 0, tone
    return _SIGN_RANK.get(letter, len(_SIGN_RANK) + 1), tone


def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key for printed numbers: 2.1.9 before 2.1.10; I, II, III by value."""
    key: list[tuple[int, int, str]] = []
    for piece in re.split(r"[./\s]+", code.strip()):
        value = roman_value(piece)
        if piece.isdecimal():
            key.append((0, int(piece), ""))
        elif value is not None:
            key.append((0, value, piece))
        else:
            key.append((1, 0, piece))
    return tuple(key)
