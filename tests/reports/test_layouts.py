"""Layout data: the bundled files, and how a slip in one is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.models.errors import EnvironmentTrouble
from desktop.models.sheets import Paper, SigningFor
from desktop.reports.consolidated import COLUMNS
from desktop.reports.layouts import MM, paper_layout, table_layout
from tests.reports.samples import LAYOUTS

Change = Callable[[Any], object]


@pytest.mark.parametrize("paper", list(Paper))
def test_margins_are_those_of_the_rules(paper: Paper) -> None:
    layout = paper_layout(LAYOUTS, paper)
    margins = [round(length / MM) for length in (layout.top, layout.bottom, layout.left, layout.right)]
    assert margins == [20, 20, 30, 15]


def test_party_papers_sign_without_points_and_state_papers_with_them() -> None:
    assert paper_layout(LAYOUTS, Paper.PARTY).signature.prefixes[SigningFor.BODY] == "T/M"
    assert paper_layout(LAYOUTS, Paper.STATE).signature.prefixes[SigningFor.BODY] == "TM."


def test_the_table_has_at_most_nine_columns_in_text_of_ten_points_or_more() -> None:
    layout = table_layout(LAYOUTS, "consolidated", COLUMNS)
    assert len(layout.columns) <= 9
    assert 10 <= layout.size <= 13
    assert sum(column.width for column in layout.columns) <= 252 * MM + 1
    assert len({mark.mark for mark in layout.marks.values()}) == len(layout.marks)


def changed(tmp_path: Path, name: str, change: Change) -> Path:
    """A copy of the layouts with one file changed."""
    folder = tmp_path / "layouts"
    shutil.copytree(LAYOUTS, folder)
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    change(data)
    (folder / name).write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.pop("title"), "party.json: title"),
        (lambda data: data.update(titel=[]), "party.json: titel"),
        (lambda data: data.update(title=[]), "party.json: title"),
        (lambda data: data.update(name="state"), "party.json: name"),
        (lambda data: data["margins_mm"].update(top="20"), "party.json: margins_mm.top"),
        (lambda data: data["margins_mm"].update(top=True), "party.json: margins_mm.top"),
        (lambda data: data["margins_mm"].update(left=500), "party.json: margins_mm.left"),
        (lambda data: data["title"][0].update(text="{titel}"), "party.json: title[0].text"),
        (lambda data: data["title"][0].update(text="{title"), "party.json: title[0].text"),
        (lambda data: data["title"][0].update(text=5), "party.json: title[0].text"),
        (lambda data: data["title"][0].update(capitals="yes"), "party.json: title[0].capitals"),
        (lambda data: data["title"][0].update(face="Comic"), "party.json: title[0].face"),
        (lambda data: data["signature"].update(prefixes=[]), "party.json: signature.prefixes"),
    ],
)
def test_a_slip_in_a_paper_names_its_place(tmp_path: Path, change: Change, place: str) -> None:
    folder = changed(tmp_path, "party.json", change)
    with pytest.raises(EnvironmentTrouble) as caught:
        paper_layout(folder, Paper.PARTY)
    assert caught.value.code == "LAYOUT_INVALID"
    assert place in caught.value.message


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data["text"].update(size=8), "text.size"),
        (lambda data: data["text"].update(leading=10), "text.leading"),
        (lambda data: data["columns"].pop(), "columns"),
        (lambda data: data["columns"].reverse(), "columns"),
        (lambda data: data["columns"][0].update(least_mm=90), "columns[0].least_mm"),
        (lambda data: data["columns"][0].update(key="number"), "columns[0].key"),
        (lambda data: data["marks"].pop("overdue"), "marks.overdue"),
        (lambda data: data["marks"]["overdue"].update(ink="red"), "marks.overdue.ink"),
    ],
)
def test_a_slip_in_a_table_names_its_place(tmp_path: Path, change: Change, place: str) -> None:
    folder = changed(tmp_path, "consolidated.json", change)
    with pytest.raises(EnvironmentTrouble) as caught:
        table_layout(folder, "consolidated", COLUMNS)
    assert caught.value.code == "LAYOUT_INVALID"
    assert f"consolidated.json: {place}" in caught.value.message


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b"[]"])
def test_a_file_that_is_no_layout(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "party.json").write_bytes(content)
    with pytest.raises(EnvironmentTrouble) as caught:
        paper_layout(tmp_path, Paper.PARTY)
    assert caught.value.code == "LAYOUT_INVALID"
    assert "party.json" in caught.value.message
