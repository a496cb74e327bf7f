"""The table of damaged words."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.importers.checks.damage import WordTable, load_damaged_words
from desktop.models.errors import EnvironmentTrouble, Refused
from tests.importers.plan_text import damaged_words, long_bien_plan


def test_whole_words_only_and_the_longest_first() -> None:
    table = WordTable({"UTV": "UVTV", "UTV X": "Y"})
    assert list(table.find("UTV, AUTV UTV X")) == [("UTV", "UVTV"), ("UTV X", "Y")]
    assert list(WordTable({}).find("UTV")) == []


def test_a_form_is_found_at_the_edges_of_lines_and_beside_signs() -> None:
    table = WordTable({"tu vấn": "tư vấn", "(+": "+", "tái hộ": "tái"})
    text = "tu vấn\ntu vấn, (tái hộ) tu vấn1 xtu vấn (+"
    assert [printed for printed, _ in table.find(text)] == ["tu vấn", "tu vấn", "tái hộ", "(+"]
    assert table.occurs("\n\ntái hộ")
    assert not table.occurs("_tái hộ")


def test_every_word_of_the_table_is_met_in_the_plan() -> None:
    plan = long_bien_plan()
    rows = ((one.title, *one.leaders, *one.lead_units, *one.coordinating_units) for one in plan.nodes)
    text = "\n".join([*(text for row in rows for text in row), *(one.text for one in plan.narrative)])
    words = damaged_words()
    for table in (words.leaders, words.text):
        assert set(table.suggestions) == {printed for printed, _ in table.find(text)}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "damaged-words/1"}',
                                     '{"format": "damaged-words/1", "leaders": {"a": 1}, "text": {}}'])
def test_a_malformed_table_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "words.json").write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_damaged_words(tmp_path / "words.json")
    assert caught.value.code == "WORDS_MALFORMED"


def test_a_missing_table_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentTrouble) as caught:
        load_damaged_words(tmp_path / "none.json")
    assert caught.value.code == "WORDS_UNREADABLE"
