"""Which words can be Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest

from desktop.importers.checks.syllables import is_syllable, words_of
from tests.importers.plan_text import long_bien_lines

SOUND = (
    "đường phường quyết quốc giếng gì gìn giữ giết quý hoà hòa uỷ ủy thuỷ khuya nghiêng nghề ghế kê cô ngoài khuỷu quýt"
    " xoèn tuýp quẹo quắc boong khuếch thuở ý yêu yến uống ướt ước huyện nguyễn Đắk Đức Đề ấm ăn êm ở ọc quờ quện ngoẹo"
)
ODD = "phuờng thuờng cưòng nghành ngế gế cê dđoàn Điembre thưc tiêp họăc đưược ưxđm đìểm côngviệc đừơng đaị"


@pytest.mark.parametrize("word", SOUND.split())
def test_what_can_be_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.capitalize())


@pytest.mark.parametrize("word", ODD.split())
def test_what_cannot(word: str) -> None:
    assert not is_syllable(word)


def test_a_stopped_rime_has_one_of_two_tones() -> None:
    tones = "\u0300\u0309\u0303\u0301\u0323"
    assert [is_syllable(unicodedata.normalize("NFC", f"ta{tone}c")) for tone in tones] == [False] * 3 + [True] * 2


def test_abbreviations_and_foreign_words_are_not_judged() -> None:
    assert words_of(["QLĐT, VMĐT: Marathon (phường Bồ-Đề)", "TTPTQĐ"]) == {"phường", "Bồ", "Đề"}


def test_the_bundled_plan_has_two_words_that_cannot_be_vietnamese() -> None:
    assert {word for word in words_of(long_bien_lines()) if not is_syllable(word)} == {"dđoàn", "Điembre"}
