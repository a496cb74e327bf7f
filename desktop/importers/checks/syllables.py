"""Which written words can be Vietnamese: every syllable has one of the known beginnings and rimes, and a fitting tone.

Source: the orthography of the language (chữ Quốc ngữ); a rime that ends in c, ch, p or t has the tone sắc or nặng.
Words without any Vietnamese letter (festival, marathon) are not judged, nor are abbreviations (QLĐT, VMĐT).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Before e, ê, i (and y) the sounds of c, g and ng are written k, gh and ngh, elsewhere not ("nghành" is ngành).
_NOT_BEFORE = {"c": "eêiy", "g": "eê", "ng": "eêi"}
_ONLY_BEFORE = {"gh": "eêi", "ngh": "eêi"}
_BEGINNINGS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split())
_RIMES = frozenset("""
a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uyn uynh uyt uyu uyp
ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uâc uâng ue uen ueo uet uêt uên uit
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
""".split())
"""Rimes without tones; those that only stand after q (quang, quen) are among them."""
_STOPS = ("c", "ch", "k", "p", "t")
_WORD = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng; the two that a stopped rime may have come last."""
_WITH_TONE = {
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone) for vowel in "aăâeêioôơuưy" for tone in _TONES
}
_TONED = re.compile(f"[{''.join(_WITH_TONE)}]")
_WITHOUT_TONE = str.maketrans({letter: vowel for letter, (vowel, _) in _WITH_TONE.items()})
_STOPPED_TONES = frozenset(letter for letter, (_, tone) in _WITH_TONE.items() if tone in _TONES[-2:])


def words_of(texts: Iterable[str]) -> set[str]:
    """The words of texts that are judged: those with Vietnamese letters that are no abbreviations."""
    # The same few names and times stand in row after row: each cell of a line is parted once.
    cells = {cell for text in texts for cell in text.split("\n")}
    pieces = set[str]().union(*map(str.split, cells))
    words = set(_WORD.findall(" ".join(pieces)))
    return {word for word in words if not word.isascii() and (word.islower() or word[1:].islower())}


def is_syllable(word: str) -> bool:
    """Whether a word could be one Vietnamese syllable, its tone placed the old way or the new ("hoà", "hòa")."""
    small = word.lower()
    plain = small.translate(_WITHOUT_TONE)
    if plain not in _RIMES and not _is_parted(plain):
        return False
    toned = _TONED.findall(small)
    if not toned:
        return not plain.endswith(_STOPS)
    if len(toned) > 1 or not _stands_well(plain, small.index(toned[0])):
        return False
    return not plain.endswith(_STOPS) or toned[0] in _STOPPED_TONES


def _stands_well(plain: str, place: int) -> bool:
    """Whether a tone stands where it may: on the last vowel with a mark of its own, never on a closing half-vowel."""
    if marked := [other for other, letter in enumerate(plain) if letter in "ăâêôơư"]:
        return place == marked[-1]
    closing = place == len(plain) - 1 and plain[place] in "iouy"
    return not (closing and plain[place - 1] in "aeo")


def _is_parted(plain: str) -> bool:
    """Whether a word without its tone is a beginning and a rime that may follow it."""
    for place in (1, 2, 3):
        rime = plain[place:]
        if rime in _RIMES and (beginning := plain[:place]) in _BEGINNINGS:
            if rime[0] not in _NOT_BEFORE.get(beginning, "") and rime[0] in _ONLY_BEFORE.get(beginning, rime[0]):
                return True
    return False
